"""Where to turn: urgent windows, pathways of help, and services that anyone can reach.

All of it works without a report. A window that has passed never says "too late": care is worth
having later too. Services are facts copied from public sources and carry the warning that each
must be checked before anyone relies on it. Source of the windows: WHO, UNFPA and UNHCR, Clinical
management of rape and intimate partner violence survivors (2020).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from reporting.domain.directory import WORLDWIDE, Service
from reporting.domain.words import N_


@dataclass(frozen=True, slots=True)
class Window:
    """A kind of care that works best before an hour: what to say inside the window, and after it."""

    id: str
    pathway: str
    hours: int
    inside: str
    after: str

    def is_open(self, since: timedelta) -> bool:
        """Say whether less time than the window has passed: 71:59 is inside 72 hours, 72:00 is after."""
        return since < timedelta(hours=self.hours)


WINDOWS: tuple[Window, ...] = (
    Window(
        "hiv",
        "health.acute",
        72,
        N_("Medicine that can prevent HIV: within 72 hours (3 days), and better today than tomorrow."),
        N_("Medicine against HIV works best in the first 72 hours. A test and treatment are worth having later too."),
    ),
    Window(
        "evidence",
        "health.acute",
        72,
        N_("Traces are found best within 72 hours (3 days). You can have them kept and decide later."),
        N_("A doctor can still write down what they see. It is worth having later too."),
    ),
    Window(
        "pregnancy",
        "health.acute",
        120,
        N_("Emergency contraception: up to 120 hours (5 days), and better today than tomorrow."),
        N_("Emergency contraception works best in the first 120 hours. A test and advice are worth having later too."),
    ),
)

ANY_TIME = N_("Care for injuries, infections, sleep and fear is worth having at any time, also years later.")


def open_windows(since: timedelta | None) -> tuple[Window, ...]:
    """Return the windows still open after `since`; all of them when she does not say how long ago."""
    return tuple(window for window in WINDOWS if since is None or window.is_open(since))


PATHWAYS: Mapping[str, str] = {
    "health.acute": N_("Medical care now"),
    "mhpss.crisis": N_("Someone to talk to now"),
    "mhpss.longer": N_("Counselling and therapy"),
    "safety.shelter": N_("A safe place to stay"),
    "legal.aid": N_("Legal advice"),
    "justice.police": N_("Police and courts"),
    "internal.ombudsman": N_("A neutral person inside the organisation"),
    "internal.retaliation": N_("Protection against punishment for speaking up"),
    "internal.investigation": N_("An investigation inside the organisation"),
    "digital.safety": N_("Safety of phone, accounts and data"),
    "digital.takedown.adult": N_("Having pictures taken down (18 or older)"),
    "digital.takedown.minor": N_("Having pictures taken down (taken before 18)"),
    "child.protection": N_("Protection of children and young people"),
    "knowledge": N_("Guides to read"),
}
"""Stable ids of the pathways and what they are called on a page."""

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

UNDER_18_SERVICES: tuple[Service, ...] = tuple(
    service for service in WORLDWIDE if service.name in ("Child Helpline International", "Take It Down")
)

CHECK_FIRST = N_("Not checked by us yet. Please check it before you rely on it.")

FURTHER: tuple[Service, ...] = (
    Service("Befrienders Worldwide", N_("Someone who listens, in many countries."), "https://befrienders.org/"),
    Service(
        "Women Against Violence Europe",
        N_("A network of women's services, with a list by country."),
        "https://wave-network.org/",
    ),
    Service("INHOPE", N_("Hotlines that have pictures of child abuse taken down."), "https://www.inhope.org/"),
    Service(
        "Access Now Digital Security Helpline",
        N_("Help when accounts or devices are under attack, for people in public life and their circles."),
        "https://www.accessnow.org/help/",
    ),
    Service("Safety Net", N_("How to make phone, accounts and home safer."), "https://www.techsafety.org/"),
    Service("Chayn", N_("Guides by survivors, in many languages."), "https://www.chayn.co/"),
    Service(
        "Online Harassment Field Manual (PEN America)",
        N_("What to do about attacks online."),
        "https://onlineharassmentfieldmanual.pen.org/",
    ),
    Service(
        "Right To Be", N_("How to step in when you see harassment, and support after it."), "https://righttobe.org/"
    ),
    Service(
        "SH Knowledge Hub",
        N_("What United Nations organisations have learnt about sexual harassment."),
        "https://shknowledgehub.unwomen.org/",
    ),
)

UNITED_NATIONS: tuple[Service, ...] = (
    Service(
        "UN OIOS hotline",
        N_("Takes reports of misconduct in the United Nations Secretariat."),
        "https://oios.un.org/",
        "+1 212 963 1111",
    ),
    Service(
        "UN “Speak up” helpline", N_("Advice about sexual harassment for United Nations staff."), "", "+1 917 367 8910"
    ),
    Service(
        "UN Ombudsman and Mediation Services",
        N_("A neutral and confidential person to talk to."),
        "https://www.un.org/ombudsman/",
    ),
    Service(
        "Office of Staff Legal Assistance",
        N_("Legal advice for United Nations staff."),
        "https://www.un.org/en/internaljustice/osla/",
    ),
    Service(
        "UN Ethics Office",
        N_("Protection against punishment for speaking up."),
        "https://www.un.org/en/ethics/",
    ),
    Service(
        "UN Victims' Rights Advocate",
        N_("For people harmed by someone who works for the United Nations."),
        "https://www.un.org/en/victims-rights-first",
    ),
)
"""For those to whom the rules of the United Nations apply."""

SERVICES: tuple[Service, ...] = (*WORLDWIDE, *FURTHER, *UNITED_NATIONS)
