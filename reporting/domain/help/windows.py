"""Urgent care by the hours since it happened, and what somebody under 18 reads first.

A window that has passed never says "too late": care is worth having later too. Source of the windows: WHO, UNFPA and
UNHCR, Clinical management of rape and intimate partner violence survivors (2020).
"""

from dataclasses import dataclass
from datetime import timedelta

from reporting.domain.directory.taxonomies import Pathway
from reporting.domain.words import N_


@dataclass(frozen=True, slots=True)
class Window:
    """A kind of care that works best before an hour: what to say inside the window, and after it."""

    id: str
    pathway: Pathway
    hours: int
    inside: str
    after: str

    def is_open(self, since: timedelta) -> bool:
        """Say whether less time than the window has passed: 71:59 is inside 72 hours, 72:00 is after."""
        return since < timedelta(hours=self.hours)


WINDOWS: tuple[Window, ...] = (
    Window(
        "hiv",
        Pathway.HEALTH_ACUTE,
        72,
        N_("Medicine that can prevent HIV: within 72 hours (3 days), and better today than tomorrow."),
        N_("Medicine against HIV works best in the first 72 hours. A test and treatment are worth having later too."),
    ),
    Window(
        "evidence",
        Pathway.HEALTH_ACUTE,
        72,
        N_("Traces are found best within 72 hours (3 days). You can have them kept and decide later."),
        N_("A doctor can still write down what they see. It is worth having later too."),
    ),
    Window(
        "pregnancy",
        Pathway.HEALTH_ACUTE,
        120,
        N_("Emergency contraception: up to 120 hours (5 days), and better today than tomorrow."),
        N_("Emergency contraception works best in the first 120 hours. A test and advice are worth having later too."),
    ),
)

ANY_TIME = N_("Care for injuries, infections, sleep and fear is worth having at any time, also years later.")


def open_windows(since: timedelta | None) -> tuple[Window, ...]:
    """Return the windows still open after `since`; all of them when she does not say how long ago."""
    return tuple(window for window in WINDOWS if since is None or window.is_open(since))


UNDER_18: tuple[str, ...] = (
    N_("You did nothing wrong. There are people whose work is to help children and young people, and they know how."),
    N_("You can turn to the child helpline of your country first, or to an adult you trust. We list them below."),
    N_("An adult who learns that a child is in danger may have to tell child protection. You can ask before you tell."),
    N_("You can still write here. You do not need to give your name, and you can stop at any time."),
    N_(
        "If somebody has or shares an intimate picture of you, Take It Down can help. You do not have to show it to us."
    ),
)
"""What somebody under 18 reads before the first question; child-safeguarding services come first."""
