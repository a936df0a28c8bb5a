"""An entry as an editor fills it in: what may stand there, and how hours, places and numbers are written."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from reporting.domain.countries import COUNTRIES
from reporting.domain.directory.listing import WORLDWIDE, Number
from reporting.domain.directory.shelters import says_where
from reporting.domain.directory.tables import Row
from reporting.domain.directory.taxonomies import Pathway, Telling, Trait
from reporting.domain.organisation.calendars import WEEKDAYS, is_time_zone
from reporting.domain.words import parts_of

LINE: Final = 200
WORDS: Final = 2_000
MOST: Final = 40
"""At most so many numbers, languages, countries or hours in one entry."""
DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ENGLISH = dict(zip(WEEKDAYS, DAYS, strict=True))
_HOURS = re.compile(r"(?P<days>[a-z ,\u060c-]+)\s+(?P<opens>\d\d:\d\d)\s*-\s*(?P<closes>\d\d:\d\d)", re.ASCII)
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00", re.ASCII)
_EMAIL = re.compile(r"[^\s@<>\"',;:]{1,64}@[^\s@<>\"',;:]{1,190}\.[^\s@<>\"',;:]{2,60}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)
_NUMBER = re.compile(r"[0-9+*#(][0-9A-Za-z ()./+*#-]*", re.ASCII)


class Problem(StrEnum):
    """Why a draft cannot be kept."""

    EMPTY = "empty"
    LONG = "long"
    NO_PATHWAY = "no_pathway"
    NOBODY = "nobody"
    NOT_A_LINK = "not_a_link"
    NOT_AN_ADDRESS = "not_an_address"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_LANGUAGE = "not_a_language"
    NOT_A_COUNTRY = "not_a_country"
    NOT_A_ZONE = "not_a_zone"
    NO_ZONE = "no_zone"
    NOT_HOURS = "not_hours"
    HALF_A_PLACE = "half_a_place"
    SHELTER_WITH_PLACE = "shelter_with_place"
    TOO_MANY = "too_many"


@dataclass(frozen=True)
class Place:
    """Where people go; empty where they cannot, or must not be told."""

    street: str = ""
    postal_code: str = ""
    city: str = ""

    def __bool__(self) -> bool:
        return bool(self.street or self.postal_code or self.city)


@dataclass(frozen=True)
class Draft:
    """Everything that an editor may set; `hours` is nothing where those of an import are kept as they are."""

    name: str = ""
    what: str = ""
    organization: str = ""
    for_whom: str = ""
    url: str = ""
    email: str = ""
    numbers: tuple[Number, ...] = ()
    languages: tuple[str, ...] = ()
    areas: frozenset[str] = frozenset()
    pathways: tuple[Pathway, ...] = ()
    traits: Mapping[Trait, bool] = field(default_factory=dict)
    tellings: Mapping[Telling, str] = field(default_factory=dict)
    hours: tuple[str, ...] | None = ()
    time_zone: str = ""
    cost: str = ""
    place: Place = field(default_factory=Place)


def problems(draft: Draft) -> dict[str, Problem]:
    """Return what is wrong, by the name of the field; nothing where the draft can be kept."""
    found = {**_texts(draft), **_reach(draft), **_lists(draft)}
    if not draft.pathways:
        found["pathways"] = Problem.NO_PATHWAY
    if draft.place and not (draft.place.street and draft.place.city):
        found["street"] = Problem.HALF_A_PLACE
    if Pathway.SHELTER in draft.pathways:
        found |= dict.fromkeys(_leading_there(draft), Problem.SHELTER_WITH_PLACE)
    return found


def _leading_there(draft: Draft) -> list[str]:
    """Return the fields that would lead to a shelter: its address, and words that seem to say where it is."""
    words = {name: getattr(draft, name) for name in ("name", "what", "organization", "for_whom", "url", "cost")}
    words |= {str(telling): text for telling, text in draft.tellings.items()}
    words["numbers"] = "\n".join(one.note for one in draft.numbers)
    return [name for name, text in words.items() if says_where(text)] + (["street"] if draft.place else [])


def _texts(draft: Draft) -> dict[str, Problem]:
    place = {"street": draft.place.street, "postal_code": draft.place.postal_code, "city": draft.place.city}
    lines = {name: getattr(draft, name) for name in ("name", "organization", "url", "email", "cost")} | place
    words = {"what": draft.what, "for_whom": draft.for_whom} | {str(one): text for one, text in draft.tellings.items()}
    long = [name for name, text in lines.items() if len(text) > LINE]
    long += [name for name, text in words.items() if len(text) > WORDS]
    empty = [name for name in ("name", "what") if not getattr(draft, name)]
    return dict.fromkeys(long, Problem.LONG) | dict.fromkeys(empty, Problem.EMPTY)


def _reach(draft: Draft) -> dict[str, Problem]:
    found = {}
    if draft.url and not is_link(draft.url):
        found["url"] = Problem.NOT_A_LINK
    if draft.email and not _EMAIL.fullmatch(draft.email):
        found["email"] = Problem.NOT_AN_ADDRESS
    if any(not is_number(one.number) or len(one.note) > LINE for one in draft.numbers):
        found["numbers"] = Problem.NOT_A_NUMBER
    if draft.time_zone and not is_time_zone(draft.time_zone):
        found["time_zone"] = Problem.NOT_A_ZONE
    elif draft.hours and not draft.time_zone:
        found["time_zone"] = Problem.NO_ZONE
    return found


def _lists(draft: Draft) -> dict[str, Problem]:
    found = {}
    if any(not _LANGUAGE.fullmatch(code) for code in draft.languages):
        found["languages"] = Problem.NOT_A_LANGUAGE
    if any(area not in COUNTRIES | {WORLDWIDE} for area in draft.areas):
        found["countries"] = Problem.NOT_A_COUNTRY
    elif not draft.areas:
        found["countries"] = Problem.NOBODY
    if any(hours_row(line) is None for line in draft.hours or ()):
        found["hours"] = Problem.NOT_HOURS
    lists = {"numbers": draft.numbers, "languages": draft.languages, "hours": draft.hours or ()}
    return found | {name: Problem.TOO_MANY for name, values in lists.items() if len(values) > MOST}


def is_link(text: str) -> bool:
    """Return whether this is the address of a page on the web: never a script, a file or a name and password."""
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - raises where it is none
    except ValueError:
        return False
    plain = not re.search(r"[\s<>\"'\\\x00-\x1f]", text) and "@" not in parts.netloc
    return plain and parts.scheme in ("https", "http") and "." in (parts.hostname or "")


def is_number(text: str) -> bool:
    """Return whether this can be dialled: digits as people write them, short codes too."""
    return bool(_NUMBER.fullmatch(text)) and any(sign.isdigit() for sign in text) and len(text) <= MOST


def hours_row(line: str) -> Row | None:
    """Return a line such as “mon-fri 09:00-17:00” as a row of `schedule`; nothing where it is none."""
    found = _HOURS.fullmatch(line.strip().lower())
    days = _days(found["days"]) if found else ()
    if not found or not days or not _CLOCK.fullmatch(found["opens"]) or not _CLOCK.fullmatch(found["closes"]):
        return None
    if found["opens"] == found["closes"] or found["opens"] == "24:00":
        return None
    closes = "23:59:59" if found["closes"] == "24:00" else f"{found['closes']}:00"
    return {"freq": "WEEKLY", "byday": ",".join(days), "opens_at": f"{found['opens']}:00", "closes_at": closes}


def _days(written: str) -> tuple[str, ...]:
    found: set[str] = set()
    for part in parts_of(written):
        first, dash, last = part.partition("-")
        last = last if dash else first
        if first not in _ENGLISH or last not in _ENGLISH:
            return ()
        start, end = DAYS.index(_ENGLISH[first]), DAYS.index(_ENGLISH[last])
        found |= {DAYS[place % 7] for place in range(start, end + 1 if end >= start else end + 8)}
    return tuple(day for day in DAYS if day in found)


def hours_lines(rows: Sequence[Row]) -> tuple[str, ...] | None:
    """Return rows of `schedule` as lines; nothing where they say more than lines can."""
    lines = [_hours_line(row) for row in rows]
    return None if None in lines else tuple(line for line in lines if line)


def _hours_line(row: Row) -> str | None:
    short = {day: name for name, day in _ENGLISH.items()}
    names = [short.get(day, "") for day in row.get("byday", "").split(",")]
    closes = row.get("closes_at", "")
    ends = "24:00" if closes == "23:59:59" else closes[:5]
    line = f"{' '.join(names)} {row.get('opens_at', '')[:5]}-{ends}"
    bare = {name: value for name, value in row.items() if name not in ("id", "service_id")}
    return line if hours_row(line) == bare else None
