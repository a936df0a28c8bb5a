"""A report becomes a case: sealed first, then added in one short transaction."""

import secrets
from dataclasses import dataclass
from datetime import date

from reporting.crypto.grants import split
from reporting.crypto.secret import CompartmentKey
from reporting.domain.case import COMPARTMENT_OF, CaseKind, Compartment, ItemKind, Part, Status
from reporting.domain.evidence.evidence import Evidence
from reporting.domain.file.hold import DeclaredLaw
from reporting.domain.oversight.audit import ReporterEvent
from reporting.domain.sealed.disclosure import REPORTER, Choices, Disclosure, Identity, People, WorkingTitle
from reporting.domain.sealed.own import Own
from reporting.services.actors import Reporter
from reporting.services.casework.clocks import set_clocks
from reporting.services.errors import AlreadySent, NobodyLeft, NotFound, ReadersChanged
from reporting.services.evidence.custody import Arrival, arrival_of, record_received
from reporting.services.house import House
from reporting.services.organisation.packs import came_under
from reporting.services.oversight.audit import record_reporter
from reporting.services.reading.readers import Audience, Reader
from reporting.services.sealed.facts import fact_of, seal
from reporting.services.sealed.granting import Recipient, add_sealed, seal_key
from reporting.services.sealed.sealing import OpenCase, seal_content
from reporting.store.cases import Case, CompartmentRow, Item, find_case
from reporting.store.database import Work, add_first
from reporting.store.grants import Grant
from reporting.store.holdings import holding_of
from reporting.store.offices import find_office
from reporting.store.packs import SHIPPED
from reporting.store.reporters import Reporter as ReporterRow
from reporting.store.reporters import lock_reporter
from reporting.store.shred import ShredKeyRow
from reporting.store.staff import active_keys


@dataclass(frozen=True)
class Submission:
    """Everything she sends, still in clear; lives in memory only.

    `law` is what she read before she wrote about a law that may keep something for a time, `duty` what she read about
    one that may open her name; empty where there was none.
    """

    disclosure: Disclosure
    people: People
    choices: Choices
    identity: Identity
    kind: CaseKind = CaseKind.REPORT
    law: str = ""
    duty: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class SealedCase:
    """A case ready to be added: nothing in it is in clear."""

    case: Case
    compartments: tuple[CompartmentRow, ...]
    items: tuple[Item, ...]
    grants: tuple[tuple[Grant, ShredKeyRow], ...]
    readers: tuple[Reader, ...]
    arrivals: tuple[Arrival, ...]


def seal_report(
    house: House,
    reporter: Reporter,
    submission: Submission,
    audience: Audience | None,
    *,
    today: date,
    case_id: bytes | None = None,
) -> SealedCase:
    """Seal a submission to her token and, unless it is private, to the audience.

    All of the public-key work happens here, before any transaction begins.

    :param audience: who reads; nothing for a private record.
    :param case_id: drawn before, with what makes a second send the same case; else it is drawn here.
    :raises NobodyLeft: an audience was given, and all of it is closed out.
    :raises TooLong: the text does not fit the largest size class.
    """
    readers = audience.open_to if audience else ()
    if audience and not readers:
        raise NobodyLeft
    case = _case_row(house, case_id or secrets.token_bytes(16), submission, audience, today)
    keys = {compartment: CompartmentKey.random() for compartment in Compartment}
    items = tuple(
        seal_content(case.id, kind, content, 1, keys[COMPARTMENT_OF[kind]])
        for kind, content in (
            *_first_contents(submission),
            *_law_shown(submission, audience, today),
            *((ItemKind.EVIDENCE, one.to_bytes()) for one in submission.evidence),
        )
    )
    grants = _first_grants(house, case.id, keys, reporter, submission, audience, readers)
    rows = tuple(CompartmentRow(case_id=case.id, compartment=c.value, generation=1) for c in Compartment)
    arrivals = tuple(arrival_of(one) for one in submission.evidence)
    return SealedCase(case, rows, items, grants, readers, arrivals)


def submit_report(work: Work, house: House, reporter: Reporter, sealed: SealedCase, *, first: bool = True) -> bytes:
    """Add a sealed case and return its id.

    :param first: the token is new with this case; a token that exists already means a second send.
    :raises AlreadySent: the token drawn with the draft already has its case, or the case is there.
    :raises NotFound: the token that she had is none any more.
    :raises ReadersChanged: one of the readers lost the account in the meantime.
    """
    _refuse_second(work, reporter, sealed.case, first=first)
    keys = {reader.staff_id: reader.public_key for reader in sealed.readers}
    if keys != active_keys(work.main, keys):
        raise ReadersChanged
    _under_the_rules(work, sealed.case)
    if not add_first(work.main, sealed.case, *([reporter_row(house, reporter)] if first else [])):
        raise AlreadySent  # at the same moment, on PostgreSQL
    holdings = [holding_of(sealed.case, staff_id) for staff_id in keys]
    work.main.add_all([*sealed.compartments, *sealed.items, *holdings])
    add_sealed(work, sealed.grants)
    record_reporter(work, house, _event_of(sealed), sealed.case.id)
    for arrival in sealed.arrivals:
        record_received(work, house, arrival, sealed.case.id)
    set_clocks(work, house, sealed.case)
    return sealed.case.id


