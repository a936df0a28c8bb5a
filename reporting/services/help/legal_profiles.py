"""The law of a country: adding a version, and what may be claimed on a day.

The newest version of a country counts, and only as long as it is valid: an older one never comes back in its place.
What nobody reviewed lately is not claimed anywhere, because every page asks here.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from reporting.domain.countries import COUNTRIES
from reporting.domain.help.legal_profile import LegalProfile, Texts, check
from reporting.domain.oversight.audit import StaffEvent
from reporting.services.errors import AlreadyInForce, NotFound, WrittenSince
from reporting.services.house import House
from reporting.services.oversight.audit import STAFF_CHAIN, record_staff
from reporting.store.audit import details_of, lock_head
from reporting.store.database import Work
from reporting.store.legal_profiles import (
    LegalProfileRow,
    all_profiles,
    find_profile,
    last_profile_number,
    newest_profile,
    newest_profiles,
    profiles_of,
)

DIGITS_IN_RECORD = 32


@dataclass(frozen=True)
class ProfileVersion:
    """One version of the profile of a country, read."""

    number: int
    profile: LegalProfile
    digest: bytes
    added_on: date


@dataclass(frozen=True)
class Claims:
    """What pages may say about the law of a country today, in one language.

    `texts` and `profile` are nothing unless a version is valid: then a page says no more than since when nobody has
    looked (`ended_on`), or that nobody ever has.
    """

    country: str
    version: int = 0
    profile: LegalProfile | None = None
    texts: Texts | None = None
    ended_on: date | None = None

    @property
    def identity_duty(self) -> str:
        """Return the duty that may open a name; empty where none may be claimed."""
        return self.texts.identity_duty if self.texts else ""

    @property
    def hold_law(self) -> str:
        """Return the law that may keep something; empty where none may be claimed."""
        return self.texts.hold_law if self.texts else ""


def add_version(
    work: Work, house: House, profile: LegalProfile, actor_id: bytes | None = None, *, begun_at: int | None = None
) -> ProfileVersion:
    """Add a version; it counts from now on.

    :param begun_at: the version that was open when somebody began to write this one, 0 where there was none.
    :raises UnfitProfile: something is missing or wrong; it says where.
    :raises WrittenSince: somebody else added a version meanwhile.
    :raises AlreadyInForce: exactly this stands there.
    """
    check(profile, house.today())
    content = profile.to_bytes()
    lock_head(work.main, STAFF_CHAIN)  # one after the other: no number is given twice
    now = newest_profile(work.main, profile.country)
    if begun_at is not None and begun_at != (now.number if now else 0):
        raise WrittenSince
    if now is not None and now.content == content:
        raise AlreadyInForce
    row = LegalProfileRow(
        number=last_profile_number(work.main) + 1,
        country=profile.country,
        content=content,
        digest=hashlib.sha256(content).digest(),
        added_on=house.today(),
    )
    work.main.add(row)
    record_staff(work, house, StaffEvent.LAW_CHANGED, actor_id=actor_id, detail=_in_record(content))
    return _version(row)


def in_force(work: Work, house: House, country: str) -> ProfileVersion | None:
    """Return the version that counts for a country today; nothing where the newest is over, or none is there."""
    row = newest_profile(work.main, country) if country else None
    found = _version(row) if row else None
    return found if found is not None and found.profile.is_valid_on(house.today()) else None


def claims(work: Work, house: House, country: str, language: str) -> Claims:
    """Return what may be said about the law of a country today."""
    row = newest_profile(work.main, country) if country else None
    if row is None:
        return Claims(country)
    return _claims(house, _version(row), language)


def all_claims(work: Work, house: House, language: str) -> list[Claims]:
    """Return what may be said today about each country that ever had a profile."""
    return [_claims(house, _version(row), language) for row in newest_profiles(work.main)]


def newest_versions(work: Work) -> list[ProfileVersion]:
    """Return the newest version of each country, the one that ends first on top."""
    return sorted(map(_version, newest_profiles(work.main)), key=lambda one: (one.profile.last_day, one.number))


def versions(work: Work, country: str) -> Sequence[ProfileVersion]:
    """Return every version of a country, the newest first.

    :raises NotFound: this is no country.
    """
    if country not in COUNTRIES:
        raise NotFound
    return [_version(row) for row in profiles_of(work.main, country)]


def numbered(work: Work, number: int) -> ProfileVersion | None:
    """Return a version by its number, or nothing where there is none."""
    row = find_profile(work.main, number)
    return _version(row) if row else None


def altered(work: Work) -> set[int]:
    """Return the versions that are not as they were added: their bytes are held against the staff record."""
    recorded = details_of(work.main, StaffEvent.LAW_CHANGED)
    return {row.number for row in all_profiles(work.main) if _in_record(row.content) not in recorded}


def _claims(house: House, version: ProfileVersion, language: str) -> Claims:
    profile = version.profile
    if not profile.is_valid_on(house.today()):
        return Claims(profile.country, ended_on=profile.last_day)
    return Claims(profile.country, version.number, profile, profile.texts_for(language))


def _in_record(content: bytes) -> str:
    """Return how the record names a version: the beginning of its SHA-256 digest."""
    return hashlib.sha256(content).hexdigest()[:DIGITS_IN_RECORD]


def _version(row: LegalProfileRow) -> ProfileVersion:
    return ProfileVersion(row.number, _read(row.content), row.digest, row.added_on)


@lru_cache(maxsize=64)
def _read(content: bytes) -> LegalProfile:
    """Read a version once for each process: what was added never changes."""
    return LegalProfile.from_bytes(content)
