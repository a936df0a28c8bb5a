"""Requests from outside as she reads them: who, why, what, from which day, and what came of it."""

from dataclasses import dataclass
from datetime import date

from reporting.domain.file.outside import ASKERS, BINDING, Answer
from reporting.services.survivor.follow import CasePage
from reporting.web.pages import translated
from reporting.web.survivor.kept import names_for_her
from reporting.web.survivor.refs import ref_of


@dataclass(frozen=True)
class OutsideTold:
    """One request; `binding` where her no cannot stop it; `since` where she was told only later."""

    ref: str
    asker: str
    who: str
    ground: str
    items: list[str]
    identity: bool
    binding: bool
    forbidden_by: str
    written_on: date
    from_day: date
    said: str
    is_open: bool
    answer: Answer
    given_on: date | None


def outside_told(page: CasePage) -> list[OutsideTold]:
    """Return the requests of which she is told, in the words of this language, the newest first."""
    return [
        OutsideTold(
            ref_of(filed.id),
            translated(ASKERS[filed.entry.asker]),
            filed.entry.who,
            filed.entry.ground,
            names_for_her(page, filed.entry.items),
            filed.entry.identity,
            filed.entry.asker in BINDING,
            filed.entry.forbidden_by,
            filed.entry.written_on,
            date.fromisoformat(filed.entry.from_day),
            filed.entry.said,
            filed.entry.answer is Answer.OPEN,
            filed.entry.answer,
            date.fromisoformat(filed.entry.given_on) if filed.entry.given_on else None,
        )
        for filed in page.outside
    ]