def _under_the_rules(work: Work, case: Case) -> None:
    """Let a case that comes to an office stand under the rules that are in force there at this moment."""
    office = find_office(work.main, case.office_id) if case.office_id else None
    if office is not None:
        case.policy_version = came_under(work, office)


def _law_shown(submission: Submission, audience: Audience | None, today: date) -> list[tuple[ItemKind, bytes]]:
    """Return what keeps the declared law with the case, in the words that she saw; a private record needs none."""
    if audience is None:
        return []
    law, duty = audience.law_declared(submission.law), audience.duty_declared(submission.duty)
    shown = DeclaredLaw(0, REPORTER, "", today.isoformat(), law, duty)
    return [(ItemKind.SHARED, shown.to_bytes())] if law or duty else []


def _event_of(sealed: SealedCase) -> ReporterEvent:
    if not sealed.readers:
        return ReporterEvent.RECORD_KEPT
    is_complaint = sealed.case.kind == CaseKind.COMPLAINT
    return ReporterEvent.COMPLAINT_SENT if is_complaint else ReporterEvent.REPORT_SENT


def _refuse_second(work: Work, reporter: Reporter, case: Case, *, first: bool) -> None:
    """Refuse what is there: by her lookup id, or by the id drawn with the draft where she had the token before."""
    known = lock_reporter(work.main, reporter.lookup_id) is not None
    if not first and not known:
        raise NotFound  # replaced or erased meanwhile: nobody could ever come back to it
    if (first and known) or find_case(work.main, case.id) is not None:
        raise AlreadySent


def reporter_row(house: House, reporter: Reporter) -> ReporterRow:
    """Return the row that is stored of a token."""
    public_key = reporter.pair.public_key
    tag = house.keyring.tag("public-key", b"reporter", reporter.lookup_id, public_key)
    return ReporterRow(lookup_id=reporter.lookup_id, public_key=public_key, tag=tag)


def _case_row(house: House, case_id: bytes, submission: Submission, audience: Audience | None, today: date) -> Case:
    status = Status.RECEIVED if audience else Status.PRIVATE
    return Case(
        id=case_id,
        kind=submission.kind.value,
        office_id=audience.office.id if audience else None,
        status=status.value,
        received_on=today if audience else None,
        waiting=audience is not None,
        policy_version=SHIPPED,
        fact=seal(house, case_id, fact_of(submission.disclosure, submission.choices, status)),
    )


def _first_contents(submission: Submission) -> list[tuple[ItemKind, bytes]]:
    """Return every item of a new case; what is hers alone is there from the start, so no row tells what is in it."""
    return [*contents_of(submission).items(), (ItemKind.OWN, Own().to_bytes())]


def contents_of(submission: Submission) -> dict[ItemKind, bytes]:
    """Return the items that what she sends gives a case, in clear."""
    return {
        ItemKind.DISCLOSURE: submission.disclosure.to_bytes(),
        ItemKind.PEOPLE: submission.people.to_bytes(),
        ItemKind.CHOICES: submission.choices.to_bytes(),
        ItemKind.IDENTITY: submission.identity.to_bytes(),
        ItemKind.WORKING_TITLE: WorkingTitle().to_bytes(),
    }


def _first_grants(
    house: House,
    case_id: bytes,
    keys: dict[Compartment, CompartmentKey],
    reporter: Reporter,
    submission: Submission,
    audience: Audience | None,
    readers: tuple[Reader, ...],
) -> tuple[tuple[Grant, ShredKeyRow], ...]:
    hers = Recipient(reporter.holder, reporter.pair.public_key)
    wanted = [(one, hers, Part.WHOLE) for one in (Compartment.STORY, Compartment.IDENTITY, Compartment.OWN)]
    for reader in readers:
        wanted += [
            (Compartment.STORY, reader.recipient, Part.WHOLE),
            (Compartment.CASEWORK, reader.recipient, Part.WHOLE),
        ]
        if submission.identity.visible_to_team:
            wanted.append((Compartment.IDENTITY, reader.recipient, Part.WHOLE))
    grants = [seal_key(house, case_id, c, 1, keys[c], to, part) for c, to, part in wanted]
    return (*grants, *duty_halves(house, case_id, 1, keys[Compartment.IDENTITY], audience, submission.duty))


def add_duty_halves(work: Work, house: House, opened: OpenCase, audience: Audience, duty: str) -> None:
    """Split every identity key where the law declares the duty that she was shown; she opened the case and holds them.

    What she wrote about herself may still be sealed under an older one.
    """
    for generation, key in opened.generations_held(Compartment.IDENTITY):
        add_sealed(work, duty_halves(house, opened.id, generation, key, audience, duty))


def duty_halves(
    house: House, case_id: bytes, generation: int, key: CompartmentKey, audience: Audience | None, duty: str
) -> list[tuple[Grant, ShredKeyRow]]:
    """Return the identity key as two halves, where the law declares the duty that she was shown; else nothing.

    One half goes to each handler, the other to each person at the outside desk. No one of them
    opens anything alone.

    :param duty: what she read about it before she typed; empty where she read of none.
    """
    if audience is None or not audience.duty_declared(duty):
        return []
    handlers, desk = split(key)
    halves = [(handlers, reader, Part.HANDLERS_HALF) for reader in audience.open_to]
    halves += [(desk, reader, Part.DESK_HALF) for reader in audience.desk_readers if not reader.closed]
    return [
        seal_key(house, case_id, Compartment.IDENTITY, generation, half, reader.recipient, part)
        for half, reader, part in halves
    ]
