"""The form of the help page, and what it says: read from a form, sealed into an address, read again.

Whatever is not in our lists counts as not said; nobody is sent back for having filled in something wrongly.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, tzinfo
from enum import StrEnum
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from babel.core import get_global
from babel.dates import format_date, format_time
from flask_babel import gettext

from reporting.domain.countries import COUNTRIES
from reporting.domain.directory.finding import countries_of
from reporting.domain.directory.hours import Hours, State
from reporting.domain.directory.listing import Directory, Listed
from reporting.domain.directory.needs import (
    ABOUT,
    AGES,
    AGO,
    GENDERS,
    HAPPENED,
    WISHES,
    About,
    Age,
    Ago,
    Gender,
    Happened,
    Need,
    Wish,
    ago_of,
    time_since,
)
from reporting.domain.directory.showing import SAID
from reporting.web.countries import country_names
from reporting.web.languages import language
from reporting.web.pages import format_day, translated

Word = TypeVar("Word", bound=StrEnum)
_EARLIEST, _LATEST = date(1900, 1, 1), date(2200, 1, 1)
_ANSWERS = 7
"""How many bytes stand before the country in what is sealed."""


@dataclass(frozen=True)
class Choice:
    """One thing to tick: its value, its words, and whether it is ticked."""

    value: str
    words: str
    ticked: bool


@dataclass(frozen=True)
class HelpForm:
    """The form with what was said; the day and the hour never come back."""

    happened: list[Choice]
    ago: list[Choice]
    ages: list[Choice]
    genders: list[Choice]
    about: list[Choice]
    wishes: list[Choice]
    known: list[Choice]
    countries: list[Choice]
    more: bool


def help_form(directory: Directory, need: Need | None = None) -> HelpForm:
    """Return the form; the countries of which the directory knows something stand on top."""
    said, near = need or Need(), countries_of(directory)
    countries = [Choice(code, name, code == said.country) for code, name in country_names()]
    return HelpForm(
        _choices(HAPPENED, said.happened),
        _choices(AGO, {said.ago} if need else ()),
        _choices(AGES, {said.age} if need else ()),
        _choices(GENDERS, {said.gender} if need else ()),
        _choices(ABOUT, said.about),
        _choices(WISHES, said.wishes),
        [one for one in countries if one.value in near],
        [one for one in countries if one.value not in near],
        bool(said.gender or said.about or said.wishes),
    )


def _choices(words: Mapping[Word, str], ticked: Iterable[Word]) -> list[Choice]:
    chosen = set(ticked)
    return [Choice(value.value, translated(sentence), value in chosen) for value, sentence in words.items()]


def need_of(fields: Mapping[str, list[str]], now: datetime) -> Need:
    """Return what a form says, at a moment (UTC); the hours are counted here, and then the day is forgotten."""
    need = _need(fields)
    day, at = _read(date, fields, "day"), _read(time, fields, "hour")
    if day is None or not _EARLIEST < day < _LATEST:
        return need
    since = time_since(day, at.replace(tzinfo=None) if at else None, zones_of(need.country), now)
    return replace(need, ago=ago_of(since), counted=True)


def packed(need: Need) -> bytes:
    """Return what was said as a few bytes, for a sealed address: each answer by its place among those on offer."""
    several = (_places(Happened, need.happened), _places(About, need.about), _places(Wish, need.wishes))
    one = (list(Ago).index(need.ago), list(Age).index(need.age), list(Gender).index(need.gender))
    return bytes((*several, *one, need.counted)) + need.country.encode()


def unpacked(content: bytes) -> Need:
    """Return what `packed` wrote."""
    happened, about, wishes, ago, age, gender, counted = content[:_ANSWERS]
    return Need(
        _at(Happened, happened),
        list(Ago)[ago],
        content[_ANSWERS:].decode(),
        list(Age)[age],
        list(Gender)[gender],
        _at(About, about),
        _at(Wish, wishes),
        counted=bool(counted),
    )


def _places(kind: type[Word], said: frozenset[Word]) -> int:
    return sum(1 << place for place, one in enumerate(kind) if one in said)


def _at(kind: type[Word], places: int) -> frozenset[Word]:
    return frozenset(one for place, one in enumerate(kind) if places >> place & 1)


def _need(fields: Mapping[str, list[str]]) -> Need:
    country = _one(fields, "country")
    return Need(
        _several(Happened, fields, "happened"),
        _word(Ago, fields, "ago"),
        country if country in COUNTRIES else "",
        _word(Age, fields, "age"),
        _word(Gender, fields, "gender"),
        _several(About, fields, "about"),
        _several(Wish, fields, "wish"),
    )


def zones_of(country: str) -> list[tzinfo]:
    """Return the time zones of a country, from the locale data; none where no country is named."""
    return [ZoneInfo(name) for name in get_global("territory_zones").get(country, ())]


def _one(fields: Mapping[str, list[str]], name: str) -> str:
    return next(iter(fields.get(name, ())), "")


def _word(kind: type[Word], fields: Mapping[str, list[str]], name: str) -> Word:
    said = _one(fields, name)
    return kind(said) if said in set(kind) else kind("")


def _several(kind: type[Word], fields: Mapping[str, list[str]], name: str) -> frozenset[Word]:
    return frozenset(one for one in kind if one in fields.get(name, ()))


def _read(kind: type[Any], fields: Mapping[str, list[str]], name: str) -> Any:
    try:
        return kind.fromisoformat(_one(fields, name).strip())
    except ValueError:
        return None


def checked_words(service: Listed) -> str:
    """Return when somebody of ours checked an entry, or that nobody has."""
    day = format_day(service.checked_on) if service.checked_on else ""
    return translated(SAID[service.freshness], day=day)


def checked_shortly(service: Listed) -> str:
    """Return the same where a page says once, above, what follows from it."""
    return checked_words(service) if service.checked_on else str(gettext("Not checked by us yet."))


def hours_words(hours: Hours, zone: str) -> str:
    """Return in one line whether somebody is there now, on the clock of the service."""
    if hours.state is State.ALWAYS:
        return str(gettext("Open day and night"))
    if hours.state is State.UNKNOWN:
        return str(gettext("We do not know the hours."))
    if hours.until is None:
        return str(gettext("Closed now"))
    values = {
        "time": format_time(hours.until.time(), "short", locale=language()),
        "day": format_date(hours.until.date(), "EEEE", locale=language()),
        "place": zone.rpartition("/")[2].replace("_", " ") or str(hours.until.tzname()),
    }
    if hours.state is State.OPEN:
        return str(gettext("Open now, until %(time)s (clock of %(place)s)", **values))
    return str(gettext("Closed now. Opens on %(day)s at %(time)s (clock of %(place)s)", **values))


def card_line(service: Listed, *, named: bool) -> tuple[str, list[str]]:
    """Return what a card says of a service: its name, or the first letters of two words of it, and how to reach it."""
    numbers = [one.number for one in service.numbers] or [service.url.removeprefix("https://").removeprefix("www.")]
    short = " ".join(f"{word[0]}." for word in service.name.split()[:2] if word[0].isalpha())
    name = service.name if named else short
    return ("" if name in numbers else name), numbers
