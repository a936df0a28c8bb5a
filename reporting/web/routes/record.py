"""Going on with a record, opening it to an office, reopening; and what begins a case of its own."""

from dataclasses import replace

from flask import request
from flask.typing import ResponseReturnValue

from reporting.domain.case import Status
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.questions import Door
from reporting.policy import Permission
from reporting.services.errors import NotFound
from reporting.services.survivor.composing import draft_from
from reporting.services.survivor.drafts import Draft, new_draft
from reporting.services.survivor.record import reopen as reopen_case
from reporting.web.access import allow
from reporting.web.languages import language
from reporting.web.pages import render, translated
from reporting.web.routes.follow import blueprint
from reporting.web.survivor.beginning import begin, clear_away, in_the_way, names_to_close
from reporting.web.survivor.her_case import HerCase, back_to, changing, look_at, show
from reporting.web.survivor.ways import ways_at

DOORS = (Door.INFORMAL, Door.FORMAL, Door.RETALIATION, Door.WITNESS, Door.QUESTION)


@blueprint.get("/page/<string(length=16):ref>/open")
@allow(Permission.FOLLOW_CASE)
def opening(ref: str) -> ResponseReturnValue:
    """Which way, and where: before she goes through who will read it."""
    return show("opening", _hers_alone(look_at(ref)))


@blueprint.post("/page/<string(length=16):ref>/open")
@allow(Permission.CHOOSE_READERS)
def go_on(ref: str) -> ResponseReturnValue:
    """Go on where her record stands: for herself, or towards people she chooses."""
    case = _hers_alone(look_at(ref))
    door = _door(case, request.form.get("door", ""))
    if door is None:
        return back_to("opening", ref, why="choose")
    draft = draft_from(case.page, new_draft(language(), door), case.page.opened.id, translated)
    draft = replace(draft, excluded_staff=tuple(dict.fromkeys((*draft.excluded_staff, *_left(case)))))
    there = request.form.get("where") != "other" and _leads_there(case, door)
    return begin(replace(draft, office=_office(case) if there else ""))


@blueprint.post("/page/<string(length=16):ref>/reopen")
@allow(Permission.CHANGE_CHOICES)
def reopen(ref: str) -> ResponseReturnValue:
    """Open again a case that the team closed."""
    with changing(ref) as it:
        reopen_case(*it)
    return back_to("page", ref, done="reopened")


@blueprint.get("/page/<string(length=16):ref>/care")
@allow(Permission.COMPLAIN)
def care(ref: str) -> ResponseReturnValue:
    """When something goes wrong: how she is treated, or punishment for speaking up."""
    return show("care", look_at(ref))


@blueprint.post("/page/<string(length=16):ref>/care")
@allow(Permission.COMPLAIN)
def complain(ref: str) -> ResponseReturnValue:
    """Begin a complaint about how she is treated: a case of its own, past the people who read this one."""
    case = look_at(ref)
    if not _office(case):
        raise NotFound
    return begin(_beside(case, Door.COMPLAINT))


@blueprint.post("/page/<string(length=16):ref>/after")
@allow(Permission.COMPLAIN)
def punished(ref: str) -> ResponseReturnValue:
    """Begin a report that someone is punishing her for speaking up: a case of its own, too."""
    return begin(_beside(look_at(ref), Door.RETALIATION))


@blueprint.get("/page/begun")
@allow(Permission.FOLLOW_CASE)
def begun() -> ResponseReturnValue:
    """Something was begun in this browser and would be displaced."""
    return render("follow/begun.html", what=in_the_way())


@blueprint.post("/page/begun")
@allow(Permission.FOLLOW_CASE)
def clear() -> ResponseReturnValue:
    """Throw it away."""
    return clear_away()


def _hers_alone(case: HerCase) -> HerCase:
    if case.page.status not in (Status.PRIVATE, Status.WITHDRAWN):
        raise NotFound
    return case


def _door(case: HerCase, chosen: str) -> Door | None:
    """Return the way that she chose; a complaint stays one."""
    if chosen == Door.PRIVATE:
        return Door.PRIVATE
    if case.page.is_complaint:
        return Door.COMPLAINT
    return next((door for door in DOORS if door == chosen), None)


def _leads_there(case: HerCase, door: Door) -> bool:
    """Return whether this way leads to the office where her case was; else she chooses one to which it does."""
    return door is not Door.PRIVATE and (case.page.office is None or door in ways_at(case.page.office).offered)


def _left(case: HerCase) -> list[str]:
    """Return who left her case for good: they start closed, and only she opens it to them again."""
    lines = [line for line in case.page.ledger if line.action is StaffEvent.RECUSED]
    return [line.actor_id.hex() for line in lines if line.actor_id is not None]


def _office(case: HerCase) -> str:
    return case.page.office.id.hex() if case.page.office else ""


def _beside(case: HerCase, door: Door) -> Draft:
    """Return a draft for another case of the same token, closed from the start to whom this one is closed."""
    people = case.page.people
    return replace(
        new_draft(language(), door),
        office=_office(case),
        same_token=True,
        beside=case.page.opened.id.hex(),
        excluded_staff=people.excluded_staff,
        excluded_words=names_to_close(people),
        opened_to=people.opened_to,
    )
