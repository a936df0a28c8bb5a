"""Referrals, as handlers make them: offered, linked only after her yes, and followed up."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from reporting.crypto.errors import TooLong
from reporting.domain.case import Side
from reporting.domain.protection.referral import (
    ACTS,
    NEEDS,
    PASSED_ON,
    STATES,
    Need,
    ReferralAct,
    ReferralState,
    acts_of,
)
from reporting.policy import Permission
from reporting.services.errors import NotAllowed
from reporting.services.help.directory import shown_directory
from reporting.services.protection import referral as referrals
from reporting.services.protection import referral_issuing, referral_links
from reporting.services.protection.agreement import note_reading, open_plan
from reporting.services.protection.referral_scope import referrals_of, shareable_in
from reporting.services.sealed.entries import file_of
from reporting.services.sealed.sealing import OpenCase
from reporting.services.signing_in.codes import Code, forget_code, keep_code, waiting_code
from reporting.store.database import Work, writing
from reporting.store.offices import find_office
from reporting.store.referral_links import links_of
from reporting.web.access import allow
from reporting.web.addresses import id_from
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to
from reporting.web.staff.case_forms import carry_through, item
from reporting.web.staff.case_places import case_page, head_of
from reporting.web.staff.listing import ids_from, title_of
from reporting.web.staff.pages import me, my_ticket
from reporting.web.staff.referral_forms import ReferralForm, link_form, referral_form

blueprint = Blueprint("referral", __name__, url_prefix="/staff/cases/<id:case_id>/referrals")


@blueprint.get("")
@allow(Permission.PROTECT)
def view(case_id: bytes) -> ResponseReturnValue:
    """Show every referral, and a passphrase that still has to be told."""
    with writing(here().stores) as work:
        opened = open_plan(work, here().house, me(), case_id)
        note_reading(work, here().house, opened, me())
        referrals.settle(work, here().house, opened)
    return _page(case_id)


@blueprint.post("/offer")
@allow(Permission.PROTECT)
def offer(case_id: bytes) -> ResponseReturnValue:
    """Offer a service, and the items that it could open; whether she agrees is hers."""
    with writing(here().stores) as work:
        form = _form(work, open_plan(work, here().house, me(), case_id))
    form.process(request.form)
    if not form.validate():
        return _page(case_id, offering=form, status=422)
    offered = referrals.Offered(
        Need(form.need.data),
        str(form.told.data),
        ids_from(form.items.data or ()),
        str(form.provider.data or ""),
        str(form.service.data),
        id_from(request.form.get("asked")),
    )
    return carry_through(
        "referral.view", case_id, lambda work: referrals.offer(work, here().house, me(), case_id, offered)
    )


@blueprint.post("/record")
@allow(Permission.PROTECT)
def record(case_id: bytes) -> ResponseReturnValue:
    """Write down what the service did, or take the offer back."""
    chosen = request.form.get("step", "")
    act = ReferralAct(chosen) if chosen in set(ReferralAct) else ReferralAct.AGREE  # never a step of staff
    return carry_through(
        "referral.view", case_id, lambda work: referrals.record(work, here().house, me(), case_id, item(), act)
    )


@blueprint.post("/link")
@allow(Permission.PROTECT)
def issue(case_id: bytes) -> ResponseReturnValue:
    """Make the link; its passphrase waits sealed with this session until it was told."""
    form = link_form()
    form.process(request.form)
    if not form.validate():
        return go_to(url("referral.view", case_id=case_id, why="not-yet"))
    prepared, house = referral_links.prepare(), here().house
    try:
        with writing(here().stores) as work:
            days = int(form.days.data)
            link_id = referral_issuing.issue(work, house, me(), case_id, item(), prepared, days=days)
            keep_code(work, house, my_ticket(), link_id, prepared.passphrase)
    except (NotAllowed, TooLong):
        return go_to(url("referral.view", case_id=case_id, why="no-link"))
    return go_to(url("referral.view", case_id=case_id))


@blueprint.post("/told")
@allow(Permission.PROTECT)
def told(case_id: bytes) -> ResponseReturnValue:
    """The passphrase was told: it is gone from here."""
    with writing(here().stores) as work:
        open_plan(work, here().house, me(), case_id)
        if _waiting(work, case_id) is not None:
            forget_code(work, here().house, my_ticket())
    return go_to(url("referral.view", case_id=case_id, done="phrase-told"))


@blueprint.post("/link/end")
@allow(Permission.PROTECT)
def end_link(case_id: bytes) -> ResponseReturnValue:
    """End the link at once; whoever reads with it reads no further."""
    return carry_through(
        "referral.view",
        case_id,
        lambda work: referral_issuing.end_link(work, here().house, me(), case_id, item()),
        done="link-ended",
    )


def _form(work: Work, opened: OpenCase) -> ReferralForm:
    office = find_office(work.main, opened.row.office_id) if opened.row.office_id else None
    country = (office.country or "") if office else ""
    return referral_form(shown_directory(work, here().house), country, shareable_in(work, opened))


def _page(case_id: bytes, *, offering: ReferralForm | None = None, status: int = 200) -> Response:
    with writing(here().stores) as work:
        opened = open_plan(work, here().house, me(), case_id)
        head = head_of(work, here().house, opened)
        known = referrals_of(work, here().house, opened, file_of(work, opened))
        form = offering or _form(work, opened)
        fresh = _waiting(work, case_id)
    return case_page(
        "referral/view.html",
        head,
        status=status,
        referrals=[(one, acts_of(one.state, Side.HANDLER)) for one in reversed(known)],
        titles=lambda things: [title_of(one.named, one.author, one.number) for one in things],
        passed_on=PASSED_ON,
        needs=NEEDS,
        states=STATES,
        acts=ACTS,
        asked=[one for one in known if one.state is ReferralState.ASKED],
        offering=form,
        link=link_form(),
        passphrase=fresh.text if fresh else "",
        address=_address(fresh.staff_id) if fresh else "",
    )


def _waiting(work: Work, case_id: bytes) -> Code | None:
    """Return the passphrase of a link of this case; what waits for another case is neither shown nor let go here."""
    code = waiting_code(work, here().house, my_ticket())
    return code if code and code.staff_id in {one.id for one in links_of(work.main, case_id)} else None


def _address(link_id: bytes) -> str:
    return request.host_url.rstrip("/") + url("referral_link.enter", link_id=link_id)
