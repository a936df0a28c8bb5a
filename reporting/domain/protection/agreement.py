"""What she says to something that is planned for her: yes, no, or not now.

What she answers is sealed in `story` as an entry of its own and never changed; her newest answer counts. It names the
entry that it is about, and what that entry proposes is never changed either: whoever wants something else proposes
anew, and asks her again.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from reporting.domain.case import ItemKind
from reporting.domain.sealed.entry import Entry


class Said(StrEnum):
    """Her answer. `MOVES_ME` says that she would be the one who moves, whatever the team wrote."""

    YES = "yes"
    NO = "no"
    NOT_NOW = "not_now"
    MOVES_ME = "moves_me"


@dataclass(frozen=True)
class Agreement(Entry):
    """One answer of hers; `about` is the id of the entry that she answers, in hex."""

    WHAT = "agreement"
    SEALED_AS: ClassVar[ItemKind] = ItemKind.SHARED

    about: str
    said: Said
