"""Coming back with a token, a spare, and a new token instead of the old one."""

import pytest

from reporting.domain.sealed.disclosure import People
from reporting.services.actors import Reporter
from reporting.services.casework import messages
from reporting.services.errors import NotFound
from reporting.services.survivor import choosing, erasure, tokens
from reporting.store.database import reading, writing
from reporting.store.reporters import Reporter as ReporterRow
from reporting.store.shred import ShredKeyRow
from tests.builders import Built, Team, in_unit, send_report
from tests.services.acts import called, count, her_page, opens, power_cut, readable, tamper


def another(built: Built) -> Reporter:
    """Return the reporter of a token that opens nothing yet: one whose case was erased."""
    _, fresh, case_id = send_report(built, None)
    in_unit(built, erasure.erase_now, fresh, case_id)
    return fresh


def cases_of(built: Built, reporter: Reporter) -> set[bytes]:
    """Return what a token opens."""
    with reading(built.stores) as work:
        return set(tokens.come_back(work, reporter))


def drop(built: Built, reporter: Reporter) -> None:
    """Let a token die."""
    in_unit(built, tokens.drop_token, reporter)


def finish(built: Built, old: Reporter, fresh: Reporter, came: Reporter | None) -> bool:
    """She says that she has the new token."""
    return bool(in_unit(built, tokens.finish_replacement, old.lookup_id, fresh, came))


@pytest.mark.req("U11")
def test_a_token_finds_every_case_of_hers_and_no_other(built: Built, team: Team) -> None:
    token, reporter, first = send_report(built, team.office)
    _, _, second = send_report(built, None, token=token)
    send_report(built, team.office)
    assert cases_of(built, reporter) == {first, second}


@pytest.mark.req("L5", "ASVS-6.3.8")
def test_a_wrong_a_replaced_and_an_erased_token_are_the_same_answer(built: Built, team: Team) -> None:
    erased = another(built)
    _, replaced, _ = send_report(built, team.office)
    drop(built, replaced)
    tampered = send_report(built, team.office)[1]
    tamper(built, "DELETE FROM reporters WHERE lookup_id = :id", id=tampered.lookup_id)
    never = Reporter(bytes(16), replaced.pair)
    for reporter in (erased, replaced, tampered, never):
        with pytest.raises(NotFound):
            cases_of(built, reporter)


@pytest.mark.principle("support")
def test_a_spare_opens_everything_beside_the_first_token(built: Built, team: Team) -> None:
    fresh = another(built)
    token, reporter, first = send_report(built, team.office, identity=called("Nadia"))
    _, _, second = send_report(built, None, token=token)
    in_unit(built, tokens.add_token, reporter, fresh)
    for case_id in (first, second):
        assert readable(built, fresh, case_id) == readable(built, reporter, case_id)
    assert cases_of(built, fresh) == cases_of(built, reporter) == {first, second}


def test_making_a_spare_twice_changes_nothing(built: Built, team: Team) -> None:
    fresh = another(built)
    _, reporter, case_id = send_report(built, team.office)
    for _ in range(2):
        in_unit(built, tokens.add_token, reporter, fresh)
    assert readable(built, fresh, case_id) == readable(built, reporter, case_id)


@pytest.mark.req("P1")
def test_both_tokens_receive_what_is_written_after_somebody_left(built: Built, team: Team) -> None:
    fresh = another(built)
    _, reporter, case_id = send_report(built, team.office)
    in_unit(built, tokens.add_token, reporter, fresh)
    in_unit(built, choosing.close_to, fresh, case_id, team.amina.staff_id)
    in_unit(built, messages.write_as_reporter, reporter, case_id, "After.")
    assert "message" in readable(built, fresh, case_id)


@pytest.mark.req("P7")
@pytest.mark.principle("safety")
def test_the_old_token_dies_only_when_she_has_the_new_one(built: Built, team: Team) -> None:
    fresh = another(built)
    _, old, case_id = send_report(built, team.office)
    in_unit(built, tokens.add_token, old, fresh)
    assert opens(built, old, case_id)
    assert finish(built, old, fresh, old)
    assert opens(built, fresh, case_id)
    assert not opens(built, old, case_id)
    with pytest.raises(NotFound):
        cases_of(built, old)
    assert her_page(built, fresh, case_id).disclosure.answers


@pytest.mark.req("P7")
def test_a_case_that_came_under_the_old_token_meanwhile_goes_along(built: Built, team: Team) -> None:
    fresh = another(built)
    token, old, first = send_report(built, team.office)
    in_unit(built, tokens.add_token, old, fresh)
    _, _, later = send_report(built, team.office, token=token)
    assert not finish(built, old, fresh, None)
    assert cases_of(built, old) == {first, later}
    assert finish(built, old, fresh, old)
    assert cases_of(built, fresh) == {first, later}


def test_a_token_does_not_replace_itself(built: Built, team: Team) -> None:
    _, old, case_id = send_report(built, team.office)
    assert not finish(built, old, old, None)
    assert opens(built, old, case_id)


@pytest.mark.req("P7", "P8")
@pytest.mark.principle("safety")
def test_a_power_cut_between_giving_and_taking_leaves_her_a_token_that_works(built: Built, team: Team) -> None:
    fresh = another(built)
    _, old, case_id = send_report(built, team.office)
    with power_cut(built):
        in_unit(built, tokens.add_token, old, fresh)
    assert opens(built, old, case_id)
    assert not opens(built, fresh, case_id)
    in_unit(built, tokens.add_token, old, fresh)
    with power_cut(built):
        finish(built, old, fresh, old)
    assert opens(built, fresh, case_id)
    assert cases_of(built, fresh) == {case_id}
    assert finish(built, old, fresh, None)
    assert count(built, ReporterRow) == 1


def test_a_key_that_does_not_open_is_not_passed_on(built: Built, team: Team) -> None:
    fresh = another(built)
    _, old, _ = send_report(built, team.office)
    with writing(built.stores) as work:
        work.shred.query(ShredKeyRow).delete()
    with pytest.raises(NotFound):
        in_unit(built, tokens.add_token, old, fresh)


@pytest.mark.req("U7")
def test_a_new_token_keeps_whom_she_closed_out(built: Built, team: Team) -> None:
    fresh = another(built)
    out = People(excluded_staff=(team.amina.staff_id.hex(),))
    _, old, case_id = send_report(built, team.office, people=out)
    in_unit(built, tokens.add_token, old, fresh)
    assert finish(built, old, fresh, old)
    assert her_page(built, fresh, case_id).people == out
