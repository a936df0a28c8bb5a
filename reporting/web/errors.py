"""Error pages that help: a calm sentence, a way on, and her words still there."""

from flask import Flask, Response, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from reporting.crypto.errors import TooLong
from reporting.domain.case import NotPossible
from reporting.services.errors import (
    CaseClosed,
    ClosedTo,
    ConductFirst,
    LastHolder,
    NamesFirst,
    NeedsWhy,
    NobodyLeft,
    NoMediation,
    NoSecondPerson,
    NotAHandler,
    NotAllowed,
    NotFound,
    NotHeard,
    NotHerWay,
    NotIntact,
    NotSupported,
    NotTold,
    NotTrusted,
    OutcomeFirst,
    ReadersChanged,
    Refused,
    TooMany,
)
from reporting.store.objects import BlobsUnreachable
from reporting.web.access import SignedOut
from reporting.web.json_answer import BadRequest, is_api, refuse
from reporting.web.languages import url
from reporting.web.multipart import Broken, TooMuch
from reporting.web.origin import FIELD, CrossOrigin, is_from_elsewhere
from reporting.web.pages import go_to, render
from reporting.web.survivor.sending import NothingSaid
from reporting.web.uploads import TooBusy

KNOWN = (400, 403, 404, 405, 410, 413, 422, 429, 500, 503)
CODES: dict[type[Exception], int] = {
    NotFound: 404,
    NotAllowed: 422,
    NotPossible: 422,
    ClosedTo: 422,
    LastHolder: 422,
    NobodyLeft: 422,
    NoSecondPerson: 422,
    NotTrusted: 422,
    ReadersChanged: 422,
    TooLong: 422,
    CrossOrigin: 403,
    Broken: 400,
    TooMuch: 413,
}
KEPT_LIMIT = 2_000_000
BUSY_SECONDS = 120
SHOWING_WHO = frozenset(
    {"staff.sign_in_post", "staff.enrol_post", "proof.show", "factors.show", "factors.add", "factors.add_passkey"}
)
NEVER_SHOWN = frozenset({FIELD, "draft", "token", "typed", "code", "passphrase", "again", "present", "key", "thread"})


def init_errors(app: Flask) -> None:
    """Answer every failure with a page in the language of the request."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(TooMany, _too_many)
    app.register_error_handler(TooBusy, _too_busy)
    for kind in (*CODES, Refused):
        app.register_error_handler(kind, _refused)
    app.register_error_handler(BadRequest, lambda error: refuse(error.status, error.sentence))
    app.register_error_handler(SignedOut, _signed_out)
    app.register_error_handler(NamesFirst, _names_first)
    app.register_error_handler(ConductFirst, _conduct_first)
    for kind in (OperationalError, BlobsUnreachable):
        app.register_error_handler(kind, _cannot_store)
    app.register_error_handler(Exception, _broken)


def sentence_for(error: Exception) -> str | None:
    """Return what a refusal means, in one sentence; nothing where the page's own words do."""
    sentences = {
        NotPossible: _("This step is not possible at this stage."),
        ClosedTo: _("This person cannot be given this."),
        LastHolder: _("You are the last person who handles this, and nobody else can take it. Pass it on first."),
        NobodyLeft: _("Nobody would be left to read this. Open it to at least one person, or keep it for yourself."),
        NoSecondPerson: _("This takes two people, and there is nobody else who could be asked. Bring in a colleague."),
        CaseClosed: _("This case is closed. Open it again first, then go on."),
        NeedsWhy: _("A reason is needed here, in a few words."),
        NotHerWay: _("The way that the reporter chose does not allow this. Only the reporter can change the way."),
        NoMediation: _(
            "Mediation is possible only where the reporter asked for it, and where the classification shows no "
            "violence, threat, child or person outside the workforce."
        ),
        NotIntact: _(
            "This file is not what was sealed here: it was damaged or altered, so nothing of it is shown. Please tell "
            "whoever runs the server, who can have it checked."
        ),
        NotAHandler: _("A task can only be given to somebody who handles this case and can open it."),
        OutcomeFirst: _("Record the outcome first."),
        NotTold: _(
            "Nobody who is named was told yet. The reporter has to learn the day before that: page “The named person”."
        ),
        NotHeard: _(
            "No finding yet: whoever is named has to be told and to have had the time to answer first. Page “The named "
            "person”."
        ),
        NotSupported: _("This needs an outcome that supports the report, and every check on the list."),
        NotTrusted: _("This person's key is not vouched for."),
        ReadersChanged: _("The people who would read this have just changed. Please look at them again."),
        TooLong: _("This is longer than we can keep in one piece: the limit is 1 MB, about 150,000 words."),
        NothingSaid: _("There is nothing to send yet. One answer is enough, anywhere."),
        OperationalError: _("We cannot store anything right now"),
        Broken: _(
            "The connection broke before everything had arrived. Nothing is kept of a file that is not whole. Please "
            "go back and add it once more."
        ),
        BlobsUnreachable: _("Files cannot be stored or shown right now. It is not your fault. Please try again later."),
    }
    return sentences.get(type(error))


