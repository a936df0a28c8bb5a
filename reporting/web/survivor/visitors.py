"""The survivor's side of a request: whose token opened this page, which draft this form belongs to."""

from dataclasses import dataclass

from flask import Response, g, request

from reporting.services.actors import GuestReader, Provider, Reporter
from reporting.services.errors import NotFound
from reporting.services.protection.referral_reading import find_provider
from reporting.services.reading.guests import come_as_guest
from reporting.services.signing_in.pending import forget_words, keep_words
from reporting.services.signing_in.sessions import (
    Ticket,
    end_survivor_session,
    find_guest_of,
    find_reporter_of,
    needs_renewal,
    renew_survivor_session,
    start_survivor_session,
)
from reporting.services.survivor.drafts import Draft, DraftKey, find_draft
from reporting.store.database import reading, writing
from reporting.web.cookies import DRAFT, PAGE, drop_cookie, read_cookie, set_cookie
from reporting.web.instance import here


@dataclass(frozen=True)
class OpenDraft:
    """A draft and the key under which it is kept."""

    key: DraftKey
    draft: Draft


def ticket() -> Ticket | None:
    """Return the ticket of her session's cookie."""
    return Ticket.parse(read_cookie(PAGE))


def reporter() -> Reporter | None:
    """Return who came with a token, if her session lives; a living one gets its full hours again."""
    if "reporter" not in g:
        g.reporter = _find_reporter()
    return g.reporter if g.reporter else None


def guest() -> GuestReader | None:
    """Return which guest of hers came with a token, if the session lives and the access has not ended."""
    current, instance = ticket(), here()
    if current is None:
        return None
    with reading(instance.stores) as work:
        found = find_guest_of(work, instance.house, current)
        try:
            return come_as_guest(work, instance.house, *found) if found else None
        except NotFound:
            return None


def provider() -> Provider | None:
    """Return which service reads the page of a link here, if its session lasts and nobody has stopped it."""
    current, instance = ticket(), here()
    if current is None:
        return None
    with reading(instance.stores) as work:
        return find_provider(work, instance.house, current)


def begin_session(response: Response, person: Reporter | GuestReader, words: str = "") -> Response:
    """Open her page in this browser; an older session of it ends.

    :param words: hers, typed before the page opened; they wait for her there.
    """
    instance, old = here(), ticket()
    with writing(instance.stores) as work:
        if old is not None:
            end_survivor_session(work, old)
            forget_words(work, old)
        fresh = start_survivor_session(work, instance.house, person)
        keep_words(work, instance.house, fresh, words)
    set_cookie(response, PAGE, fresh.cookie())
    return response


def end_session(response: Response) -> Response:
    """End her session and let the browser forget it."""
    current = ticket()
    if current is not None:
        with writing(here().stores) as work:
            end_survivor_session(work, current)
            forget_words(work, current)
    drop_cookie(response, PAGE)
    return response


def draft_key() -> DraftKey | None:
    """Return the key that this form carries, or her draft's cookie: another tab may have begun another draft since."""
    return DraftKey.parse(request.form.get("draft")) or DraftKey.parse(read_cookie(DRAFT))


def open_draft(key: DraftKey | None = None) -> OpenDraft | None:
    """Return the draft of a key, or else the one that this browser is writing."""
    key = key or draft_key()
    if key is None:
        return None
    with reading(here().stores) as work:
        draft = find_draft(work, here().house, key)
    return OpenDraft(key, draft) if draft is not None else None


def _find_reporter() -> Reporter | bool:
    """False instead of None, so that one request looks once."""
    current, instance = ticket(), here()
    if current is None:
        return False
    with reading(instance.stores) as work:
        person = find_reporter_of(work, instance.house, current)
        renew = person is not None and needs_renewal(work, instance.house, current)
    if renew:
        with writing(instance.stores) as work:
            renew_survivor_session(work, instance.house, current)
    return person or False
