"""A request from outside as the page of a case shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reporting.domain.file.outside import ASKERS, Answer, OutsideRequest
from reporting.domain.words import N_
from reporting.services.sealed.entries import Filed
from reporting.web.languages import url
from reporting.web.pages import translated
from reporting.web.staff.listing import names_shown

ANSWERS: Mapping[Answer, str] = {
    Answer.OPEN: N_("Not answered yet"),
    Answer.GIVEN: N_("Given"),
    Answer.PART: N_("Given in part"),
    Answer.REFUSED: N_("Refused"),
}
SAID: Mapping[str, str] = {
    "": N_("The reporter has not said anything to it."),
    "yes": N_("The reporter said yes."),
    "no": N_("The reporter said no."),
}


@dataclass(frozen=True)
class OutsideShown:
    """One request; an address is empty where nothing can be done. `told_on` is set where the reporter is told later."""

    asker: str
    who: str
    ground: str
    items: list[str]
    identity: bool
    in_part: bool
    answer: str
    is_open: bool
    reason: str
    forbidden_by: str
    told_on: date
    from_day: date
    said: str
    agreed: bool
    give_url: str
    refuse_url: str
    document_url: str
    written_by: str
    written_on: date


def request_shown(
    case_id: bytes, filed: Filed[OutsideRequest], said: str, *, agreed: bool, may_give: bool, may_take: bool
) -> OutsideShown:
    """Return a request in the words of this language."""
    asked, at = filed.entry, {"case_id": case_id, "entry_id": filed.id}
    is_open = asked.answer is Answer.OPEN
    return OutsideShown(
        translated(ASKERS[asked.asker]),
        asked.who,
        asked.ground,
        names_shown(asked.items),
        asked.identity,
        asked.in_part,
        translated(ANSWERS[asked.answer]),
        is_open,
        asked.reason,
        asked.forbidden_by,
        date.fromisoformat(asked.told_on),
        date.fromisoformat(asked.from_day),
        translated(SAID[said]),
        agreed,
        url("outside.give", **at) if may_give else "",
        url("outside.refuse", **at) if is_open else "",
        url("outside.document", **at) if may_take else "",
        asked.author_name,
        asked.written_on,
    )
