"""What staff did in her case, as she reads it: whole days, each thing once a day, names set apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reporting.domain.oversight.audit import JOURNAL, LEDGER, PASSED, STEPS_TAKEN, StaffEvent
from reporting.domain.reading.approvals import MATTERS
from reporting.domain.words import N_
from reporting.services.survivor.follow import Deed, LedgerLine
from reporting.web.pages import translated

SOMEBODY = N_("Somebody on the team")
BY_ITSELF = {
    StaffEvent.HOLD_ENDED: N_("The day came on which what was kept because of a law was destroyed."),
    StaffEvent.ROUTED_TO_DESK: N_(
        "Nobody in the office was left who may read it, so it went to %(about)s at the outside desk."
    ),
}
"""What happened without anybody of the staff doing it."""

STEP_WORDS = {code.value: words for table in (STEPS_TAKEN, MATTERS) for code, words in table.items()}
PASSED_WORDS = {clock.value: words for clock, words in PASSED.items()}


@dataclass(frozen=True)
class Entry:
    """One line: a day and a sentence."""

    day: date
    sentence: str


def entries(lines: Sequence[LedgerLine]) -> list[Entry]:
    """Return the ledger, the newest day first; the same thing done again on a day is told once."""
    once = {(line.at.date(), line.actor_id, line.action, line.about, _step(line)): line for line in lines}
    return [Entry(line.at.date(), _sentence(line)) for line in reversed(once.values())]


def deed_entries(deeds: Sequence[Deed]) -> list[Entry]:
    """Return what she did herself, the newest day first."""
    return [Entry(deed.day, translated(JOURNAL[deed.action])) for deed in deeds]


def days_opened(lines: Sequence[LedgerLine]) -> dict[bytes, list[date]]:
    """Return on which days each person opened her story, the newest first, by staff id."""
    days: dict[bytes, list[date]] = {}
    for line in reversed(lines):
        if line.action is StaffEvent.CASE_OPENED and line.actor_id is not None:
            known = days.setdefault(line.actor_id, [])
            if line.at.date() not in known:
                known.append(line.at.date())
    return days


def names_opened(lines: Sequence[LedgerLine]) -> list[tuple[str, date]]:
    """Return who opened her story and when last, the latest first, also those who have left."""
    last = {line.actor_id: (line.who, line.at.date()) for line in lines if line.action is StaffEvent.CASE_OPENED}
    return sorted(last.values(), key=lambda pair: pair[1], reverse=True)


def apart(name: str) -> str:
    """Return a name between isolation marks, so that it keeps its own direction inside a sentence."""
    return f"\N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}" if name else ""


def _sentence(line: LedgerLine) -> str:
    source = LEDGER[line.action] if line.who else BY_ITSELF.get(line.action, LEDGER[line.action])
    name, about = apart(line.who) or translated(SOMEBODY), apart(line.about) or translated(SOMEBODY)
    return translated(source, name=name, about=about, step=_step(line))


def _step(line: LedgerLine) -> str:
    words = PASSED_WORDS if line.action in (StaffEvent.DATE_PASSED, StaffEvent.ESCALATED) else STEP_WORDS
    return translated(words[line.detail]) if line.detail in words else ""
