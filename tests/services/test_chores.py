"""Timed work: due, leased, done once, due again; and a runner that dies holds nothing up for long."""

from datetime import datetime, timedelta

import pytest

from reporting.domain.oversight.audit import ReporterEvent
from reporting.services import chores
from reporting.services.chores import LEASE, Task
from reporting.services.house import House
from reporting.services.organisation import accounts
from reporting.services.oversight import audit
from reporting.services.survivor import erasure
from reporting.store.chores import Chore
from reporting.store.database import Work, reading, writing
from tests.builders import Built, Team, in_unit, send_report
from tests.engines import on_sqlite
from tests.evidence import add_file
from tests.services.oversight.test_audit import without_triggers
from tests.services.together import at_once

ALL = {
    *("link-days", "sweep", "verify-audit", "watch-duty", "watch-offices", "watch-clocks", "watch-inaction"),
    *("begin-own", "end-vouchers", "collect-blobs", "verify-blobs", "daily-mail"),
}


def run(built: Built) -> dict[str, str]:
    """Do what is due."""
    return chores.run_due(built.stores, built.house)


@pytest.fixture
def ready(built: Built) -> Built:
    """An instance whose chores stand in their table."""
    for _ in range(2):
        in_unit(built, chores.ensure)
    return built


def test_every_chore_runs_when_it_is_due_and_then_waits_for_its_time(ready: Built) -> None:
    assert run(ready) == {
        "link-days": "linked 0",
        "sweep": "erased 0",
        "verify-audit": "whole",
        "watch-duty": "0 missing",
        "watch-offices": "0 thin",
        "watch-clocks": "0 told",
        "watch-inaction": "0 seen",
        "begin-own": "0 begun",
        "end-vouchers": "0 ended",
        "collect-blobs": "0 collected",
        "verify-blobs": "0 whole",
        "daily-mail": "off",
    }
    assert run(ready) == {}
    hourly = {"sweep", "watch-duty", "watch-offices", "watch-clocks", "daily-mail"}
    for minutes, due in ((1, {"sweep"}), (59, hourly), (24 * 60, ALL)):
        ready.clock.forward(minutes=minutes)
        assert set(run(ready)) == due


def test_the_outcomes_are_kept_for_whoever_looks(ready: Built) -> None:
    with reading(ready.stores) as work:
        assert chores.outcomes(work) == dict.fromkeys(ALL, "")
    run(ready)
    with reading(ready.stores) as work:
        assert chores.outcomes(work)["verify-audit"] == "whole"


def test_without_its_row_no_chore_runs(built: Built) -> None:
    assert run(built) == {}
    with reading(built.stores) as work:
        assert chores.outcomes(work) == {}


@pytest.mark.req("P7")
def test_the_chores_do_what_their_names_say(ready: Built, team: Team) -> None:
    _, reporter, case_id = send_report(ready, team.office)
    in_unit(ready, erasure.erase_later, reporter, case_id)
    in_unit(ready, audit.record_reporter, ReporterEvent.COPY_TAKEN, case_id)
    in_unit(ready, accounts.disable, None, team.ben.staff_id)
    without_triggers(ready.stores, "DELETE FROM audit_events WHERE seq = 2")
    ready.clock.forward(days=8)
    assert run(ready) == {
        "link-days": "linked 3",
        "sweep": "erased 1",
        "verify-audit": "1 wrong",
        "watch-duty": "0 missing",
        "watch-offices": "1 thin",
        "watch-clocks": "0 told",
        "watch-inaction": "0 seen",
        "begin-own": "0 begun",
        "end-vouchers": "0 ended",
        "collect-blobs": "0 collected",
        "verify-blobs": "0 whole",
        "daily-mail": "off",
    }


def test_links_are_made_soon_after_midnight(ready: Built) -> None:
    run(ready)
    with reading(ready.stores) as work:
        assert work.main.get_one(Chore, "link-days").due_at == datetime(2026, 3, 3, 0, 10)  # noqa: DTZ001 - UTC


def test_two_runners_do_a_chore_once(ready: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[str] = []

    def count(_: Work, house: House) -> str:
        runs.append(house.today().isoformat())
        return "x" * 100

    task = Task(count, lambda now: now + timedelta(days=1))
    monkeypatch.setattr(chores, "TASKS", {"sweep": task, "verify-audit": task})
    got = at_once(lambda _: run(ready), 4)
    assert len(runs) == 2
    assert sorted(name for outcome in got for name in outcome) == ["sweep", "verify-audit"]
    with reading(ready.stores) as work:
        assert chores.outcomes(work)["sweep"] == "x" * 60


def test_a_runner_that_dies_in_the_middle_holds_a_chore_up_for_one_lease(
    ready: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(work: Work, _: House) -> str:
        work.main.query(Chore).update({"outcome": "half done"})
        raise ZeroDivisionError

    tasks = dict(chores.TASKS)
    monkeypatch.setattr(chores, "TASKS", {"sweep": Task(fail, tasks["sweep"].next_due)})
    with pytest.raises(ZeroDivisionError):
        run(ready)
    monkeypatch.setattr(chores, "TASKS", tasks)
    assert "sweep" not in run(ready)
    with writing(ready.stores) as work:
        assert "half done" not in chores.outcomes(work).values()
    ready.clock.forward(minutes=LEASE.total_seconds() / 60)
    assert "sweep" in run(ready)


@on_sqlite
def test_the_sealed_files_are_looked_at_night_by_night(
    ready: Built, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, reporter, case_id = send_report(ready, team.office)
    for number in range(3):
        add_file(ready, reporter, case_id, b"of no kind, %d" % number, name="x")
    assert ready.stores.blobs.folder is not None
    sorted(ready.stores.blobs.folder.glob("??/*"))[1].unlink()
    monkeypatch.setattr(chores, "BLOBS_A_NIGHT", 100_000)  # two of these files
    said = []
    for _ in range(3):
        said.append(run(ready)["verify-blobs"])
        ready.clock.forward(days=1)
    assert said == ["1 wrong of 2", "1 whole", "1 wrong of 2"]


@on_sqlite
@pytest.mark.parametrize("folder_is_away", [True, False])
def test_a_blob_store_that_is_away_or_not_ours_holds_no_other_chore_up(ready: Built, folder_is_away: bool) -> None:
    assert ready.stores.blobs.folder is not None
    if folder_is_away:
        ready.stores.blobs.folder.rmdir()
    else:
        ready.stores.blobs.mark(b"of somebody else")
    outcomes = run(ready)
    assert outcomes["collect-blobs"] == ("no answer" if folder_is_away else "marked by another instance")
    assert set(outcomes) == ALL
