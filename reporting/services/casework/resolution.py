"""Informal resolution: an offer that she answers, and mediation only where she asked and nothing rules it out."""

from reporting.domain.case import WITH_ORGANISATION
from reporting.domain.casework.classification import Classification, may_mediate
from reporting.domain.casework.resolution import HerAnswer, Measure, MediationWish, Offer
from reporting.domain.casework.ways import Way
from reporting.domain.oversight.audit import ReporterEvent
from reporting.domain.sealed.entry import UNSIGNED
from reporting.services.actors import Reporter, StaffMember
from reporting.services.casework.aside import back_by_her
from reporting.services.casework.clocks import set_clocks
from reporting.services.casework.course import Course, course_of
from reporting.services.casework.filing import open_file, put_on_file
from reporting.services.errors import CaseClosed, NoMediation, NotAllowed, NotFound, NotHerWay
from reporting.services.house import House
from reporting.services.oversight.audit import record_reporter
from reporting.services.reading.consent import choices_of
from reporting.services.sealed.entries import CaseFile, Filed, file_of
from reporting.services.sealed.sealing import OpenCase, open_case
from reporting.store.database import Work


def offer(work: Work, house: House, actor: StaffMember, case_id: bytes, measure: Measure, text: str) -> Filed[Offer]:
    """Put an offer on her page. Nothing of it is done before her yes.

    :raises NotHerWay: she wants support only, or an investigation.
    :raises NoMediation: she did not ask for it, nobody has classified the case yet, or it is ruled out there.
    :raises NotAllowed: nothing to say.
    """
    opened = open_file(work, house, actor, case_id)
    file = file_of(work, opened)
    now = course_of(file, choices_of(work, opened))
    if now.way is not Way.INFORMAL:
        raise NotHerWay
    if measure is Measure.MEDIATION and not mediation_is_open(file, now):
        raise NoMediation
    if not text.strip():
        raise NotAllowed
    return put_on_file(work, house, opened, actor, Offer(*UNSIGNED, measure, text.strip()))


def mediation_is_open(file: CaseFile, now: Course) -> bool:
    """Return whether mediation may be offered: she asked, and the newest classification does not rule it out."""
    classified = file.last(Classification)
    return now.wants_mediation and classified is not None and may_mediate(classified.entry.facts)


def answer_offer(work: Work, house: House, reporter: Reporter, case_id: bytes, offer_id: bytes, *, yes: bool) -> None:
    """Say yes or no to an offer; she may change her mind as long as the case is open.

    :raises NotFound: her case has no such offer in this round.
    :raises CaseClosed: the case is not being worked on.
    """
    opened = _hers(work, house, reporter, case_id)
    now = course_of(file_of(work, opened), choices_of(work, opened))
    if offer_id not in {offered.filed.id for offered in now.offers}:
        raise NotFound
    put_on_file(work, house, opened, reporter, HerAnswer(*UNSIGNED, offer_id.hex(), yes))
    _tell_team(work, house, opened)
    event = ReporterEvent.REQUEST_AGREED if yes else ReporterEvent.REQUEST_REFUSED
    record_reporter(work, house, event, case_id)


def wish_mediation(work: Work, house: House, reporter: Reporter, case_id: bytes, *, wanted: bool) -> None:
    """Ask for mediation, or take that back.

    :raises CaseClosed: the case is not being worked on.
    """
    opened = _hers(work, house, reporter, case_id)
    put_on_file(work, house, opened, reporter, MediationWish(*UNSIGNED, wanted))
    _tell_team(work, house, opened)
    record_reporter(work, house, ReporterEvent.CHOICES_CHANGED, case_id)


def _hers(work: Work, house: House, reporter: Reporter, case_id: bytes) -> OpenCase:
    opened = open_case(work, reporter, house, case_id, to_change=True)
    if opened.row.status not in WITH_ORGANISATION or opened.row.status == "closed":
        raise CaseClosed
    back_by_her(work, house, opened)
    return opened


def _tell_team(work: Work, house: House, opened: OpenCase) -> None:
    opened.row.waiting = True
    set_clocks(work, house, opened.row)
