"""The second factor: shown at sign-in, set up, renewed and taken away by the person alone."""

from dataclasses import dataclass

import segno
from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup
from pyotp import TOTP

from reporting.domain.factors import STEP_SECONDS, RecoveryCodes
from reporting.domain.people import READERS
from reporting.policy import Permission
from reporting.services import factors, setting_up
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.factors import Person, WrongFactor
from reporting.store.database import reading, writing
from reporting.web.access import allow
from reporting.web.addresses import id_from
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import format_day, go_to, translated
from reporting.web.staff.forms import CodeForm, refuse
from reporting.web.staff.login import arriving, finish, signed_in
from reporting.web.staff.pages import me, my_ticket, staff_page
from reporting.web.staff.second import has_any, take_code, whose
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
    return staff_page("factors/ask.html", form=CodeForm())


@blueprint.post("/staff/second-step")
@allow(Permission.SHOW_FACTOR)
def show() -> ResponseReturnValue:
    """Take a code; the session is whole from then on, under a new cookie."""
    person, form = arriving(), CodeForm(request.form)
    if person is None:
        return go_to(url("staff.first"))
    if not form.validate():
        return staff_page("factors/ask.html", form=form, status=422)
    try:
        take_code(whose(), str(form.code.data))
    except WrongFactor:
        refuse(form.code, gettext("This code does not fit, or it was used already. Wait for the next one."))
        return staff_page("factors/ask.html", form=form, status=422)
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
        return _added(person, str(form.code.data))
    except WrongFactor:
        refuse(form.code, gettext("This code does not fit. Look at the clock of your phone, and type the next code."))
    except NotAllowed:
        return go_to(url("factors.own", why="many-factors") if signed_in() else url("factors.ask"))
    return _new_page(form, status=422)


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


def _added(person: Person, typed: str) -> Response:
    """Add the app and, with the first factor, draw recovery codes; whoever was half way in is in now."""
    newcomer, house = arriving(), here().house
    with writing(here().stores) as work:
        factors.lock(work, person)
        secret = setting_up.secret_to_set_up(work, house, my_ticket())
        is_first = factors.add_authenticator(work, house, person, secret, typed, first=newcomer is not None)
        setting_up.forget_secret(work, house, my_ticket())
        if is_first:
            setting_up.keep_recovery(work, house, my_ticket(), factors.draw_codes(work, house, person))
    target = go_to(url("factors.codes") if is_first else url("factors.own", done="factor-added"))
    return finish(target, newcomer) if newcomer else target


def _new_page(form: CodeForm, status: int = 200) -> Response:
    with writing(here().stores) as work:
        secret = setting_up.secret_to_set_up(work, here().house, my_ticket())
    person = signed_in() or arriving()
    address = TOTP(secret, interval=STEP_SECONDS).provisioning_uri(
        name=person.username if person else "", issuer_name=here().settings.site_name
    )
    return staff_page(
        "factors/new.html",
        status=status,
        form=form,
        secret=[secret[at : at + 4] for at in range(0, len(secret), 4)],
        picture=_picture(address),
        must=signed_in() is None,
    )


def _picture(address: str) -> Markup:
    """Return a QR code as a drawing in the page: nothing is loaded, and nothing of it is kept."""
    drawn = segno.make(address, error="m").svg_inline(scale=4, dark="#000", light="#fff", svgclass="qr", lineclass=None)
    return Markup(drawn)  # noqa: S704 - drawn here, from squares alone
