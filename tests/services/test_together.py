"""Two people at the same moment: whatever the order, nothing is lost and nobody keeps a key that was taken back."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from reporting.crypto.token import draw
from reporting.domain.case import Part
from reporting.domain.people import Role
from reporting.domain.questions import CATALOGUE_VERSION, Door
from reporting.domain.sealed.disclosure import Choices, Disclosure, Identity, People
from reporting.services.actors import Reporter
from reporting.services.casework import messages
from reporting.services.errors import AlreadySent, ClosedTo, NotAllowed, NotFound, Refused
from reporting.services.reading import assignment, identity
from reporting.services.reading.readers import audience_of
from reporting.services.survivor import choosing, drafts, erasure, tokens
from reporting.services.survivor.report import SealedCase, Submission, seal_report, submit_report
from reporting.store.cases import Case
from reporting.store.database import Work, reading, writing
from reporting.store.offices import find_office
from reporting.store.requests import Approval, Request
from tests.builders import Built, Team, add_staff, in_unit, send_report, vouch_by
from tests.services.acts import called, count, declare_duty, her_page, holders, opens, readable, story_holders, take_up
from tests.services.survivor.test_tokens import another, cases_of
from tests.services.together import at_once, meanwhile

TIMES = 8


def unit(built: Built, service: Callable[..., Any], *arguments: Any, **named: Any) -> Callable[[Work], Any]:
    """Return a service with its arguments, still without its unit of work."""
    return lambda work: service(work, built.house, *arguments, **named)


def in_both_orders(built: Built, team: Team, round_of: Callable[[Built, Team, bool], None]) -> None:
    """Let two acts overlap, once with each of them first."""
    for turned in (False, True):
        round_of(built, team, turned)


def overlap(built: Built, one: Callable[[Work], Any], other: Callable[[Work], Any], *, turned: bool) -> Any:
    """Carry out two overlapping units; return what the later one got."""
    return meanwhile(built, other, one) if turned else meanwhile(built, one, other)


def sealed(built: Built, team: Team, reporter: Reporter, case_id: bytes | None = None) -> SealedCase:
    """Seal a report that is not added yet."""
    account = Disclosure(CATALOGUE_VERSION, "en", Door.INFORMAL, (), built.house.today().isoformat())
    submission = Submission(account, People(), Choices(Door.INFORMAL, "en"), Identity())
    with reading(built.stores) as work:
        office = find_office(work.main, team.office.id)
        assert office is not None
        audience = audience_of(work, built.house, office, submission.people)
    return seal_report(built.house, reporter, submission, audience, today=built.house.today(), case_id=case_id)


@pytest.mark.req("P8")
@pytest.mark.principle("support")
@pytest.mark.parametrize("first", [True, False], ids=["with its own token", "under a token she has"])
def test_a_draft_sent_eight_times_at_once_is_one_case(built: Built, team: Team, first: bool) -> None:
    _, reporter, _ = send_report(built, None)
    if first:
        reporter = tokens.reporter_from(built.house, draw("en"))
    ready = [sealed(built, team, reporter, bytes(range(16))) for _ in range(TIMES)]
    got = at_once(lambda place: in_unit(built, submit_report, reporter, ready[place], first=first), TIMES)
    assert [type(one) for one in got if isinstance(one, Refused)] == [AlreadySent] * (TIMES - 1)
    assert count(built, Case) == 2
    assert opens(built, reporter, bytes(range(16)))
    assert opens(built, team.amina, bytes(range(16)))


@pytest.mark.req("P8")
def test_two_tabs_that_begin_at_once_have_one_draft(empty: Built) -> None:
    key = drafts.DraftKey.new()
    ready = [drafts.new_draft("en", Door.FORMAL) for _ in range(TIMES)]
    got = at_once(lambda place: in_unit(empty, drafts.keep_draft, key, ready[place]), TIMES)
    assert len({draft.token for draft in got}) == len({draft.case_id for draft in got}) == 1


@pytest.mark.req("U7", "P1")
@pytest.mark.principle("safety")
def test_an_answer_and_a_closing_out_at_once_leave_no_key_behind(built: Built, team: Team) -> None:
    def round_of(built: Built, team: Team, turned: bool) -> None:
        _, reporter, case_id = send_report(built, team.office)
        take_up(built, team.amina, case_id)
        writes = unit(built, messages.write_as_staff, team.amina, case_id, "Hello.")
        closes = unit(built, choosing.close_to, reporter, case_id, team.amina.staff_id)
        got = overlap(built, writes, closes, turned=turned)
        assert isinstance(got, NotFound) is turned
        assert not opens(built, team.amina, case_id)
        assert len(her_page(built, reporter, case_id).messages) == (0 if turned else 1)
        assert holders(built, case_id) == story_holders(built, case_id) == {team.ben.staff_id}

    in_both_orders(built, team, round_of)


@pytest.mark.req("U7")
def test_bringing_in_and_closing_out_the_same_colleague_at_once_ends_closed(built: Built, team: Team) -> None:
    def round_of(built: Built, team: Team, turned: bool) -> None:
        _, reporter, case_id = send_report(built, team.office)
        take_up(built, team.amina, case_id)
        assigns = unit(built, assignment.assign, team.amina, case_id, team.ines.staff_id)
        closes = unit(built, choosing.close_to, reporter, case_id, team.ines.staff_id)
        got = overlap(built, assigns, closes, turned=turned)
        assert isinstance(got, ClosedTo) is turned
        assert not opens(built, team.ines, case_id)

    in_both_orders(built, team, round_of)


@pytest.mark.req("U7")
@pytest.mark.principle("support")
def test_two_last_handlers_who_leave_at_once_leave_the_case_with_the_desk(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    leaves = [unit(built, assignment.recuse, member, case_id) for member in (team.amina, team.ben)]
    meanwhile(built, *leaves)
    assert holders(built, case_id) == story_holders(built, case_id) == {team.desk_reader.staff_id}


def claimed(built: Built, team: Team) -> tuple[Reporter, bytes, bytes]:
    """Return a case of which Amina claims the identity, and the request."""
    office = declare_duty(built, team.office)
    _, reporter, case_id = send_report(built, office, identity=called("Nadia"))
    take_up(built, team.amina, case_id)
    in_unit(built, identity.ask_by_duty, team.amina, case_id, identity.Ground.COURT_ORDER)
    with reading(built.stores) as work:
        request = work.main.query(Request).filter_by(case_id=case_id).one()
        return reporter, case_id, request.id


@pytest.mark.req("ASVS-2.3.5")
def test_two_handlers_who_approve_at_once_are_one_approval(built: Built, team: Team) -> None:
    third = add_staff(built, team.office, Role.CASE_MANAGER, "Chen Wei", vouched=False)
    vouch_by(built, team.amina, third)
    _, case_id, request_id = claimed(built, team)
    got = meanwhile(built, *[unit(built, identity.approve, member, request_id) for member in (team.ben, third)])
    assert isinstance(got, NotAllowed | NotFound)
    with reading(built.stores) as work:
        assert [row.part for row in work.main.query(Approval)] == [Part.HANDLERS_HALF]
        assert work.main.get_one(Request, request_id).state == "waiting"
    assert "identity" not in readable(built, team.amina, case_id)


@pytest.mark.req("ASVS-2.3.5")
def test_both_sides_that_approve_at_once_are_both_counted(built: Built, team: Team) -> None:
    def round_of(built: Built, team: Team, turned: bool) -> None:
        _, case_id, request_id = claimed(built, team)
        yeses = [unit(built, identity.approve, member, request_id) for member in (team.ben, team.desk_reader)]
        overlap(built, *yeses, turned=turned)
        built.clock.forward(days=4)
        assert in_unit(built, identity.see_identity, team.amina, case_id).answers[0].text == "Nadia"

    in_both_orders(built, team, round_of)


@pytest.mark.req("U7", "ASVS-2.3.5")
def test_an_approval_that_meets_a_closing_out_gives_the_asker_nothing(built: Built, team: Team) -> None:
    reporter, case_id, request_id = claimed(built, team)
    closes = unit(built, choosing.close_to, reporter, case_id, team.amina.staff_id)
    got = meanwhile(built, closes, unit(built, identity.approve, team.ben, request_id))
    assert isinstance(got, NotFound)
    assert not opens(built, team.amina, case_id)


@pytest.mark.req("P7", "P8")
@pytest.mark.principle("safety")
def test_a_new_token_has_the_key_that_is_made_at_the_same_moment(built: Built, team: Team) -> None:
    def round_of(built: Built, team: Team, turned: bool) -> None:
        fresh = another(built)
        _, reporter, case_id = send_report(built, team.office)
        adds = unit(built, tokens.add_token, reporter, fresh)
        closes = unit(built, choosing.close_to, reporter, case_id, team.amina.staff_id)
        overlap(built, adds, closes, turned=turned)
        assert in_unit(built, tokens.finish_replacement, reporter.lookup_id, fresh, None)
        in_unit(built, messages.write_as_reporter, fresh, case_id, "Still mine.")
        assert her_page(built, fresh, case_id).people.excluded_staff == (team.amina.staff_id.hex(),)

    in_both_orders(built, team, round_of)


@pytest.mark.req("P8")
@pytest.mark.principle("safety")
@pytest.mark.parametrize("end", ["replaced", "erased"])
def test_a_case_sent_while_its_token_ends_is_hers_or_refused_and_never_lost(built: Built, team: Team, end: str) -> None:
    def round_of(built: Built, team: Team, turned: bool) -> None:
        fresh = another(built)
        _, old, case_id = send_report(built, team.office)
        in_unit(built, tokens.add_token, old, fresh)
        ready = sealed(built, team, old, sent := bytes([turned]) * 16)
        if end == "replaced":
            ends = unit(built, tokens.finish_replacement, old.lookup_id, fresh, None)
        else:
            in_unit(built, tokens.drop_token, fresh)
            ends = unit(built, erasure.erase_now, old, case_id)
        got = overlap(built, unit(built, submit_report, old, ready, first=False), ends, turned=turned)
        if isinstance(got, NotFound):
            assert turned
        else:
            assert sent in cases_of(built, old)

    in_both_orders(built, team, round_of)


@pytest.mark.req("P7")
@pytest.mark.principle("respect")
def test_what_she_undoes_at_the_last_moment_is_not_erased(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    in_unit(built, erasure.erase_later, reporter, case_id)
    built.clock.forward(days=7)
    erased = meanwhile(built, unit(built, erasure.undo_erase, reporter, case_id), partial(erase_due, built))
    assert erased == 0
    assert opens(built, reporter, case_id)


def erase_due(built: Built, work: Work) -> int:
    """Erase what is due."""
    return erasure.erase_due(work, built.house)


@pytest.mark.req("P7")
def test_a_message_to_a_case_that_is_erased_at_that_moment_is_refused(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    writes = unit(built, messages.write_as_reporter, reporter, case_id, "Hello?")
    assert isinstance(meanwhile(built, unit(built, erasure.erase_now, reporter, case_id), writes), NotFound)
    with writing(built.stores) as work:
        assert work.main.query(Case).count() == 0
