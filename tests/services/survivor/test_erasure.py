"""Close, erase later, erase now: three ways to go, and no backup brings back what was erased."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from reporting.crypto.keys import KeyPair
from reporting.domain.case import NotPossible, Status
from reporting.domain.casework.clocks import Clock
from reporting.domain.reading.consent import NewReaders
from reporting.services.casework import messages
from reporting.services.errors import NotFound
from reporting.services.organisation import accounts
from reporting.services.oversight import retention
from reporting.services.reading import assignment
from reporting.services.survivor import erasure, tokens
from reporting.store import tables
from reporting.store.audit import AuditEvent
from reporting.store.cases import Case
from reporting.store.database import reading
from reporting.store.reporters import Reporter
from reporting.store.shred import ShredKeyRow
from tests.builders import PASSPHRASE, Built, Team, in_unit, send_report
from tests.services.acts import (
    ask_first,
    called,
    count,
    declare_duty,
    grants,
    her_page,
    holders,
    opens,
    power_cut,
    readable,
    take_up,
)

OF_A_CASE = ("cases", "compartments", "items", "grants", "holdings", "requests", "approvals", "reporters")


def shred_keys(built: Built) -> int:
    """Return how many shred keys there are."""
    with reading(built.stores) as work:
        return work.shred.scalar(select(func.count()).select_from(ShredKeyRow)) or 0


@pytest.mark.req("P7")
@pytest.mark.principle("respect")
def test_closing_takes_every_key_but_hers(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, declare_duty(built, team.office), identity=called("N", visible=True))
    in_unit(built, erasure.close, reporter, case_id)
    assert {grant.holder for grant in grants(built, case_id)} == {reporter.holder}
    assert holders(built, case_id) == set()
    page = her_page(built, reporter, case_id)
    assert (page.status, page.due_on, page.readers) == (Status.WITHDRAWN, None, [])
    assert not page.opened.row.waiting


@pytest.mark.req("P7")
def test_what_staff_had_asked_ends_with_the_case(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, new_readers=NewReaders.ASK)
    take_up(built, team.amina, case_id)
    ask_first(built, team.amina, case_id, team.ines.staff_id)
    in_unit(built, erasure.close, reporter, case_id)
    assert her_page(built, reporter, case_id).requests == []


@pytest.mark.req("L4", "P7")
@pytest.mark.principle("respect")
def test_erasing_now_leaves_no_row_and_no_key(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, identity=called("Nadia"))
    in_unit(built, messages.write_as_reporter, reporter, case_id, "More.")
    in_unit(built, erasure.erase_now, reporter, case_id)
    assert shred_keys(built) == 0
    with reading(built.stores) as work:
        for name in OF_A_CASE:
            assert work.main.scalar(select(func.count()).select_from(tables.MAIN.tables[name])) == 0, name
    assert not opens(built, reporter, case_id)
    with pytest.raises(NotFound):
        in_unit(built, erasure.erase_now, reporter, case_id)


@pytest.mark.req("L4", "P1", "P7")
@pytest.mark.principle("confidentiality")
def test_a_backup_beside_the_live_shred_store_does_not_bring_an_erased_case_back(
    built: Built, team: Team, back_up: Callable[[Built], Built]
) -> None:
    token, reporter, case_id = send_report(built, team.office, "Unspeakable.", identity=called("N", visible=True))
    restored = back_up(built)
    assert "disclosure" in readable(restored, team.amina, case_id)
    in_unit(built, erasure.erase_now, reporter, case_id)
    assert count(restored, Case) == 1
    her_again = tokens.reporter_from(restored.house, token)
    with reading(restored.stores) as work:
        _, seed = accounts.check_passphrase(accounts.stored_seed(work, team.amina.username), PASSPHRASE)
    assert KeyPair.from_seed(seed).public_key == team.amina.pair.public_key
    for actor in (her_again, team.amina, team.ben):
        assert readable(restored, actor, case_id) == set()


@pytest.mark.req("L4")
def test_one_case_of_a_token_can_be_erased_and_the_other_stays(built: Built, team: Team) -> None:
    token, reporter, first = send_report(built, team.office)
    _, _, second = send_report(built, team.office, token=token)
    in_unit(built, erasure.erase_now, reporter, first)
    assert opens(built, reporter, second)
    assert opens(built, team.amina, second)
    in_unit(built, erasure.erase_now, reporter, second)
    assert count(built, Reporter) == 0


@pytest.mark.req("L4", "P7")
@pytest.mark.principle("informed_consent")
def test_erasing_later_closes_at_once_and_erases_on_the_day_she_was_told(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    day = in_unit(built, erasure.erase_later, reporter, case_id)
    assert day.isoformat() == "2026-03-09"
    page = her_page(built, reporter, case_id)
    assert (page.status, page.due_on, page.opened.row.due_what) == (Status.ERASING, day, Clock.ERASURE)
    assert holders(built, case_id) == set()
    assert not opens(built, team.amina, case_id)
    for days, expected in ((6, 0), (1, 1), (0, 0)):
        built.clock.forward(days=days)
        with reading(built.stores) as work:
            foreseen = retention.forecast(work, built.house)
        assert foreseen["cases that their reporters asked to erase"] == expected
        assert in_unit(built, erasure.erase_due) == expected
    assert (count(built, Case), shred_keys(built)) == (0, 0)


@pytest.mark.req("P7")
@pytest.mark.principle("respect")
@pytest.mark.parametrize("private", [True, False], ids=["private record", "report"])
def test_she_can_undo_an_erasure_and_nobody_gets_a_key_back_by_it(built: Built, team: Team, private: bool) -> None:
    _, reporter, case_id = send_report(built, None if private else team.office)
    in_unit(built, erasure.erase_later, reporter, case_id)
    with pytest.raises(NotPossible):
        in_unit(built, erasure.erase_later, reporter, case_id)
    in_unit(built, erasure.undo_erase, reporter, case_id)
    page = her_page(built, reporter, case_id)
    assert page.status is (Status.PRIVATE if private else Status.WITHDRAWN)
    assert (page.due_on, page.opened.row.erase_on, page.opened.row.status_before) == (None, None, None)
    assert not opens(built, team.amina, case_id)
    built.clock.forward(days=30)
    assert in_unit(built, erasure.erase_due) == 0
    with pytest.raises(NotPossible):
        in_unit(built, erasure.undo_erase, reporter, case_id)


def test_a_case_that_is_erased_when_due_says_so_in_the_chain_without_naming_it(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    in_unit(built, erasure.erase_later, reporter, case_id)
    built.clock.forward(days=7)
    in_unit(built, erasure.erase_due)
    with reading(built.stores) as work:
        found = work.main.execute(select(AuditEvent.action, AuditEvent.actor_id).order_by(AuditEvent.seq)).all()
    assert found[-1] == ("case_erased_when_due", None)


@pytest.mark.req("P6")
def test_only_her_token_ends_her_case(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    _, stranger, _ = send_report(built, team.office)
    for end in (erasure.close, erasure.erase_later, erasure.erase_now, erasure.undo_erase):
        with pytest.raises(NotFound):
            in_unit(built, end, stranger, case_id)
    assert opens(built, team.amina, case_id)


@pytest.mark.req("P7", "P8")
def test_a_power_cut_while_erasing_leaves_noise_and_never_a_case_that_opens(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    with power_cut(built):
        in_unit(built, erasure.erase_now, reporter, case_id)
    assert not any(opens(built, actor, case_id) for actor in (reporter, team.amina, team.ben))
    assert shred_keys(built) == 0


@pytest.mark.req("P7", "U7")
def test_a_power_cut_while_somebody_leaves_leaves_them_without_a_key(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    with power_cut(built):
        in_unit(built, assignment.recuse, team.amina, case_id)
    assert not opens(built, team.amina, case_id)
    assert readable(built, team.ben, case_id) == {"disclosure", "people", "choices", "working_title"}
    assert opens(built, reporter, case_id)
