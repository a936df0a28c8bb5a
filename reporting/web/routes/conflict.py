"""Conflicts of interest in a case: what handlers said about named people, and saying more."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from reporting.domain.people import Role
from reporting.domain.reading.conflict import Link, Tie
from reporting.domain.sealed.disclosure import Person
from reporting.policy import Permission
from reporting.services.casework.case import open_to_work
from reporting.services.errors import LastHolder, NotFound
from reporting.services.reading import conflict
from reporting.store.database import Work, writing
from reporting.web.access import allow
from reporting.web.addresses import id_from
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to, translated
from reporting.web.staff.case_places import case_page, head_of, must_hold
from reporting.web.staff.pages import me
from reporting.web.staff.words import ROLES, TIES

blueprint = Blueprint("conflict", __name__, url_prefix="/staff/cases/<id:case_id>/conflict")


@dataclass(frozen=True)
class LinkShown:
    """One thing that was said; `undone` is empty as long as it holds."""

    id: str
    sentence: str
    person: str
    day: date
    undone: str
    may_undo: bool


@dataclass(frozen=True)
class Option:
    """An account or an office to choose from."""

    value: str
    name: str
    about: str


@blueprint.get("")
@allow(Permission.LINK_NAMED)
def view(case_id: bytes) -> ResponseReturnValue:
    """Show what was said about named people and whom it closes out."""
    with writing(here().stores) as work:
        opened = open_to_work(work, here().house, me(), case_id, Permission.LINK_NAMED)
        ties = conflict.ties_of(work, here().house, opened, me())
        head = head_of(work, here().house, opened)
        links = [_shown(work, case_id, one) for one in reversed(ties.people.links)]
        accounts = [Option(one.staff.id.hex(), one.staff.display_name, _about(one)) for one in ties.accounts]
        offices = [Option(office.id.hex(), office.name, "") for office in ties.offices]
    return case_page(
        "conflict/view.html",
        head,
        named=ties.people.named,
        called=called,
        links=links,
        accounts=accounts,
        offices=offices,
    )


@blueprint.post("")
@allow(Permission.LINK_NAMED)
def link(case_id: bytes) -> ResponseReturnValue:
    """Say who a named person is; the keys of that person and of their line are destroyed at once."""
    tie, target = request.form.get("tie", ""), id_from(request.form.get("target"))
    if tie not in set(Tie) or target is None:
        must_hold(case_id)
        return go_to(url("conflict.view", case_id=case_id, why="nobody"))
    try:
        with writing(here().stores) as work:
            stays = conflict.link(work, here().house, me(), case_id, Tie(tie), target, _person())
    except LastHolder:
        return go_to(url("conflict.view", case_id=case_id, why="alone"))
    if not stays:
        return go_to(url("inbox.first", done="linked-out"))
    return go_to(url("conflict.view", case_id=case_id, done="linked"))


@blueprint.post("/undo")
@allow(Permission.LINK_NAMED)
def undo(case_id: bytes) -> ResponseReturnValue:
    """Take back what was said; nobody gets a key by it."""
    with writing(here().stores) as work:
        conflict.unlink(work, here().house, me(), case_id, request.form.get("link", ""))
    return go_to(url("conflict.view", case_id=case_id, done="unlinked"))


def called(person: Person) -> str:
    """Return how a named person is called in a list."""
    return person.name or person.role or person.contact or gettext("No name given")


def _person() -> int | None:
    chosen = request.form.get("person", "")
    if not chosen:
        return None
    if not (chosen.isascii() and chosen.isdigit()) or len(chosen) > 4:
        raise NotFound
    return int(chosen)


def _about(one: conflict.Linkable) -> str:
    role = translated(ROLES[Role(one.staff.role)])
    return gettext("%(role)s; the name looks like one that was given", role=role) if one.resembles else role


def _shown(work: Work, case_id: bytes, said: Link) -> LinkShown:
    may = said.holds and conflict.may_undo(work, here().house, me(), case_id, said)
    return LinkShown(
        said.id,
        translated(TIES[said.tie], by=said.by_name, name=said.name),
        said.person,
        date.fromisoformat(said.day),
        said.undone_by,
        may,
    )
