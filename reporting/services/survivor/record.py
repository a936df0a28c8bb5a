"""A record that only she opens: going on with it, opening it to an office, reopening."""

from dataclasses import replace

from reporting.domain.case import Act, ItemKind, Status, next_status
from reporting.domain.file.hold import DeclaredLaw
from reporting.domain.oversight.audit import ReporterEvent
from reporting.domain.people import Role
from reporting.domain.questions import Door
from reporting.domain.sealed.disclosure import Identity
from reporting.domain.sealed.entry import UNSIGNED
from reporting.services.actors import Reporter
from reporting.services.casework.clocks import set_clocks
from reporting.services.casework.rounds import begin_round
from reporting.services.errors import AlreadySent, NobodyLeft, NotAllowed
from reporting.services.evidence.pieces import add_piece, pieces_in
from reporting.services.file.holds import declared_law
from reporting.services.house import House
from reporting.services.organisation.packs import came_under
from reporting.services.oversight.audit import record_reporter
from reporting.services.reading.consent import admit, choices_of
from reporting.services.reading.readers import Audience
from reporting.services.sealed import entries
from reporting.services.sealed.facts import reseal_fact
from reporting.services.sealed.sealing import open_case, rewrite_item
from reporting.services.survivor.choosing import rewrite_choices
from reporting.services.survivor.follow import content_of
from reporting.services.survivor.report import Submission, add_duty_halves, contents_of
from reporting.store.database import Work

HERS_ALONE = (Status.PRIVATE, Status.WITHDRAWN)


def rewrite_record(work: Work, house: House, reporter: Reporter, case_id: bytes, submission: Submission) -> None:
    """Seal what she wrote anew, in place; only while nobody else can open it.

    :param submission: what it says from now on; evidence that was added while writing comes to what is there.
    :raises NotAllowed: somebody else reads it already; then she adds messages.
    :raises AlreadySent: somebody else reads it already, and exactly this stands there.
    :raises TooLong: the text does not fit the largest size class.
    """
    opened = open_case(work, reporter, house, case_id, to_change=True)
    if opened.row.status not in HERS_ALONE:
        same = content_of(work, opened, ItemKind.DISCLOSURE) == submission.disclosure.to_bytes()
        raise AlreadySent if same else NotAllowed
    for kind, content in contents_of(submission).items():
        if kind is not ItemKind.WORKING_TITLE:
            rewrite_item(work, opened, kind, content)
    there = {piece.evidence.salt for piece in pieces_in(work, opened)}
    for one in submission.evidence:
        if one.salt not in there:  # sent a second time after a crash
            add_piece(work, house, opened, one)
    record_reporter(work, house, ReporterEvent.ADDED_TO, case_id)


def open_to_office(
    work: Work,
    house: House,
    reporter: Reporter,
    case_id: bytes,
    audience: Audience,
    door: Door,
    law: str = "",
    duty: str = "",
) -> None:
    """Open a private or closed record to an office: the same keys, now also sealed to its readers.

    :param law: what she read before about a law that may keep something for a time, in place of any law before.
    :param duty: what she read before about a duty that may open her name.

    :raises NobodyLeft: everyone there is closed out.
    :raises NotAllowed: the case is already with an organisation, or about to be erased.
    """
    opened = open_case(work, reporter, house, case_id, to_change=True)
    case = opened.row
    if case.status not in HERS_ALONE:
        raise NotAllowed
    act = Act.OPEN if case.status == Status.PRIVATE else Act.REOPEN
    case.status = next_status(Status(case.status), act, Role.SURVIVOR).value
    if not audience.open_to:
        raise NobodyLeft
    case.policy_version = came_under(work, audience.office, case)
    case.office_id, case.received_on = audience.office.id, case.received_on or house.today()
    case.waiting = True
    work.main.flush()
    identity = Identity.from_bytes(content_of(work, opened, ItemKind.IDENTITY))
    rewrite_choices(work, opened, replace(choices_of(work, opened), door=door, support_only=False))
    if act is Act.REOPEN:
        begin_round(work, house, opened, reporter)
    admit(work, house, opened, audience.open_to, with_identity=identity.visible_to_team)
    add_duty_halves(work, house, opened, audience, duty)
    law, duty = audience.law_declared(law), audience.duty_declared(duty)
    if law or duty or declared_law(work, opened):
        entries.add(work, house, opened, reporter, DeclaredLaw(*UNSIGNED, law, duty))
    reseal_fact(work, house, opened)
    record_reporter(work, house, ReporterEvent.RECORD_OPENED, case_id)
    set_clocks(work, house, case)


def reopen(work: Work, house: House, reporter: Reporter, case_id: bytes) -> None:
    """Open again a case that staff closed; the same people read it."""
    opened = open_case(work, reporter, house, case_id, to_change=True)
    if opened.row.status == Status.WITHDRAWN:
        raise NotAllowed  # she chooses the readers anew: `open_to_office`
    opened.row.status = next_status(Status(opened.row.status), Act.REOPEN, Role.SURVIVOR).value
    opened.row.keep_until = None
    opened.row.waiting = True
    begin_round(work, house, opened, reporter)
    reseal_fact(work, house, opened)
    record_reporter(work, house, ReporterEvent.CASE_REOPENED, case_id)
    set_clocks(work, house, opened.row)
