"""Her case page: what stage, what next and by when, who can read, who opened it, and what she may do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from reporting.domain.case import SENTENCES, Act, CaseKind, Compartment, ItemKind, Part, Stage, Status, acts
from reporting.domain.casework.clocks import Clock
from reporting.domain.file.hold import HoldNotice
from reporting.domain.file.outside import UNTOLD, OutsideNotice
from reporting.domain.oversight.audit import ReporterEvent, StaffEvent
from reporting.domain.people import Role
from reporting.domain.reading.approvals import Matter
from reporting.domain.reading.guests import Guest, GuestState
from reporting.domain.sealed.disclosure import REPORTER, Choices, Disclosure, Identity, Message, People
from reporting.services.actors import Reporter
from reporting.services.casework.clocks import running_clocks, wants_no_check_ins
from reporting.services.casework.course import Course, course_of
from reporting.services.casework.messages import thread
from reporting.services.errors import NotFound
from reporting.services.evidence.pieces import pieces_in
from reporting.services.file.holds import notices_for_her
from reporting.services.file.outside import silent_since, told_to_her
from reporting.services.house import House
from reporting.services.oversight.audit import reporter_ledger, staff_ledger
from reporting.services.reading.guests import guests_in
from reporting.services.reading.readers import Audience, Reader, as_reader, audience_of
from reporting.services.reading.requests import AskedOfHer, asked_of_her
from reporting.services.reading.trust import trusted_readers
from reporting.services.sealed.entries import Filed, file_of
from reporting.services.sealed.sealing import OpenCase, open_case, read_one, read_several
from reporting.store.database import Work
from reporting.store.grants import staff_who_open
from reporting.store.offices import Office, find_office
from reporting.store.staff import find_staff

UNTOLD_DETAILS = frozenset({UNTOLD, Matter.DISCLOSURE_UNTOLD.value})
HERS = (ItemKind.DISCLOSURE, ItemKind.PEOPLE, ItemKind.CHOICES, ItemKind.IDENTITY)


@dataclass(frozen=True)
class LedgerLine:
    """One thing that staff did: when, who, what, and to whom a key went.

    `who` and `actor_id` are empty where no person did it; `detail` is a code from a closed list.
    """

    at: datetime
    who: str
    action: StaffEvent
    about: str
    actor_id: bytes | None = None
    detail: str = ""


@dataclass(frozen=True)
class Deed:
    """One thing that she did herself, by day."""

    day: date
    action: ReporterEvent


@dataclass(frozen=True)
class CasePage:
    """Everything her page shows of one case."""

    opened: OpenCase
    status: Status
    stage: Stage
    due_on: date | None
    clocks: Mapping[Clock, date]
    check_ins: bool
    office: Office | None
    disclosure: Disclosure
    people: People
    choices: Choices
    identity: Identity
    readers: Sequence[Reader]
    guests: Sequence[Guest]
    others: Sequence[Reader]
    ledger: Sequence[LedgerLine]
    messages: Sequence[Message]
    requests: Sequence[AskedOfHer]
    acts: Sequence[Act]
    course: Course
    kept: Sequence[HoldNotice] = ()
    outside: Sequence[Filed[OutsideNotice]] = ()
    added: int = 0
    """How many files, links and accounts she added herself."""

    @property
    def is_complaint(self) -> bool:
        """Return whether this case is a complaint about how she is treated."""
        return self.opened.row.kind == CaseKind.COMPLAINT

    @property
    def was_opened(self) -> bool:
        """Return whether anybody has read it: said from the ledger, nothing else."""
        return any(line.action is StaffEvent.CASE_OPENED for line in self.ledger)


def view(work: Work, house: House, reporter: Reporter, case_id: bytes) -> CasePage:
    """Return her page of a case.

    :raises NotFound: her token does not open it.
    """
    opened = open_case(work, reporter, house, case_id)
    status = Status(opened.row.status)
    office = find_office(work.main, opened.row.office_id) if opened.row.office_id else None
    contents = read_several(work, opened, *HERS)
    if contents.keys() != set(HERS):
        raise NotFound
    people, choices = People.from_bytes(contents[ItemKind.PEOPLE]), Choices.from_bytes(contents[ItemKind.CHOICES])
    readers = _readers_now(work, case_id, people)
    audience, file = audience_for(work, house, opened, office, people), file_of(work, opened)
    return CasePage(
        opened,
        status,
        SENTENCES[status],
        opened.row.due_on,
        running_clocks(work, case_id),
        not wants_no_check_ins(work, case_id),
        office,
        Disclosure.from_bytes(contents[ItemKind.DISCLOSURE]),
        people,
        choices,
        Identity.from_bytes(contents[ItemKind.IDENTITY]),
        readers,
        [one.entry for one in guests_in(file, house.today()) if one.entry.state is GuestState.INVITED],
        others_offered(work, house, readers, audience, people),
        _told(ledger(work, house, case_id), silent_since(work, house, opened)),
        thread(work, opened),
        asked_of_her(work, case_id),
        acts(status, Role.SURVIVOR),
        course_of(file, choices),
        notices_for_her(work, house, opened),
        told_to_her(work, house, opened),
        sum(one.evidence.author == REPORTER for one in pieces_in(work, opened)),
    )


def _told(lines: list[LedgerLine], silent: date | None) -> list[LedgerLine]:
    """Leave out what a law forbids to tell her yet: from her page alone, never from the record."""
    return [line for line in lines if silent is None or line.detail not in UNTOLD_DETAILS or line.at.date() < silent]


def ledger(work: Work, house: House, case_id: bytes) -> list[LedgerLine]:
    """Return what staff did in her case, in order, with display names."""
    rows = staff_ledger(work, house, case_id)
    staff = {staff_id for row in rows for staff_id in (row.actor_id, row.about_id)}
    names = {staff_id: _name(work, staff_id) for staff_id in staff}
    return [
        LedgerLine(row.at, names[row.actor_id], StaffEvent(row.action), names[row.about_id], row.actor_id, row.detail)
        for row in rows
    ]


def deeds(work: Work, house: House, opened: OpenCase) -> list[Deed]:
    """Return what she did in a case, the newest day first: hers alone to read, staff have no use for it."""
    rows = {(row.day, row.action) for row in reporter_ledger(work, house, opened.id)}
    return [Deed(day, ReporterEvent(action)) for day, action in sorted(rows, reverse=True)]


def audience_for(work: Work, house: House, opened: OpenCase, office: Office | None, people: People) -> Audience | None:
    if office is None:
        return None
    return audience_of(work, house, office, people, desk_only=opened.row.kind == CaseKind.COMPLAINT)


def _readers_now(work: Work, case_id: bytes, people: People) -> list[Reader]:
    """Return who can open the story: holds its key, and has an account to open it with."""
    opening = staff_who_open(work.main, case_id, Compartment.STORY, Part.WHOLE)
    staff = [find_staff(work.main, staff_id) for staff_id in opening]
    found = [
        as_reader(work, person, _office_name(work, person.office_id), people)
        for person in staff
        if person is not None and person.state == "active" and person.public_key is not None
    ]
    return sorted(found, key=lambda reader: reader.display_name)


def others_offered(
    work: Work, house: House, readers: Sequence[Reader], audience: Audience | None, people: People
) -> list[Reader]:
    """Return whom she could still let in: the rest of the audience, and investigators whom she closed out."""
    if audience is None:
        return []
    reading = {reader.staff_id for reader in readers}
    offered = (*audience.case_managers, *_closed_out(work, house, audience, people), *audience.desk_readers)
    return [reader for reader in offered if reader.staff_id not in reading]


def _closed_out(work: Work, house: House, audience: Audience, people: People) -> list[Reader]:
    if not audience.case_managers:  # a complaint is for the outside desk alone
        return []
    office = audience.office
    staff = trusted_readers(work, house, office.id, Role.INVESTIGATOR)
    readers = [as_reader(work, person, office.name, people) for person in staff]
    return [reader for reader in readers if reader.staff_id.hex() in people.excluded_staff or reader.linked]


def _office_name(work: Work, office_id: bytes) -> str:
    office = find_office(work.main, office_id)
    return office.name if office else ""


def _name(work: Work, staff_id: bytes | None) -> str:
    staff = find_staff(work.main, staff_id) if staff_id else None
    return staff.display_name if staff else ""


def content_of(work: Work, opened: OpenCase, kind: ItemKind) -> bytes:
    content = read_one(work, opened, kind)
    if content is None:
        raise NotFound
    return content
