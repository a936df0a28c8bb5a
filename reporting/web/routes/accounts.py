"""Accounts, for the administrator: made with a one-time code, never with a passphrase, and disabled for good."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from reporting.domain.people import READERS, Role
from reporting.policy import Permission
from reporting.services.errors import DoesNotFit, NameTaken, NotAName, NotFound
from reporting.services.organisation import accounts
from reporting.services.organisation.account_list import AccountLine, account_lines
from reporting.services.reading.handover import only_theirs
from reporting.services.signing_in import codes
from reporting.store.database import reading, writing
from reporting.store.offices import all_offices
from reporting.store.staff import find_staff_by_username
from reporting.web.access import allow
from reporting.web.addresses import id_from
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to, translated
from reporting.web.staff.bands import band_words
from reporting.web.staff.forms import NewAccountForm, refuse
from reporting.web.staff.pages import me, my_ticket, staff_page
from reporting.web.staff.step_up import proof_url, proved
from reporting.web.staff.words import ROLES, STATES

blueprint = Blueprint("accounts", __name__)


@dataclass(frozen=True)
class AccountShown:
    """One account, in the words of this page."""

    id: bytes
    username: str
    name: str
    role: str
    office: str
    state: str
    is_active: bool
    is_disabled: bool
    reads: bool
    trusted: bool
    accepted_on: date | None
    accepted: str
    is_me: bool
    superior_id: bytes | None
    leaving: date | None


@blueprint.get("/staff/accounts")
@allow(Permission.MANAGE_ACCOUNTS)
def all_accounts() -> ResponseReturnValue:
    """Show every account."""
    return staff_page("accounts/all.html", rows=_lines())


@blueprint.get("/staff/accounts/new")
@allow(Permission.MANAGE_ACCOUNTS)
def new() -> ResponseReturnValue:
    """Ask who gets an account."""
    return staff_page("accounts/new.html", form=_form())


@blueprint.post("/staff/accounts/new")
@allow(Permission.MANAGE_ACCOUNTS)
def create() -> ResponseReturnValue:
    """Create an account; its code waits on the next page until it is handed over."""
    form = _form()
    form.process(request.form)
    if form.validate():
        staff_id = _create(form)
        if staff_id is not None:
            return go_to(url("accounts.code", staff_id=staff_id))
    return staff_page("accounts/new.html", form=form, status=422)


@blueprint.get("/staff/accounts/<id:staff_id>")
@allow(Permission.MANAGE_ACCOUNTS)
def one(staff_id: bytes) -> ResponseReturnValue:
    """Show one account and what can be done about it."""
    others = [one for one in _lines() if one.id != staff_id]
    with reading(here().stores) as work:
        alone = band_words(only_theirs(work, here().house, staff_id))
    return staff_page(
        "accounts/one.html", row=_line(staff_id), others=others, alone=alone, proof=proof_url("new-code", staff_id)
    )


@blueprint.get("/staff/accounts/<id:staff_id>/code")
@allow(Permission.MANAGE_ACCOUNTS)
def code(staff_id: bytes) -> ResponseReturnValue:
    """Show the one-time code that this administrator has just made, until it is handed over."""
    with reading(here().stores) as work:
        found = codes.waiting_code(work, here().house, my_ticket())
    if found is None or found.staff_id != staff_id:
        return go_to(url("accounts.one", staff_id=staff_id))
    return staff_page("accounts/code.html", row=_line(staff_id), code=found.text, days=accounts.CODE_DAYS)


@blueprint.post("/staff/accounts/<id:staff_id>/code")
@allow(Permission.MANAGE_ACCOUNTS)
@proved("new-code")
def renew_code(staff_id: bytes) -> ResponseReturnValue:
    """Start an account anew: the old key opens nothing any more, and no second factor stays."""
    with writing(here().stores) as work:
        text = accounts.renew_code(work, here().house, me().staff_id, staff_id)
        codes.keep_code(work, here().house, my_ticket(), staff_id, text)
    return go_to(url("accounts.code", staff_id=staff_id))


@blueprint.post("/staff/accounts/<id:staff_id>/code/handed-over")
@allow(Permission.MANAGE_ACCOUNTS)
def handed_over(staff_id: bytes) -> ResponseReturnValue:
    """Let the code go."""
    with writing(here().stores) as work:
        codes.forget_code(work, here().house, my_ticket())
    return go_to(url("accounts.one", staff_id=staff_id, done="handed"))


@blueprint.post("/staff/accounts/<id:staff_id>/disable")
@allow(Permission.MANAGE_ACCOUNTS)
def disable(staff_id: bytes) -> ResponseReturnValue:
    """Disable an account; its sessions end at once. Where only this person opens some cases, it takes one more tick."""
    with writing(here().stores) as work:
        if only_theirs(work, here().house, staff_id) and request.form.get("sure") != "y":
            return go_to(url("accounts.one", staff_id=staff_id, why="only-theirs"))
        accounts.disable(work, here().house, me().staff_id, staff_id)
    return go_to(url("accounts.one", staff_id=staff_id, done="disabled"))


def _create(form: NewAccountForm) -> bytes | None:
    """Create the account and keep its code under the seal of this session; nothing where the form says why not."""
    office_id = id_from(form.office.data) or b""
    try:
        with writing(here().stores) as work:
            text = accounts.create_account(
                work,
                here().house,
                username=str(form.username.data),
                display_name=str(form.display_name.data),
                role=Role(str(form.role.data)),
                office_id=office_id,
                actor_id=me().staff_id,
            )
            created = find_staff_by_username(work.main, str(form.username.data).lower())
            if created is None:
                raise NotFound
            codes.keep_code(work, here().house, my_ticket(), created.id, text)
            return created.id
    except NameTaken:
        refuse(form.username, gettext("Somebody has this user name already."))
    except NotAName:
        refuse(form.username, gettext("Use small letters a to z, digits, dots and hyphens; begin with a letter."))
    except DoesNotFit:
        refuse(form.role, gettext("This role does not exist in this kind of office."))
    return None


def _form() -> NewAccountForm:
    form = NewAccountForm()
    form.role.choices = [(role.value, translated(words)) for role, words in ROLES.items()]
    with reading(here().stores) as work:
        form.office.choices = [(office.id.hex(), office.name) for office in all_offices(work.main)]
    return form


def _lines() -> list[AccountShown]:
    with reading(here().stores) as work:
        return [_shown(line) for line in account_lines(work, here().house)]


def _line(staff_id: bytes) -> AccountShown:
    found = next((line for line in _lines() if line.id == staff_id), None)
    if found is None:
        raise NotFound
    return found


def _shown(line: AccountLine) -> AccountShown:
    staff = line.staff
    return AccountShown(
        staff.id,
        staff.username,
        staff.display_name,
        translated(ROLES[Role(staff.role)]),
        line.office,
        translated(STATES[staff.state]),
        staff.state == "active",
        staff.state == "disabled",
        Role(staff.role) in READERS,
        line.trusted,
        line.accepted_on,
        line.accepted,
        staff.id == me().staff_id,
        staff.supervisor_id,
        staff.leaving_on,
    )
