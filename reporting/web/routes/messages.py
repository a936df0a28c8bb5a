"""Writing to the people who read her case, and asking to talk or meet."""

from flask import request
from flask.typing import ResponseReturnValue

from reporting.policy import Permission
from reporting.services.casework.messages import ask_to_talk, write_as_reporter
from reporting.services.errors import NotFound
from reporting.services.survivor.record import HERS_ALONE
from reporting.web.access import allow
from reporting.web.languages import url
from reporting.web.pages import go_to
from reporting.web.routes.follow import blueprint
from reporting.web.survivor.coming_back import forget_waiting
from reporting.web.survivor.her_case import HerCase, back_to, changing, look_at, show
from reporting.web.survivor.talking import talk_words, ways_to_talk


@blueprint.post("/page/<string(length=16):ref>/write")
@allow(Permission.WRITE_MESSAGE)
def write(ref: str) -> ResponseReturnValue:
    """Add her message."""
    return _save(ref)


@blueprint.post("/page/write")
@allow(Permission.WRITE_MESSAGE)
def write_waiting() -> ResponseReturnValue:
    """Put words that waited for her token into the case that she says."""
    ref = request.form.get("ref", "")
    return _save(ref) if ref else go_to(url("follow.pages", why="waiting"))


@blueprint.get("/page/<string(length=16):ref>/talk")
@allow(Permission.WRITE_MESSAGE)
def talk(ref: str) -> ResponseReturnValue:
    """How she would like to talk, and when it is safe."""
    return show("talk", _with_readers(look_at(ref)), ways=ways_to_talk())


@blueprint.post("/page/<string(length=16):ref>/talk")
@allow(Permission.WRITE_MESSAGE)
def ask(ref: str) -> ResponseReturnValue:
    """Ask to talk or meet; it stands among the messages, where she can read it again."""
    _with_readers(look_at(ref))
    with changing(ref) as it:
        ask_to_talk(*it, talk_words(request.form))
    return back_to("page", ref, done="asked")


def _with_readers(case: HerCase) -> HerCase:
    if not case.is_open:
        raise NotFound
    return case


def _save(ref: str) -> ResponseReturnValue:
    words = request.form.get("text", "")
    if not words.strip():
        return back_to("page", ref, why="empty")
    with changing(ref) as it:
        status = write_as_reporter(*it, words)
    forget_waiting()
    return back_to("page", ref, done="kept" if status in HERS_ALONE else "sent")
