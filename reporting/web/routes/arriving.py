"""Files that come in parts, for the script on the pages about files; without it the forms there send them whole.

Every answer is a line of JSON: `key` of a file that may come, `here` for how far it has come, `go` for the page that
shows it, or `say`, a sentence about what is wrong with this file.
"""

from contextlib import suppress

from flask import Blueprint, Response, request

from reporting.domain.evidence.arriving import PART_SIZE
from reporting.policy import Permission
from reporting.services.errors import NotAllowed, NotFound, TooLarge
from reporting.services.evidence.arriving import OutOfStep, begin, finish, take_part
from reporting.services.survivor.drafts import DraftKey
from reporting.store.database import writing
from reporting.store.objects import BlobsUnreachable
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.survivor.arriving import AGAIN, no_room, sentence, told
from reporting.web.uploads import clean_name, pieces, takes_pieces

blueprint = Blueprint("arriving", __name__)
LONGEST_NUMBER = 15
COPIES = 3
"""For a moment a file lies here as its parts, as a whole and as its working copy."""


@blueprint.post("/files/begin")
@allow(Permission.WRITE_REPORT)
def begun() -> Response:
    """Note that a file comes in parts, and give the key under which they come."""
    here().throttle.open_form(request.remote_addr or "")
    key, size, most = DraftKey.new(), _number("size"), here().settings.most_of_one
    try:
        here().stores.blobs.check_room(COPIES * min(size, most))
        with writing(here().stores) as work:
            begin(work, here().house, key, clean_name(request.form.get("name", "")), size, most)
    except BlobsUnreachable as error:
        return no_room(error)
    except TooLarge:
        return told(say=sentence("file-large"))
    except NotAllowed:
        return told(say=sentence("file-empty"))
    return told(key=key.text())


@blueprint.post("/files/part")
@allow(Permission.WRITE_REPORT)
@takes_pieces(most=PART_SIZE)
def part() -> Response:
    """Take the next part of a file; one that does not fit is told where to go on."""
    key = DraftKey.parse(request.form.get("key"))
    try:
        if key is None:
            raise NotFound
        return told(here=take_part(here().stores, here().house, key, _number("at"), pieces()))
    except OutOfStep as wanted:
        return told(here=wanted.here)
    except BlobsUnreachable as error:
        return no_room(error)
    except (NotFound, TooLarge):
        return told(say=sentence(AGAIN))


@blueprint.post("/files/stop")
@allow(Permission.WRITE_REPORT)
def stopped() -> Response:
    """Destroy the keys of what has come of a file: she has stopped, or left the page."""
    key = DraftKey.parse(request.form.get("key"))
    if key is not None:
        with suppress(NotFound), writing(here().stores) as work:
            work.main.connection()  # a unit that needs both stores begins with the main database
            finish(work, here().house, key)
    return told()


def _number(name: str) -> int:
    """Return a whole number of the form; what is none, or absurd, is 0 and fits nothing that has begun."""
    typed = request.form.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_NUMBER else 0
