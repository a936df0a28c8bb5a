"""Beginning to write from her page, without losing what was begun in this browser before."""

from dataclasses import replace
from enum import StrEnum

from flask import Response, request

from reporting.domain.questions import Door
from reporting.domain.reading.resemblance import words_of_contact
from reporting.domain.sealed.disclosure import People
from reporting.services.survivor.drafts import Draft, DraftKey, discard, keep_draft
from reporting.store.database import writing
from reporting.web.cookies import DRAFT, drop_cookie, set_cookie
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.pages import go_to
from reporting.web.survivor.visitors import OpenDraft, draft_key, open_draft


class InTheWay(StrEnum):
    """What in this browser a new draft would displace: something not sent, or a token not noted."""

    DRAFT = "draft"
    HANDOVER = "handover"


def in_the_way(key: DraftKey | None = None) -> InTheWay | None:
    """Return what has to be decided first: about the draft of this key, or else of this browser."""
    current = open_draft(key)
    if current is None:
        return None
    if current.draft.sent:
        return InTheWay.HANDOVER if current.draft.token else None
    return InTheWay.DRAFT if current.draft.answers or current.draft.named else None


def begin(draft: Draft) -> Response:
    """Keep a draft in this browser and lead into the form; or ask about what is there already."""
    known = open_draft()
    if known is not None and _goes_on(known, draft):
        return _lead_into(known.key, replace(known.draft, door=draft.door, office=draft.office, passed=False))
    if in_the_way():
        return go_to(url("follow.begun"))
    here().throttle.open_form(request.remote_addr or "")
    return _lead_into(DraftKey.new(), draft)


def clear_away() -> Response:
    """Throw away what was begun in this browser."""
    response, key = go_to(url("follow.pages", done="cleared")), draft_key()
    if key is not None:
        with writing(here().stores) as work:
            discard(work, here().house, key)
    drop_cookie(response, DRAFT)
    return response


def names_to_close(people: People) -> tuple[str, ...]:
    """Return every name that a new account of hers must start closed to: given, written or typed."""
    given = [name for person in people.named for name in (person.name, words_of_contact(person.contact))]
    return tuple(dict.fromkeys(name for name in (*people.excluded_words, *given) if name.strip()))


def _goes_on(known: OpenDraft, draft: Draft) -> bool:
    return bool(draft.continuing) and known.draft.continuing == draft.continuing and not known.draft.sent


def _lead_into(key: DraftKey, draft: Draft) -> Response:
    with writing(here().stores) as work:
        keep_draft(work, here().house, key, draft)
    needs_office = not draft.office and draft.door is not Door.PRIVATE
    response = go_to(url("report.start", door=draft.door) if needs_office else url("report.before"))
    set_cookie(response, DRAFT, key.text())
    return response
