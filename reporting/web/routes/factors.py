"""The second factor: shown at sign-in, set up, renewed and taken away by the person alone."""

from dataclasses import dataclass

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from reporting.domain.factors import RecoveryCodes
from reporting.domain.people import READERS
from reporting.policy import Permission
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.signing_in import factors, setting_up
from reporting.services.signing_in.factors import Person, WrongFactor
from reporting.services.signing_in.passkeys import add_passkey as make_passkey
from reporting.store.database import Work, reading, writing
from reporting.web.access import allow
from reporting.web.addresses import id_from
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import format_day, go_to, translated
from reporting.web.staff.account_forms import CodeForm, FactorForm
from reporting.web.staff.forms import refuse
from reporting.web.staff.login import arriving, finish, signed_in
from reporting.web.staff.pages import me, my_ticket, staff_page
from reporting.web.staff.second import has_any, here_as, passkey_to_show, take, taken_challenge, whose
from reporting.web.staff.setting_up import added, passkey_to_add, picture_for_app
from reporting.web.staff.step_up import proof_url, proved
from reporting.web.staff.words import FACTORS

blueprint = Blueprint("factors", __name__)


@dataclass(frozen=True)
class FactorShown:
    """One factor, in the words of this page."""

    id: str
    name: str
    added: str


@blueprint.get("/staff/second-step")
@allow(Permission.SHOW_FACTOR)
def ask() -> ResponseReturnValue:
    """Ask for the second factor after the passphrase; whoever has none yet sets one up."""
    if signed_in() is not None:
        return go_to(url("staff.first"))
    if not has_any(whose()):
        return go_to(url("factors.new"))
    return _ask_page(FactorForm())


@blueprint.post("/staff/second-step")
@allow(Permission.SHOW_FACTOR)
def show() -> ResponseReturnValue:
    """Take a code; the session is whole from then on, under a new cookie."""
    person, form = arriving(), FactorForm(request.form)
    if person is None:
        return go_to(url("staff.first"))
    if not form.validate():
        return _ask_page(form, status=422)
    try:
        take(whose(), form)
    except WrongFactor:
        refuse(form.code, gettext("This code does not fit, or it was used already. Wait for the next one."))
        return _ask_page(form, status=422)
    return finish(go_to(url("staff.first")), person)


@blueprint.get("/staff/second-step/new")
@allow(Permission.SHOW_FACTOR)
def new() -> ResponseReturnValue:
    """Show what an authenticator app needs, as a picture and as text."""
    return _not_yet(whose()) or _new_page(CodeForm())


@blueprint.post("/staff/second-step/new")
@allow(Permission.SHOW_FACTOR)
def add() -> ResponseReturnValue:
    """Add the app once it has shown a right code."""
    person, form = whose(), CodeForm(request.form)
    elsewhere = _not_yet(person)
    if elsewhere is not None:
        return elsewhere
    if not form.validate():
        return _new_page(form, status=422)
    try:
        return added(person, lambda work, first: _add_app(work, person, str(form.code.data), first=first))
    except WrongFactor:
        refuse(form.code, gettext("This code does not fit. Look at the clock of your phone, and type the next code."))
    except NotAllowed:
        return go_to(url("factors.own", why="many-factors") if signed_in() else url("factors.ask"))
    return _new_page(form, status=422)


@blueprint.post("/staff/second-step/passkey")
@allow(Permission.SHOW_FACTOR)
def add_passkey() -> ResponseReturnValue:
    """Add the passkey that the browser has just made."""
    person, form, site = whose(), FactorForm(request.form), here_as()
    elsewhere = _not_yet(person)
    if elsewhere is not None:
        return elsewhere
    asked, answer, house = taken_challenge(), str(form.credential.data or ""), here().house
    try:
        return added(person, lambda work, first: make_passkey(work, house, person, site, asked, answer, first=first))
    except WrongFactor:
        return go_to(url("factors.new", why="no-passkey"))
    except NotAllowed:
        return go_to(url("factors.own", why="many-factors") if signed_in() else url("factors.ask"))


