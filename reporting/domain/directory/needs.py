"""What somebody may say when she looks for help: every part may stay empty, and nothing of it is kept.

How long ago it happened is counted once, at the moment when she asks, and from then on is only one of four words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from enum import StrEnum

from reporting.domain.directory.taxonomies import Trait
from reporting.domain.words import N_


class Happened(StrEnum):
    """What happened, in the few words that decide which help comes first."""

    TOUCHED = "touched"
    PICTURES = "pictures"
    THREATENED = "threatened"
    WORDS = "words"
    PUNISHED = "punished"
    NOT_SURE = "not_sure"


HAPPENED: Mapping[Happened, str] = {
    Happened.TOUCHED: N_("I was touched, or made to do something sexual"),
    Happened.PICTURES: N_("Intimate pictures of me were taken or shared, or somebody threatens to"),
    Happened.THREATENED: N_("I am threatened, followed or watched, or not safe where I live"),
    Happened.WORDS: N_("Words, messages, looks or pressure, at work or around it"),
    Happened.PUNISHED: N_("I am punished for speaking up"),
    Happened.NOT_SURE: N_("I am not sure, or I just want to talk to somebody"),
}


class Ago(StrEnum):
    """How long ago it was, no finer than the windows of urgent care."""

    UNSAID = ""
    WITHIN_72 = "within_72"
    WITHIN_120 = "within_120"
    LONGER = "longer"


AGO: Mapping[Ago, str] = {
    Ago.WITHIN_72: N_("Less than 3 days ago"),
    Ago.WITHIN_120: N_("3 to 5 days ago"),
    Ago.LONGER: N_("Longer ago"),
    Ago.UNSAID: N_("I would rather not say"),
}
_LEAST: Mapping[Ago, int] = {Ago.WITHIN_72: 0, Ago.WITHIN_120: 72, Ago.LONGER: 120}


class Age(StrEnum):
    """Under 18 or not."""

    UNSAID = ""
    UNDER_18 = "under_18"
    ADULT = "adult"


AGES: Mapping[Age, str] = {
    Age.UNDER_18: N_("Under 18"),
    Age.ADULT: N_("18 or older"),
    Age.UNSAID: N_("I would rather not say"),
}


class Gender(StrEnum):
    """What she says she is; it decides only what is said about a service, and what men see first."""

    UNSAID = ""
    WOMAN = "woman"
    MAN = "man"
    ANOTHER = "another"


GENDERS: Mapping[Gender, str] = {
    Gender.WOMAN: N_("A woman"),
    Gender.MAN: N_("A man"),
    Gender.ANOTHER: N_("Another gender"),
    Gender.UNSAID: N_("I would rather not say"),
}


class About(StrEnum):
    """What else may matter for finding the right door."""

    LGBTI = "lgbti"
    DISABILITY = "disability"
    UNITED_NATIONS = "united_nations"


ABOUT: Mapping[About, str] = {
    About.LGBTI: N_("I am lesbian, gay, bisexual, trans or intersex"),
    About.DISABILITY: N_("I have a disability"),
    About.UNITED_NATIONS: N_("I work for the United Nations"),
}


class Wish(StrEnum):
    """What she does not want to happen when she turns to a service."""

    ANONYMOUS = "anonymous"
    NO_BILL = "no_bill"
    NO_POLICE = "no_police"
    NO_DUTY = "no_duty"


WISHES: Mapping[Wish, str] = {
    Wish.ANONYMOUS: N_("I want to stay without a name"),
    Wish.NO_BILL: N_("A call must not show on the telephone bill"),
    Wish.NO_POLICE: N_("I do not want the police involved"),
    Wish.NO_DUTY: N_("I do not want to speak to somebody who has to report it"),
}
WISHED: Mapping[Wish, tuple[Trait, bool]] = {
    Wish.ANONYMOUS: (Trait.ANONYMOUS_OK, True),
    Wish.NO_BILL: (Trait.PHONE_BILL_VISIBLE, False),
    Wish.NO_POLICE: (Trait.POLICE_INVOLVED, False),
    Wish.NO_DUTY: (Trait.MANDATORY_REPORTER, False),
}
"""The trait that a wish asks about, and the answer that it hopes for."""


@dataclass(frozen=True, slots=True)
class Need:
    """What she said; the empty need is whole as well. `country` is a code of ISO 3166-1 or empty.

    `counted` says that the hours were counted from a day that she gave.
    """

    happened: frozenset[Happened] = frozenset()
    ago: Ago = Ago.UNSAID
    country: str = ""
    age: Age = Age.UNSAID
    gender: Gender = Gender.UNSAID
    about: frozenset[About] = frozenset()
    wishes: frozenset[Wish] = frozenset()
    counted: bool = False

    @property
    def since(self) -> timedelta | None:
        """Return the least time that has passed, as far as it matters for urgent care; nothing where unsaid."""
        return timedelta(hours=_LEAST[self.ago]) if self.ago in _LEAST else None


def ago_of(since: timedelta) -> Ago:
    """Return the word for a time that has passed: 71:59 is within 72 hours, 72:00 is not; the same at 120."""
    return max((ago for ago in _LEAST if since >= timedelta(hours=_LEAST[ago])), key=_LEAST.__getitem__)


LAST_ZONE: tzinfo = timezone(timedelta(hours=-12))
"""Where every hour comes last: it decides where nobody says in which place a clock was read."""


def time_since(day: date, at: time | None, zones: Sequence[tzinfo], now: datetime) -> timedelta:
    """Return how long ago a day and time of hers was, counted in her favour: never longer than it can have been.

    Without a time it counts from the end of the day. A country may have several time zones: the one in which that hour
    came last decides, and of an hour that a clock showed twice, the second. What would lie ahead is now.
    """
    clock = datetime.combine(day, at) if at is not None else datetime.combine(day, time.max)
    moments = (clock.replace(tzinfo=zone, fold=1).astimezone(UTC) for zone in zones or (LAST_ZONE,))
    return max(timedelta(0), now.replace(tzinfo=UTC) - max(moments))
