"""Coming in and going out: sign in, enrol with a one-time code, sign out, and each role's first page."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from reporting.domain.people import READERS, Role
from reporting.policy import Permission
from reporting.services.errors import NotFound
from reporting.services.organisation.accounts import WeakPassphrase, find_invited, prepare_key
from reporting.services.organisation.accounts import enrol as enrol_account
from reporting.services.sealed.recovery import restored_seal, seed_under_code
from reporting.services.signing_in.throttle import SIGNING_IN
from reporting.store.database import reading, writing
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to
from reporting.web.staff.forms import EnrolForm, SignInForm, refuse
from reporting.web.staff.login import sign_in as begin_session
from reporting.web.staff.login import sign_out as end_session
from reporting.web.staff.login import signed_in
from reporting.web.staff.navigation import places_of
from reporting.web.staff.pages import NotProven, me, prove, staff_page

blueprint = Blueprint("staff", __name__)


@blueprint.get("/staff")
@allow(Permission.SEE_OWN_ACCOUNT)
def first() -> ResponseReturnValue:
    """Lead to the first page of the role."""
    return go_to(url(places_of(me())[0].endpoint))


@blueprint.get("/staff/sign-in")
@allow(Permission.SIGN_IN)
def sign_in() -> ResponseReturnValue:
    """Ask for user name and passphrase."""
    if signed_in() is not None:
        return go_to(url("staff.first"))
    return staff_page("staff/sign_in.html", form=SignInForm())


@blueprint.post("/staff/sign-in")
@allow(Permission.SIGN_IN)
def sign_in_post() -> ResponseReturnValue:
    """Sign in; one answer for an unknown name, a wrong passphrase and an account that may not sign in."""
    form = SignInForm(request.form)
    if not form.validate():
        return staff_page("staff/sign_in.html", form=form, status=422)
    try:
        staff_id, seed = prove(str(form.username.data), str(form.passphrase.data))
    except NotProven:
        refuse(form.passphrase, gettext("This user name and passphrase do not fit together."))
        return staff_page("staff/sign_in.html", form=form, status=422)
    return begin_session(go_to(url("staff.first")), staff_id, seed)


@blueprint.get("/staff/enrol")
@allow(Permission.ENROL)
def enrol() -> ResponseReturnValue:
    """Ask for the one-time code and a passphrase of one's own."""
    return staff_page("staff/enrol.html", form=EnrolForm())


@blueprint.post("/staff/enrol")
@allow(Permission.ENROL)
def enrol_post() -> ResponseReturnValue:
    """Redeem the code: from now on the account has a key, which only this passphrase opens."""
    form = EnrolForm(request.form)
    if not form.validate():
        return staff_page("staff/enrol.html", form=form, status=422)
    try:
        return _enrol(str(form.username.data).lower(), str(form.code.data), str(form.passphrase.data))
    except WeakPassphrase as refusal:
        form.refuse_weak(refusal.why)
    except NotFound:
        refuse(form.code, gettext("This user name and code do not fit together, or the code has been used or is over."))
    return staff_page("staff/enrol.html", form=form, status=422)


@blueprint.post("/staff/sign-out")
@allow(Permission.SIGN_IN)
def sign_out() -> ResponseReturnValue:
    """End this session and let the browser forget it; whoever is signed out already is told the same."""
    response = end_session(go_to(url("staff.sign_in", done="out")))
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def _enrol(username: str, code: str, passphrase: str) -> ResponseReturnValue:
    """Find the account, make the key outside any transaction, and redeem the code."""
    instance = here()
    client = f"{request.remote_addr}:{username}"
    instance.throttle.before_guess(SIGNING_IN, client)
    with reading(instance.stores) as work:
        invited = find_invited(work, instance.house, username, code)
        known = (invited.id, invited.display_name, Role(invited.role), restored_seal(invited)) if invited else None
    if known is None:
        instance.throttle.after_failure(SIGNING_IN, client)
        raise NotFound
    staff_id, display_name, role, waiting = known
    restored = seed_under_code(waiting, code) if waiting else None
    seed, sealed = prepare_key(username, display_name, passphrase, restored)
    with writing(instance.stores) as work:
        enrol_account(work, instance.house, username, code, seed, sealed)
    then = url("factors.new", done="enrolled") if role in READERS else url("account.own", done="enrolled")
    return begin_session(go_to(then), staff_id, seed)
