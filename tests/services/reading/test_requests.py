"""What staff ask for waits for her: her yes seals the key, her no seals nothing."""

import pytest

from reporting.domain.reading.consent import NewReaders
from reporting.services.actors import Reporter
from reporting.services.errors import ClosedTo, NotFound, NotTrusted
from reporting.services.organisation import accounts
from reporting.services.reading import assignment, identity, requests
from reporting.services.reading.requests import RequestKind, RequestState
from reporting.services.survivor import choosing
from tests.builders import Built, Team, in_unit, send_report
from tests.services.acts import (
    ask_first,
    called,
    declare_duty,
    her_page,
    opens,
    readable,
    take_up,
    tamper,
    waiting_requests,
)


def asked_for_ines(built: Built, team: Team) -> tuple[Reporter, bytes, bytes]:
    """Let Amina ask whether Ines may read; return reporter, case id and request id."""
    _, reporter, case_id = send_report(built, team.office, new_readers=NewReaders.ASK, identity=called("Nadia"))
    take_up(built, team.amina, case_id)
    ask_first(built, team.amina, case_id, team.ines.staff_id)
    (asked,) = waiting_requests(built, reporter, case_id)
    return reporter, case_id, asked.request_id


@pytest.mark.principle("informed_consent")
def test_her_no_seals_nothing_and_is_remembered(built: Built, team: Team) -> None:
    reporter, case_id, request_id = asked_for_ines(built, team)
    in_unit(built, requests.answer, reporter, case_id, request_id, yes=False)
    assert not opens(built, team.ines, case_id)
    assert [asked.state for asked in her_page(built, reporter, case_id).requests] == [RequestState.REFUSED]
    with pytest.raises(NotFound):
        in_unit(built, requests.answer, reporter, case_id, request_id, yes=True)


@pytest.mark.req("U7")
@pytest.mark.principle("safety")
def test_her_yes_for_somebody_whom_she_closed_out_meanwhile_seals_nothing(built: Built, team: Team) -> None:
    reporter, case_id, request_id = asked_for_ines(built, team)
    in_unit(built, choosing.close_to, reporter, case_id, team.ines.staff_id)
    with pytest.raises((ClosedTo, NotFound)):
        in_unit(built, requests.answer, reporter, case_id, request_id, yes=True)
    assert not opens(built, team.ines, case_id)


@pytest.mark.req("U7")
def test_her_yes_for_somebody_whose_name_she_gave_seals_nothing(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, named=("Ines",))
    take_up(built, team.amina, case_id)
    in_unit(built, requests.ask_for_reader, team.amina, case_id, team.ines.staff_id)
    (asked,) = waiting_requests(built, reporter, case_id)
    with pytest.raises(ClosedTo):
        in_unit(built, requests.answer, reporter, case_id, asked.request_id, yes=True)


@pytest.mark.req("P5")
def test_her_yes_for_an_account_that_lost_its_trust_seals_nothing(built: Built, team: Team) -> None:
    reporter, case_id, request_id = asked_for_ines(built, team)
    tamper(built, "DELETE FROM vouches WHERE staff_id = :id", id=team.ines.staff_id)
    with pytest.raises(NotTrusted):
        in_unit(built, requests.answer, reporter, case_id, request_id, yes=True)


@pytest.mark.req("P7")
@pytest.mark.parametrize("end", [accounts.disable, accounts.renew_code])
def test_a_question_about_an_account_that_ended_waits_no_longer(built: Built, team: Team, end: object) -> None:
    reporter, case_id, _ = asked_for_ines(built, team)
    in_unit(built, end, None, team.ines.staff_id)  # type: ignore[arg-type]  # one of two services
    assert waiting_requests(built, reporter, case_id) == []


@pytest.mark.req("P6")
def test_a_request_of_another_case_is_not_hers_to_answer(built: Built, team: Team) -> None:
    _, _, request_id = asked_for_ines(built, team)
    _, stranger, other = send_report(built, team.office)
    for unknown in (request_id, bytes(16)):
        with pytest.raises(NotFound):
            in_unit(built, requests.answer, stranger, other, unknown, yes=True)


@pytest.mark.req("U3")
@pytest.mark.principle("informed_consent")
@pytest.mark.parametrize("yes", [True, False])
def test_she_decides_whether_a_handler_sees_what_she_wrote_about_herself(built: Built, team: Team, yes: bool) -> None:
    _, reporter, case_id = send_report(built, team.office, identity=called("Nadia"))
    take_up(built, team.amina, case_id)
    in_unit(built, identity.ask_her, team.amina, case_id)
    (asked,) = waiting_requests(built, reporter, case_id)
    assert (asked.kind, asked.about) == (RequestKind.IDENTITY, "Amina Diallo")
    in_unit(built, requests.answer, reporter, case_id, asked.request_id, yes=yes)
    assert ("identity" in readable(built, team.amina, case_id)) is yes
    assert "identity" not in readable(built, team.ben, case_id)


@pytest.mark.req("U7", "P1")
@pytest.mark.principle("safety")
@pytest.mark.parametrize("how", ["recused", "closed out"])
def test_a_request_of_somebody_who_left_lapses(built: Built, team: Team, how: str) -> None:
    _, reporter, case_id = send_report(built, team.office, identity=called("Nadia"))
    take_up(built, team.amina, case_id)
    in_unit(built, identity.ask_her, team.amina, case_id)
    (asked,) = waiting_requests(built, reporter, case_id)
    if how == "recused":
        in_unit(built, assignment.recuse, team.amina, case_id)
    else:
        in_unit(built, choosing.close_to, reporter, case_id, team.amina.staff_id)
    assert [request.state for request in her_page(built, reporter, case_id).requests] == [RequestState.LAPSED]
    with pytest.raises(NotFound):
        in_unit(built, requests.answer, reporter, case_id, asked.request_id, yes=True)
    assert not opens(built, team.amina, case_id)


@pytest.mark.req("P5")
def test_the_right_to_see_her_identity_needs_a_place_among_the_handlers(built: Built, team: Team) -> None:
    """A request row for a stranger, however it came to be, opens nothing."""
    _, reporter, case_id = send_report(built, team.office, identity=called("Nadia"))
    in_unit(built, requests.ask, team.ines, case_id, team.ines.staff_id, RequestKind.IDENTITY)
    (asked,) = waiting_requests(built, reporter, case_id)
    with pytest.raises(NotFound):
        in_unit(built, requests.answer, reporter, case_id, asked.request_id, yes=True)
    assert not opens(built, team.ines, case_id)


@pytest.mark.req("U3")
def test_a_request_by_duty_is_told_to_her_but_is_not_hers_to_refuse(built: Built, team: Team) -> None:
    office = declare_duty(built, team.office)
    _, reporter, case_id = send_report(built, office, identity=called("Nadia"))
    take_up(built, team.amina, case_id)
    in_unit(built, identity.ask_by_duty, team.amina, case_id, identity.Ground.RISK_TO_LIFE)
    (asked,) = waiting_requests(built, reporter, case_id)
    assert (asked.ground, asked.opens_on and asked.opens_on.isoformat()) == ("risk_to_life", "2026-03-04")
    with pytest.raises(NotFound):
        in_unit(built, requests.answer, reporter, case_id, asked.request_id, yes=False)
