"""A file whose parts are all here becomes a piece, like one that came whole. The answers are for the page's script."""

from contextlib import suppress
from typing import Any, Final

from flask import Response, jsonify, request

from reporting.services.errors import NotFound
from reporting.services.evidence.arriving import OutOfStep, finish, whole
from reporting.services.survivor.drafts import DraftKey
from reporting.store.database import reading, writing
from reporting.store.objects import NO_ROOM, BlobsUnreachable
from reporting.web.errors import sentence_for, status_of
from reporting.web.instance import here
from reporting.web.survivor.adding import ENDS, GONE, THERE, facts_for, take_one
from reporting.web.survivor.notices import DONE, in_address, said
from reporting.web.survivor.places import Place
from reporting.web.uploads import Upload

AGAIN: Final = "file-again"


def add_whole(place: Place, kind: str) -> Response:
    """Add a file whose parts are all here.

    Sent twice, it is found to be there already; the parts end only after the piece is added, or cannot be.

    :param kind: the form that it belongs to: all, online or talk.
    """
    key = DraftKey.parse(request.form.get("key"))
    try:
        if key is None:
            raise NotFound
        with reading(here().stores) as work:
            arriving, pieces = whole(work, here().stores.blobs, here().house, key)
        code = take_one(place, facts_for(kind), Upload(arriving.name, pieces))
        with suppress(NotFound), writing(here().stores) as work:  # the same may be asked twice at this moment
            finish(work, here().house, key)
    except OutOfStep as wanted:
        return told(here=wanted.here)
    except BlobsUnreachable as error:
        return no_room(error)
    except NotFound:
        code = AGAIN
    return _answer(place, code)


def told(**facts: Any) -> Response:
    """Answer the script."""
    return jsonify(facts)


def no_room(error: BlobsUnreachable) -> Response:
    """Say that there is no room for files. A script that heard of an error would ask again and again.

    :raises BlobsUnreachable: it was something else, which may be over soon.
    """
    if error.args[0] != NO_ROOM:
        raise error
    status_of(error)  # which tells whoever looks after the disk
    return told(say=sentence_for(error))


def sentence(code: str) -> str:
    """Return what a code means."""
    found = said(code)
    return found.sentence if found else ""


def _answer(place: Place, code: str) -> Response:
    if code == GONE:
        return told(go=place.elsewhere(code), over=True)
    if code in ENDS or code in DONE or code == THERE:
        return told(go=place.url("all", **in_address(code)), over=code in ENDS)
    return told(say=sentence(code))
