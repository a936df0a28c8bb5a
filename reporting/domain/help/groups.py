"""For whom scenes are told: anybody, men and managers as allies, and whoever sees it on a screen."""

from dataclasses import dataclass
from enum import StrEnum

from reporting.domain.words import N_


class Group(StrEnum):
    """For whom a scene is; the value stands in an address and stays neutral there."""

    ANYBODY = "around"
    MEN = "mates"
    MANAGERS = "lead"
    ONLINE = "screen"


@dataclass(frozen=True, slots=True)
class Page:
    """What a page of scenes is called, and its first sentence."""

    title: str
    lead: str


PAGES: dict[Group, Page] = {
    Group.ANYBODY: Page(
        N_("What anybody can do"),
        N_("Something small and early is often enough. Choose what is safe for you."),
    ),
    Group.MEN: Page(
        N_("Men who stand by others"),
        N_("Other men often listen to you first. You need no speech. One short sentence, early, can change a room."),
    ),
    Group.MANAGERS: Page(
        N_("If you lead people"),
        N_("What you let pass becomes normal. What you do first, others dare to do after you."),
    ),
    Group.ONLINE: Page(
        N_("When it happens on a screen"),
        N_("Someone under attack often believes that all the others agree. A few kind words in private change that."),
    ),
}
"""The pages, in the order in which they are offered."""