def status_of(error: Exception) -> int:
    """Return the status of a refusal; that nothing can be stored is logged for whoever looks after the disk."""
    if isinstance(error, OperationalError):
        current_app.logger.error("cannot store: %s in %s", type(error.orig).__name__, request.endpoint)
        return 503
    if isinstance(error, BlobsUnreachable):
        current_app.logger.error("blob store: %s in %s", error, request.endpoint)
        return 503
    return CODES.get(type(error), 422)


def error_page(
    code: int,
    sentence: str | None = None,
    headers: dict[str, str] | None = None,
    way_on: dict[str, str] | None = None,
    heading: str | None = None,
) -> ResponseReturnValue:
    """Return the error page with this status, and with what was typed; `way_on` is a link as `url` and `words`."""
    if is_api():
        return refuse(code)
    shown = code if code in KNOWN else 500 if code >= 500 else 400
    g.nowhere = shown == 404
    frame = "staff.html" if "/staff" in request.path else "survivor.html"
    response = render(
        "errors/error.html",
        status=code,
        code=shown,
        sentence=sentence,
        kept=_typed(),
        frame=frame,
        way_on=way_on,
        heading=heading,
    )
    response.headers.extend(headers or {})
    return response


def _http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if code < 400:
        return error
    return error_page(code)


def _too_many(error: TooMany) -> ResponseReturnValue:
    return error_page(429, headers={"Retry-After": str(error.seconds)})


def _too_busy(_error: TooBusy) -> ResponseReturnValue:
    heading = _("Other files are arriving here right now")
    sentence = _("Please go back and try again in a few minutes. What you have stored so far is safe.")
    return error_page(503, sentence, headers={"Retry-After": str(BUSY_SECONDS)}, heading=heading)


def _refused(error: Exception) -> ResponseReturnValue:
    return error_page(status_of(error), sentence_for(error))


def _signed_out(_error: SignedOut) -> ResponseReturnValue:
    """A colleague typed for longer than a session lasts: the words are still here, to be copied."""
    way_on = {"url": url("staff.sign_in"), "words": _("Sign in again")}
    sentence = _("You were signed out, because nothing was sent from here for a while. Nothing of this was saved yet.")
    return error_page(403, sentence, way_on=way_on)


def _names_first(error: NamesFirst) -> ResponseReturnValue:
    """A handler who has not said yet whether there is a conflict is led to the names; nothing typed is lost."""
    names = url("case.names", case_id=error.case_id)
    if request.method == "GET":
        return go_to(names)
    way_on = {"url": names, "words": _("Names first")}
    return error_page(422, _("First say whether you have ties to anyone named."), way_on=way_on)


def _conduct_first(_error: ConductFirst) -> ResponseReturnValue:
    """A handler who has not accepted the code of conduct is led to it; nothing typed is lost."""
    conduct = url("conduct.view")
    if request.method == "GET":
        return go_to(conduct)
    way_on = {"url": conduct, "words": _("Code of conduct")}
    return error_page(422, _("First accept the code of conduct. Nothing of this was saved yet."), way_on=way_on)


def _cannot_store(error: OperationalError | BlobsUnreachable) -> ResponseReturnValue:
    """The disk is full or a store does not answer: refused, with her text still in front of her."""
    return error_page(status_of(error), sentence_for(error) if isinstance(error, BlobsUnreachable) else None)


def _broken(error: Exception) -> ResponseReturnValue:
    """Say that it is our fault. The log gets the kind of error and the place, never the words in it."""
    current_app.logger.error("failed: %s at %s in %s", type(error).__name__, _place(error), request.endpoint)
    try:
        return error_page(500)
    except Exception as worse:  # noqa: BLE001 - the page itself is broken: plain words are still an answer
        current_app.logger.error("failed again: %s at %s", type(worse).__name__, _place(worse))
        return Response("Something went wrong on our side. Please go back and try again.", 500, mimetype="text/plain")


def _place(error: Exception) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"


def _typed() -> str:
    """Return the longest thing she typed, so that a refusal never loses an account; secrets stay out."""
    if request.method != "POST" or is_from_elsewhere():
        return ""
    if request.endpoint in SHOWING_WHO:
        return ""
    try:
        values = [value for key, value in request.form.items(multi=True) if key not in NEVER_SHOWN]
    except HTTPException:
        return ""
    texts = [value for value in values if len(value.strip()) > 1]
    return "\n\n".join(sorted(texts, key=len, reverse=True))[:KEPT_LIMIT] if texts else ""
