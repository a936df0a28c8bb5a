"""Services outside the house that anyone may turn to, wherever they are.

These are worldwide directories and services with a public address of their own; local services are for each office
to add. The list needs no database, so that help is there even when nothing else works.
"""

from dataclasses import dataclass

from reporting.domain.words import N_


@dataclass(frozen=True, slots=True)
class Service:
    """One service: its own name (never translated), what it does, its https address; phone and note may be empty."""

    name: str
    what: str
    url: str
    phone: str = ""
    note: str = ""


WORLDWIDE: tuple[Service, ...] = (
    Service(
        "Find A Helpline",
        N_("Free helplines in many countries, by country and topic: to talk, to chat or to text."),
        "https://findahelpline.com/",
    ),
    Service(
        "NO MORE Global Directory",
        N_("Organisations against sexual and domestic violence, by country."),
        "https://nomoredirectory.org/",
    ),
    Service(
        "Lila.help",
        N_("Shelters and helplines for people who live with gender-based violence, by country."),
        "https://lila.help/",
    ),
    Service(
        "Bloom by Chayn",
        N_("Free online courses and messages for survivors, in several languages, in your own time."),
        "https://bloom.chayn.co/",
        note=N_("Asks you to open an account."),
    ),
    Service(
        "1in6",
        N_("For men and boys who lived through sexual abuse or assault, and those who stand by them."),
        "https://1in6.org/",
        note=N_("In English."),
    ),
    Service(
        "StopNCII",
        N_("Helps adults to stop intimate pictures from being shared online. The pictures stay on your device."),
        "https://stopncii.org/",
    ),
    Service(
        "Take It Down",
        N_("The same for pictures that were taken before you were 18."),
        "https://takeitdown.ncmec.org/",
    ),
    Service(
        "Child Helpline International",
        N_("For everyone under 18: the helpline for children of your country."),
        "https://childhelplineinternational.org/helplines/",
    ),
)
