"""What handlers know of the people she named: which account is theirs, who works under them, which office they lead.

A link is sealed in `story`, inside the record of the people, because every sealing reads that record anyway: a link
that stood elsewhere could be forgotten. She reads it there, too.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from reporting.domain.words import N_


class Tie(StrEnum):
    """How an account or an office is tied to a named person."""

    ACCOUNT = "account"
    LINE = "line"
    OFFICE = "office"


TIES: Mapping[Tie, str] = {
    Tie.ACCOUNT: N_("%(by)s says that a person you named is %(name)s."),
    Tie.LINE: N_("%(by)s says that %(name)s works under a person you named."),
    Tie.OFFICE: N_("%(by)s says that a person you named leads this office: %(name)s."),
}
"""What she reads about a link."""


@dataclass(frozen=True, slots=True)
class Link:
    """One thing that a handler said about a named person.

    Ids are 32 lower-case hex digits, days are YYYY-MM-DD. `person` is the name as she gave it, or empty; `target` is an
    account, for OFFICE an office; `line` are the accounts that the link closed out when it was made, and `lost` the
    names of those of them who held a key until then. A link that was taken back stays, with who did it and when.
    """

    id: str
    tie: Tie
    target: str
    name: str
    person: str
    by: str
    by_name: str
    day: str
    line: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    undone_by: str = ""
    undone_on: str = ""

    @property
    def holds(self) -> bool:
        """Return whether it was not taken back."""
        return not self.undone_on

    def closes(self, staff_hex: str, above: Collection[str]) -> bool:
        """Say whether this account must get no key; `above` are the accounts and offices over it.

        What an administrator changes later can only close more: whoever was in the line stays in it.
        """
        return self.holds and (self.target == staff_hex or self.target in above or staff_hex in self.line)
