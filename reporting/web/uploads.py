"""Files that come with a form, lent piece by piece to whoever seals them: nothing of them is laid down before.

A view marked with `takes_files` finds the fields before the first file in `request.form`, as everywhere, and the files
with `files()`. A view marked with `takes_pieces` finds its body with `pieces()`. Flask reads neither.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final, TypeVar
from urllib.parse import parse_qsl

from flask import Flask, abort, current_app, g, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

from reporting.web.instance import EXTENSION, here
from reporting.web.multipart import READ, Broken, Multipart, Part, TooMuch, boundary_of
from reporting.web.patience import patience
from reporting.web.upload_places import Place, Places

SLACK: Final = 1024 * 1024
"""What a form may carry besides its files: its fields, and the lines around each file (bytes)."""
MOST_TEXT: Final = 64 * 1024
"""All fields before the first file together (bytes)."""
LONGEST_NAME: Final = 120
LONGEST_ENDING: Final = 12
LONGEST_SENT: Final = 1000
"""Of a name that is sent, no more is looked at. To put many marks over one letter in order takes the square of them."""
JOINERS: Final = frozenset("\u200c\u200d")
"""Some languages cannot be written without them; every other sign that is not seen is left out of a name."""
FIELDS_HEADER: Final = "Harbour-Fields"
"""The fields that go with a body of bytes, written as a form: `check=...&draft=...`."""
FILES_MARK: Final = "takes_files"
PIECES_MARK: Final = "takes_pieces"
PLACES: Final = "harbour uploads"
View = TypeVar("View", bound=Callable[..., Any])


class TooBusy(Exception):  # noqa: N818 - it names what happened
    """Other files are just arriving here, as many as leave room for pages."""


@dataclass(frozen=True)
class Upload:
    """A file as it comes: its cleaned name, and its content, to be taken before the next file is asked for."""

    name: str
    pieces: Iterator[bytes]


def takes_files(view: View) -> View:
    """Let a form carry files of any size, which the view takes with `files()`."""
    setattr(view, FILES_MARK, True)
    return view


def takes_pieces(*, most: int) -> Callable[[View], View]:
    """Let a view take a body of `application/octet-stream` with `pieces()`; it has at most `most` bytes."""

    def mark(view: View) -> View:
        setattr(view, PIECES_MARK, most)
        return view

    return mark


def files() -> Iterator[Upload]:
    """Yield the files of this form in the order of arrival; an input in which none was chosen yields nothing.

    :raises Broken: the line broke, or this is no form with files.
    :raises TooMuch: it is more than a form of ours.
    """
    if request.mimetype != "multipart/form-data":
        return
    form = _form()
    part = form.first
    while part is not None:
        # A field after the files is passed over: what decides about them has to come before.
        if part.file_name is not None:
            yield from _upload(part.file_name, form.body.data())
            patience().work()  # many small files may have come at once: each has its own time to be cleaned
        part = form.body.next_part()


def pieces() -> Iterator[bytes]:
    """Yield the body of this request as it comes.

    :raises Broken: it ends before it is whole.
    :raises TooBusy: it gave way to somebody else's.
    """
    read = _Reader(getattr(_view(), PIECES_MARK))
    while piece := read(READ):
        yield piece


def init_uploads(app: Flask) -> None:
    """Prepare how many uploads may arrive at once; each gives its place back at the end of its request."""
    app.extensions[PLACES] = Places(max(1, app.extensions[EXTENSION].settings.threads // 2))
    app.teardown_request(_leave)


def allow_upload() -> None:
    """Give an upload a place. The door has let the sender in, and of the body no more is read than its first fields.

    :raises TooBusy: there is none; what was typed in those fields is still there for the page that says so.
    :raises TooMany: very many forms with files came from here.
    """
    view, client = _view(), request.remote_addr or ""
    if not (getattr(view, FILES_MARK, False) or getattr(view, PIECES_MARK, 0)):
        return
    if request.mimetype == "multipart/form-data":  # what comes in parts was counted when it began
        here().throttle.open_form(client)
    place = current_app.extensions[PLACES].take(client, patience())
    if place is None:
        raise TooBusy
    g.upload_place = place
    patience().lengthen()


def _leave(_error: BaseException | None = None) -> None:
    place = g.pop("upload_place", None)
    if place is not None:
        current_app.extensions[PLACES].give_back(place)


def _ended() -> Exception:
    """Return why a body ended too early: its line broke, or it gave way to somebody else's."""
    place: Place | None = g.get("upload_place")
    return TooBusy() if place is not None and place.gives_way else Broken()


