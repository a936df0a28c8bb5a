"""The inaction monitor: which cases lie still, for their handlers by case, and in bands for whoever counts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from reporting.domain.case import WITH_ORGANISATION, Act, ItemKind, Status
from reporting.domain.organisation.calendars import OfficeCalendar
from reporting.domain.oversight.audit import ReporterEvent, StaffEvent
from reporting.domain.oversight.inaction import POOLED_BELOW, Inaction, Traces, band_of, signs
from reporting.domain.sealed.disclosure import WorkingTitle
from reporting.services.actors import StaffMember
from reporting.services.casework.terms import terms_of
from reporting.services.house import House
from reporting.services.organisation.calendars import calendar_of
from reporting.services.oversight.audit import case_ref
from reporting.services.sealed.sealing import open_cases, read_each
from reporting.store.audit import last_days, last_moments
from reporting.store.cases import Case, cases_in
from reporting.store.database import Stores, Work, reading, writing
from reporting.store.inaction import POOL, bands, inactions_held, put_bands, put_inactions
from reporting.store.offices import Office, all_offices

HER_WORDS = (
    ReporterEvent.MESSAGE_WRITTEN,
    ReporterEvent.REPORT_SENT,
    ReporterEvent.COMPLAINT_SENT,
    ReporterEvent.RECORD_OPENED,
    ReporterEvent.CASE_REOPENED,
)
WORK = (
    StaffEvent.MESSAGE_SENT,
    StaffEvent.NOTE_WRITTEN,
    StaffEvent.STEP_TAKEN,
    StaffEvent.ASSIGNED,
    StaffEvent.ROUTED_TO_DESK,
    StaffEvent.READER_ASKED_FOR,
    StaffEvent.ENTRY_WRITTEN,
    StaffEvent.ENTRY_SHARED,
    StaffEvent.OUTCOME_TOLD,
    StaffEvent.SECOND_ASKED,
    StaffEvent.SECOND_AGREED,
)
WITH = [status.value for status in WITH_ORGANISATION if status is not Status.SET_ASIDE]
Moments = Mapping[tuple[str, str], datetime]
"""When each thing was last done in a case, by what was done and what stands beside it."""


@dataclass(frozen=True)
class Still:
    """A case that I handle and that lies still: what is not done, and by when it had to be."""

    case_id: bytes
    title: str
    sign: Inaction
    since: date


@dataclass(frozen=True)
class Band:
    """About how many cases of a place show a sign; `offices` are the names that the place stands for."""

    offices: tuple[str, ...]
    sign: Inaction
    at_least: int


def watch(stores: Stores, house: House) -> int:
    """Look at every case with the organisation, and once a week set the bands anew; return how many lie still.

    All the looking is done before the unit that writes begins, so that nobody waits for it.
    """
    with reading(stores) as work:
        cases = {case.id: case for case in cases_in(work.main, WITH)}
        found = _find(work, house, cases.values())
        offices = {case_id: case.office_id for case_id, case in cases.items()}
    with writing(stores) as work:
        there = {case.id for case in cases_in(work.main, WITH)}  # erased or withdrawn meanwhile: nothing to keep
        found = {case_id: shown for case_id, shown in found.items() if case_id in there}
        put_inactions(work.main, found)
        _set_bands(work, house, offices, found)
    return len(found)


def still_cases(work: Work, house: House, actor: StaffMember) -> list[Still]:
    """Return the cases I handle that lie still, the longest first; what my key does not open is not mine to see."""
    rows = inactions_held(work.main, actor.staff_id)
    opened = {case.id: case for case in open_cases(work, actor, house, list({row.case_id for row in rows}))}
    titles = read_each(work, list(opened.values()), ItemKind.WORKING_TITLE)
    return [
        Still(row.case_id, _title(titles.get(row.case_id)), Inaction(row.sign), row.since)
        for row in rows
        if row.case_id in opened
    ]


def bands_now(work: Work) -> tuple[date | None, list[Band]]:
    """Return the Monday since which the bands stand, and the bands, by place."""
    rows = bands(work.main)
    places = {place: tuple(office.name for office in offices) for place, offices in _places(work).items()}
    found = [Band(places[row.place], Inaction(row.sign), row.at_least) for row in rows if row.place in places]
    order = list(Inaction)
    return (
        rows[0].week_of if rows else None,
        sorted(found, key=lambda band: (len(band.offices) > 1, band.offices, order.index(band.sign))),
    )


def too_small(work: Work) -> list[str]:
    """Return the names of the offices about which no band is shown: even together they have too few people."""
    shown = {office.id for offices in _places(work).values() for office in offices}
    return [office.name for office in all_offices(work.main) if office.id not in shown]


def _title(content: bytes | None) -> str:
    return WorkingTitle.from_bytes(content).text if content else ""


def _find(work: Work, house: House, cases: Iterable[Case]) -> dict[bytes, dict[str, date]]:
    weeks = {office.id: calendar_of(office) for office in all_offices(work.main)}
    moments, days = _by_ref(last_moments(work.main)), _her_days(work)
    found = {}
    for case in cases:
        ref, week = case_ref(house, case.id), weeks[case.office_id] if case.office_id else OfficeCalendar()
        if not any(action in HER_WORDS for action in days.get(ref, {})):
            continue  # nothing of hers stands in the record, so nobody waits for anything
        traces = _traces(case, moments.get(ref, {}), days[ref], week)
        shown = signs(traces, terms_of(work, case), week, week.day_of(house.now()))
        if shown:
            found[case.id] = {sign.value: since for sign, since in shown.items()}
    return found


def _traces(case: Case, moments: Moments, days: Mapping[str, date], week: OfficeCalendar) -> Traces:
    wrote = [day for action, day in days.items() if action in HER_WORDS]

    def last(*actions: StaffEvent, detail: str | None = None) -> datetime | None:
        fits = [at for (action, beside), at in moments.items() if action in actions and detail in (None, beside)]
        return max(fits, default=None)

    def day(moment: datetime | None) -> date | None:
        return week.day_of(moment) if moment else None

    concluded = last(StaffEvent.STEP_TAKEN, detail=Act.CONCLUDE.value)
    reopened = last(StaffEvent.STEP_TAKEN, detail=Act.REOPEN.value)
    return Traces(
        status=Status(case.status),
        waiting=case.waiting,
        wrote=week.day_began(max(wrote)),
        opened=day(last(StaffEvent.CASE_OPENED)),
        worked=day(last(*WORK)),
        closed=day(last(StaffEvent.STEP_TAKEN, detail=Act.CLOSE.value)),
        explained=ReporterEvent.OUTCOME_WAIVED in days
        or _not_before(last(StaffEvent.OUTCOME_TOLD), reopened)
        or (concluded is not None and _not_before(last(StaffEvent.MESSAGE_SENT), concluded)),
    )


def _not_before(moment: datetime | None, other: datetime | None) -> bool:
    return moment is not None and (other is None or moment >= other)


def _by_ref(rows: Iterable[tuple[bytes, str, str, datetime]]) -> dict[bytes, dict[tuple[str, str], datetime]]:
    found: dict[bytes, dict[tuple[str, str], datetime]] = {}
    for ref, action, detail, at in rows:
        found.setdefault(ref, {})[action, detail] = at
    return found


def _her_days(work: Work) -> dict[bytes, dict[str, date]]:
    """Return on which day each thing was last done by a reporter, by the keyed name of the case."""
    found: dict[bytes, dict[str, date]] = {}
    for ref, action, day in last_days(work.main, [*HER_WORDS, ReporterEvent.OUTCOME_WAIVED]):
        known = found.setdefault(ref, {})
        known[action] = max(day, known.get(action, day))
    return found


def _set_bands(
    work: Work, house: House, offices: Mapping[bytes, bytes | None], found: Mapping[bytes, Mapping[str, date]]
) -> None:
    """Set the bands of this week, once: whoever looks each day, or changes an office in between, learns nothing."""
    today = house.today()
    monday = today - timedelta(days=today.weekday())
    if any(band.week_of == monday for band in bands(work.main)):
        return
    places = _places(work)
    place_of = {office.id: place for place, of_place in places.items() for office in of_place}
    counted = Counter(
        (place_of.get(offices[case_id] or b""), sign) for case_id, shown in found.items() for sign in shown
    )
    put_bands(
        work.main,
        monday,
        {(place, sign.value): band_of(counted[place, sign.value]) for place in places for sign in Inaction},
    )


def _places(work: Work) -> dict[bytes, list[Office]]:
    """Return the offices that may stand alone, and the small ones together where they are many enough."""
    offices = all_offices(work.main)
    places = {office.id: [office] for office in offices if office.head_count >= POOLED_BELOW}
    small = [office for office in offices if office.head_count < POOLED_BELOW]
    if sum(office.head_count for office in small) >= POOLED_BELOW:
        places[POOL] = small
    return places
