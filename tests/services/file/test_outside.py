"""Requests from outside: listed items only, two people, told before, or on the day that was fixed."""

from datetime import date, timedelta
from typing import Any

import pytest

from reporting.domain.case import ItemKind
from reporting.domain.file.outside import Answer, Asker, OutsideRequest
from reporting.domain.oversight.audit import StaffEvent
from reporting.services.actors import Reporter, StaffMember
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.file import outside
from reporting.services.file.outside import Asked
from reporting.services.oversight.audit import staff_ledger
from reporting.services.reading import approvals, identity
from reporting.services.reading.requests import answer as answer_request
from reporting.services.sealed.entries import file_of
from reporting.services.sealed.sealing import open_case
from reporting.services.survivor import erasure
from reporting.store.database import reading, writing
from reporting.store.requests import requests_of
from tests.builders import Built, Team, in_unit, send_report
from tests.services.acts import called, her_page, items, take_up
from tests.services.holding import agree, listed_ids
from tests.services.together import at_once, meanwhile

TEXT = "He did it in the lift."


def held_by_two(built: Built, team: Team, **more: Any) -> tuple[Reporter, bytes]:
    _, reporter, case_id = send_report(built, team.office, TEXT, **more)
    take_up(built, team.amina, case_id)
    take_up(built, team.ben, case_id)
    return reporter, case_id


def ask(built: Built, member: StaffMember, case_id: bytes, asker: Asker = Asker.COURT, **more: Any) -> bytes:
    """Write down that somebody asks for what she wrote, unless other items are named."""
    ids = more.pop("items", None) or listed_ids(built, member, case_id, ItemKind.DISCLOSURE)
    asked = Asked(asker, "Labour court of Geneva", "Order 12/2026", ids, **more)
    entry_id = in_unit(built, outside.write_down, member, case_id, asked)
    assert isinstance(entry_id, bytes)
    return entry_id


def answered(built: Built, reporter: Reporter, case_id: bytes, *, yes: bool) -> None:
    """Let her say yes or no to the only request on her page."""
    (filed,) = her_page(built, reporter, case_id).outside
    in_unit(built, outside.answer_for_her, reporter, case_id, filed.id, yes=yes)


def request_of(built: Built, member: StaffMember, case_id: bytes) -> OutsideRequest:
    with reading(built.stores) as work:
        (filed,) = outside.asked_in(work, open_case(work, member, built.house, case_id))
        return filed.entry


def ledger_of(built: Built, reporter: Reporter, case_id: bytes) -> set[StaffEvent]:
    """Return what her page says was done."""
    return {line.action for line in her_page(built, reporter, case_id).ledger}


@pytest.mark.req("L1", "ASVS-2.3.5")
@pytest.mark.principle("informed_consent")
def test_she_is_told_and_two_working_days_pass_before_anything_is_given(built: Built, team: Team) -> None:
    reporter, case_id = held_by_two(built, team)
    entry_id = ask(built, team.amina, case_id)
    (told,) = her_page(built, reporter, case_id).outside
    assert (told.entry.who, told.entry.from_day) == ("Labour court of Geneva", "2026-03-04")
    assert [one.code for one in told.entry.items] == ["disclosure"]
    agree(built, team.ben)
    with pytest.raises(NotAllowed):
        in_unit(built, outside.give, team.amina, case_id, entry_id)
    built.clock.forward(days=2)
    in_unit(built, outside.give, team.amina, case_id, entry_id)
    given = in_unit(built, outside.take_document, team.amina, case_id, entry_id)
    assert [passage.text for one in given.items for passage in one.passages] == [TEXT]
    assert given.identity is None
    (told,) = her_page(built, reporter, case_id).outside
    assert (told.entry.answer, told.entry.given_on) == (Answer.GIVEN, "2026-03-04")
    assert StaffEvent.OUTSIDE_GIVEN in ledger_of(built, reporter, case_id)


@pytest.mark.req("ASVS-2.3.5")
@pytest.mark.principle("safety")
def test_nothing_is_given_without_the_second_person_or_twice(built: Built, team: Team) -> None:
    _, case_id = held_by_two(built, team)
    entry_id = ask(built, team.amina, case_id)
    built.clock.forward(days=2)
    for member in (team.amina, team.ben):
        with pytest.raises(NotAllowed):
            in_unit(built, outside.give, member, case_id, entry_id)
    agree(built, team.ben)
    outcomes = at_once(lambda _: in_unit(built, outside.give, team.amina, case_id, entry_id), 2)
    assert sorted(type(one).__name__ for one in outcomes) == ["NoneType", "NotAllowed"]
    with pytest.raises(NotFound):
        in_unit(built, outside.take_document, team.ben, case_id, entry_id)
    built.clock.forward(days=1)
    with pytest.raises(NotFound):
        in_unit(built, outside.take_document, team.amina, case_id, entry_id)


