"""Words for a hard moment, offered in the language in which the reporter reads."""

from dataclasses import dataclass

from flask import request
from flask_babel import force_locale, gettext

from reporting.config import SHIPPED_LANGUAGES
from reporting.domain.casework.hard_moments import MOMENT_NAMES, WORDS, Moment, blanks_left
from reporting.web.languages import url
from reporting.web.pages import translated


@dataclass(frozen=True)
class MomentLink:
    """What begins a message with the words for a moment."""

    name: str
    url: str


def moment_links(case_id: bytes) -> list[MomentLink]:
    """Return a link for each moment; the address carries a code from a closed list."""
    return [
        MomentLink(translated(name), url("case.view", case_id=case_id, words=moment.value, _anchor="messages"))
        for moment, name in MOMENT_NAMES.items()
    ]


def offered_words(language: str) -> str:
    """Return the words that the address asks for, in a language; empty where it asks for none."""
    code = request.args.get("words", "")
    if code not in set(Moment):
        return ""
    with force_locale(language if language in SHIPPED_LANGUAGES else SHIPPED_LANGUAGES[0]):
        return str(gettext(WORDS[Moment(code)]))


def something_left_open(text: str) -> bool:
    """Return whether a blank of the offered words, in any language, still stands in a message."""
    for language in SHIPPED_LANGUAGES:
        with force_locale(language):
            if any(blanks_left(text, str(gettext(words))) for words in WORDS.values()):
                return True
    return False