@blueprint.get("/staff/account/factors")
@allow(Permission.SEE_OWN_ACCOUNT)
def own() -> ResponseReturnValue:
    """Show what I have set up, and how many recovery codes are left."""
    with reading(here().stores) as work:
        held = factors.factors_of(work, whose())
    return staff_page(
        "factors/own.html",
        held=[
            FactorShown(one.id.hex(), translated(FACTORS[one.factor.WHAT]), format_day(one.added_on))
            for one in held
            if not isinstance(one.factor, RecoveryCodes)
        ],
        left=factors.codes_left(held),
        needs_one=me().role in READERS,
        proof=proof_url("factors"),
    )


@blueprint.get("/staff/account/factors/codes")
@allow(Permission.SEE_OWN_ACCOUNT)
def codes() -> ResponseReturnValue:
    """Show fresh recovery codes until the person has put them away."""
    with reading(here().stores) as work:
        shown = setting_up.recovery_to_show(work, here().house, my_ticket())
    return staff_page("factors/codes.html", codes=shown) if shown else go_to(url("factors.own"))


@blueprint.post("/staff/account/factors/codes")
@allow(Permission.SEE_OWN_ACCOUNT)
@proved("factors")
def draw() -> ResponseReturnValue:
    """Draw new recovery codes; the older ones count no more."""
    with writing(here().stores) as work:
        fresh = factors.draw_codes(work, here().house, whose())
        setting_up.keep_recovery(work, here().house, my_ticket(), fresh)
    return go_to(url("factors.codes"))


@blueprint.post("/staff/account/factors/codes/kept")
@allow(Permission.SEE_OWN_ACCOUNT)
def kept() -> ResponseReturnValue:
    """Let the codes go from here."""
    with writing(here().stores) as work:
        setting_up.forget_recovery(work, here().house, my_ticket())
    return go_to(url("staff.first"))


@blueprint.post("/staff/account/factors/remove")
@allow(Permission.SEE_OWN_ACCOUNT)
@proved("factors")
def remove() -> ResponseReturnValue:
    """Take a factor away; the last one only where the role can do without."""
    chosen = id_from(request.form.get("factor"))
    try:
        with writing(here().stores) as work:
            factors.remove(work, here().house, whose(), chosen or b"")
    except NotFound:
        return go_to(url("factors.own", why="not-now"))
    except NotAllowed:
        return go_to(url("factors.own", why="last-factor"))
    return go_to(url("factors.own", done="factor-removed"))


def _not_yet(person: Person) -> Response | None:
    """Return where to go first: half way in nobody adds to what is there, and signed in only after showing it."""
    if signed_in() is None:
        return go_to(url("factors.ask")) if has_any(person) else None
    first = proof_url("factors")
    return go_to(first) if first else None


def _add_app(work: Work, person: Person, typed: str, *, first: bool) -> bool:
    """Add the app whose secret waits in this session; it waits on where the code does not fit."""
    house = here().house
    factors.lock(work, person)  # a unit begins with the main database
    secret = setting_up.secret_to_set_up(work, house, my_ticket())
    is_first = factors.add_authenticator(work, house, person, secret, typed, first=first)
    setting_up.forget_secret(work, house, my_ticket())
    return is_first


def _ask_page(form: FactorForm, status: int = 200) -> Response:
    return staff_page("factors/ask.html", status=status, form=form, passkey=passkey_to_show(whose()))


def _new_page(form: CodeForm, status: int = 200) -> Response:
    with writing(here().stores) as work:
        secret = setting_up.secret_to_set_up(work, here().house, my_ticket())
    return staff_page(
        "factors/new.html",
        status=status,
        form=form,
        secret=[secret[at : at + 4] for at in range(0, len(secret), 4)],
        picture=picture_for_app(secret),
        passkey=passkey_to_add(whose()),
        must=signed_in() is None,
    )
