"""Her case page: what stage, what next and by when, who can read, who opened it, and what she may do."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from reporting.domain.audit import ReporterEvent, StaffEvent
from reporting.domain.case import SENTENCES, Act, CaseKind, ItemKind, Stage, Status, acts, next_status
from reporting.domain.clocks import Clock, acknowledge_by
from reporting.domain.consent import NewReaders, Purpose
from reporting.domain.disclosure import Choices, Disclosure, Identity, Message, People
from reporting.domain.people import Role
from reporting.domain.questions import Door
from reporting.services.actors import Reporter
from reporting.services.audit import record_reporter, record_staff, staff_ledger
from reporting.services.consent import (
    admit,
    choices_of,
    hide_identity,
    people_of,
    set_identity_visible,
    show_identity,
    take_back,
)
from reporting.services.erasure import close
from reporting.services.errors import NobodyLeft, NotAllowed, NotFound
from reporting.services.facts import reseal_fact
from reporting.services.house import House
from reporting.services.messages import thread
from reporting.services.readers import Audience, Reader, as_reader, audience_of
from reporting.services.requests import AskedOfHer, asked_of_her
from reporting.services.sealing import OpenCase, open_case, read_one, rewrite_item
from reporting.store.cases import holders_of, refresh_holdings
from reporting.store.database import Work
from reporting.store.offices import Office, find_office
from reporting.store.staff import find_staff

CONSENT_EVENTS = {
    (True, True): ReporterEvent.IDENTITY_SHOWN,
    (True, False): ReporterEvent.IDENTITY_HIDDEN,
    (False, True): ReporterEvent.CONSENT_GIVEN,
    (False, False): ReporterEvent.CONSENT_TAKEN_BACK,
}


@dataclass(frozen=True)
class LedgerLine:
    """One thing that staff did: when, who, what, and to whom a key went."""

    at: datetime
    who: str
    action: StaffEvent
    about: str


@dataclass(frozen=True)
class CasePage:
    """Everything her page shows of one case."""

    opened: OpenCase
    status: Status
    stage: Stage
    due_on: date | None
    office: Office | None
    disclosure: Disclosure
    people: People
    choices: Choices
    identity: Identity
    readers: Sequence[Reader]
    others: Sequence[Reader]
    ledger: Sequence[LedgerLine]
    messages: Sequence[Message]
    requests: Sequence[AskedOfHer]
    acts: Sequence[Act]

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
    people = people_of(work, opened)
    readers = _readers_now(work, opened, people)
    audience = _audience(work, house, opened, office, people)
    return CasePage(
        opened,
        status,
        SENTENCES[status],
        opened.row.due_on,
        office,
        Disclosure.from_bytes(_content(work, opened, ItemKind.DISCLOSURE)),
        people,
        choices_of(work, opened),
        Identity.from_bytes(_content(work, opened, ItemKind.IDENTITY)),
        readers,
        _others(readers, audience),
        ledger(work, house, case_id),
        thread(work, opened),
        asked_of_her(work, case_id),
        acts(status, Role.SURVIVOR),
    )


def ledger(work: Work, house: House, case_id: bytes) -> list[LedgerLine]:
    """Return what staff did in her case, in order, with display names."""
    return [
        LedgerLine(row.at, _name(work, row.actor_id), StaffEvent(row.action), _name(work, row.about_id))
        for row in staff_ledger(work, house, case_id)
    ]


def open_to_office(
    work: Work, house: House, reporter: Reporter, case_id: bytes, audience: Audience, door: Door
) -> None:
    """Open a private or closed record to an office: the same keys, now also sealed to its readers.

    :raises NobodyLeft: everyone there is closed out.
    :raises NotPossible: the case is already with an organisation.
    """
    opened = open_case(work, reporter, house, case_id, to_change=True)
    case = opened.row
    act = Act.OPEN if case.status == Status.PRIVATE else Act.REOPEN
    case.status = next_status(Status(case.status), act, Role.SURVIVOR).value
    if not audience.open_to:
        raise NobodyLeft
    today = house.today()
    case.office_id, case.received_on = audience.office.id, case.received_on or today
    case.due_on, case.due_what = acknowledge_by(today), Clock.ACKNOWLEDGE.value
    case.waiting = True
    work.main.flush()
    identity = Identity.from_bytes(_content(work, opened, ItemKind.IDENTITY))
    _rewrite_choices(work, opened, replace(choices_of(work, opened), door=door))
    for reader in audience.open_to:
        admit(work, house, opened, reader, with_identity=identity.visible_to_team)
    reseal_fact(work, house, opened)
    record_reporter(work, house, ReporterEvent.RECORD_OPENED, case_id)


def close_to(work: Work, house: House, reporter: Reporter, case_id: bytes, staff_id: bytes) -> bool:
    """Close a case to a person, for good unless she opens it again; return whether anybody still reads.

    When nobody in the office is left it goes to the outside desk; when nobody is left there either,
    it is closed to everyone, as `close` does.
    """
    opened = open_case(work, reporter, house, case_id, to_change=True)
    people, hexed = people_of(work, opened), staff_id.hex()
    people = replace(
        people,
        excluded_staff=tuple(sorted({*people.excluded_staff, hexed})),
        opened_to=tuple(known for known in people.opened_to if known != hexed),
    )
    take_back(work, house, opened, staff_id)
    rewrite_item(work, opened, ItemKind.PEOPLE, people.to_bytes())
    record_reporter(work, house, ReporterEvent.READER_CLOSED_OUT, case_id)
    if opened.row.status == Status.PRIVATE or holders_of(work.main, case_id):
        return True
    return _refill(work, house, reporter, opened, people)


def open_to(work: Work, house: House, reporter: Reporter, case_id: bytes, staff_id: bytes) -> None:
    """Open a case to one more person of its office or outside desk, although a name may resemble.

    :raises NotFound: not one of the people that her page offers.
    """
    opened = open_case(work, reporter, house, case_id, to_change=True)
    people, hexed = people_of(work, opened), staff_id.hex()
    people = replace(
        people,
        excluded_staff=tuple(known for known in people.excluded_staff if known != hexed),
        opened_to=tuple(sorted({*people.opened_to, hexed})),
    )
    office = find_office(work.main, opened.row.office_id) if opened.row.office_id else None
    audience = _audience(work, house, opened, office, people)
    offered = {reader.staff_id: reader for reader in _others((), audience)}
    if staff_id not in offered or opened.row.status in (Status.PRIVATE, Status.WITHDRAWN, Status.ERASING):
        raise NotFound
    rewrite_item(work, opened, ItemKind.PEOPLE, people.to_bytes())
    identity = Identity.from_bytes(_content(work, opened, ItemKind.IDENTITY))
    admit(work, house, opened, offered[staff_id], with_identity=identity.visible_to_team)
    record_reporter(work, house, ReporterEvent.READER_LET_IN, case_id)


def set_consent(work: Work, house: House, reporter: Reporter, case_id: bytes, purpose: Purpose, *, given: bool) -> None:
    """Give or take back one consent, with its effect: the identity switch seals or destroys keys."""
    opened = open_case(work, reporter, house, case_id, to_change=True)
    if purpose is Purpose.IDENTITY:
        set_identity_visible(work, opened, given)
        if given:
            for staff_id in holders_of(work.main, case_id):
                show_identity(work, house, opened, staff_id)
        else:
            hide_identity(work, house, opened)
    else:
        _rewrite_choices(work, opened, choices_of(work, opened).with_consent(purpose, given))
    reseal_fact(work, house, opened)
    record_reporter(work, house, CONSENT_EVENTS[purpose is Purpose.IDENTITY, given], case_id)


def set_new_readers(work: Work, house: House, reporter: Reporter, case_id: bytes, choice: NewReaders) -> None:
    """Choose between "tell me" and "ask me first"."""
    opened = open_case(work, reporter, house, case_id, to_change=True)
    _rewrite_choices(work, opened, replace(choices_of(work, opened), new_readers=choice))
    record_reporter(work, house, ReporterEvent.CHOICES_CHANGED, case_id)


def change_door(work: Work, house: House, reporter: Reporter, case_id: bytes, door: Door) -> None:
    """Change between someone to talk to and an investigation; hers to choose, at any time.

    :raises NotAllowed: this case is not with an organisation, or the door is not one of the two.
    """
    opened = open_case(work, reporter, house, case_id, to_change=True)
    if opened.row.status == Status.PRIVATE or door not in (Door.INFORMAL, Door.FORMAL, Door.RETALIATION):
        raise NotAllowed
    _rewrite_choices(work, opened, replace(choices_of(work, opened), door=door))
    opened.row.waiting = True
    refresh_holdings(work.main, opened.row)
    reseal_fact(work, house, opened)
    record_reporter(work, house, ReporterEvent.DOOR_CHANGED, case_id)


def reopen(work: Work, house: House, reporter: Reporter, case_id: bytes) -> None:
    """Open again a case that staff closed; the same people read it."""
    opened = open_case(work, reporter, house, case_id, to_change=True)
    if opened.row.status == Status.WITHDRAWN:
        raise NotAllowed  # she chooses the readers anew: `open_to_office`
    opened.row.status = next_status(Status(opened.row.status), Act.REOPEN, Role.SURVIVOR).value
    opened.row.due_on, opened.row.due_what = acknowledge_by(house.today()), Clock.FEEDBACK.value
    opened.row.waiting = True
    refresh_holdings(work.main, opened.row)
    record_reporter(work, house, ReporterEvent.CASE_REOPENED, case_id)


def _refill(work: Work, house: House, reporter: Reporter, opened: OpenCase, people: People) -> bool:
    office = find_office(work.main, opened.row.office_id) if opened.row.office_id else None
    audience = _audience(work, house, opened, office, people)
    readers = [reader for reader in audience.desk_readers if not reader.closed] if audience else []
    if not readers:
        close(work, house, reporter, opened.id)
        return False
    identity = Identity.from_bytes(_content(work, opened, ItemKind.IDENTITY))
    for reader in readers:
        admit(work, house, opened, reader, with_identity=identity.visible_to_team)
        record_staff(work, house, StaffEvent.ROUTED_TO_DESK, actor_id=None, case_id=opened.id, about_id=reader.staff_id)
    return True


def _rewrite_choices(work: Work, opened: OpenCase, choices: Choices) -> None:
    rewrite_item(work, opened, ItemKind.CHOICES, choices.to_bytes())


def _audience(work: Work, house: House, opened: OpenCase, office: Office | None, people: People) -> Audience | None:
    if office is None:
        return None
    return audience_of(work, house, office, people, desk_only=opened.row.kind == CaseKind.COMPLAINT)


def _readers_now(work: Work, opened: OpenCase, people: People) -> list[Reader]:
    staff = [find_staff(work.main, staff_id) for staff_id in holders_of(work.main, opened.id)]
    found = [as_reader(person, _office_name(work, person.office_id), people) for person in staff if person]
    return sorted(found, key=lambda reader: reader.display_name)


def _others(readers: Sequence[Reader], audience: Audience | None) -> list[Reader]:
    if audience is None:
        return []
    reading = {reader.staff_id for reader in readers}
    offered = (*audience.case_managers, *audience.desk_readers)
    return [reader for reader in offered if reader.staff_id not in reading]


def _office_name(work: Work, office_id: bytes) -> str:
    office = find_office(work.main, office_id)
    return office.name if office else ""


def _name(work: Work, staff_id: bytes | None) -> str:
    staff = find_staff(work.main, staff_id) if staff_id else None
    return staff.display_name if staff else ""


def _content(work: Work, opened: OpenCase, kind: ItemKind) -> bytes:
    content = read_one(work, opened, kind)
    if content is None:
        raise NotFound
    return content
