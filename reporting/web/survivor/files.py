"""The pages about what she adds, and how each of their forms is answered, wherever it goes."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue

from reporting.domain.directory.taxonomies import Pathway
from reporting.domain.evidence.online import KEPT_BY, PLATFORMS
from reporting.services.errors import AlreadySent, NotAllowed
from reporting.services.evidence.custody import custody_of
from reporting.services.evidence.pieces import new_piece
from reporting.services.help.directory import directory_at_hand
from reporting.store.database import reading
from reporting.web.instance import here
from reporting.web.pages import go_to, render, translated
from reporting.web.survivor.adding import GONE, TYPED, add_piece, facts_for, take_files, thread_from
from reporting.web.survivor.her_case import what_to_say
from reporting.web.survivor.notices import in_address, said
from reporting.web.survivor.pieces import custody_entries, piece_shown, talks
from reporting.web.survivor.places import InCase, InDraft, Place, find_piece


def all_page(place: Place, code: str = "") -> Response:
    """Everything that she added, and what she can add."""
    directory = directory_at_hand(here().stores, here().house)
    return _render(
        "all",
        place,
        code,
        talks=talks(place.held(), place.ref_of),
        adults=[one for one in directory.on(Pathway.TAKEDOWN_ADULT, "") if one.is_reachable],
        minors=[one for one in directory.on(Pathway.TAKEDOWN_MINOR, "") if one.is_reachable],
    )


def online_page(place: Place, code: str = "") -> Response:
    """A link, an account or a profile."""
    return _render("online", place, code, **_choices())


def talk_page(place: Place, code: str = "") -> Response:
    """How to keep a talk, and a form for several screenshots of it."""
    return _render("talk", place, code, thread=thread_from(), **_choices())


def one_page(place: Place, ref: str, code: str = "") -> Response:
    """One piece: its receipt, what happened to it, and what she can do with it.

    :raises NotFound: there is none of this name.
    """
    piece = find_piece(place, ref)
    custody = []
    if isinstance(place, InCase):
        with reading(here().stores) as work:
            lines = custody_of(work, here().house, piece.evidence, place.case.page.opened.id)
        custody = custody_entries(lines)
    return _render("one", place, code, piece=piece_shown(piece, ref), custody=custody)


PAGES: Mapping[str, Callable[[Place, str], Response]] = {"all": all_page, "online": online_page, "talk": talk_page}


def after(place: Place, name: str, code: str = "", ref: str = "") -> Response:
    """Answer a form with the page that shows its effect; in a browser without our cookie the page is the answer."""
    if code == GONE:
        return go_to(place.elsewhere(code))
    values = {"piece": ref} if ref else {}
    if place.has_address:
        return go_to(place.url(name, **values, **in_address(code)))
    return one_page(place, ref, code) if ref else PAGES[name](place, code)


def add_files(place: Place) -> ResponseReturnValue:
    """Add the files of the form."""
    return after(place, "all", take_files(place, facts_for("all")))


def describe(place: Place) -> ResponseReturnValue:
    """Add a piece without a file, in her words."""
    words = request.form.get("says", "")
    if not words.strip():
        return after(place, "all", "empty")
    return after(place, "all", add_piece(place, new_piece(here().house, says=words)))


def add_online(place: Place) -> ResponseReturnValue:
    """Add something online, with or without a screenshot of it."""
    facts = facts_for("online")
    code = take_files(place, facts)
    if code == "file-none":
        if not any(facts[name].strip() for name in TYPED):
            return after(place, "online", "empty")
        code = add_piece(place, new_piece(here().house, **facts))
    return after(place, "all", code)


def add_talk(place: Place) -> ResponseReturnValue:
    """Add screenshots of one talk."""
    code = take_files(place, facts_for("talk"))
    return after(place, "talk" if code == "file-none" else "all", code)


def say(place: Place, ref: str) -> ResponseReturnValue:
    """Change what a piece shows."""
    piece = find_piece(place, ref)
    return _changed(place, ref, "file-said", lambda: place.say(piece.id, request.form.get("says", "")))


def move(place: Place, ref: str) -> ResponseReturnValue:
    """Put a piece of a talk before or after its neighbour."""
    piece, up = find_piece(place, ref), request.form.get("go") == "up"
    return _changed(place, "", "file-moved", lambda: place.move(piece.id, up=up))


def take_away(place: Place, ref: str) -> ResponseReturnValue:
    """Destroy the keys of a piece, when she has ticked the box."""
    piece = find_piece(place, ref)
    if request.form.get("sure") != "y":
        return after(place, "one", "tick", ref)
    done = "file-removed" if isinstance(place, InCase) else "file-unsent"
    return _changed(place, "", done, lambda: place.take_away(piece.id))


def _changed(place: Place, ref: str, done: str, change: Callable[[], None]) -> Response:
    try:
        change()
    except AlreadySent:
        return after(place, "all", "file-sent")
    except NotAllowed:
        return after(place, "one", "moved-on", ref)
    return after(place, "one" if ref else "all", done, ref)


def _render(name: str, place: Place, code: str, **context: Any) -> Response:
    settings = here().settings
    return render(
        f"files/{name}.html",
        place=place,
        draft=place.current.key.text() if isinstance(place, InDraft) else "",
        case=place.case if isinstance(place, InCase) else None,
        said=said(code) if code else what_to_say(),
        one_limit=settings.file_megabytes,
        all_limit=settings.files_megabytes,
        **context,
    )


def _choices() -> dict[str, list[tuple[str, str]]]:
    return {
        "platforms": [(code, translated(words)) for code, words in PLATFORMS.items()],
        "kept_by": [(code, translated(words)) for code, words in KEPT_BY.items()],
    }