@pytest.mark.req("L1")
@pytest.mark.principle("respect")
def test_her_yes_shortens_the_wait_and_her_no_stops_all_but_a_court(built: Built, team: Team) -> None:
    for asker, yes, allowed in (
        (Asker.INSURER, True, True),
        (Asker.INSURER, False, False),
        (Asker.OTHER, False, False),
        (Asker.COURT, True, True),
    ):
        reporter, case_id = held_by_two(built, team)
        entry_id = ask(built, team.amina, case_id, asker)
        agree(built, team.ben)
        answered(built, reporter, case_id, yes=yes)
        built.clock.forward(days=0 if yes else 7)
        if allowed:
            in_unit(built, outside.give, team.amina, case_id, entry_id)
        else:
            with pytest.raises(NotAllowed):
                in_unit(built, outside.give, team.amina, case_id, entry_id)
    reporter, case_id = held_by_two(built, team)
    entry_id = ask(built, team.amina, case_id)
    agree(built, team.ben)
    answered(built, reporter, case_id, yes=False)
    with pytest.raises(NotAllowed):
        in_unit(built, outside.give, team.amina, case_id, entry_id)
    built.clock.forward(days=7)
    in_unit(built, outside.give, team.amina, case_id, entry_id)


@pytest.mark.req("L1", "P1")
@pytest.mark.principle("confidentiality")
def test_human_resources_get_neither_the_story_nor_who_she_is(built: Built, team: Team) -> None:
    _, case_id = held_by_two(built, team, identity=called("Nadia", visible=True))
    everything = listed_ids(built, team.amina, case_id, *ItemKind)
    for item_id in everything:
        with pytest.raises(NotFound):
            ask(built, team.amina, case_id, Asker.HR, items=[item_id])
    with pytest.raises(NotAllowed):
        ask(built, team.amina, case_id, Asker.HR, identity=True)


@pytest.mark.req("P1", "U3")
@pytest.mark.principle("confidentiality")
def test_who_she_is_goes_along_only_with_her_yes_to_this_very_request(built: Built, team: Team) -> None:
    reporter, case_id = held_by_two(built, team, identity=called("Nadia", visible=True))
    (own,) = items(built, case_id, ItemKind.IDENTITY)
    with pytest.raises(NotFound):
        ask(built, team.amina, case_id, items=[own.id])
    entry_id = ask(built, team.amina, case_id, identity=True)
    agree(built, team.ben)
    built.clock.forward(days=7)
    with pytest.raises(NotAllowed):  # the team may see it; the court may not
        in_unit(built, outside.give, team.amina, case_id, entry_id)
    answered(built, reporter, case_id, yes=True)
    in_unit(built, outside.give, team.amina, case_id, entry_id)
    given = in_unit(built, outside.take_document, team.amina, case_id, entry_id)
    assert given.identity is not None
    assert given.identity.answers[0].text == "Nadia"


@pytest.mark.req("P1", "U3")
def test_who_she_is_stays_closed_where_it_does_not_open_to_the_giver(built: Built, team: Team) -> None:
    reporter, case_id = held_by_two(built, team, identity=called("Nadia"))
    entry_id = ask(built, team.amina, case_id, identity=True)
    agree(built, team.ben)
    answered(built, reporter, case_id, yes=True)
    with pytest.raises(NotFound):
        in_unit(built, outside.give, team.amina, case_id, entry_id)
    in_unit(built, identity.ask_her, team.amina, case_id)
    with reading(built.stores) as work:
        asked = next(row.id for row in requests_of(work.main, case_id) if row.kind == "identity")
    in_unit(built, answer_request, reporter, case_id, asked, yes=True)
    in_unit(built, outside.give, team.amina, case_id, entry_id)


@pytest.mark.req("L1", "P7")
@pytest.mark.principle("informed_consent")
def test_what_a_law_forbids_to_tell_is_told_on_the_day_that_was_fixed(built: Built, team: Team) -> None:
    reporter, case_id = held_by_two(built, team)
    tell_on = built.house.today() + timedelta(days=30)
    entry_id = ask(built, team.amina, case_id, forbidden_by="Penal code 293", tell_on=tell_on)
    agree(built, team.ben)
    in_unit(built, outside.give, team.amina, case_id, entry_id)
    in_unit(built, outside.take_document, team.amina, case_id, entry_id)
    hidden = {StaffEvent.OUTSIDE_ASKED, StaffEvent.OUTSIDE_GIVEN, StaffEvent.SECOND_ASKED, StaffEvent.SECOND_AGREED}
    page = her_page(built, reporter, case_id)
    assert list(page.outside) == []
    assert not hidden & ledger_of(built, reporter, case_id)
    with reading(built.stores) as work:  # never from the record
        assert hidden <= {StaffEvent(row.action) for row in staff_ledger(work, built.house, case_id)}
    built.clock.forward(days=29)
    assert not hidden & ledger_of(built, reporter, case_id)
    built.clock.forward(days=1)
    (told,) = her_page(built, reporter, case_id).outside
    assert (told.entry.forbidden_by, told.entry.answer) == ("Penal code 293", Answer.GIVEN)
    assert hidden <= ledger_of(built, reporter, case_id)


