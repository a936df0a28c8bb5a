"""What she wrote about herself: with her yes, or by a declared duty with two people and after she was told."""

import pytest
from sqlalchemy import select

from reporting.domain.case import Part
from reporting.domain.organisation.calendars import OfficeCalendar
from reporting.domain.people import Role
from reporting.domain.reading.consent import Purpose
from reporting.domain.sealed.disclosure import Identity
from reporting.services.actors import Reporter, StaffMember
from reporting.services.errors import NotAllowed, NotFound, NotTrusted
from reporting.services.reading import assignment, identity, requests
from reporting.services.reading.identity import Ground
from reporting.services.survivor import choosing
from reporting.store.database import reading, writing
from reporting.store.requests import Approval
from tests.builders import Built, Team, add_reader, in_unit, send_report
from tests.services.acts import called, declare_duty, grants, her_page, readable, take_up, tamper

NAME = "Nadia Haddad"


def under_duty(built: Built, team: Team) -> tuple[Reporter, bytes]:
    """Send a report to an office whose law declares a duty; all three who may take it up have done so."""
    office = declare_duty(built, team.office)
    _, reporter, case_id = send_report(built, office, identity=called(NAME))
    take_up(built, team.amina, case_id)
    take_up(built, team.ben, case_id)
    return reporter, case_id


def claim(built: Built, member: StaffMember, case_id: bytes) -> None:
    """Say that the law demands it."""
    in_unit(built, identity.ask_by_duty, member, case_id, Ground.COURT_ORDER)


def claimed(built: Built, team: Team) -> bytes:
    """Let Amina claim a duty in such a case and return its id."""
    _, case_id = under_duty(built, team)
    claim(built, team.amina, case_id)
    return case_id


def to_approve(built: Built, member: StaffMember) -> list[identity.DutyRequest]:
    """Return what waits for somebody's approval."""
    with reading(built.stores) as work:
        return list(identity.to_approve(work, built.house, member))


def approve(built: Built, *members: StaffMember) -> None:
    """Let these people say yes to the one request that waits for them."""
    for member in members:
        (asked,) = to_approve(built, member)
        in_unit(built, identity.approve, member, asked.request_id)


def name_seen(built: Built, member: StaffMember, case_id: bytes) -> str:
    """Open the identity compartment and return the name in it."""
    found = in_unit(built, identity.see_identity, member, case_id)
    assert isinstance(found, Identity)
    return found.answers[0].text


@pytest.mark.req("U3")
@pytest.mark.principle("informed_consent")
def test_without_her_yes_and_without_a_duty_nobody_of_the_team_opens_it(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, identity=called(NAME))
    take_up(built, team.amina, case_id)
    with pytest.raises(NotFound):
        in_unit(built, identity.see_identity, team.amina, case_id)
    with pytest.raises(NotFound):
        claim(built, team.amina, case_id)
    assert to_approve(built, team.ben) == []


@pytest.mark.req("U3", "P7")
def test_with_her_yes_it_opens_and_the_opening_stands_in_her_ledger(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, identity=called(NAME, visible=True))
    take_up(built, team.amina, case_id)
    assert name_seen(built, team.amina, case_id) == NAME
    assert her_page(built, reporter, case_id).ledger[-1].action == "identity_opened"


@pytest.mark.req("ASVS-2.3.5", "U3")
@pytest.mark.principle("safety")
def test_a_duty_opens_it_with_two_other_people_and_not_before_the_day_she_was_told(built: Built, team: Team) -> None:
    reporter, case_id = under_duty(built, team)
    claim(built, team.amina, case_id)
    assert her_page(built, reporter, case_id).requests[0].opens_on is not None
    approve(built, team.ben)
    with pytest.raises(NotFound):
        name_seen(built, team.amina, case_id)
    approve(built, team.desk_reader)
    for _ in range(2):
        with pytest.raises(NotFound):
            name_seen(built, team.amina, case_id)
        built.clock.forward(days=1)
    assert name_seen(built, team.amina, case_id) == NAME
    assert [line.action for line in her_page(built, reporter, case_id).ledger][-4:] == [
        "identity_duty_claimed",
        "identity_duty_approved",
        "identity_duty_approved",
        "identity_opened",
    ]


