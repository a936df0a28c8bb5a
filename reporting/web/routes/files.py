"""What she adds to a case of hers: files, links and accounts, and words instead; and her own originals back."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from reporting.domain.sealed.disclosure import REPORTER
from reporting.policy import Permission
from reporting.services.errors import NotFound
from reporting.services.evidence.showing import open_to_show
from reporting.store.database import reading
from reporting.web.access import allow
from reporting.web.evidence_files import keep_original
from reporting.web.instance import here
from reporting.web.survivor import files
from reporting.web.survivor.arriving import add_whole
from reporting.web.survivor.her_case import look_at
from reporting.web.survivor.places import InCase, find_piece
from reporting.web.uploads import takes_files

blueprint = Blueprint("files", __name__)
HERS = "/page/<string(length=16):ref>/files"
PIECE = f"{HERS}/<string(length=16):piece>"


@blueprint.get(HERS)
@allow(Permission.FOLLOW_CASE)
def hers_all(ref: str) -> ResponseReturnValue:
    """Everything that she added."""
    return files.all_page(_case(ref))


@blueprint.post(HERS)
@allow(Permission.FOLLOW_CASE)
@takes_files
def hers_add(ref: str) -> ResponseReturnValue:
    """Add files."""
    return files.add_files(_case(ref))


@blueprint.post(f"{HERS}/words")
@allow(Permission.FOLLOW_CASE)
def hers_words(ref: str) -> ResponseReturnValue:
    """Describe it instead."""
    return files.describe(_case(ref))


@blueprint.get(f"{HERS}/online")
@allow(Permission.FOLLOW_CASE)
def hers_online(ref: str) -> ResponseReturnValue:
    """A link, an account or a profile."""
    return files.online_page(_case(ref))


@blueprint.post(f"{HERS}/online")
@allow(Permission.FOLLOW_CASE)
@takes_files
def hers_add_online(ref: str) -> ResponseReturnValue:
    """Add something online."""
    return files.add_online(_case(ref))


@blueprint.get(f"{HERS}/talk")
@allow(Permission.FOLLOW_CASE)
def hers_talk(ref: str) -> ResponseReturnValue:
    """How to keep a talk."""
    return files.talk_page(_case(ref))


@blueprint.post(f"{HERS}/talk")
@allow(Permission.FOLLOW_CASE)
@takes_files
def hers_add_talk(ref: str) -> ResponseReturnValue:
    """Add screenshots of one talk."""
    return files.add_talk(_case(ref))


@blueprint.post(f"{HERS}/whole/<any(all, online, talk):kind>")
@allow(Permission.FOLLOW_CASE)
@takes_files
def hers_whole(ref: str, kind: str) -> ResponseReturnValue:
    """Add a file that has come in parts."""
    return add_whole(_case(ref), kind)


@blueprint.get(PIECE)
@allow(Permission.FOLLOW_CASE)
def hers_one(ref: str, piece: str) -> ResponseReturnValue:
    """One piece, with its receipt."""
    return files.one_page(_case(ref), piece)


@blueprint.post(PIECE)
@allow(Permission.FOLLOW_CASE)
def hers_say(ref: str, piece: str) -> ResponseReturnValue:
    """Change what it shows."""
    return files.say(_case(ref), piece)


@blueprint.post(f"{PIECE}/move")
@allow(Permission.FOLLOW_CASE)
def hers_move(ref: str, piece: str) -> ResponseReturnValue:
    """Change its place in a talk."""
    return files.move(_case(ref), piece)


@blueprint.post(f"{PIECE}/remove")
@allow(Permission.FOLLOW_CASE)
def hers_remove(ref: str, piece: str) -> ResponseReturnValue:
    """Take it away."""
    return files.take_away(_case(ref), piece)


@blueprint.get(f"{PIECE}/original")
@allow(Permission.FOLLOW_CASE)
def hers_original(ref: str, piece: str) -> ResponseReturnValue:
    """Give her own file back, as she gave it, under a name that says nothing; what a handler added is not hers.

    :raises NotIntact: it is not what she gave, so nothing of it leaves.
    """
    case = _case(ref)
    evidence = find_piece(case, piece).evidence
    file = evidence.original
    if file is None or evidence.author != REPORTER:
        raise NotFound
    number = evidence.position + 1
    with reading(here().stores) as work:
        opened = open_to_show(work, here().stores.blobs, file, case.case.page.opened.id, number)
    return keep_original(opened, f"file-{piece[:4]}")


def _case(ref: str) -> InCase:
    return InCase(look_at(ref))