@dataclass(frozen=True)
class _Form:
    """A form whose first fields are read; `first` is its first file, whose content has not been taken."""

    fields: ImmutableMultiDict[str, str]
    body: Multipart
    first: Part | None


class _Reader:
    """Reads the body of this request, no further than it goes and no more than it may have."""

    def __init__(self, most: int) -> None:
        length = request.content_length
        if length is None and not request.environ.get("wsgi.input_terminated"):
            abort(411)
        if length is not None and length > most:
            raise TooMuch
        self._body = request.environ["wsgi.input"]
        self._is_exact = length is not None
        self._left = most if length is None else length

    def __call__(self, size: int) -> bytes:
        size = min(size, self._left if self._is_exact else self._left + 1)
        try:
            piece: bytes = self._body.read(size) if size else b""
        except Exception:  # noqa: BLE001 - a line that is gone, or chunks that are none: each server has its own names
            raise _ended() from None
        self._left -= len(piece)
        if self._left < 0:
            raise TooMuch
        if self._is_exact and size and not piece:
            raise _ended()
        return piece


def fields_before() -> ImmutableMultiDict[str, str] | None:
    """Return the fields of a request that Flask must not read: those before its first file, or those of its header.

    Nothing where this is a request like any other.
    """
    view = _view()
    if getattr(view, PIECES_MARK, 0):
        # Another site's page cannot set it unless we allow it to, and we allow it to none.
        return ImmutableMultiDict(parse_qsl(request.headers.get(FIELDS_HEADER, "")))
    if not getattr(view, FILES_MARK, False) or request.mimetype != "multipart/form-data":
        return None
    return _form().fields


def _form() -> _Form:
    if "uploads_form" not in g:
        g.uploads_form = None  # whoever asks again after a failure must not read on in the middle
        g.uploads_form = _begin()
    if g.uploads_form is None:
        raise Broken
    form: _Form = g.uploads_form
    return form


def _begin() -> _Form:
    most = here().settings.most_of_all + SLACK
    body = Multipart(_Reader(most), boundary_of(request.headers.get("Content-Type", "")))
    fields: MultiDict[str, str] = MultiDict()
    room = MOST_TEXT
    while (part := body.next_part()) is not None and part.file_name is None:
        text = bytearray()
        for piece in body.data():
            room -= len(piece)
            if room < 0:
                raise TooMuch
            text += piece
        room -= len(part.field)
        fields.add(part.field, text.decode("utf-8", "replace"))
    return _Form(ImmutableMultiDict(fields), body, part)


def _upload(name: str, data: Iterator[bytes]) -> Iterator[Upload]:
    """Yield one file, unless it is an input in which none was chosen: that has neither a name nor content."""
    first = b"" if name else next(data, b"")
    if name or first:
        yield Upload(clean_name(name), chain((first,), data) if first else data)


def clean_name(name: str) -> str:
    """Return the last part of a name, without signs that are not seen or that turn others round; its ending stays."""
    last = re.split(r"[/\\]", name)[-1][-LONGEST_SENT:]
    seen = "".join(sign for sign in last if sign in JOINERS or unicodedata.category(sign)[0] not in "CZ" or sign == " ")
    seen = unicodedata.normalize("NFC", seen).strip(" .")
    stem, dot, ending = seen.rpartition(".")
    if not dot or len(ending) > LONGEST_ENDING:
        return seen[:LONGEST_NAME]
    return stem[: LONGEST_NAME - len(ending) - 1] + dot + ending


def _view() -> Any:
    return current_app.view_functions.get(request.endpoint or "")
