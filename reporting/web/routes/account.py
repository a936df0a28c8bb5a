"""One's own account: the fingerprint to read aloud, one's sessions, one's passphrase."""

import re
from dataclasses import dataclass

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from reporting.crypto.passphrases import seal_seed, weakness
from reporting.domain.people import READERS
from reporting.policy import Permission
from reporting.services.organisation.accounts import change_passphrase as keep_passphrase
from reporting.services.organisation.accounts import end_others, end_own_session
from reporting.services.reading.vouches import is_vouched_for, own_words
from reporting.services.signing_in.sessions import change_ticket, sessions_of
from reporting.store.database import reading, writing
from reporting.store.offices import find_office
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to
from reporting.web.staff.forms import ChangePassphraseForm
from reporting.web.staff.login import carry
from reporting.web.staff.pages import exact_time, me, my_ticket, staff_page
from reporting.web.staff.step_up import proof_url, proved

blueprint = Blueprint("account", __name__)
SESSION = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class SessionShown:
    """One of my sessions."""

    id: str
    started: str
    seen: str
    current: bool


@blueprint.get("/staff/account")
@allow(Permission.SEE_OWN_ACCOUNT)
def own() -> ResponseReturnValue:
    """Show who I am here, how a colleague checks my key, and where I am signed in."""
    return _page(ChangePassphraseForm())


@blueprint.post("/staff/account/sessions")
@allow(Permission.SEE_OWN_ACCOUNT)
def end_session() -> ResponseReturnValue:
    """End one of my sessions; one that is over already ends just so."""
    chosen = request.form.get("session", "")
    if SESSION.fullmatch(chosen):
        with writing(here().stores) as work:
            end_own_session(work, here().house, me(), bytes.fromhex(chosen))
    return go_to(url("account.own", done="ended"))


@blueprint.post("/staff/account/sessions/others")
@allow(Permission.SEE_OWN_ACCOUNT)
def end_other_sessions() -> ResponseReturnValue:
    """End every session of mine but this one."""
    with writing(here().stores) as work:
        end_others(work, here().house, me(), my_ticket())
    return go_to(url("account.own", done="others-ended"))


@blueprint.post("/staff/account/passphrase")
@allow(Permission.SEE_OWN_ACCOUNT)
@proved("passphrase")
def change_passphrase() -> ResponseReturnValue:
    """Seal my key under a new passphrase: the same key, the same grants and factors; every other session ends."""
    form, member = ChangePassphraseForm(request.form), me()
    if not form.validate():
        return _page(form, status=422)
    fresh = str(form.passphrase.data)
    why = weakness(fresh, [member.username, member.display_name])
    if why is not None:
        form.refuse_weak(why)
        return _page(form, status=422)
    sealed = seal_seed(fresh, member.pair.seed)
    with writing(here().stores) as work:
        keep_passphrase(work, here().house, member, sealed, my_ticket())
        ticket = change_ticket(work, here().house, my_ticket())
    return carry(go_to(url("account.own", done="passphrase")), ticket)


def _page(form: ChangePassphraseForm, status: int = 200) -> Response:
    member, instance = me(), here()
    with reading(instance.stores) as work:
        office = find_office(work.main, member.office_id)
        return staff_page(
            "account/own.html",
            status=status,
            form=form,
            proof=proof_url("passphrase"),
            office=office.name if office else "",
            reads=member.role in READERS,
            trusted=is_vouched_for(work, instance.house, member),
            words=own_words(work, member),
            sessions=[
                SessionShown(
                    row.id_hash.hex(),
                    exact_time(row.started_at),
                    exact_time(row.seen_at),
                    row.id_hash == my_ticket().id_hash,
                )
                for row in sessions_of(work, instance.house, member.staff_id)
            ],
        )
