"""Who will read: the people of the office she chose, minus everyone she closes it to."""

from collections.abc import Sequence
from dataclasses import dataclass

from reporting.domain.help.legal_profile import LegalProfile
from reporting.domain.people import Role
from reporting.domain.sealed.disclosure import People
from reporting.services.help.legal_profiles import in_force
from reporting.services.house import House
from reporting.services.reading.lines import linked_to, over
from reporting.services.reading.trust import trusted_readers_of
from reporting.services.sealed.granting import Recipient
from reporting.store.database import Work
from reporting.store.grants import holder_of_staff
from reporting.store.offices import Office, all_offices, desk_of
from reporting.store.staff import Staff

ENOUGH_CASE_MANAGERS = 2


@dataclass(frozen=True)
class Reader:
    """Somebody who would read; whether she, a resembling name or a link closed it to them, and whether a link does."""

    staff_id: bytes
    display_name: str
    office_name: str
    public_key: bytes
    closed: bool
    resembles: bool
    linked: bool = False

    @property
    def recipient(self) -> Recipient:
        """Return what a grant needs to know."""
        return Recipient(holder_of_staff(self.staff_id), self.public_key)


@dataclass(frozen=True)
class Audience:
    """The case managers of an office, the outside desk behind them, and what the law says there if it is valid."""

    office: Office
    desk: Office | None
    case_managers: tuple[Reader, ...]
    desk_readers: tuple[Reader, ...]
    profile: LegalProfile | None = None

    @property
    def goes_to_desk(self) -> bool:
        """Return whether nobody in the office is left to read."""
        return not any(not reader.closed for reader in self.case_managers)

    @property
    def open_to(self) -> tuple[Reader, ...]:
        """Return who will receive a key; empty when everybody is closed out."""
        chosen = self.desk_readers if self.goes_to_desk else self.case_managers
        return tuple(reader for reader in chosen if not reader.closed)

    def law_declared(self, shown: str) -> str:
        """Return the law that may keep something, as she was shown it, if it is still declared; else nothing."""
        return shown if self.profile and self.profile.declares("hold_law", shown) else ""

    def duty_declared(self, shown: str) -> str:
        """Return the duty that may open a name, as she was shown it, if it is still declared; else nothing.

        Where only the outside desk reads, there is no second office to agree, so nothing ever opens by duty.
        """
        declared = self.profile is not None and self.profile.declares("identity_duty", shown)
        return shown if declared and not self.goes_to_desk else ""


def audience_of(work: Work, house: House, office: Office, people: People, *, desk_only: bool = False) -> Audience:
    """Return who would read a report to this office.

    :param desk_only: a complaint about the team goes past it, to the outside desk.
    """
    desk = office if office.external else desk_of(work.main, office)
    offices = [one.id for one in (office, desk) if one is not None]
    trusted = trusted_readers_of(work, house, offices, Role.CASE_MANAGER, Role.OUTSIDE_DESK)
    managers = () if desk_only or office.external else _readers(work, trusted, office, people, Role.CASE_MANAGER)
    at_desk = _readers(work, trusted, desk, people, Role.OUTSIDE_DESK) if desk else ()
    law = in_force(work, house, office.country)
    return Audience(office, desk, managers, at_desk, law.profile if law else None)


def may_open(work: Work, house: House, office: Office) -> bool:
    """Return whether reporting may be opened: two vouched case managers and a staffed outside desk."""
    audience = audience_of(work, house, office, People())
    return len(audience.case_managers) >= ENOUGH_CASE_MANAGERS and bool(audience.desk_readers)


def open_offices(work: Work) -> Sequence[Office]:
    """Return the offices that take reports. An office once opened stays open."""
    return [office for office in all_offices(work.main) if office.is_open]


def closed_to(work: Work, staff: Staff, people: People) -> bool:
    """Return whether this account must get no key of a case: THE question before every sealing to staff."""
    return people.closes(staff.id.hex(), staff.display_name, over(work, staff, people))


def as_reader(work: Work, staff: Staff, office_name: str, people: People) -> Reader:
    """Return an account as a reader of a case in which these people are named or closed out."""
    if staff.public_key is None:
        raise ValueError("an account without a key cannot read")
    return Reader(
        staff.id,
        staff.display_name,
        office_name,
        staff.public_key,
        closed_to(work, staff, people),
        people.resembles(staff.display_name),
        linked_to(work, staff, people),
    )


def _readers(work: Work, trusted: Sequence[Staff], office: Office, people: People, role: Role) -> tuple[Reader, ...]:
    staff = [person for person in trusted if person.office_id == office.id and person.role == role]
    return tuple(as_reader(work, person, office.name, people) for person in staff)
