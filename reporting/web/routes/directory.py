"""The staff side of the directory: what needs a look, one entry with all that is missing in it, checking, changing."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from reporting.domain.directory.checks import HOWS
from reporting.domain.directory.drafts import Draft
from reporting.domain.directory.listing import WORLDWIDE, Freshness, Listed
from reporting.domain.directory.looks import LOOKS, Look
from reporting.domain.directory.numbers import international
from reporting.domain.directory.taxonomies import PATHWAYS, TELLINGS, TRAITS, Pathway, Telling, Trait
from reporting.policy import Permission
from reporting.services.errors import ChangedMeanwhile
from reporting.services.help import editing
from reporting.services.help.editing import Entry, NotADraft
from reporting.store.database import reading, writing
from reporting.web.access import allow
from reporting.web.countries import country_name
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to, translated
from reporting.web.pathways import checked_words
from reporting.web.staff.directory_forms import draft_from, entry_form, explain, how_from, in_words
from reporting.web.staff.pages import me, staff_page

blueprint = Blueprint("directory", __name__)
AT_ONCE = 40
"""So many entries of one kind stand on the first page; the others are one step away."""


@blueprint.get("/staff/directory")
@allow(Permission.KEEP_DIRECTORY)
def work_list() -> ResponseReturnValue:
    """Show what needs a look, the most urgent first, or all entries of one kind."""
    with reading(here().stores) as work:
        found = editing.work_list(work, here().house, me())
        only = request.args.get("look", "")
        shown = {look: there if look == only else there[:AT_ONCE] for look, there in found.looks.items()}
        return staff_page("directory/all.html", found=found, shown=shown, looks=LOOKS, **_words())


@blueprint.post("/staff/directory/load")
@allow(Permission.KEEP_DIRECTORY)
def load() -> ResponseReturnValue:
    """Put one of the sets that ship into the directory."""
    with writing(here().stores) as work:
        editing.load(work, here().house, me(), request.form.get("set", ""))
    return go_to(url("directory.work_list", done="loaded"))


@blueprint.get("/staff/directory/new")
@allow(Permission.KEEP_DIRECTORY)
def new() -> ResponseReturnValue:
    """Ask for a new entry."""
    return _form_page(entry_form(Draft()), None)


@blueprint.post("/staff/directory/new")
@allow(Permission.KEEP_DIRECTORY)
def add() -> ResponseReturnValue:
    """Add an entry, which nobody has checked yet."""
    form = entry_form(Draft())
    try:
        with writing(here().stores) as work:
            made = editing.add(work, here().house, me(), draft_from(form, Draft()))
    except NotADraft as refusal:
        explain(form, refusal.found)
        return _form_page(form, None, status=422)
    return go_to(url("directory.one", service_id=made, done="entry"))


@blueprint.get("/staff/directory/<id:service_id>")
@allow(Permission.KEEP_DIRECTORY)
def one(service_id: bytes) -> ResponseReturnValue:
    """Show everything that stands in an entry, and everything that is missing."""
    entry = _entry(service_id)
    missing = _missing(entry.listed)
    numbers = [(number, _abroad(entry.listed, number.number)) for number in entry.listed.numbers]
    more: dict[str, Any] = {"missing": missing, "numbers": numbers, "said": _said(entry), "hows": HOWS}
    return staff_page("directory/one.html", service_id=service_id, entry=entry, **more, **_words())


@blueprint.get("/staff/directory/<id:service_id>/edit")
@allow(Permission.KEEP_DIRECTORY)
def edit(service_id: bytes) -> ResponseReturnValue:
    """Show an entry to change."""
    entry = _entry(service_id)
    return _form_page(entry_form(entry.draft, entry.version), service_id, hours_kept=entry.draft.hours is None)


@blueprint.post("/staff/directory/<id:service_id>/edit")
@allow(Permission.KEEP_DIRECTORY)
def change(service_id: bytes) -> ResponseReturnValue:
    """Change an entry; where somebody else changed it meanwhile, show both and keep what was typed."""
    entry = _entry(service_id)
    form = entry_form(entry.draft, entry.version)
    kept, draft = entry.draft.hours is None, draft_from(form, entry.draft)
    try:
        with writing(here().stores) as work:
            editing.change(work, here().house, me(), service_id, _version(), draft)
    except NotADraft as refusal:
        explain(form, refusal.found)
        return _form_page(form, service_id, status=422, hours_kept=kept)
    except ChangedMeanwhile:
        return _conflict(form, service_id, draft)
    return go_to(url("directory.one", service_id=service_id, done="entry"))


@blueprint.post("/staff/directory/<id:service_id>/check")
@allow(Permission.KEEP_DIRECTORY)
def check(service_id: bytes) -> ResponseReturnValue:
    """Say that everything in an entry was checked today, and in which way."""
    how = how_from(request.form.get("how"))
    if how is None:
        _entry(service_id)
        return go_to(url("directory.one", service_id=service_id, why="say-how"))
    return _step(editing.check, service_id, "entry-checked", how)


@blueprint.post("/staff/directory/<id:service_id>/out")
@allow(Permission.KEEP_DIRECTORY)
def take_out(service_id: bytes) -> ResponseReturnValue:
    """Take an entry out of everything that people read."""
    return _step(editing.take_out, service_id, "taken-out")


@blueprint.post("/staff/directory/<id:service_id>/back")
@allow(Permission.KEEP_DIRECTORY)
def bring_back(service_id: bytes) -> ResponseReturnValue:
    """Bring an entry back."""
    return _step(editing.bring_back, service_id, "brought-back")


def _step(use: Any, service_id: bytes, done: str, *more: Any) -> Response:
    try:
        with writing(here().stores) as work:
            use(work, here().house, me(), service_id, _version(), *more)
    except ChangedMeanwhile:
        return go_to(url("directory.one", service_id=service_id, why="changed-meanwhile"))
    return go_to(url("directory.one", service_id=service_id, done=done))


def _version() -> str:
    return request.form.get("version", "")[:64]


def _entry(service_id: bytes) -> Entry:
    with reading(here().stores) as work:
        return editing.find_entry(work, here().house, me(), service_id)


@dataclass(frozen=True)
class Clash:
    """A field in which what stands there now is not what was typed."""

    label: str
    now: str


def _conflict(form: Any, service_id: bytes, draft: Draft) -> Response:
    now = _entry(service_id)
    stands, typed = in_words(now.draft), in_words(draft)
    clashes = [Clash(str(form[name].label.text), text) for name, text in stands.items() if text != typed[name]]
    form.version.data = now.version
    return _form_page(form, service_id, status=422, clashes=clashes, hours_kept=now.draft.hours is None)


def _form_page(form: Any, service_id: bytes | None, *, status: int = 200, **more: Any) -> Response:
    context = {"clashes": [], "hours_kept": False} | more
    return staff_page(
        "directory/form.html",
        form=form,
        service_id=service_id,
        traits=Trait,
        tellings=Telling,
        status=status,
        **context,
    )


def _missing(listed: Listed) -> list[str]:
    """Return what an entry does not say and somebody may have to know, in the words of its questions."""
    found = [translated(TELLINGS[one]) for one in Telling if one not in listed.tellings]
    return found + [translated(TRAITS[one]) for one in Trait if listed.says(one) is None]


def _said(entry: Entry) -> dict[str, list[str]]:
    """Return the lists of an entry in words; hours as the form writes them, or only that there are some."""
    listed, hours = entry.listed, entry.draft.hours
    return {
        "pathways": [translated(PATHWAYS[one]) for one in listed.pathways],
        "places": [_place_name(area) for area in sorted(listed.areas)],
        "hours": [gettext("As an import brought them")] if hours is None else list(hours),
    }


def _place_name(area: str) -> str:
    return gettext("Worldwide") if area == WORLDWIDE else country_name(area)


def _abroad(listed: Listed, number: str) -> str:
    countries = sorted(area for area in listed.areas if len(area) == 2)
    return international(number, countries[0]) if len(countries) == 1 else ""


def _words() -> dict[str, Any]:
    return {
        "place_name": _place_name,
        "id_of": lambda service_id: UUID(service_id).bytes,
        "pathway_name": lambda pathway: translated(PATHWAYS[Pathway(pathway)]),
        "trait_name": lambda trait: translated(TRAITS[trait]),
        "telling_name": lambda telling: translated(TELLINGS[telling]),
        "checked_words": checked_words,
        "Freshness": Freshness,
        "Look": Look,
    }
