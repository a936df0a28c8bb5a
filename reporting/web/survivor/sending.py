"""From a finished draft to a case: compose, seal, add, remember that it was sent.

Argon2 and the public-key seals run before the transaction begins. The draft is marked as sent only
after the case is durable: a crash in between means that she sends again, and the token drawn with
the draft finds the case already there.
"""

from dataclasses import replace

from reporting.crypto.token import Token
from reporting.domain.case import Status
from reporting.domain.questions import Door
from reporting.services.actors import Reporter
from reporting.services.errors import AlreadySent, NobodyLeft, NotFound, ReadersChanged
from reporting.services.evidence.pieces import take_over
from reporting.services.help.legal_profiles import Claims, claims
from reporting.services.reading.readers import Audience, audience_of
from reporting.services.survivor.composing import compose
from reporting.services.survivor.draft_pieces import finish
from reporting.services.survivor.drafts import Draft, forget_token
from reporting.services.survivor.outlook import Outlook, outlook
from reporting.services.survivor.record import open_to_office, rewrite_record
from reporting.services.survivor.report import Submission, seal_report, submit_report
from reporting.services.survivor.tokens import come_back, reporter_from
from reporting.store.cases import find_case
from reporting.store.database import reading, writing
from reporting.store.offices import Office, find_office
from reporting.web.instance import here
from reporting.web.languages import language
from reporting.web.survivor.visitors import OpenDraft, reporter


class NothingSaid(Exception):  # noqa: N818 - it names what is missing
    """Not one answer yet: the only thing that is needed."""


def office_of(draft: Draft) -> Office | None:
    """Return the office that a draft is meant for."""
    if not draft.office:
        return None
    with reading(here().stores) as work:
        office = find_office(work.main, bytes.fromhex(draft.office))
        if office is not None:
            work.main.expunge(office)
    return office


def law_for(draft: Draft) -> Claims | None:
    """Return what may be said of the law where the office of a draft stands; nothing for what she keeps for herself."""
    office = None if draft.door is Door.PRIVATE else office_of(draft)
    if office is None:
        return None
    with reading(here().stores) as work:
        return claims(work, here().house, office.country, language())


def with_law_shown(draft: Draft, version: str) -> Draft:
    """Return the draft with what the page before the first word showed her of the law.

    :param version: which version the page showed, as its form says; where another one counts by now, she was not shown
        what it says, and nothing of the law counts for what she writes.
    """
    law, audience = law_for(draft), audience_for_draft(draft)
    if law is None or version != str(law.version):
        return replace(draft, law="", duty="")
    duty = "" if audience is None or audience.goes_to_desk else law.identity_duty
    return replace(draft, law=law.hold_law, duty=duty)


def outlook_for(office: Office | None) -> Outlook | None:
    """Return what can be promised at an office today; nothing where no office is chosen, or nobody reads."""
    if office is None:
        return None
    with reading(here().stores) as work:
        return outlook(work, here().house, office)


def audience_for_draft(draft: Draft) -> Audience | None:
    """Return who would read a draft; nobody while it is kept for herself or has no office yet."""
    if not draft.office or draft.door is Door.PRIVATE:
        return None
    with reading(here().stores) as work:
        office = find_office(work.main, bytes.fromhex(draft.office))
        if office is None:
            return None
        return audience_of(work, here().house, office, draft.people, desk_only=draft.door is Door.COMPLAINT)


def on_its_own(open_draft: OpenDraft) -> OpenDraft:
    """Return a draft with the token drawn for it where the case is erased whose token was to open it too."""
    draft = open_draft.draft
    if draft.sent or not draft.same_token:
        return open_draft
    with reading(here().stores) as work:
        if find_case(work.main, bytes.fromhex(draft.beside)) is not None:
            return open_draft
    return replace(open_draft, draft=replace(draft, same_token=False, beside=""))


def send(open_draft: OpenDraft, *, keep: bool = False) -> None:
    """Send a draft, or keep it as a private record marked unfinished.

    :raises NothingSaid: there is nothing to send yet.
    :raises NobodyLeft: everyone who could read is closed out.
    :raises ReadersChanged: somebody would read whom she was not shown.
    :raises NotFound: a draft that belongs to her page, and her page is not open any more.
    """
    draft = open_draft.draft
    if draft.sent:
        return
    private = keep or draft.door is Door.PRIVATE
    submission = compose(draft, here().house.today(), unfinished=keep)
    if not keep and not (submission.disclosure.says_something or submission.people.named or draft.evidence):
        raise NothingSaid
    audience = None if private else audience_for_draft(draft)
    if not private:
        _check_readers(draft, audience)
    person = _whose(draft)
    try:
        if draft.continuing:
            _rewrite(person, draft, submission, audience)
        else:
            _add(person, draft, submission, audience)
    except AlreadySent:  # sent twice: it stands there as it was sent first, whatever is asked for now
        private = _stands_private(draft)
    with writing(here().stores) as work:
        marked = replace(draft, door=Door.PRIVATE) if private else draft
        finish(work, here().house, person, open_draft.key, draft, marked)
        if draft.continuing or draft.same_token:
            forget_token(work, here().house, open_draft.key)


def _stands_private(draft: Draft) -> bool:
    with reading(here().stores) as work:
        case = find_case(work.main, bytes.fromhex(draft.continuing or draft.case_id))
        return case is not None and case.status == Status.PRIVATE


def _check_readers(draft: Draft, audience: Audience | None) -> None:
    if audience is None or not audience.open_to:
        raise NobodyLeft
    if {reader.staff_id.hex() for reader in audience.open_to} - set(draft.shown):
        raise ReadersChanged


def _whose(draft: Draft) -> Reporter:
    """Return whose token opens what is sent: the one drawn with the draft, or the one with which she came."""
    if draft.continuing:
        return _her()
    return _her_beside(draft) if draft.same_token else reporter_from(here().house, Token(bytes.fromhex(draft.token)))


def _add(person: Reporter, draft: Draft, submission: Submission, audience: Audience | None) -> None:
    house = here().house
    case_id = bytes.fromhex(draft.case_id)
    sealed = seal_report(house, person, submission, audience, today=house.today(), case_id=case_id)
    with writing(here().stores) as work:
        submit_report(work, house, person, sealed, first=not draft.same_token)


def _rewrite(person: Reporter, draft: Draft, submission: Submission, audience: Audience | None) -> None:
    case_id = bytes.fromhex(draft.continuing)
    with writing(here().stores) as work:
        rewrite_record(work, here().house, person, case_id, submission)
        take_over(work, bytes.fromhex(draft.case_id), case_id, draft.evidence)
        if audience is not None:
            open_to_office(work, here().house, person, case_id, audience, draft.door, draft.law, draft.duty)


def _her_beside(draft: Draft) -> Reporter:
    """Return who is at her page, if it opens the case beside which she began: it may be the next person's by now."""
    person = _her()
    with reading(here().stores) as work:
        if bytes.fromhex(draft.beside) not in come_back(work, person):
            raise NotFound
    return person


def _her() -> Reporter:
    person = reporter()
    if person is None:
        raise NotFound
    return person
