"""Codes of events: each leads to one office, for ever, and no code is given twice."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from reporting.domain.people import STAFF, Role
from reporting.services.actors import StaffMember
from reporting.services.errors import DoesNotFit, NameTaken, NotAName, NotFound
from reporting.services.organisation import events, offices
from reporting.services.organisation.codes import office_of_code
from reporting.services.organisation.events import EventFacts
from reporting.services.organisation.offices import OfficeFacts
from reporting.store.database import reading
from tests.builders import Built, Team, add_office, add_staff, in_unit
from tests.services.together import meanwhile

FIRST, LAST = date(2026, 3, 9), date(2026, 3, 11)


@pytest.fixture
def editor(built: Built, team: Team) -> StaffMember:
    """Whoever keeps events."""
    return add_staff(built, team.office, Role.DIRECTORY_EDITOR, "Dora Ionescu")


def facts(team: Team, **more: Any) -> EventFacts:
    """Return what is said of an event at the team's office."""
    return replace(EventFacts("A training", team.office.id, FIRST, LAST), **more)


def leads_to(built: Built, code: str) -> str:
    """Return the name of the office that a code leads to."""
    with reading(built.stores) as work:
        found = office_of_code(work, code)
        return found.name if found else ""


@pytest.mark.req("S2")
@pytest.mark.principle("support")
def test_the_code_of_an_event_leads_to_its_office_before_it_and_for_ever_after(
    built: Built, team: Team, editor: StaffMember
) -> None:
    in_unit(built, events.add_event, editor, "training-7", facts(team))
    for _ in range(3):
        for code in ("training-7", " TRAINING-7 ", "geneva"):
            assert leads_to(built, code) == team.office.name
        for code in ("training-8", "", "\x00"):
            assert leads_to(built, code) == ""
        built.clock.forward(days=30)


@pytest.mark.req("S2")
def test_a_change_keeps_the_code_and_may_lead_to_another_office(built: Built, team: Team, editor: StaffMember) -> None:
    event_id = in_unit(built, events.add_event, editor, "training-7", facts(team))
    other = add_office(built, "Lima", is_open=True)
    in_unit(built, events.change_event, editor, event_id, facts(team, office_id=other.id, name="Another"))
    assert leads_to(built, "training-7") == "Lima"
    with reading(built.stores) as work:
        ((event, office),) = events.events(work)
        assert (event.name, event.code, office.name) == ("Another", "training-7", "Lima")


@pytest.mark.req("S2")
def test_no_code_is_given_twice_neither_to_an_office_nor_to_an_event(
    built: Built, team: Team, editor: StaffMember
) -> None:
    in_unit(built, events.add_event, editor, "training-7", facts(team))
    for code in ("training-7", "geneva"):
        with pytest.raises(NameTaken):
            in_unit(built, events.add_event, editor, code, facts(team))
        with pytest.raises(NameTaken):
            in_unit(built, offices.add_office, OfficeFacts(name="Lima", code=code, head_count=1))
    lima = add_office(built, "Lima")
    with pytest.raises(NameTaken):
        in_unit(built, offices.change_office, lima.id, OfficeFacts(name="Lima", code="training-7", head_count=1), None)
    in_unit(built, offices.change_office, lima.id, OfficeFacts(name="Lima", code="lima", head_count=2), None)


@pytest.mark.req("S2")
@pytest.mark.parametrize("office_first", [True, False])
def test_of_two_who_give_the_same_code_at_once_one_is_refused(
    built: Built, team: Team, editor: StaffMember, office_first: bool
) -> None:
    def office(work: Any) -> Any:
        return offices.add_office(work, built.house, OfficeFacts(name="Lima", code="seven", head_count=1))

    def event(work: Any) -> Any:
        return events.add_event(work, built.house, editor, "seven", facts(team))

    acts = (office, event) if office_first else (event, office)
    assert isinstance(meanwhile(built, *acts), NameTaken)
    assert leads_to(built, "seven") == ("Lima" if office_first else team.office.name)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"name": " "}, NotAName),
        ({"name": "x" * 201}, NotAName),
        ({"office_id": bytes(16)}, DoesNotFit),
        ({"ends_on": FIRST - timedelta(days=1)}, DoesNotFit),
    ],
)
def test_an_event_that_does_not_fit_is_refused(
    built: Built, team: Team, editor: StaffMember, change: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        in_unit(built, events.add_event, editor, "training-7", facts(team, **change))
    event_id = in_unit(built, events.add_event, editor, "training-7", facts(team, ends_on=FIRST))
    with pytest.raises(refusal):
        in_unit(built, events.change_event, editor, event_id, facts(team, **change))


@pytest.mark.parametrize("code", ["", "x", "Upper", "with space", "a/b", "é" * 3, "x" * 41, "a\x00b"])
def test_a_code_that_nobody_could_type_is_refused(built: Built, team: Team, editor: StaffMember, code: str) -> None:
    with pytest.raises(NotAName):
        in_unit(built, events.add_event, editor, code, facts(team))


def test_an_outside_desk_takes_no_event(built: Built, team: Team, editor: StaffMember) -> None:
    with pytest.raises(DoesNotFit):
        in_unit(built, events.add_event, editor, "training-7", facts(team, office_id=team.desk.id))


@pytest.mark.parametrize("role", sorted(STAFF - {Role.DIRECTORY_EDITOR, Role.ADMINISTRATOR}))
def test_nobody_else_keeps_events(built: Built, team: Team, editor: StaffMember, role: Role) -> None:
    other = StaffMember(editor.staff_id, editor.username, editor.display_name, role, editor.office_id, editor.pair)
    event_id = in_unit(built, events.add_event, editor, "training-7", facts(team))
    with pytest.raises(NotFound):
        in_unit(built, events.add_event, other, "training-8", facts(team))
    with pytest.raises(NotFound):
        in_unit(built, events.change_event, other, event_id, facts(team))
    with pytest.raises(NotFound):
        in_unit(built, events.change_event, editor, bytes(16), facts(team))
