"""Colleagues' keys: compare a fingerprint with the person, then vouch."""

import re
from dataclasses import dataclass

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from reporting.policy import Permission
from reporting.services.errors import WordsDiffer
from reporting.services.reading.trust import vouch as give_vouch
from reporting.services.reading.vouches import Colleague, is_vouched_for, own_words
from reporting.services.reading.vouches import colleagues as colleagues_of
from reporting.store.database import reading, writing
from reporting.web.access import allow
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to, translated
from reporting.web.staff.forms import WordsForm, refuse
from reporting.web.staff.pages import me, staff_page
from reporting.web.staff.step_up import proof_url, proved
from reporting.web.staff.words import ROLES

blueprint = Blueprint("vouches", __name__)


@dataclass(frozen=True)
class ColleagueShown:
    """A colleague with the form that belongs to them."""

    colleague: Colleague
    role: str
    form: WordsForm


@blueprint.get("/staff/colleagues")
@allow(Permission.SEE_FINGERPRINTS)
def colleagues() -> ResponseReturnValue:
    """Show the readers of my office and whose key is vouched for."""
    return _page()


@blueprint.post("/staff/colleagues/<id:staff_id>")
@allow(Permission.VOUCH)
@proved("vouch")
def vouch(staff_id: bytes) -> ResponseReturnValue:
    """Vouch for a key with the words that its person has just read aloud."""
    form = WordsForm(request.form, prefix=_prefix(staff_id))
    if not form.validate():
        return _page(staff_id, form)
    try:
        with writing(here().stores) as work:
            give_vouch(work, here().house, me(), staff_id, _words(str(form.words.data)))
    except WordsDiffer:
        refuse(
            form.words,
            gettext("These are not the words of this key. Ask the person to read them once more, from their own page."),
        )
        return _page(staff_id, form)
    return go_to(url("vouches.colleagues", done="vouched"))


def _page(refused_id: bytes | None = None, refused: WordsForm | None = None) -> Response:
    with reading(here().stores) as work:
        found = colleagues_of(work, here().house, me())
        trusted, words = is_vouched_for(work, here().house, me()), own_words(work, me())
    return staff_page(
        "vouches/colleagues.html",
        status=422 if refused else 200,
        trusted=trusted,
        proof=proof_url("vouch"),
        words=words,
        colleagues=[
            ColleagueShown(
                one,
                translated(ROLES[one.role]),
                refused if refused and one.staff_id == refused_id else WordsForm(prefix=_prefix(one.staff_id)),
            )
            for one in found
        ],
    )


def _prefix(staff_id: bytes) -> str:
    """Return what makes the fields of one colleague's form differ from the next one's."""
    return f"k{staff_id.hex()[:8]}-"


def _words(typed: str) -> list[str]:
    """Return the words, however they were set apart or numbered."""
    return re.findall(r"[a-z]+", typed.lower())