@pytest.mark.req("ASVS-2.3.5")
@pytest.mark.parametrize("first", ["handler", "desk"])
def test_either_half_alone_opens_nothing_however_long_one_waits(built: Built, team: Team, first: str) -> None:
    case_id = claimed(built, team)
    approve(built, team.ben if first == "handler" else team.desk_reader)
    built.clock.forward(days=30)
    with pytest.raises(NotFound):
        name_seen(built, team.amina, case_id)


@pytest.mark.req("ASVS-2.3.5")
@pytest.mark.principle("prevention")
def test_whoever_asks_approves_nothing_and_nobody_approves_twice(built: Built, team: Team) -> None:
    claimed(built, team)
    (asked,) = to_approve(built, team.ben)
    assert (asked.asked_by, asked.ground, asked.part) == ("Amina Diallo", Ground.COURT_ORDER, Part.HANDLERS_HALF)
    assert to_approve(built, team.amina) == []
    with pytest.raises(NotFound):
        in_unit(built, identity.approve, team.amina, asked.request_id)
    approve(built, team.ben)
    assert to_approve(built, team.ben) == []
    with pytest.raises((NotFound, NotAllowed)):
        in_unit(built, identity.approve, team.ben, asked.request_id)


@pytest.mark.req("ASVS-2.3.5", "P5")
@pytest.mark.principle("prevention")
def test_one_person_whose_role_changes_in_between_is_still_one_person(built: Built, team: Team) -> None:
    """Somebody who holds both halves, however that came to be, gives only one of the two yeses."""
    claimed(built, team)
    approve(built, team.ben)
    (asked,) = to_approve(built, team.desk_reader)
    with writing(built.stores) as work:
        work.main.delete(work.main.scalars(select(Approval)).one())
        work.main.flush()
        first = Part.HANDLERS_HALF.value
        work.main.add(requests.approval_of(built.house, asked.request_id, first, team.desk_reader.staff_id))
    with pytest.raises(NotAllowed):
        in_unit(built, identity.approve, team.desk_reader, asked.request_id)


@pytest.mark.req("P5")
def test_a_day_or_a_yes_written_into_the_database_counts_for_nothing(built: Built, team: Team) -> None:
    _, case_id = under_duty(built, team)
    claim(built, team.amina, case_id)
    approve(built, team.ben, team.desk_reader)
    tamper(built, "UPDATE requests SET opens_on = asked_on")
    with pytest.raises(NotFound):
        in_unit(built, identity.see_identity, team.amina, case_id)
    tamper(
        built,
        "UPDATE requests SET opens_on = :day",
        day=OfficeCalendar().add_working_days(built.house.today(), 2).isoformat(),
    )
    built.clock.forward(days=7)
    assert in_unit(built, identity.see_identity, team.amina, case_id)


@pytest.mark.req("P5")
@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_a_role_that_may_not_approve_cannot_even_with_a_half(built: Built, team: Team, role: Role) -> None:
    claimed(built, team)
    (asked,) = to_approve(built, team.ben)
    changed = StaffMember(team.ben.staff_id, "ben.okafor", "Ben Okafor", role, team.ben.office_id, team.ben.pair)
    with pytest.raises(NotAllowed):
        in_unit(built, identity.approve, changed, asked.request_id)


@pytest.mark.req("U3")
def test_an_unknown_request_and_a_stranger_to_it_look_the_same(built: Built, team: Team) -> None:
    claimed(built, team)
    (asked,) = to_approve(built, team.ben)
    for member, request_id in ((team.ines, asked.request_id), (team.ben, bytes(16))):
        with pytest.raises(NotFound):
            in_unit(built, identity.approve, member, request_id)


@pytest.mark.req("P5")
def test_an_approval_seals_nothing_to_an_asker_who_lost_the_trust(built: Built, team: Team) -> None:
    claimed(built, team)
    (asked,) = to_approve(built, team.ben)
    tamper(built, "DELETE FROM vouches WHERE staff_id = :id", id=team.amina.staff_id)
    with pytest.raises(NotTrusted):
        in_unit(built, identity.approve, team.ben, asked.request_id)


