"""What the law of a country says, in plain words: signed by a named reviewer, and over on a day.

A profile is written by somebody who is able to say so, in one or more languages; the first of them stands in for a
language that is missing. From the day after `valid_until` on it claims nothing. A limit in time is only ever told:
nothing in this program asks whether it has passed before somebody may write (U5).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, ClassVar, Final

from reporting.domain.canonical import Record
from reporting.domain.countries import COUNTRIES
from reporting.domain.declared import Unfit
from reporting.domain.words import N_, is_language

LARGEST: Final = 256 * 1024  # bytes of a profile
LONGEST_DAYS: Final = 731
"""Two years, one of which may be a leap year: law that nobody looked at for longer is no knowledge."""
SOON_DAYS: Final = 60
MOST_LANGUAGES, MOST_ENTRIES = 20, 30
LONGEST_LINE, LONGEST_TEXT = 200, 2000


@dataclass(frozen=True, slots=True)
class Statute:
    """One act: what it is called, what it says in plain words, and where it can be read."""

    title: str
    says: str
    source: str


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """How long there is ("45 days"), and for what ("to complain to the labour court")."""

    term: str
    says: str


@dataclass(frozen=True, slots=True)
class ReportingDuty:
    """Who has to report what to whom, whether she wants it or not."""

    who: str
    what: str
    to: str


@dataclass(frozen=True, slots=True)
class Protection:
    """What protects whoever speaks up from being punished for it."""

    says: str


@dataclass(frozen=True, slots=True)
class PathStep:
    """One step of the way that the law offers."""

    says: str


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything that a profile says, in one language.

    `competence` is what makes the reviewer able to say so. `identity_duty` and `hold_law` are empty where the law has
    no such thing: the duty that may open a name, and the law that may keep something although she erases it.
    """

    language: str
    competence: str
    statutes: tuple[Statute, ...] = ()
    limits: tuple[TimeLimit, ...] = ()
    reporting: tuple[ReportingDuty, ...] = ()
    protections: tuple[Protection, ...] = ()
    pathway: tuple[PathStep, ...] = ()
    identity_duty: str = ""
    hold_law: str = ""


PARTS: Final[Mapping[str, type[Any]]] = MappingProxyType(
    {
        "statutes": Statute,
        "limits": TimeLimit,
        "reporting": ReportingDuty,
        "protections": Protection,
        "pathway": PathStep,
    }
)
"""The lists of a profile, in the order of its page."""
DECLARED: Final = ("identity_duty", "hold_law")
"""What counts for a case only if she was shown it before she wrote, so it stands in every language or in none."""
LINES: Final = frozenset({"title", "source", "term", "who", "to", "competence"})
"""What fits on one line; everything else is a text."""


@dataclass(frozen=True, slots=True)
class LegalProfile(Record):
    """One version of what the law of a country says. Days are YYYY-MM-DD, `country` is a code of ISO 3166-1."""

    WHAT: ClassVar[str] = "legal_profile"

    country: str
    reviewer: str
    reviewed_on: str
    valid_until: str
    texts: tuple[Texts, ...]

    def is_valid_on(self, day: date) -> bool:
        """Return whether it claims anything on a day; the day of the review and the last day both count."""
        return date.fromisoformat(self.reviewed_on) <= day <= self.last_day

    @property
    def last_day(self) -> date:
        """Return the last day on which it is valid."""
        return date.fromisoformat(self.valid_until)

    def texts_for(self, language: str) -> Texts:
        """Return what somebody who reads this language sees."""
        return next((one for one in self.texts if one.language == language), self.texts[0])

    def declares(self, name: str, words: str) -> bool:
        """Return whether one of `DECLARED` stands here in exactly these words, in whatever language."""
        return bool(words) and any(getattr(one, name) == words for one in self.texts)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a profile. `sentence` is marked for translation; `place` names the field."""

    sentence: str
    place: str
    number: int = 0

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.sentence % {"place": self.place, "number": self.number}


class UnfitProfile(Unfit):
    """The profile cannot be used. `faults` says why, place by place."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__([str(fault) for fault in faults])
        self.faults = tuple(faults)


