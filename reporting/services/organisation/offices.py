"""Offices: added by an administrator, opened for reporting only when somebody will read."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reporting.domain.countries import COUNTRIES
from reporting.domain.directory.taxonomies import Pathway
from reporting.domain.organisation.calendars import (
    NotACalendar,
    holidays_text,
    is_time_zone,
    read_holidays,
    read_weekend,
    weekend_text,
)
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.people import Role
from reporting.domain.sealed.disclosure import People
from reporting.services.errors import DoesNotFit, HelpFirst, NameTaken, NotAllowed, NotAName, NotFound
from reporting.services.help.essentials import gaps, missing_for
from reporting.services.house import House
from reporting.services.organisation.codes import CODE, is_taken
from reporting.services.oversight.audit import record_staff
from reporting.services.reading.readers import ENOUGH_CASE_MANAGERS, audience_of, may_open
from reporting.services.reading.trust import trusted_readers
from reporting.store.database import Work
from reporting.store.offices import Office, all_offices, desk_of, find_office
from reporting.store.staff import all_staff

EMERGENCY: Final = re.compile(r"[0-9]{2,6}")


@dataclass(frozen=True)
class OfficeFacts:
    """What an administrator may set of an office; all of it is public."""

    name: str
    code: str
    head_count: int
    external: bool = False
    parent_id: bytes | None = None
    desk_id: bytes | None = None
    country: str = ""
    time_zone: str = "UTC"
    weekend: str = "sat,sun"
    holidays: str = ""
    reader_languages: str = "en"
    emergency: str = ""


@dataclass(frozen=True)
class ThinOffice:
    """An office in which somebody who writes could find too few readers; never about a case."""

    office: Office
    case_managers: int
    has_desk: bool


def add_office(work: Work, house: House, facts: OfficeFacts, actor_id: bytes | None = None) -> Office:
    """Add an office, closed to reports until it is opened.

    :raises NotAName: a fact is missing or wrong.
    :raises NameTaken: another office has this code.
    :raises DoesNotFit: the desk is not external, or the office above it stands below it.
    """
    _check(work, facts, None)
    office = Office(id=secrets.token_bytes(16), is_open=False, **vars(facts))
    work.main.add(office)
    work.main.flush()
    record_staff(work, house, StaffEvent.OFFICE_CREATED, actor_id=actor_id)
    return office


def change_office(work: Work, house: House, office_id: bytes, facts: OfficeFacts, actor_id: bytes | None) -> None:
    """Change an office. What kind it is never changes: a desk cannot slip into the line it watches."""
    office = find_office(work.main, office_id)
    if office is None:
        raise NotFound
    if facts.external != office.external:
        raise NotAllowed
    _check(work, facts, office)
    for name, value in vars(facts).items():
        setattr(office, name, value)
    record_staff(work, house, StaffEvent.OFFICE_CHANGED, actor_id=actor_id)


def change_calendar(
    work: Work, house: House, office_id: bytes, weekend: str, holidays: str, actor_id: bytes | None = None
) -> None:
    """Change when an office works. Dates that are promised already stay as they were told.

    :raises NotAName: not a week-end, or not a list of holidays.
    """
    office = find_office(work.main, office_id)
    if office is None:
        raise NotFound
    if not is_calendar(weekend, holidays):
        raise NotAName
    office.weekend, office.holidays = weekend_text(read_weekend(weekend)), holidays_text(read_holidays(holidays))
    record_staff(work, house, StaffEvent.OFFICE_CHANGED, actor_id=actor_id)


def open_office(work: Work, house: House, office_id: bytes, actor_id: bytes | None = None) -> None:
    """Open an office for reports: two vouched case managers, a staffed outside desk and urgent help are needed.

    :raises HelpFirst: urgent services for its country are not in the directory.
    :raises NotAllowed: the readers are not there yet, or it is itself an outside desk.
    """
    office = find_office(work.main, office_id)
    if office is None:
        raise NotFound
    if office.external or not may_open(work, house, office):
        raise NotAllowed
    if missing_for(work, house, office):
        raise HelpFirst
    office.is_open = True
    record_staff(work, house, StaffEvent.OFFICE_OPENED, actor_id=actor_id)


def warnings(work: Work, house: House) -> Sequence[ThinOffice]:
    """Return the open offices that have too few trusted readers now. They stay open."""
    found = []
    for office in all_offices(work.main):
        if not office.is_open:
            continue
        audience = audience_of(work, house, office, People())
        if len(audience.case_managers) < ENOUGH_CASE_MANAGERS or not audience.desk_readers:
            found.append(ThinOffice(office, len(audience.case_managers), bool(audience.desk_readers)))
    return found


@dataclass(frozen=True)
class OfficeLine:
    """One office as the administrator and its focal point see it: who could read there, never what."""

    office: Office
    desk: Office | None
    case_managers: int
    readers: int
    desk_readers: int
    accounts: int
    help_missing: tuple[Pathway, ...]

    @property
    def may_open(self) -> bool:
        """Return whether reporting could be opened, or would be today."""
        readers = self.case_managers >= ENOUGH_CASE_MANAGERS and self.desk_readers > 0
        return readers and not self.office.external and not self.help_missing


def office_line(work: Work, house: House, office: Office) -> OfficeLine:
    """Return an office with the number of its trusted readers and of its accounts."""
    return _line(work, house, office, missing_for(work, house, office))


def office_lines(work: Work, house: House) -> Sequence[OfficeLine]:
    """Return every office, by name."""
    lacking = {gap.office.id: gap.missing for gap in gaps(work, house)}
    return [_line(work, house, office, lacking.get(office.id, ())) for office in all_offices(work.main)]


def _line(work: Work, house: House, office: Office, help_missing: tuple[Pathway, ...]) -> OfficeLine:
    trusted = trusted_readers(work, house, office.id)
    desk = desk_of(work.main, office)
    at_desk = trusted_readers(work, house, desk.id, Role.OUTSIDE_DESK) if desk else []
    accounts = [staff for staff in all_staff(work.main) if staff.office_id == office.id and staff.state != "disabled"]
    managers = sum(staff.role == Role.CASE_MANAGER for staff in trusted)
    return OfficeLine(office, desk, managers, len(trusted), len(at_desk), len(accounts), help_missing)


def _check(work: Work, facts: OfficeFacts, own: Office | None) -> None:
    if not facts.name.strip() or not CODE.fullmatch(facts.code) or facts.head_count < 0:
        raise NotAName
    if (own is None or own.code != facts.code) and is_taken(work, facts.code):
        raise NameTaken
    if facts.desk_id is not None and not _is_desk(work, facts.desk_id):
        raise DoesNotFit
    if facts.parent_id is not None and _would_loop(work, facts.parent_id, own):
        raise DoesNotFit
    if facts.country and facts.country not in COUNTRIES:
        raise NotAName
    if (
        not is_emergency_number(facts.emergency)
        or not is_time_zone(facts.time_zone)
        or not is_calendar(facts.weekend, facts.holidays)
    ):
        raise NotAName


def is_emergency_number(number: str) -> bool:
    """Return whether this is short enough for an emergency number, or empty.

    It stands on her page under “In danger now?”: whoever keeps offices can plant no helpline there.
    """
    return not number or EMERGENCY.fullmatch(number) is not None


def is_calendar(weekend: str, holidays: str) -> bool:
    """Return whether these are a week-end and a list of holidays."""
    try:
        read_weekend(weekend)
        read_holidays(holidays)
    except NotACalendar:
        return False
    return True


def _is_desk(work: Work, office_id: bytes) -> bool:
    office = find_office(work.main, office_id)
    return office is not None and office.external


def _would_loop(work: Work, parent_id: bytes, own: Office | None) -> bool:
    current = find_office(work.main, parent_id)
    if current is None:
        return True
    while current is not None:
        if own is not None and current.id == own.id:
            return True
        current = find_office(work.main, current.parent_id) if current.parent_id else None
    return False
