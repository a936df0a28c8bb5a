"""Somebody outside asks for something of the file: who, on what ground, for which things, and what they got.

She is told before anything is given, and when: two working days before it may be, unless she says yes earlier. Where a
law forbids to tell her, that law and the day on which she will be told are written down first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from reporting.domain.case import ItemKind
from reporting.domain.file.listing import Named
from reporting.domain.sealed.entry import Entry
from reporting.domain.words import N_

NOTICE_WORKING_DAYS = 2
LONGEST_SILENCE_DAYS = 366
"""She is told at the latest so many days after the request was written down, whatever a law says about telling her."""

UNTOLD = "untold"
"""Beside an event in the record: her page does not show it before the day on which she is told."""


class Asker(StrEnum):
    """Who asks."""

    COURT = "court"
    HR = "hr"
    INSURER = "insurer"
    OTHER = "other"


ASKERS: Mapping[Asker, str] = {
    Asker.COURT: N_("a court or an authority"),
    Asker.HR: N_("human resources"),
    Asker.INSURER: N_("an insurer"),
    Asker.OTHER: N_("somebody else"),
}
"""What she reads; staff read the same."""

BINDING = frozenset({Asker.COURT})
"""Whom her no does not stop; anybody else gets nothing against it."""

MAY_HAVE: Mapping[Asker, frozenset[str]] = {Asker.HR: frozenset({"measure", "outcome"})}
"""The only things that an asker can be given, by code; who does not stand here, anything that can be listed."""


class Answer(StrEnum):
    """What became of a request."""

    OPEN = "open"
    GIVEN = "given"
    PART = "part"
    REFUSED = "refused"


@dataclass(frozen=True)
class OutsideRequest(Entry):
    """A request as the handlers keep it. Days are YYYY-MM-DD or ''; `notice` is the hex id of what she reads."""

    WHAT = "outside_request"

    asker: Asker = Asker.OTHER
    who: str = ""
    ground: str = ""
    items: tuple[Named, ...] = ()
    identity: bool = False
    in_part: bool = False
    forbidden_by: str = ""
    told_on: str = ""
    from_day: str = ""
    answer: Answer = Answer.OPEN
    reason: str = ""
    given_on: str = ""
    given_by: str = ""
    notice: str = ""


@dataclass(frozen=True)
class OutsideNotice(Entry):
    """A request as she reads it from `told_on` on. `said` is her own answer: '', 'yes' or 'no'."""

    WHAT = "outside_notice"
    SEALED_AS: ClassVar[ItemKind] = ItemKind.SHARED

    asker: Asker = Asker.OTHER
    who: str = ""
    ground: str = ""
    items: tuple[Named, ...] = ()
    identity: bool = False
    forbidden_by: str = ""
    told_on: str = ""
    from_day: str = ""
    said: str = ""
    answer: Answer = Answer.OPEN
    given_on: str = ""