@pytest.mark.req("U7", "U3")
@pytest.mark.principle("safety")
def test_an_approval_seals_nothing_to_an_asker_who_left_the_case(built: Built, team: Team) -> None:
    reporter, case_id = under_duty(built, team)
    claim(built, team.amina, case_id)
    (asked,) = to_approve(built, team.ben)
    in_unit(built, choosing.close_to, reporter, case_id, team.amina.staff_id)
    for approver in (team.ben, team.desk_reader):
        assert to_approve(built, approver) == []
        with pytest.raises(NotFound):
            in_unit(built, identity.approve, approver, asked.request_id)
    assert not [grant for grant in grants(built, case_id) if grant.holder == team.amina.holder]


@pytest.mark.req("U3")
def test_the_halves_of_whoever_left_fit_nothing_any_more_and_those_who_stay_have_new_ones(
    built: Built, team: Team
) -> None:
    reporter, case_id = under_duty(built, team)
    before = {grant.id for grant in grants(built, case_id) if grant.part != Part.WHOLE}
    in_unit(built, choosing.close_to, reporter, case_id, team.ben.staff_id)
    halves = [grant for grant in grants(built, case_id) if grant.part != Part.WHOLE]
    assert {grant.holder for grant in halves} == {team.amina.holder, team.desk_reader.holder}
    assert {grant.generation for grant in halves if grant.id not in before} == {2}
    claim(built, team.amina, case_id)
    approve(built, team.desk_reader)
    built.clock.forward(days=3)
    assert name_seen(built, team.amina, case_id) == NAME


@pytest.mark.req("U3")
def test_where_the_asker_is_the_only_handler_their_own_half_and_the_desks_yes_are_the_two(
    built: Built, team: Team
) -> None:
    _, case_id = under_duty(built, team)
    in_unit(built, assignment.recuse, team.ben, case_id)
    claim(built, team.amina, case_id)
    approve(built, team.desk_reader)
    built.clock.forward(days=1)
    with pytest.raises(NotFound):
        name_seen(built, team.amina, case_id)
    built.clock.forward(days=1)
    assert name_seen(built, team.amina, case_id) == NAME


@pytest.mark.req("U3")
def test_an_approval_opens_it_for_the_asker_alone(built: Built, team: Team) -> None:
    case_id = claimed(built, team)
    approve(built, team.ben, team.desk_reader)
    built.clock.forward(days=3)
    for other in (team.ben, team.desk_reader):
        with pytest.raises((NotFound, NotAllowed)):
            name_seen(built, other, case_id)


@pytest.mark.req("U3")
@pytest.mark.principle("informed_consent")
def test_hiding_it_again_takes_the_whole_key_and_leaves_the_duty(built: Built, team: Team) -> None:
    reporter, case_id = under_duty(built, team)
    for given in (True, False):
        in_unit(built, choosing.set_consent, reporter, case_id, Purpose.IDENTITY, given=given)
    assert "identity" not in readable(built, team.amina, case_id)
    claim(built, team.amina, case_id)
    approve(built, team.ben, team.desk_reader)
    built.clock.forward(days=3)
    assert name_seen(built, team.amina, case_id) == NAME


def test_a_half_that_does_not_open_is_not_passed_on(built: Built, team: Team) -> None:
    claimed(built, team)
    (asked,) = to_approve(built, team.ben)
    tamper(built, "UPDATE grants SET tag = :t WHERE part = 'handlers_half'", t=bytes(32))
    with pytest.raises(NotFound):
        in_unit(built, identity.approve, team.ben, asked.request_id)


@pytest.mark.req("U3")
def test_a_colleague_at_the_desk_who_came_later_has_no_half(built: Built, team: Team) -> None:
    claimed(built, team)
    assert to_approve(built, add_reader(built, team.desk, Role.OUTSIDE_DESK, "Piotr Nowak")) == []
