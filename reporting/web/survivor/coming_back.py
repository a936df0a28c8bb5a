"""The page on which she types her token, and words of hers that wait until she has done so.

Trying a token is always answered with 303: a page that is the answer to a form stays, with what was
typed, in the profile of some browsers. What went wrong travels as a code from a closed list.
"""

import re
from collections.abc import Mapping

from flask import Response
from flask_babel import gettext as _

from reporting.crypto.errors import NotAToken, UnknownWord, WrongCheck
from reporting.crypto.token import parse
from reporting.services.actors import GuestReader, Reporter
from reporting.services.errors import NotFound
from reporting.services.reading.guests import come_as_guest
from reporting.services.signing_in.pending import forget_words, keep_words, kept_words
from reporting.services.signing_in.sessions import Ticket
from reporting.services.signing_in.throttle import GUESSING
from reporting.services.survivor.tokens import come_back, reporter_from
from reporting.store.database import Work, reading, writing
from reporting.web.cookies import PAGE, set_cookie
from reporting.web.instance import here
from reporting.web.pages import render
from reporting.web.survivor.talking import talk_words
from reporting.web.survivor.visitors import reporter, ticket

POSITION = re.compile(r"word-([1-8])")
WORDS = "pending"


def entry_page(*, status: int = 200, words: str = "", why: str = "") -> Response:
    """Return the page on which a token is typed; `words` are hers and wait to be sent along."""
    problem = _sentence(why)
    return render("follow/enter.html", status=status, words=words, problem=problem, is_open=reporter() is not None)


def typed_words(form: Mapping[str, str]) -> str:
    """Return what she typed into a form of her page, so that it can wait for her token."""
    talk = talk_words(form)
    said = (form.get(WORDS, ""), form.get("text", ""), form.get("says", ""), talk)
    return "\n\n".join(text for text in said if text.strip())


def try_token(text: str, client: str) -> Reporter | GuestReader:
    """Return who comes with this token, she or a guest of hers; equally slow for every token that opens nothing.

    :raises NotAToken: what was typed is no token.
    :raises NotFound: nothing opens with it, for whatever reason.
    :raises TooMany: too many tries from here.
    """
    throttle = here().throttle
    throttle.before_guess(GUESSING, client)
    person = reporter_from(here().house, parse(text))
    try:
        with reading(here().stores) as work:
            return _who_comes(work, person)
    except NotFound:
        throttle.after_failure(GUESSING, client)
        raise


def _who_comes(work: Work, person: Reporter) -> Reporter | GuestReader:
    try:
        come_back(work, person)
    except NotFound:
        return come_as_guest(work, here().house, person.lookup_id, person.pair)
    return person


def code_of(error: NotAToken) -> str:
    """Return the code that says what is wrong with typed text, never what it was."""
    if isinstance(error, UnknownWord):
        return f"word-{error.position}"
    return "check" if isinstance(error, WrongCheck) else "length"


def keep_for_later(response: Response, words: str) -> Response:
    """Keep her words sealed for this browser until she has come back."""
    current = ticket()
    if current is None and words.strip():
        current = Ticket.new()
        set_cookie(response, PAGE, current.cookie())
    if current is not None:
        with writing(here().stores) as work:
            keep_words(work, here().house, current, words)
    return response


def waiting_words() -> str:
    """Return her words that wait in this browser."""
    current = ticket()
    if current is None:
        return ""
    with reading(here().stores) as work:
        return kept_words(work, here().house, current)


def forget_waiting() -> None:
    """Let go of her words that waited: they are where they belong."""
    current = ticket()
    if current is not None:
        with writing(here().stores) as work:
            forget_words(work, current)


def _sentence(why: str) -> str | None:
    """Return what a code means; nothing for a code that is not ours."""
    position = POSITION.fullmatch(why)
    if position:
        return str(_("Word %(number)s is in none of our lists. Perhaps one letter is different.", number=position[1]))
    sentences: dict[str, str] = {
        "length": _("A token has 8 words, or 27 digits. Perhaps one is missing, or is there twice."),
        "check": _("Each part is possible, but together they are no token. Perhaps two have changed places."),
        "unknown": _("Nothing opens with this token. It may be mistyped or replaced, or what it opened was erased."),
        "wait": _("There were many tries from this place. Please wait five minutes. Nothing of yours is lost."),
        "file-gone": _("It was not added, because what it belongs to is not here any more. Nothing of it is kept."),
        "closed": _("Your page opens with your token. If it was open here, it has closed by itself."),
    }
    return sentences.get(why)
