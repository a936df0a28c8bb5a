"""The working calendar of an office as its row gives it."""

from collections.abc import Iterable
from datetime import date

from reporting.domain.calendars import OfficeCalendar, read_holidays, read_weekend
from reporting.services.house import House
from reporting.store.cases import Case
from reporting.store.database import Work
from reporting.store.offices import Office, find_office, find_offices


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


def days_there(work: Work, house: House, cases: Iterable[Case]) -> dict[bytes, date]:
    """Return which day it is at the office of each case, by case id."""
    cases = list(cases)
    offices = find_offices(work.main, [case.office_id for case in cases if case.office_id])
    now = house.now()
    days = {office.id: calendar_of(office).day_of(now) for office in offices.values()}
    return {case.id: days[case.office_id] if case.office_id else house.today() for case in cases}


def today_at(house: House, office: Office | None) -> date:
    """Return the present day at an office."""
    return calendar_of(office).day_of(house.now())
