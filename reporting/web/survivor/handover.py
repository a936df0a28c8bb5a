"""Handing a token over, whether it came with a report, as a spare or instead of an old one.

A fresh token waits sealed in a draft that was sent, as the token of a report does. Only when she
says that she has it does it leave the draft, and only then does the one that it replaces die.
"""

from dataclasses import replace

from flask import Response, g

from reporting.crypto.token import draw
from reporting.domain.questions import Door
from reporting.domain.reading.guests import last_day
from reporting.services.actors import Reporter
from reporting.services.reading.guests import invite, keys_of
from reporting.services.signing_in.sessions import move_survivor_session
from reporting.services.survivor.drafts import Draft, DraftKey, Purpose, discard, forget_token, keep_draft
from reporting.services.survivor.tokens import add_token, finish_replacement, reporter_from
from reporting.store.database import writing
from reporting.web.cookies import DRAFT, drop_cookie, set_cookie
from reporting.web.instance import here
from reporting.web.languages import language, url
from reporting.web.pages import go_to
from reporting.web.survivor.beginning import in_the_way
from reporting.web.survivor.visitors import OpenDraft, begin_session, open_draft, reporter, ticket


def new_token_page(person: Reporter, purpose: Purpose) -> Response:
    """Make a token beside the one she came with, and answer with the page that hands it over.

    One that she was given a moment ago and has not confirmed is shown again instead of a third.
    """
    house, waiting = here().house, _waiting_for(person)
    if waiting is not None:
        with writing(here().stores) as work:
            keep_draft(work, house, waiting.key, replace(waiting.draft, purpose=purpose))
        return go_to(url("kept.token"))
    if in_the_way():
        return go_to(url("follow.begun"))
    token, key = draw(language()), DraftKey.new()
    fresh = reporter_from(house, token)
    draft = Draft(token.raw.hex(), language(), Door.PRIVATE, sent=True, purpose=purpose, owner=person.lookup_id.hex())
    with writing(here().stores) as work:
        add_token(work, house, person, fresh)
        keep_draft(work, house, key, draft)
    response = go_to(url("kept.token"))
    set_cookie(response, DRAFT, key.text())
    return response


def invite_page(person: Reporter, case_id: bytes, name: str, period: str) -> Response:
    """Let a guest of hers in, and answer with the page that hands over the guest's token.

    :raises NotAllowed: no name, no such period, or nobody else reads the case.
    """
    if in_the_way():
        return go_to(url("follow.begun"))
    house, token, key = here().house, draw(language()), DraftKey.new()
    keys, until = keys_of(house, token), last_day(house.today(), period)
    draft = Draft(
        token.raw.hex(), language(), Door.PRIVATE, sent=True, purpose=Purpose.GUEST, owner=person.lookup_id.hex()
    )
    with writing(here().stores) as work:
        invite(work, house, person, case_id, name=name, until=until, keys=keys)
        keep_draft(work, house, key, draft)
    response = go_to(url("kept.token"))
    set_cookie(response, DRAFT, key.text())
    return response


def confirm(current: OpenDraft, *, open_page: bool) -> Response:
    """She has the token: it leaves the draft, and the one that it replaces dies.

    :param open_page: she typed it back, so her page opens.
    """
    open_page = open_page and current.draft.purpose is not Purpose.GUEST
    fresh = _fresh(current.draft) if open_page or current.draft.purpose is Purpose.REPLACE else None
    if fresh is not None and current.draft.purpose is Purpose.REPLACE and not _replace_old(current.draft, fresh):
        return go_to(url("follow.words", why="old"))
    with writing(here().stores) as work:
        forget_token(work, here().house, current.key)
    if current.draft.purpose is Purpose.GUEST:
        return go_to(url("follow.pages", done="guest"))
    if current.draft.purpose is not Purpose.REPORT and reporter() is not None:
        return go_to(url("follow.words", done=current.draft.purpose.value))
    if open_page and fresh is not None:
        return begin_session(go_to(url("follow.pages")), fresh)
    return go_to(url("kept.done"))


def forget_handover(response: Response) -> Response:
    """She leaves her page: a token beside or instead of hers is not shown to the next person here; hers still opens."""
    current = open_draft()
    if current is not None and current.draft.token and current.draft.purpose is not Purpose.REPORT:
        with writing(here().stores) as work:
            discard(work, here().house, current.key)
        drop_cookie(response, DRAFT)
    return response


def _waiting_for(person: Reporter) -> OpenDraft | None:
    """Return the hand-over in this browser that she has begun with the token she came with."""
    current = open_draft()
    if current is None or not current.draft.token or current.draft.purpose is Purpose.GUEST:
        return None
    if current.draft.owner != person.lookup_id.hex():
        return None
    return current


def _fresh(draft: Draft) -> Reporter:
    return reporter_from(here().house, draft.drawn_token())


def _replace_old(draft: Draft, fresh: Reporter) -> bool:
    """Let the old token die; a session that was opened with it in this browser goes on with the new one."""
    came, old, current = reporter(), bytes.fromhex(draft.owner), ticket()
    with writing(here().stores) as work:
        if not finish_replacement(work, here().house, old, fresh, came):
            return False
        if came is not None and came.lookup_id == old and current is not None:
            move_survivor_session(work, current, fresh)
            g.reporter = fresh
    return True
