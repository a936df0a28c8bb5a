"""Where a handler stands with what she wrote about herself, told without opening it."""

import pytest

from reporting.domain.disclosure import Identity
from reporting.domain.people import Role
from reporting.services import casework, identity
from reporting.services.actors import StaffMember
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.identity import Ground
from reporting.services.identity_ways import Ways, ways_to_identity
from reporting.services.requests import RequestState
from reporting.store.database import reading
from tests.builders import Built, Team, add_desk, add_office, add_reader, in_unit, send_report


def ways(built: Built, member: StaffMember, case_id: bytes) -> Ways:
    """Return where somebody stands."""
    with reading(built.stores) as work:
        return ways_to_identity(work, built.house, member, case_id)


def declared(built: Built, member: StaffMember, case_id: bytes) -> None:
    """Let a handler declare no conflict."""
    in_unit(built, casework.declare_no_conflict, member, case_id)


@pytest.mark.req("U3")
def test_with_her_yes_it_opens_and_without_it_one_can_ask(built: Built, team: Team) -> None:
    _, _, shown = send_report(built, team.office, identity=Identity(visible_to_team=True))
    _, _, locked = send_report(built, team.office)
    for case_id in (shown, locked):
        declared(built, team.amina, case_id)
    assert ways(built, team.amina, shown) == Ways(opens=True, duty_exists=False, asked_her=None, by_duty=None)
    assert ways(built, team.amina, locked) == Ways(opens=False, duty_exists=False, asked_her=None, by_duty=None)
    in_unit(built, identity.ask_her, team.amina, locked)
    asked = ways(built, team.amina, locked).asked_her
    assert asked is not None
    assert (asked.state, asked.asked_on) == (RequestState.WAITING, built.house.today())
    declared(built, team.ben, locked)
    assert ways(built, team.ben, locked).asked_her is None, "a question of a colleague is not mine"


def test_it_is_told_to_nobody_without_a_key_or_before_the_declaration(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    with pytest.raises(NotAllowed):
        ways(built, team.amina, case_id)
    with pytest.raises(NotFound):
        ways(built, team.ines, case_id)


@pytest.mark.req("ASVS-2.3.5")
def test_a_duty_shows_its_ground_and_its_day_and_opens_then(built: Built) -> None:
    desk = add_desk(built, "Second desk")
    office = add_office(built, "Strict", desk=desk, is_open=True, identity_duty="A law demands it.")
    ada = add_reader(built, office, Role.CASE_MANAGER, "Ada Nwosu")
    bob = add_reader(built, office, Role.CASE_MANAGER, "Bob Jansen")
    dora = add_reader(built, desk, Role.OUTSIDE_DESK, "Dora Silva")
    _, _, case_id = send_report(built, office)
    declared(built, ada, case_id)
    assert ways(built, ada, case_id).duty_exists
    in_unit(built, identity.ask_by_duty, ada, case_id, Ground.COURT_ORDER)
    for approver in (bob, dora):
        with reading(built.stores) as work:
            (request,) = identity.to_approve(work, approver)
        in_unit(built, identity.approve, approver, request.request_id)
    stands = ways(built, ada, case_id)
    assert stands.by_duty is not None
    assert (stands.by_duty.state, stands.by_duty.ground) == (RequestState.AGREED, Ground.COURT_ORDER)
    assert not stands.opens, "not before the day that she was told"
    assert stands.by_duty.opens_on is not None
    built.clock.moment = built.clock.moment.replace(day=stands.by_duty.opens_on.day)
    assert ways(built, ada, case_id).opens
