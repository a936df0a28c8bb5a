"""Timed work: a list of idempotent chores, each with its interval. No chore opens a case."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from reporting.services.casework import escalation
from reporting.services.evidence import collecting, verifying
from reporting.services.fund import requests
from reporting.services.house import House
from reporting.services.organisation import duty, mail, offices
from reporting.services.oversight import audit, inaction, retention
from reporting.services.sealed import own
from reporting.store.audit import lock_head
from reporting.store.chores import Chore, take_lease
from reporting.store.database import Stores, Work, reading, truncate_log, writing
from reporting.store.objects import BlobsUnreachable
from reporting.store.settings import BLOBS_SEEN, get_setting, replace_setting

LEASE = timedelta(minutes=10)
BLOBS_A_NIGHT = 2 * 1024**3
"""How many bytes of sealed files are checked in one night, so that all get their turn and none is held up."""


@dataclass(frozen=True)
class Task:
    """One chore: what it does, and how long until it is due again.

    One that is done `apart` gets the stores instead of a unit: it waits for another machine or has much to
    look at, and holds up nobody.
    """

    run: Callable[[Any, House], str]
    next_due: Callable[[datetime], datetime]
    apart: bool = False


def _link_days(work: Work, house: House) -> str:
    return f"linked {audit.link_days(work, house)}"


def _sweep(work: Work, house: House) -> str:
    return f"erased {retention.run(work, house).cases}"


def _verify(work: Work, house: House) -> str:
    for chain in (audit.STAFF_CHAIN, audit.DAY_CHAIN):
        lock_head(work.main, chain)  # nothing is appended meanwhile
    found = audit.verify(work, house)
    return f"{len(found)} wrong" if found else "whole"


def _watch_offices(work: Work, house: House) -> str:
    return f"{len(offices.warnings(work, house))} thin"


def _watch_duty(work: Work, house: House) -> str:
    return f"{duty.watch(work, house)} missing"


def _watch_clocks(stores: Stores, house: House) -> str:
    return f"{escalation.watch(stores, house)} told"


def _watch_inaction(stores: Stores, house: House) -> str:
    return f"{inaction.watch(stores, house)} seen"


def _end_vouchers(work: Work, house: House) -> str:
    return f"{requests.expire(work, house)} ended"


def _begin_own(work: Work, house: House) -> str:
    return f"{own.begin_missing(work, house)} begun"


def _collect_blobs(stores: Stores, house: House) -> str:
    try:
        done = collecting.collect(stores, house)
    except collecting.NotOurs:
        return "marked by another instance"
    except BlobsUnreachable:
        return "no answer"
    waits = f", {done.waiting} wait" if done.waiting else ""
    return f"{done.keys + done.files + done.unfinished} collected{waits}"


def _verify_blobs(stores: Stores, house: House) -> str:
    with reading(stores) as work:
        after = get_setting(work.main, BLOBS_SEEN) or b""
    try:
        findings, count, last = verifying.verify_some(stores, house, after, BLOBS_A_NIGHT)
    except BlobsUnreachable:
        return "no answer"
    with writing(stores) as work:
        replace_setting(work.main, BLOBS_SEEN, last)
    return f"{len(findings)} wrong of {count}" if findings else f"{count} whole"


def _next_quarter(now: datetime) -> datetime:
    return now + timedelta(minutes=15)


def _next_night(now: datetime) -> datetime:
    return (now + timedelta(days=1)).replace(hour=0, minute=10, second=0, microsecond=0)


def _next_minute(now: datetime) -> datetime:
    return now + timedelta(minutes=1)


def _next_hour(now: datetime) -> datetime:
    return now + timedelta(hours=1)


TASKS: Mapping[str, Task] = {
    "link-days": Task(_link_days, _next_night),
    "sweep": Task(_sweep, _next_minute),
    "verify-audit": Task(_verify, _next_night),
    "watch-duty": Task(_watch_duty, _next_hour),
    "watch-offices": Task(_watch_offices, _next_hour),
    "watch-clocks": Task(_watch_clocks, _next_hour, apart=True),
    "watch-inaction": Task(_watch_inaction, _next_night, apart=True),
    "begin-own": Task(_begin_own, _next_night),
    "end-vouchers": Task(_end_vouchers, _next_night),
    "collect-blobs": Task(_collect_blobs, _next_night, apart=True),
    "verify-blobs": Task(_verify_blobs, _next_night, apart=True),
    mail.CHORE: Task(mail.send_due, _next_quarter, apart=True),
}


def ensure(work: Work, house: House) -> None:
    """Put every chore into the table, due now, where it is not there yet."""
    for name in TASKS:
        if work.main.get(Chore, name) is None:
            work.main.add(Chore(name=name, due_at=house.now(), leased_until=None, outcome=""))


def run_due(stores: Stores, house: House) -> dict[str, str]:
    """Run every chore that is due and not leased by another runner; return how each ended."""
    outcomes = {}
    for name, task in TASKS.items():
        with writing(stores) as work:
            got_it = take_lease(work.main, name, house.now(), house.now() + LEASE)
        if got_it:
            outcomes[name] = _run(stores, house, name, task)
    truncate_log(stores.shred)
    return outcomes


def outcomes(work: Work) -> dict[str, str]:
    """Return how each chore ended last."""
    rows = [work.main.get(Chore, name) for name in TASKS]
    return {row.name: row.outcome for row in rows if row is not None}


def _run(stores: Stores, house: House, name: str, task: Task) -> str:
    done = task.run(stores, house) if task.apart else None
    with writing(stores) as work:
        outcome = task.run(work, house) if done is None else done
        row = work.main.get_one(Chore, name)
        row.due_at, row.leased_until, row.outcome = task.next_due(house.now()), None, outcome[:60]
    return outcome
