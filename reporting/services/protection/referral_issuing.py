"""Issuing the link of a referral, and ending it: only after her yes, and only for what she said yes to."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from reporting.domain.evidence.evidence import KeptFile
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.protection.referral import (
    ANSWER_WORKING_DAYS,
    LINK_DAYS,
    Bundle,
    Referral,
    ReferralState,
    Scope,
    SharedItem,
)
from reporting.services.actors import StaffMember
from reporting.services.errors import NotAllowed
from reporting.services.evidence.custody import record_touched
from reporting.services.evidence.pieces import pieces_in
from reporting.services.file.listing import Listed
from reporting.services.house import House
from reporting.services.organisation.calendars import calendar_of_case
from reporting.services.oversight.audit import record_staff
from reporting.services.protection.agreement import open_plan
from reporting.services.protection.referral import settle
from reporting.services.protection.referral_links import Prepared, add_link, end_links
from reporting.services.protection.referral_scope import referrals_of
from reporting.services.protection.reviews import set_next_look
from reporting.services.sealed.entries import Filed, change, file_of
from reporting.services.sealed.sealing import OpenCase
from reporting.store.database import Work


def issue(
    work: Work, house: House, actor: StaffMember, case_id: bytes, referral_id: bytes, prepared: Prepared, *, days: int
) -> bytes:
    """Make the link of a referral, in place of an older one, and return its id.

    From today on the service has some working days to answer; then the team is told to ask or to look elsewhere.

    :raises NotFound: no grant, or the case has no such referral.
    :raises NotAllowed: no yes of hers, taken back, an item has changed since her yes, or no period that is on offer.
    :raises TooLong: more than fits into one link.
    """
    opened = open_plan(work, house, actor, case_id)
    settle(work, house, opened)
    file = file_of(work, opened)
    filed = file.one(Referral, referral_id)
    (known,) = [one for one in referrals_of(work, house, opened, file) if one.id == referral_id]
    if known.scope is None or not known.may_be_linked or days not in LINK_DAYS:
        raise NotAllowed
    bundle = _bundle(known.entry, known.scope, known.agreed, _files(work, house, actor, opened, known.with_file))
    end_links(work, house, case_id, referral_id)
    until = house.today() + timedelta(days=days)
    link_id = add_link(work, house, case_id, referral_id, bundle, prepared, until)
    _wait_for_answer(work, house, opened, filed)
    record_staff(work, house, StaffEvent.REFERRAL_LINKED, actor_id=actor.staff_id, case_id=case_id)
    set_next_look(work, house, opened)
    return link_id


def end_link(work: Work, house: House, actor: StaffMember, case_id: bytes, referral_id: bytes) -> None:
    """End the link of a referral at once; the referral stands as it did.

    :raises NotFound: no grant, or the case has no such referral.
    :raises NotAllowed: it has no link.
    """
    opened = open_plan(work, house, actor, case_id)
    settle(work, house, opened)
    file_of(work, opened).one(Referral, referral_id)
    if not end_links(work, house, case_id, referral_id):
        raise NotAllowed
    record_staff(work, house, StaffEvent.REFERRAL_UNLINKED, actor_id=actor.staff_id, case_id=case_id)


def _files(
    work: Work, house: House, actor: StaffMember, opened: OpenCase, ids: frozenset[bytes]
) -> dict[bytes, KeptFile]:
    """Return the working copies of these pieces, never an original; that each is passed on is in her ledger."""
    pieces = [one for one in pieces_in(work, opened) if one.id in ids] if ids else []
    for one in pieces:
        if one.evidence.clean is not None:
            record_touched(work, house, StaffEvent.EVIDENCE_LINKED, actor, opened.id, one.evidence)
    return {one.id: one.evidence.clean for one in pieces if one.evidence.clean is not None}


def _bundle(referral: Referral, scope: Scope, items: Sequence[Listed], files: Mapping[bytes, KeptFile]) -> Bundle:
    shared = tuple(SharedItem(one.code, one.day, tuple(one.passages), files.get(one.id)) for one in items)
    return Bundle(referral.provider, referral.need, referral.told, scope.reach, shared)


def _wait_for_answer(work: Work, house: House, opened: OpenCase, filed: Filed[Referral]) -> None:
    """Note by when the service is to answer; one that has answered already is not waited for again."""
    if filed.entry.state is ReferralState.ACCEPTED:
        return
    week = calendar_of_case(work, opened.row)
    answer_by = week.add_working_days(week.day_of(house.now()), ANSWER_WORKING_DAYS).isoformat()
    again = replace(filed.entry, state=ReferralState.AGREED, answer_by=answer_by)
    change(work, opened, Filed(filed.id, again))
    work.main.flush()
