"""Writing: the steps, the check page and sending. Every step is GET, POST, 303, so Back and reload are safe."""

from dataclasses import replace

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError

from reporting.crypto.errors import TooLong
from reporting.domain.questions import questions_for, steps_for
from reporting.policy import Permission
from reporting.services.errors import NobodyLeft, NotFound, ReadersChanged
from reporting.services.survivor.drafts import Draft, keep_draft
from reporting.store.database import writing
from reporting.web.access import allow
from reporting.web.errors import error_page, sentence_for, status_of
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to, render
from reporting.web.survivor.asking import answers_from, asks_for_people, fields_for, people_fields, people_from
from reporting.web.survivor.checking import rows_to_check
from reporting.web.survivor.her_case import what_to_say
from reporting.web.survivor.sending import NothingSaid, audience_for_draft, on_its_own, send
from reporting.web.survivor.visitors import OpenDraft, draft_key, open_draft, reporter

blueprint = Blueprint("report", __name__)


@blueprint.get("/write/<int:number>")
@allow(Permission.WRITE_REPORT)
def step(number: int) -> ResponseReturnValue:
    """One step: one topic."""
    current = _passed(open_draft())
    if current is None:
        return go_to(url("report.before"))
    return _step_page(current.draft, number)


@blueprint.post("/write/<int:number>")
@allow(Permission.WRITE_REPORT)
def answer(number: int) -> ResponseReturnValue:
    """Keep what she wrote and go where she wants."""
    current = _passed(open_draft())
    if current is None:
        return lost()
    steps = steps_for(current.draft.door)
    if not 1 <= number <= len(steps):
        return error_page(404)
    draft = _with_posted(current.draft, steps[number - 1].id)
    try:
        keep(current, draft)
    except (TooLong, OperationalError) as error:
        return _step_page(draft, number, status=status_of(error), problem=sentence_for(error))
    return _onward(OpenDraft(current.key, draft), number, len(steps))


@blueprint.get("/write/check")
@allow(Permission.WRITE_REPORT)
def check() -> ResponseReturnValue:
    """Everything she wrote, with a way to change each answer, before it is sent."""
    current = _passed(open_draft())
    if current is None:
        return go_to(url("report.before"))
    missing = request.args.get("missing") == "words"
    return _check_page(current.draft, problem=sentence_for(NothingSaid()) if missing else None)


@blueprint.post("/write/check")
@allow(Permission.WRITE_REPORT)
def finish() -> ResponseReturnValue:
    """Send."""
    current = open_draft()
    if current is None:
        return lost()
    if not current.draft.sent and not current.draft.passed:
        return go_to(url("report.before"))
    return send_and_go(current, keep=request.form.get("go") == "save")


def send_and_go(current: OpenDraft, *, keep: bool = False) -> ResponseReturnValue:
    """Send a draft and answer with where its token, or her page, is."""
    current = on_its_own(current)
    try:
        send(current, keep=keep)
    except NothingSaid:
        return go_to(url("report.check", missing="words"))
    except NobodyLeft:
        return go_to(_readers_url(current.draft, "nobody"))
    except ReadersChanged:
        return go_to(_readers_url(current.draft, "changed"))
    except NotFound:  # it belongs to her page, and her page has closed meanwhile; the draft waits
        return go_to(url("follow.enter"))
    except OperationalError as error:
        return _check_page(current.draft, status=status_of(error), problem=sentence_for(error))
    hers = current.draft.continuing or current.draft.same_token
    return go_to(url("follow.pages") if hers else url("kept.token"))


def _step_page(draft: Draft, number: int, *, status: int = 200, problem: str | None = None) -> ResponseReturnValue:
    steps = steps_for(draft.door)
    if not 1 <= number <= len(steps):
        return error_page(404)
    this = steps[number - 1]
    questions = questions_for(draft.door, this.id)
    return render(
        "report/readers.html" if this.id == "readers" else "report/step.html",
        status=status,
        step=this,
        number=number,
        steps=len(steps),
        asked=fields_for(questions, draft),
        people_question=asks_for_people(questions),
        people=people_fields(draft, empty=1 if asks_for_people(questions) else 0),
        audience=audience_for_draft(draft) if this.id == "readers" else None,
        draft=draft,
        problem=problem,
        why=request.args.get("why", ""),
        back_url=url("report.step", number=number - 1) if number > 1 else url("report.before"),
    )


def _check_page(draft: Draft, *, status: int = 200, problem: str | None = None) -> Response:
    audience = audience_for_draft(draft)
    return render(
        "report/check.html",
        status=status,
        draft=draft,
        groups=rows_to_check(draft),
        added=len(draft.evidence),
        audience=audience,
        problem=problem,
        back_url=url("report.step", number=len(steps_for(draft.door))),
    )


def _with_posted(draft: Draft, step_id: str) -> Draft:
    """Return the draft with what this step posted."""
    questions, posted = questions_for(draft.door, step_id), request.form
    draft = draft.with_answers(answers_from(questions, posted))
    if asks_for_people(questions):
        draft = replace(draft, named=people_from(posted, without=request.form.get("remove", "")))
    return with_posted_readers(draft) if step_id == "readers" else draft


def with_posted_readers(draft: Draft) -> Draft:
    """Return the draft with the people she closes it to and opens it to, of those she was shown."""
    shown = tuple(dict.fromkeys(request.form.getlist("shown")))
    excluded = tuple(one for one in shown if one in request.form.getlist("close"))
    opened = tuple(one for one in shown if one in request.form.getlist("open") and one not in excluded)
    words = tuple(line.strip()[:300] for line in request.form.get("words", "").splitlines() if line.strip())
    return replace(draft, shown=shown, excluded_staff=excluded, opened_to=opened, excluded_words=words[:50])


def _onward(current: OpenDraft, number: int, steps: int) -> ResponseReturnValue:
    go = request.form.get("go", "next")
    if go == "save":
        return send_and_go(current, keep=True)
    if go == "files":
        return go_to(url("files.writing_all", back=number))
    if go == "add" or "remove" in request.form:
        return go_to(url("report.step", number=number))
    last = number == steps
    return go_to(url("report.check") if last else url("report.step", number=number + 1))


def keep(current: OpenDraft, draft: Draft) -> None:
    """Keep what a draft has become."""
    with writing(here().stores) as work:
        keep_draft(work, here().house, current.key, draft)


def _readers_url(draft: Draft, why: str) -> str:
    names = [step.id for step in steps_for(draft.door)]
    return url("report.step", number=names.index("readers") + 1, why=why)


def unsent(current: OpenDraft | None) -> OpenDraft | None:
    """Return a draft that is still being written."""
    return current if current is not None and not current.draft.sent else None


def _passed(current: OpenDraft | None) -> OpenDraft | None:
    current = unsent(current)
    return current if current is not None and current.draft.passed else None


def lost() -> ResponseReturnValue:
    """There is no draft here: it was sent, its day is over, or the browser keeps no cookies."""
    current = open_draft()
    if current is not None and current.draft.sent:
        return go_to(url("follow.pages") if reporter() else url("kept.token"))
    if request.method == "POST":
        return error_page(410)
    return render("report/no_draft.html", status=410, had_cookie=draft_key() is not None, said=what_to_say())
