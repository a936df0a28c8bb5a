"""What ends by itself: on its day, not before it, and only what has an end."""

from datetime import date

import pytest

from reporting.domain.case import Status
from reporting.domain.questions import Door
from reporting.services.actors import Reporter
from reporting.services.organisation import accounts
from reporting.services.oversight import retention
from reporting.services.oversight.retention import Swept
from reporting.services.signing_in import sessions, throttle
from reporting.services.survivor import drafts, erasure, record
from reporting.store.audit import AuditEvent
from reporting.store.cases import Case
from reporting.store.database import reading, writing
from reporting.store.shred import ShredKeyRow
from reporting.store.staff import Staff
from tests.builders import Built, Team, add_invited, in_unit, send_report
from tests.services.acts import close_by_two, conclude, count, her_page, opens, power_cut, take_up

NOTHING = Swept(cases=0, holds=0, drafts=0, sessions=0, codes=0, counters=0, stray_keys=0)


def close_case(built: Built, team: Team, reporter: Reporter, case_id: bytes) -> None:
    """Let staff take a case to its end."""
    take_up(built, team.amina, case_id)
    conclude(built, team.amina, reporter, case_id)
    close_by_two(built, team.amina, team.ben, case_id)


def due(built: Built) -> int:
    """Return how many cases a run would erase."""
    with reading(built.stores) as work:
        return sum(retention.forecast(work, built.house).values())


def go_to(built: Built, day: date) -> None:
    """Let time pass until a day."""
    built.clock.forward(days=(day - built.house.today()).days)


def test_nothing_ends_where_nothing_is_due(built: Built, team: Team) -> None:
    send_report(built, team.office)
    assert in_unit(built, retention.run) == NOTHING


@pytest.mark.req("L1", "L4")
@pytest.mark.principle("confidentiality")
def test_a_closed_case_is_kept_to_the_last_day_that_was_told_and_not_longer(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    close_case(built, team, reporter, case_id)
    last = her_page(built, reporter, case_id).opened.row.keep_until
    assert last == date(2031, 3, 31)
    go_to(built, last)
    assert due(built) == 0
    built.clock.forward(days=1)
    assert (due(built), count(built, Case)) == (1, 1)
    assert in_unit(built, retention.run).cases == 1
    assert not opens(built, reporter, case_id)
    assert count(built, Case) == 0
    with reading(built.stores) as work:
        last_event = work.main.query(AuditEvent).order_by(AuditEvent.seq.desc()).first()
    assert last_event is not None
    assert (last_event.action, last_event.ref) == ("retention_run", None)


@pytest.mark.req("L4")
@pytest.mark.principle("respect")
def test_what_is_hers_alone_and_what_is_worked_on_never_ends_by_itself(built: Built, team: Team) -> None:
    private = send_report(built, None)[2]
    open_case = send_report(built, team.office)[2]
    _, withdrawer, withdrawn = send_report(built, team.office)
    close_case(built, team, withdrawer, withdrawn)
    in_unit(built, erasure.close, withdrawer, withdrawn)
    _, reopener, reopened = send_report(built, team.office)
    close_case(built, team, reopener, reopened)
    in_unit(built, record.reopen, reopener, reopened)
    built.clock.forward(days=20 * 365)
    assert due(built) == 0
    in_unit(built, retention.run)
    with reading(built.stores) as work:
        assert {case.id for case in work.main.query(Case)} == {private, open_case, withdrawn, reopened}
    assert her_page(built, withdrawer, withdrawn).status is Status.WITHDRAWN


@pytest.mark.req("L4")
def test_an_erasure_that_she_asked_for_is_carried_out_on_its_day(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    day = in_unit(built, erasure.erase_later, reporter, case_id)
    go_to(built, day)
    assert due(built) == 1
    assert in_unit(built, retention.run).cases == 1


@pytest.mark.req("L4", "P3")
def test_sessions_drafts_codes_and_counters_end_by_themselves(built: Built, team: Team) -> None:
    _, reporter, _ = send_report(built, None)
    in_unit(built, sessions.start_survivor_session, reporter)
    in_unit(built, sessions.start_staff_session, team.amina.staff_id, team.amina.pair.seed)
    in_unit(built, drafts.keep_draft, drafts.DraftKey.new(), drafts.new_draft("en", Door.FORMAL))
    add_invited(built, team.office, "Chen Wei")
    throttle.Throttle(built.stores, built.house).open_form("192.0.2.7")
    built.clock.forward(days=accounts.CODE_DAYS + 1)
    swept = in_unit(built, retention.run)
    assert swept == Swept(cases=0, holds=0, drafts=1, sessions=2, codes=1, counters=1, stray_keys=0)
    assert in_unit(built, retention.run) == NOTHING
    with reading(built.stores) as work:
        assert [row.code_hash for row in work.main.query(Staff)] == [None] * 5


@pytest.mark.req("P8")
def test_a_shred_key_that_a_power_cut_left_without_a_grant_is_collected_after_ninety_days(
    built: Built, team: Team
) -> None:
    with power_cut(built):
        send_report(built, team.office)
    with reading(built.stores) as work:
        left = work.shred.query(ShredKeyRow).count()
    assert left > 0
    _, reporter, case_id = send_report(built, team.office)
    built.clock.forward(days=89)
    assert in_unit(built, retention.run).stray_keys == 0
    built.clock.forward(days=1)
    assert in_unit(built, retention.run).stray_keys == left
    assert opens(built, reporter, case_id)
    assert opens(built, team.amina, case_id)


@pytest.mark.req("P1")
def test_the_keys_of_a_case_that_ends_in_the_run_are_no_strays(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    in_unit(built, erasure.erase_later, reporter, case_id)
    built.clock.forward(days=8)
    assert in_unit(built, retention.run) == Swept(
        cases=1, holds=0, drafts=0, sessions=0, codes=0, counters=0, stray_keys=0
    )
    with writing(built.stores) as work:
        assert work.shred.query(ShredKeyRow).count() == 0
