"""Adding what comes in a form: each file becomes a piece, sealed as it comes; what cannot be kept leaves nothing."""

import re
import secrets
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from flask import request

from reporting.domain.evidence.evidence import Evidence
from reporting.domain.evidence.online import KEPT_BY, PLATFORMS
from reporting.domain.words import latin_digits
from reporting.services.errors import AlreadySent, AlreadyThere, NotFound, Refused, TooLarge
from reporting.services.evidence.pieces import new_piece, room_in
from reporting.services.evidence.receiving import Received, drop_received, receive
from reporting.web.instance import here
from reporting.web.pages import translated
from reporting.web.survivor.places import Place
from reporting.web.uploads import Upload, files

LONGEST_LINE: Final = 2000
DAYS: Final = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%Y/%m/%d", "%Y.%m.%d")
"""How a day is written where there is no calendar to pick it from; whatever else she writes is kept as words."""
THREAD_SIZE: Final = 8
_THREAD: Final = re.compile("[0-9a-f]{16}")
ADDED: Final = "file-added"
GONE: Final = "file-gone"
SENT: Final = "file-sent"
THERE: Final = "file-there"
ENDS: Final = frozenset({GONE, SENT})
"""After these the page itself is over: nothing more is taken, and the script goes where that is said."""
LEFT_OUT: Final = frozenset({"file-large", "file-empty", "files-full"})
"""After these a file is not here, and what she typed about it still can be."""
TYPED: Final = ("says", "link", "platform", "handle")
CODES: Mapping[type[Refused], str] = {
    AlreadySent: SENT,
    AlreadyThere: THERE,
    NotFound: GONE,
    TooLarge: "files-full",
}


def take_files(place: Place, facts: Mapping[str, Any]) -> str:
    """Add every file of the form, and return the code of what there is to say.

    :param facts: further fields of each piece.
    """
    codes: list[str] = []
    for upload in files():  # what is not taken is passed over, so that the browser hears the answer
        if not set(codes) & ENDS:
            codes.append(take_one(place, facts, upload))
    if codes and not set(codes) - LEFT_OUT:
        _keep_what_she_typed(place, facts)
    wrong = [code for code in codes if code != ADDED]
    return (wrong or codes or ["file-none"])[0]


def _keep_what_she_typed(place: Place, facts: Mapping[str, Any]) -> None:
    """Keep her words where no file of the form could be kept: she must not have to write them twice."""
    if any(facts.get(name, "").strip() for name in TYPED):
        alone = {name: value for name, value in facts.items() if name != "thread"}
        add_piece(place, new_piece(here().house, **alone))


def take_one(place: Place, facts: Mapping[str, Any], upload: Upload) -> str:
    """Add one file, and return the code of what there is to say. Facts are as in `take_files`."""
    most = here().settings.most_of_one
    room = room_in([piece.evidence for piece in place.held()], here().settings.most_of_all)
    try:
        piece = new_piece(here().house, name=upload.name, **facts)
        received = receive(here().stores.blobs, here().house, piece, upload.pieces, min(room, most))
    except TooLarge:
        return "file-large" if room >= most else "files-full"
    code = "file-empty"
    try:
        if received.piece.original is not None and received.piece.original.size:
            code = add_piece(place, received)
    finally:  # whatever happened: nothing may stay of what was not added
        if code != ADDED:
            drop_received(here().stores.blobs, received)
    return code


def add_piece(place: Place, piece: Evidence | Received) -> str:
    """Add a piece, with or without a file, and return the code of what there is to say."""
    try:
        place.add(piece)
    except tuple(CODES) as refused:
        return CODES[type(refused)]
    return ADDED


def facts_for(kind: str) -> dict[str, str]:
    """Return what a form says of what comes with it.

    :param kind: which form it is: all, online or talk.
    """
    if kind == "all":
        return {"says": request.form.get("says", "")}
    return {**_facts_online(), **({"thread": thread_from()} if kind == "talk" else {})}


def _facts_online() -> dict[str, str]:
    form = request.form
    days, says = form.get("captured_on", "").strip()[:LONGEST_LINE], form.get("says", "")
    day = day_from(days)
    return {
        "says": says if day or not days else f"{says}\n\n{days}".strip(),
        "link": form.get("link", "").strip()[:LONGEST_LINE],
        "platform": _chosen("platform", PLATFORMS),
        "handle": form.get("handle", "").strip()[:LONGEST_LINE],
        "captured_on": day,
        "captured_by": _chosen("captured_by", KEPT_BY),
    }


def thread_from() -> str:
    """Return the talk to which the form or the address adds, so that what comes in several requests stays together."""
    named = request.values.get("thread", "")
    return named if _THREAD.fullmatch(named) else secrets.token_hex(THREAD_SIZE)


def day_from(text: str) -> str:
    """Return a day as YYYY-MM-DD, or nothing where it cannot be told which day is meant."""
    for form in DAYS:
        try:
            found: date = datetime.strptime(latin_digits(text), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        return found.isoformat()
    return ""


def _chosen(name: str, words: Mapping[str, str]) -> str:
    """Return her own words, or else the choice that she made, in her language."""
    own = request.form.get(f"{name}_own", "").strip()[:LONGEST_LINE]
    code = request.form.get(name, "")
    return own or (translated(words[code]) if code in words else "")
