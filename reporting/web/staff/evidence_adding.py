"""What a handler adds to the evidence of a case: files as they come, or a link, an account and words without any."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from flask import request

from reporting.domain.evidence.evidence import Evidence
from reporting.services.errors import AlreadyThere, TooLarge
from reporting.services.evidence.adding import add_for_team, room_for_team
from reporting.services.evidence.pieces import new_piece
from reporting.services.evidence.receiving import Received, drop_received, receive
from reporting.store.database import writing
from reporting.web.instance import here
from reporting.web.staff.pages import me
from reporting.web.uploads import Upload, files

LONGEST_LINE: Final = 2000
LONGEST_TEXT: Final = 20_000
LINES: Final = ("platform", "handle", "link", "captured_by")
EMPTY, DAY, FULL, THERE = "evidence-empty", "evidence-day", "evidence-full", "evidence-there"


def add_all(case_id: bytes) -> str:
    """Add what came with the form; return the code of what was wrong, or nothing.

    :raises NotFound: no grant, before a byte of a file is kept.
    :raises NamesFirst, CaseClosed: as `services.evidence.adding` says.
    """
    wrong = "" if _room(case_id) else FULL
    facts = _facts()
    if facts is None:
        wrong = DAY
    count = 0
    for upload in files():  # what is not taken is passed over, so that the browser hears the answer
        count += 1
        if not wrong and facts is not None:
            wrong = _add_file(case_id, replace(new_piece(here().house, **facts), name=upload.name), upload)
    if count or wrong or facts is None:
        return wrong
    if not any(facts[name] for name in ("says", "platform", "handle", "link")):
        return EMPTY
    return _add(case_id, new_piece(here().house, **facts))


def _facts() -> dict[str, Any] | None:
    """Return what the form says of a piece; nothing where its day cannot be."""
    form = request.form
    day = form.get("captured_on", "").strip()
    try:
        if day and date.fromisoformat(day) > here().house.today():
            return None
    except ValueError:
        return None
    facts = {name: form.get(name, "").strip()[:LONGEST_LINE] for name in LINES}
    return {**facts, "says": form.get("says", "").strip()[:LONGEST_TEXT], "captured_on": day}


def _add_file(case_id: bytes, piece: Evidence, upload: Upload) -> str:
    blobs, house = here().stores.blobs, here().house
    try:
        most = min(_room(case_id), here().settings.most_of_one)
        received = receive(blobs, house, piece, upload.pieces, most)
    except TooLarge:
        return FULL
    is_added = False
    try:
        wrong = _add(case_id, received)
        is_added = not wrong
    finally:  # whatever happened: nothing may stay of what was not added
        if not is_added:
            drop_received(blobs, received)
    return wrong


def _add(case_id: bytes, piece: Evidence | Received) -> str:
    try:
        with writing(here().stores) as work:
            add_for_team(work, here().house, me(), case_id, piece, here().settings.most_of_all)
    except TooLarge:
        return FULL
    except AlreadyThere:
        return THERE
    return ""


def _room(case_id: bytes) -> int:
    with writing(here().stores) as work:
        return room_for_team(work, here().house, me(), case_id, here().settings.most_of_all)
