"""The three ways a case can go, hers to choose at any time, and what staff may do on each.

The door says how a case came in; the way is what follows from her choice today.
"""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from reporting.domain.questions import Door
from reporting.domain.sealed.disclosure import Choices
from reporting.domain.words import N_


class Way(StrEnum):
    """What the team does: support her, settle it informally with her yes, or investigate."""

    SUPPORT = "support"
    INFORMAL = "informal"
    FORMAL = "formal"


_OF_DOOR: Mapping[Door, Way] = {
    Door.PRIVATE: Way.SUPPORT,
    Door.QUESTION: Way.SUPPORT,
    Door.INFORMAL: Way.INFORMAL,
    Door.FORMAL: Way.FORMAL,
    Door.RETALIATION: Way.FORMAL,
    Door.WITNESS: Way.FORMAL,
    Door.COMPLAINT: Way.FORMAL,
}

_BY_WAY: Mapping[Way, Door] = {Way.INFORMAL: Door.INFORMAL, Way.FORMAL: Door.FORMAL}


def way_of(choices: Choices) -> Way:
    """Return the way that her choices mean now."""
    return Way.SUPPORT if choices.support_only else _OF_DOOR[choices.door]


def going(choices: Choices, way: Way) -> Choices:
    """Return the choices with which a case goes another way; a door that means this way already is kept."""
    if way is Way.SUPPORT:
        return replace(choices, support_only=True)
    door = choices.door if _OF_DOOR[choices.door] is way else _BY_WAY[way]
    return replace(choices, door=door, support_only=False)


def may_ask_others(way: Way, *, she_agreed: bool) -> bool:
    """Return whether anybody but the team may be spoken to: in an investigation, or informally with her yes."""
    return way is Way.FORMAL or (way is Way.INFORMAL and she_agreed)


def may_find(way: Way) -> bool:
    """Return whether the team may say what it found about the person: only an investigation does."""
    return way is Way.FORMAL


MEANS: Mapping[Way, str] = {
    Way.SUPPORT: N_("Nobody is interviewed or told, and nothing is found about anybody."),
    Way.INFORMAL: N_("Nobody else is spoken to before the reporter says yes to it, and nothing is found."),
    Way.FORMAL: N_("Interviews, the named person’s answer, and a finding with reasons."),
}
"""What staff see at once: what the way allows."""
