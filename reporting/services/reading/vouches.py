"""What colleagues of an office see of each other's keys: whose is vouched for, by whom, and what is new."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reporting.domain.people import Role
from reporting.services.actors import StaffMember
from reporting.services.house import House
from reporting.services.reading.trust import fingerprint, is_trusted, standing_vouches
from reporting.store.database import Work
from reporting.store.staff import Staff, active_readers_of, find_staff, name_of

NEWS_DAYS = 14


@dataclass(frozen=True)
class Colleague:
    """A reader of my office.

    `words` is the fingerprint, and empty while nobody has vouched: whoever vouches first must hear it
    from the person, so it cannot be copied from the page.
    """

    staff_id: bytes
    display_name: str
    role: Role
    trusted: bool
    vouched_by: tuple[str, ...]
    by_me: bool
    words: tuple[str, ...]


@dataclass(frozen=True)
class News:
    """That somebody has lately been vouched for: everyone who handles cases there is told."""

    display_name: str
    role: Role
    by: str
    on: date


def colleagues(work: Work, house: House, actor: StaffMember) -> Sequence[Colleague]:
    """Return the other readers of my office who have a key, by display name."""
    found = active_readers_of(work.main, [actor.office_id])
    return [_colleague(work, house, actor, staff) for staff in found if staff.id != actor.staff_id]


def own_words(work: Work, actor: StaffMember) -> tuple[str, ...]:
    """Return the fingerprint of my own key, to be read aloud to a colleague."""
    staff = find_staff(work.main, actor.staff_id)
    return fingerprint(staff) if staff is not None and staff.public_key is not None else ()


def is_vouched_for(work: Work, house: House, actor: StaffMember) -> bool:
    """Return whether cases may be sealed to my key."""
    staff = find_staff(work.main, actor.staff_id)
    return staff is not None and is_trusted(work, house, staff)


def news(work: Work, house: House, actor: StaffMember) -> Sequence[News]:
    """Return which colleagues of my office were vouched for in the last fourteen days, the newest first.

    It is read from the vouches themselves: one that is not told here makes nobody trusted.
    """
    since = house.now() - timedelta(days=NEWS_DAYS)
    found = [
        (vouch, staff)
        for staff in active_readers_of(work.main, [actor.office_id])
        if staff.id != actor.staff_id
        for vouch in standing_vouches(work, house, staff)
        if vouch.made_at >= since
    ]
    found.sort(key=lambda pair: pair[0].made_at, reverse=True)
    return [
        News(staff.display_name, Role(staff.role), name_of(work.main, vouch.voucher_id), vouch.made_at.date())
        for vouch, staff in found
    ]


def _colleague(work: Work, house: House, actor: StaffMember, staff: Staff) -> Colleague:
    vouches, trusted = standing_vouches(work, house, staff), is_trusted(work, house, staff)
    return Colleague(
        staff.id,
        staff.display_name,
        Role(staff.role),
        trusted,
        tuple(name_of(work.main, vouch.voucher_id) for vouch in vouches),
        any(vouch.voucher_id == actor.staff_id for vouch in vouches),
        fingerprint(staff) if trusted else (),
    )
