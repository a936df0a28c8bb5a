"""What a handler is told about her identity: open, asked for, or closed; asking opens nothing."""

import pytest

from reporting.services.actors import StaffMember
from reporting.services.errors import NotFound
from reporting.services.reading import identity, requests
from reporting.services.reading.identity_ways import Ways, ways_to_identity
from reporting.services.reading.requests import RequestState
from reporting.services.survivor import choosing
from tests.builders import Built, Team, in_unit, send_report
from tests.services.acts import called, declare_duty, take_up, waiting_requests


def ways(built: Built, member: StaffMember, case_id: bytes) -> Ways:
    """Return where somebody stands."""
    found = in_unit(built, ways_to_identity, member, case_id)
    assert isinstance(found, Ways)
    return found


def test_at_first_it_is_closed_and_nothing_was_asked(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, identity=called("Nadia"))
    take_up(built, team.amina, case_id)
    assert ways(built, team.amina, case_id) == Ways(opens=False, duty_exists=False, asked_her=None, by_duty=None)


@pytest.mark.principle("informed_consent")
def test_a_question_to_her_stands_until_she_answers(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, identity=called("Nadia"))
    take_up(built, team.amina, case_id)
    for answer in (False, True):
        in_unit(built, identity.ask_her, team.amina, case_id)
        asked = ways(built, team.amina, case_id).asked_her
        assert asked is not None
        assert asked.state is RequestState.WAITING
        (row,) = waiting_requests(built, reporter, case_id)
        in_unit(built, requests.answer, reporter, case_id, row.request_id, yes=answer)
        assert ways(built, team.amina, case_id).opens is answer


def test_a_claim_by_duty_shows_its_ground_and_day_and_opens_on_that_day(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, declare_duty(built, team.office), identity=called("Nadia"))
    take_up(built, team.amina, case_id)
    in_unit(built, identity.ask_by_duty, team.amina, case_id, identity.Ground.CHILD_PROTECTION)
    found = ways(built, team.amina, case_id)
    assert found.duty_exists
    assert found.by_duty is not None
    assert found.by_duty.ground is identity.Ground.CHILD_PROTECTION
    for approver in (team.ben, team.desk_reader):
        (asked,) = in_unit(built, identity.to_approve, approver)
        in_unit(built, identity.approve, approver, asked.request_id)
    assert not ways(built, team.amina, case_id).opens
    built.clock.forward(days=2)
    assert ways(built, team.amina, case_id).opens


def test_nobody_else_learns_that_it_was_asked(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, identity=called("Nadia"))
    for member in (team.amina, team.ben):
        take_up(built, member, case_id)
    in_unit(built, identity.ask_her, team.amina, case_id)
    assert ways(built, team.ben, case_id).asked_her is None
    in_unit(built, choosing.close_to, reporter, case_id, team.ben.staff_id)
    with pytest.raises(NotFound):
        ways(built, team.ben, case_id)
