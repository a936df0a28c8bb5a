"""Evidence on its way to a browser: shown only where it was taken apart and made anew, and else kept as a file.

Nothing of what she called a file stands in a header: the name says which piece it is, and the ending what it is by
its content.
"""

import re
from typing import Final

from flask import Response, request

from reporting.domain.evidence.evidence import Evidence, KeptFile
from reporting.domain.evidence.file_types import OTHER, PLAYED_IN_BROWSER, SEEN_IN_BROWSER, TYPES
from reporting.services.errors import NotFound
from reporting.services.evidence.pages import page_of
from reporting.services.evidence.showing import OpenFile
from reporting.web.files import FILE_POLICY
from reporting.web.turns import DRAWING, my_turn

PDF: Final = "application/pdf"
_DECEIVING: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\u200e\u200f\u061c]")
"""Characters that show nothing and turn what stands around them about: a name must look like what it is."""
LONGEST_PART: Final = 4 * 1024 * 1024
"""How much of a film goes out at once. RFC 9110 (15.3.7) allows less than was asked for, and a player asks again;
so nobody who stops a film holds a worker of the server meanwhile."""


def is_picture(file: KeptFile) -> bool:
    """Return whether a working copy is a picture that a browser shows."""
    return SEEN_IN_BROWSER(file.type) and file.type != PDF


def is_played(file: KeptFile) -> bool:
    """Return whether a working copy is sound or film that a browser plays."""
    return PLAYED_IN_BROWSER(file.type)


def played_as(file: KeptFile | None) -> str:
    """Return as what a working copy is played in a page, audio or video; empty for all others. By itself, under the
    policy of a file, a browser plays none.
    """
    return file.type.partition("/")[0] if file is not None and is_played(file) else ""


def seen_as(piece: Evidence) -> str:
    """Return how a working copy is seen: picture, document, audio, video or file; empty where there is none."""
    if piece.clean is None:
        return ""
    if is_picture(piece.clean):
        return "picture"
    if played := played_as(piece.clean):
        return played
    return "document" if piece.clean.type == PDF else "file"


def plain(text: str) -> str:
    """Return what somebody typed so that it looks like what it is: what deceives the eye is seen as a mark."""
    return _DECEIVING.sub("\N{REPLACEMENT CHARACTER}", text)


def page_asked(pages: int) -> int:
    """Return which page of a document the address asks for, the first where it asks for none.

    :raises NotFound: it has no such page.
    """
    asked = request.args.get("page", "1")
    if not re.fullmatch("[0-9]{1,6}", asked) or not 1 <= int(asked) <= max(pages, 1):
        raise NotFound
    return int(asked)


def show_copy(opened: OpenFile) -> Response:
    """Answer with a working copy: a picture or a film to be seen here, everything else as a file to be kept.

    :raises NotIntact: it is not what was sealed.
    """
    if is_played(opened.file):
        return _played(opened)
    answer = Response(opened.whole(), mimetype=opened.file.type)
    place = "inline" if is_picture(opened.file) else "attachment"
    return _framed(answer, place, _name(opened), opened.file.size)


def show_page(opened: OpenFile, number: int) -> Response:
    """Answer with one page of a document, from 1, drawn as a picture.

    :raises NotFound: this is no document, or it has no such page.
    :raises TooBusy: as many pages are being drawn as leave room for others.
    :raises NotIntact: it is not what was sealed.
    """
    if opened.file.type != PDF:
        raise NotFound
    with my_turn(DRAWING):
        content = page_of(opened.whole(), number)
    name = f"evidence-{opened.number}-{number}.jpg"
    return _framed(Response(content, mimetype="image/jpeg"), "inline", name, len(content))


def keep_original(opened: OpenFile, called: str = "") -> Response:
    """Answer with an original, to be kept and never shown: as bytes of no kind.

    :param called: its name without the ending; where there is none, the name says which piece it is.
    :raises NotIntact: it is not what was sealed.
    """
    name = f"{called or f'evidence-{opened.number}-original'}.{_ending(opened.file.type)}"
    return _framed(Response(opened.whole(), mimetype=OTHER), "attachment", name, opened.file.size)


def _played(opened: OpenFile) -> Response:
    """Answer with a film or a sound, or with the one part of it that was asked for (RFC 9110, 14)."""
    size, kind = opened.file.size, opened.file.type
    name = _name(opened)
    asked = request.range if "If-Range" not in request.headers else None  # nothing here has a version to compare with
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1:
        answer = _framed(Response(opened.part(0, size), mimetype=kind), "inline", name, size)
        answer.headers["Accept-Ranges"] = "bytes"
        return answer
    found = asked.range_for_length(size)
    if found is None:
        answer = _framed(Response(b"", status=416, mimetype=kind), "inline", name, 0)
        answer.headers["Content-Range"] = f"bytes */{size}"
        return answer
    start, end = found[0], min(found[1], found[0] + LONGEST_PART)
    answer = _framed(Response(opened.part(start, end), status=206, mimetype=kind), "inline", name, end - start)
    answer.headers["Accept-Ranges"] = "bytes"
    answer.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return answer


def _framed(answer: Response, place: str, name: str, size: int) -> Response:
    answer.headers["Content-Disposition"] = f'{place}; filename="{name}"'
    answer.headers["Content-Length"] = str(size)
    answer.headers["Content-Security-Policy"] = FILE_POLICY
    return answer


def _name(opened: OpenFile) -> str:
    return f"evidence-{opened.number}.{_ending(opened.file.type)}"


def _ending(kind: str) -> str:
    return TYPES[kind if kind in TYPES else OTHER].ending
