"""The token page: shown after the content is safe, until she says that she has it."""

from dataclasses import dataclass

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from reporting.crypto.errors import NotAToken
from reporting.crypto.token import Token, has_words, parse
from reporting.policy import Permission
from reporting.services.survivor.drafts import DraftKey
from reporting.web.access import allow
from reporting.web.cookies import DRAFT, read_cookie
from reporting.web.languages import url
from reporting.web.pages import go_to, render
from reporting.web.survivor.handover import confirm
from reporting.web.survivor.visitors import OpenDraft, open_draft

blueprint = Blueprint("kept", __name__)


@dataclass(frozen=True)
class Shown:
    """A token as the page shows it: words where her language has a list and she did not ask for digits."""

    words: tuple[str, ...]
    digits: str
    language: str


@blueprint.get("/write/kept")
@allow(Permission.WRITE_REPORT)
def token() -> ResponseReturnValue:
    """Show the token. Going back here shows it again; after she has it, it is gone."""
    current = _sent(open_draft())
    if current is None:
        return go_to(url("home"))
    if not current.draft.token:
        return go_to(url("kept.done"))
    return token_page(current)


@blueprint.post("/write/kept")
@allow(Permission.WRITE_REPORT)
def have_it() -> ResponseReturnValue:
    """She has it; if she typed it back, her page opens."""
    current = _sent(open_draft())
    if current is None or not current.draft.token:
        return go_to(url("kept.done"))
    typed = request.form.get("typed", "").strip()
    proven = bool(typed) and _is(current.draft.drawn_token(), typed)
    if typed and not proven:
        return token_page(current, "other") if _carried(current) else go_to(url("kept.token", why="other"))
    return confirm(current, open_page=proven)


@blueprint.get("/write/done")
@allow(Permission.WRITE_REPORT)
def done() -> ResponseReturnValue:
    """Thank her, say what happens now, and how to leave without a trace here."""
    return render("report/done.html")


def token_page(current: OpenDraft, why: str = "") -> ResponseReturnValue:
    """Return the page that hands the token over.

    No later request could find the draft of a browser without cookies, so there the form carries its key on.
    """
    drawn, draft = current.draft.drawn_token(), current.draft
    words = has_words(draft.language) and request.args.get("as") != "digits"
    shown = Shown(drawn.words(draft.language) if words else (), drawn.digits(), draft.language)
    return render(
        "report/kept.html",
        shown=shown,
        draft=draft,
        can_choose=has_words(draft.language) and not _carried(current),
        key=current.key.text() if _carried(current) else "",
        why=why or request.args.get("why", ""),
    )


def _carried(current: OpenDraft) -> bool:
    """Return whether this browser's cookie does not lead to this draft."""
    return DraftKey.parse(read_cookie(DRAFT)) != current.key


def _sent(current: OpenDraft | None) -> OpenDraft | None:
    return current if current is not None and current.draft.sent else None


def _is(drawn: Token, typed: str) -> bool:
    try:
        return parse(typed) == drawn
    except NotAToken:
        return False
