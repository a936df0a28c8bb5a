"""Cases ticked in a list: each value is the id, a dot, and the number of messages that the page had shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request

from reporting.domain.casework.aside import Reason
from reporting.web.addresses import id_from
from reporting.web.pages import translated
from reporting.web.staff.words import REASONS

MOST_AT_ONCE = 100


@dataclass(frozen=True)
class ReasonShown:
    """A reason to choose."""

    value: str
    words: str


def pick_of(case_id: bytes, seen: int) -> str:
    """Return what the box of a case carries."""
    return f"{case_id.hex()}.{seen}"


def picked() -> Mapping[bytes, int]:
    """Return the ticked cases and what was seen of each; what is none of ours is left out."""
    found: dict[bytes, int] = {}
    for value in request.form.getlist("case")[:MOST_AT_ONCE]:
        code, _, seen = value.partition(".")
        case_id = id_from(code)
        if case_id is not None and seen.isascii() and seen.isdigit() and len(seen) < 8:
            found[case_id] = int(seen)
    return found


def reasons() -> list[ReasonShown]:
    """Return the reasons in the words of this page."""
    return [ReasonShown(reason.value, translated(REASONS[reason])) for reason in Reason]
