"""What can be named singly in a case file, and what she reads about each such thing.

The code of a listed thing is the kind of its item or, for an entry, what the entry is. What she wrote about herself
has no code: it stands apart and is never among the things that can be listed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from reporting.domain.case import ItemKind
from reporting.domain.words import N_

LISTABLE = (
    ItemKind.DISCLOSURE,
    ItemKind.PEOPLE,
    ItemKind.CHOICES,
    ItemKind.MESSAGE,
    ItemKind.NOTE,
    ItemKind.ENTRY,
    ItemKind.SHARED,
    ItemKind.EVIDENCE,
)
"""Everything but the identity, and but the working title, which is a name and no content."""

OTHER = N_("Something that the team wrote down")
HERS: Mapping[str, str] = {
    ItemKind.DISCLOSURE: N_("What you wrote"),
    ItemKind.PEOPLE: N_("Whom you named, and whom you closed it to"),
    ItemKind.CHOICES: N_("What you wish for and agreed to"),
    ItemKind.MESSAGE: N_("A message"),
    ItemKind.NOTE: N_("A note of the team"),
    ItemKind.EVIDENCE: N_("Something that was added: a file, a link or an account"),
    "measure": N_("A measure that was taken"),
    "safety_plan": N_("Your safety plan"),
    "informal_offer": N_("An offer of an informal way"),
    "informal_answer": N_("Your answer to an informal way"),
    "outcome": N_("The outcome"),
    "outcome_note": N_("What you were told of the outcome"),
    "referral": N_("A referral to a service"),
    "referral_scope": N_("What you agreed to share with a service"),
}
"""What she reads; anything else is `OTHER`."""


@dataclass(frozen=True)
class Named:
    """One listed thing as it is kept in an entry: the hex id of its item, its code, and its day or ''."""

    item: str
    code: str
    day: str


@dataclass(frozen=True)
class Passage:
    """A piece of text and what it is; the label is as it stands in the record, or ''."""

    label: str
    text: str