def check(profile: LegalProfile, today: date) -> None:
    """Refuse a profile in which something is missing, too long, or claimed for longer than anybody can.

    :raises UnfitProfile: with everything that is wrong with it.
    """
    found = [*_top(profile, today), *_languages(profile)]
    for texts in profile.texts[:MOST_LANGUAGES]:
        found += [*_texts(texts), *_beside_the_first(profile.texts[0], texts)]
    if not found and len(profile.to_bytes()) > LARGEST:
        found = [Fault(N_("%(place)s is too large: at most %(number)s bytes are kept."), "texts", LARGEST)]
    if found:
        raise UnfitProfile(found)


def day_from(text: str) -> date | None:
    """Return the day that is written YYYY-MM-DD, or nothing where it is none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def _top(profile: LegalProfile, today: date) -> Iterator[Fault]:
    if profile.country not in COUNTRIES:
        yield Fault(N_("%(place)s must be the code of a country, such as MD."), "country")
    yield from _words("reviewer", profile.reviewer, LONGEST_LINE)
    first, last = day_from(profile.reviewed_on), day_from(profile.valid_until)
    for place, day in (("reviewed_on", first), ("valid_until", last)):
        if day is None:
            yield Fault(N_("%(place)s must be a day, such as 2027-03-01."), place)
    if first is None or last is None:
        return
    if first > today:
        yield Fault(N_("%(place)s lies in the future: give the day on which the law was looked at."), "reviewed_on")
    if last < first:
        yield Fault(N_("%(place)s lies before the review."), "valid_until")
    if last > first + timedelta(days=LONGEST_DAYS):
        yield Fault(
            N_("%(place)s lies too far away: at most two years after the review, because laws change."), "valid_until"
        )


def _languages(profile: LegalProfile) -> Iterator[Fault]:
    codes = [texts.language for texts in profile.texts]
    if not codes or len(codes) > MOST_LANGUAGES or len(set(codes)) != len(codes):
        yield Fault(N_("%(place)s must hold from 1 to %(number)s languages, each once."), "texts", MOST_LANGUAGES)
    if not all(is_language(code) for code in codes):
        yield Fault(N_("%(place)s must be the code of a language, such as en."), "language")


def _texts(texts: Texts) -> Iterator[Fault]:
    at = texts.language
    yield from _words(f"{at}.competence", texts.competence, LONGEST_LINE)
    if not texts.statutes:
        yield Fault(N_("%(place)s is empty: a profile names at least one act."), f"{at}.statutes")
    for part in PARTS:
        entries = getattr(texts, part)
        if len(entries) > MOST_ENTRIES:
            yield Fault(N_("%(place)s has too many entries: at most %(number)s."), f"{at}.{part}", MOST_ENTRIES)
        for number, entry in enumerate(entries[:MOST_ENTRIES], start=1):
            yield from _entry(f"{at}.{part}.{number}", entry)
    for name in DECLARED:
        if getattr(texts, name):
            yield from _words(f"{at}.{name}", getattr(texts, name), LONGEST_TEXT)


def _entry(place: str, entry: Any) -> Iterator[Fault]:
    for one in fields(entry):
        longest = LONGEST_LINE if one.name in LINES else LONGEST_TEXT
        yield from _words(f"{place}.{one.name}", getattr(entry, one.name), longest)


def _beside_the_first(first: Texts, other: Texts) -> Iterator[Fault]:
    """Find what a reader of another language would not be told."""
    for name in DECLARED:
        if bool(getattr(first, name)) != bool(getattr(other, name)):
            yield Fault(N_("%(place)s must be said in every language of the profile, or in none."), name)
    for part in PARTS:
        if len(getattr(first, part)) != len(getattr(other, part)):
            yield Fault(N_("%(place)s must have as many entries as in the first language."), f"{other.language}.{part}")


def _words(place: str, words: str, longest: int) -> Iterator[Fault]:
    if not words.strip():
        yield Fault(N_("%(place)s is empty: please fill it in."), place)
    if len(words) > longest:
        yield Fault(N_("%(place)s is too long: at most %(number)s characters."), place, longest)
    if not all(letter.isprintable() or letter == "\n" for letter in words):
        yield Fault(N_("%(place)s holds a character that no page can show."), place)