@pytest.mark.req("P7")
def test_what_she_may_know_is_told_beside_what_she_may_not(built: Built, team: Team) -> None:
    reporter, case_id = held_by_two(built, team)
    ask(built, team.amina, case_id, Asker.INSURER)
    tell_on = built.house.today() + timedelta(days=30)
    ask(built, team.amina, case_id, forbidden_by="Penal code 293", tell_on=tell_on)
    page = her_page(built, reporter, case_id)
    assert [filed.entry.asker for filed in page.outside] == [Asker.INSURER]
    assert [line.detail for line in page.ledger if line.action is StaffEvent.OUTSIDE_ASKED] == ["insurer"]


@pytest.mark.parametrize(
    "more",
    [
        {"tell_on": date(2026, 4, 1)},
        {"forbidden_by": "Penal code 293"},
        {"forbidden_by": "Penal code 293", "tell_on": date(2026, 3, 2)},
        {"forbidden_by": "Penal code 293", "tell_on": date(2027, 3, 4)},
        {"forbidden_by": "Penal code 293", "tell_on": date(2026, 4, 1), "identity": True},
    ],
)
def test_silence_needs_a_law_and_a_day_within_a_year_and_never_who_she_is(
    built: Built, team: Team, more: dict[str, Any]
) -> None:
    _, case_id = held_by_two(built, team)
    with pytest.raises(NotAllowed):
        ask(built, team.amina, case_id, **more)


def test_only_one_request_of_which_she_is_not_told_can_be_open(built: Built, team: Team) -> None:
    _, case_id = held_by_two(built, team)
    silent: dict[str, Any] = {"forbidden_by": "Penal code 293", "tell_on": date(2026, 4, 1)}
    ask(built, team.amina, case_id, **silent)
    with pytest.raises(NotAllowed):
        ask(built, team.ben, case_id, **silent)


@pytest.mark.principle("confidentiality")
def test_things_of_another_case_and_requests_of_another_case_are_not_found(built: Built, team: Team) -> None:
    reporter, mine = held_by_two(built, team)
    _, other = held_by_two(built, team)
    foreign = listed_ids(built, team.amina, other, ItemKind.DISCLOSURE)
    own = listed_ids(built, team.amina, mine, ItemKind.DISCLOSURE)
    for ids in (foreign, own + foreign, [bytes(16)]):
        with pytest.raises(NotFound):
            ask(built, team.amina, mine, items=ids)
    entry_id = ask(built, team.amina, other)
    for deed in (outside.give, outside.take_document):
        with pytest.raises(NotFound):
            in_unit(built, deed, team.amina, mine, entry_id)
    with pytest.raises(NotFound):
        in_unit(built, outside.refuse, team.amina, mine, entry_id, "No")
    with pytest.raises(NotFound):
        in_unit(built, outside.answer_for_her, reporter, mine, entry_id, yes=True)
    with pytest.raises(NotFound):
        ask(built, team.ines, mine, items=own)


def test_a_refusal_has_a_reason_and_ends_it(built: Built, team: Team) -> None:
    reporter, case_id = held_by_two(built, team)
    entry_id = ask(built, team.amina, case_id, Asker.INSURER)
    agree(built, team.ben)
    with pytest.raises(NotAllowed):
        in_unit(built, outside.refuse, team.amina, case_id, entry_id, "  ")
    in_unit(built, outside.refuse, team.amina, case_id, entry_id, "No ground.")
    built.clock.forward(days=7)
    with pytest.raises(NotAllowed):
        in_unit(built, outside.give, team.amina, case_id, entry_id)
    assert request_of(built, team.ben, case_id).answer is Answer.REFUSED
    (told,) = her_page(built, reporter, case_id).outside
    assert told.entry.answer is Answer.REFUSED
    with pytest.raises(NotFound):
        answered(built, reporter, case_id, yes=True)


@pytest.mark.req("L4", "P7")
def test_given_while_she_erases_there_is_nothing_to_give(built: Built, team: Team) -> None:
    reporter, case_id = held_by_two(built, team)
    entry_id = ask(built, team.amina, case_id)
    agree(built, team.ben)
    answered(built, reporter, case_id, yes=True)
    in_unit(built, outside.give, team.amina, case_id, entry_id)
    got = meanwhile(
        built,
        lambda work: erasure.erase_now(work, built.house, reporter, case_id),
        lambda work: outside.take_document(work, built.house, team.amina, case_id, entry_id),
    )
    assert isinstance(got, NotFound)


def test_what_is_given_in_part_is_called_so(built: Built, team: Team) -> None:
    reporter, case_id = held_by_two(built, team)
    entry_id = ask(built, team.amina, case_id, in_part=True)
    agree(built, team.ben)
    answered(built, reporter, case_id, yes=True)
    in_unit(built, outside.give, team.amina, case_id, entry_id)
    assert request_of(built, team.ben, case_id).answer is Answer.PART


@pytest.mark.principle("confidentiality")
def test_the_casework_side_stays_with_the_handlers(built: Built, team: Team) -> None:
    reporter, case_id = held_by_two(built, team)
    ask(built, team.amina, case_id)
    with reading(built.stores) as work:
        assert file_of(work, open_case(work, reporter, built.house, case_id)).all(OutsideRequest) == []
    with writing(built.stores) as work:
        assert len(approvals.waiting_for(work, built.house, team.ben)) == 1
