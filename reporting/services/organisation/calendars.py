"""The working calendar of an office as its row gives it."""

from datetime import date

from reporting.domain.organisation.calendars import OfficeCalendar, read_holidays, read_weekend
from reporting.services.house import House
from reporting.store.cases import Case
from reporting.store.database import Work
from reporting.store.offices import Office, find_office


def calendar_of(office: Office | None) -> OfficeCalendar:
    """Return the calendar of an office; where there is none yet, Monday to Friday in UTC."""
    if office is None:
        return OfficeCalendar()
    return OfficeCalendar(
        read_weekend(office.weekend or ""), frozenset(read_holidays(office.holidays or "")), office.time_zone
    )


def calendar_of_case(work: Work, case: Case) -> OfficeCalendar:
    """Return the calendar of the office that works on a case."""
    return calendar_of(find_office(work.main, case.office_id) if case.office_id else None)


def today_at(house: House, office: Office | None) -> date:
    """Return the present day at an office."""
    return calendar_of(office).day_of(house.now())
