"""The record, for the auditor: who did what, whether anything was altered, and whether somebody waits.

Every look at it is itself recorded. To which case an event belongs is never shown.
"""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from reporting.domain.directory.taxonomies import is_id
from reporting.domain.words import N_
from reporting.policy import Permission
from reporting.services.oversight import overview as oversight
from reporting.services.oversight.audit import Finding, verify
from reporting.services.oversight.chains import LABELS, hash_at
from reporting.services.oversight.checkpoints import make_checkpoint
from reporting.store.database import reading, writing
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to, translated
from reporting.web.staff.pages import exact_time, me, staff_page
from reporting.web.staff.record_words import CHAINS, CHORES, DEEDS, DETAILS, EVENTS, FINDINGS

blueprint = Blueprint("audit", __name__)
UNKNOWN = N_("Something that this program never writes")


@dataclass(frozen=True)
class StaffShown:
    """One line of the staff chain."""

    seq: int
    when: str
    who: str
    what: str
    about: str


@dataclass(frozen=True)
class DayShown:
    """One line of the reporters' chain."""

    seq: int
    day: date
    what: str


@dataclass(frozen=True)
class ChoreShown:
    """One chore."""

    name: str
    outcome: str
    due: str


@blueprint.get("/staff/audit")
@allow(Permission.SEE_AUDIT)
def overview() -> ResponseReturnValue:
    """Show the ends of both chains, how the chores went, and whether a complaint waits."""
    with reading(here().stores) as work:
        heads, chores = oversight.heads_of(work), oversight.chore_lines(work)
        waits = oversight.complaint_waits(work)
    return staff_page(
        "audit/overview.html",
        heads=[(translated(CHAINS[head.chain]), head.length, head.hash) for head in heads],
        chores=[ChoreShown(translated(CHORES[c.name]), c.outcome, exact_time(c.due_at)) for c in chores],
        waits=waits,
    )


@blueprint.get("/staff/audit/staff")
@allow(Permission.SEE_AUDIT)
def staff_chain() -> ResponseReturnValue:
    """Show one page of what staff did, newest first."""
    before = _before()
    with writing(here().stores) as work:
        if before is None:  # one reading, however many pages it has
            oversight.note_reading(work, here().house, me())
        lines, more = oversight.staff_lines(work, before)
    rows = [StaffShown(one.seq, exact_time(one.at), one.who, _what(one), one.about) for one in lines]
    return staff_page("audit/staff.html", rows=rows, pages=_pages("audit.staff_chain", before, more))


@blueprint.get("/staff/audit/reporters")
@allow(Permission.SEE_AUDIT)
def reporters_chain() -> ResponseReturnValue:
    """Show one page of what reporters did, by day."""
    before = _before()
    with writing(here().stores) as work:
        if before is None:
            oversight.note_reading(work, here().house, me())
        lines, more = oversight.day_lines(work, before)
    rows = [DayShown(one.seq, one.day, translated(DEEDS[one.action] if one.action else UNKNOWN)) for one in lines]
    return staff_page("audit/reporters.html", rows=rows, pages=_pages("audit.reporters_chain", before, more))


@blueprint.get("/staff/audit/verification")
@allow(Permission.VERIFY_AUDIT)
def verification() -> ResponseReturnValue:
    """Check every link of both chains now, without holding anybody up, and record that it was done."""
    with reading(here().stores) as work:
        findings, heads = verify(work, here().house), oversight.heads_of(work)
    with writing(here().stores) as work:
        oversight.note_verification(work, here().house, me(), findings)
    return staff_page(
        "audit/verification.html",
        findings=[_finding(found) for found in findings],
        heads=[(translated(CHAINS[head.chain]), head.length, head.hash) for head in heads],
        at=exact_time(here().house.now()),
    )


@blueprint.get("/staff/audit/checkpoint")
@allow(Permission.VERIFY_AUDIT)
def checkpoint() -> ResponseReturnValue:
    """Show what a checkpoint is for, and what stands now at the places that one kept elsewhere notes."""
    asked = {chain: _number(chain) for chain in LABELS}
    with reading(here().stores) as work:
        found = [(chain, seq, hash_at(work.main, chain, seq)) for chain, seq in asked.items() if seq is not None]
    return staff_page(
        "audit/checkpoint.html",
        public_key=here().house.keyring.checkpoint_key.public_key.hex(),
        chains=[(chain, translated(CHAINS[chain]), asked[chain]) for chain in LABELS],
        found=[(translated(CHAINS[chain]), seq, mark.hex() if mark else "") for chain, seq, mark in found],
    )


@blueprint.post("/staff/audit/checkpoint")
@allow(Permission.VERIFY_AUDIT)
def look_up() -> ResponseReturnValue:
    """Lead to what stands at the places that were typed."""
    typed = {chain: _as_number(request.form.get(chain, "").strip()) for chain in LABELS}
    return go_to(url("audit.checkpoint", **{chain: seq for chain, seq in typed.items() if seq is not None}))


@blueprint.get("/staff/audit/checkpoint/text")
@allow(Permission.VERIFY_AUDIT)
def download() -> ResponseReturnValue:
    """Hand out a signed checkpoint, recorded before it leaves."""
    with writing(here().stores) as work:
        text = make_checkpoint(work, here().house, me().staff_id)
    name = f"checkpoint-{here().house.today().isoformat()}.txt"
    answer = Response(text, mimetype="text/plain")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _before() -> int | None:
    return _number("before")


def _number(name: str) -> int | None:
    return _as_number(request.args.get(name, ""))


def _as_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _pages(endpoint: str, before: int | None, more: int | None) -> tuple[str | None, str | None]:
    """Return the addresses of the first page and of the next one, where there are any."""
    first = url(endpoint) if before is not None else None
    return first, url(endpoint, before=more) if more is not None else None


def _what(line: oversight.StaffLine) -> str:
    words = translated(EVENTS[line.action] if line.action else UNKNOWN)
    if is_id(line.detail):
        return f"{words} · {line.detail}"
    return f"{words} · {translated(DETAILS[line.detail])}" if line.detail in DETAILS else words


def _finding(found: Finding) -> tuple[str, int | None, str]:
    return translated(CHAINS[found.chain]), found.seq, translated(FINDINGS[found.what])
