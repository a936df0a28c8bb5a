"""Words typed when her session had ended wait for the same browser, for an hour and no longer."""

import pytest

from reporting.crypto.errors import TooLong
from reporting.services.signing_in import pending
from reporting.services.signing_in.sessions import Ticket
from reporting.services.survivor.drafts import DraftKey, find_draft
from reporting.store.database import reading, writing
from reporting.store.shred import DraftRow
from tests.builders import Built, in_unit

WORDS = "I typed this while my session ran out. \u200f👩🏽"


def waiting(built: Built, ticket: Ticket) -> str:
    """Return what waits."""
    with reading(built.stores) as work:
        return pending.kept_words(work, built.house, ticket)


@pytest.mark.req("P8")
@pytest.mark.principle("support")
def test_her_words_wait_for_her_browser_alone(empty: Built) -> None:
    ticket = Ticket.new()
    in_unit(empty, pending.keep_words, ticket, WORDS)
    assert waiting(empty, ticket) == WORDS
    assert waiting(empty, Ticket.new()) == ""
    with reading(empty.stores) as work:
        (row,) = work.shred.query(DraftRow).all()
        assert b"session ran out" not in row.sealed
        assert (row.expires_hour.minute, row.expires_hour.second) == (0, 0)
        assert find_draft(work, empty.house, DraftKey(ticket.secret.raw)) is None


def test_newer_words_take_the_place_of_the_older_and_empty_ones_forget_them(empty: Built) -> None:
    ticket = Ticket.new()
    for text in ("First.", "Second.", "  "):
        in_unit(empty, pending.keep_words, ticket, text)
        assert waiting(empty, ticket) == text.strip()


def test_characters_that_nothing_can_store_are_replaced(empty: Built) -> None:
    ticket = Ticket.new()
    in_unit(empty, pending.keep_words, ticket, "a\x00b\ud800c")
    assert waiting(empty, ticket) == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c"


@pytest.mark.principle("safety")
def test_they_are_gone_after_their_hour_and_when_she_came_back(empty: Built) -> None:
    first, second = Ticket.new(), Ticket.new()
    for ticket in (first, second):
        in_unit(empty, pending.keep_words, ticket, WORDS)
    with writing(empty.stores) as work:
        pending.forget_words(work, first)
    assert waiting(empty, first) == ""
    empty.clock.forward(hours=2)
    assert waiting(empty, second) == ""


@pytest.mark.req("P1")
def test_a_row_that_was_swapped_opens_nothing(empty: Built) -> None:
    ticket, other = Ticket.new(), Ticket.new()
    for one in (ticket, other):
        in_unit(empty, pending.keep_words, one, WORDS)
    with writing(empty.stores) as work:
        first, second = work.shred.query(DraftRow).all()
        first.sealed, second.sealed = second.sealed, first.sealed
    assert (waiting(empty, ticket), waiting(empty, other)) == ("", "")


@pytest.mark.req("P8")
def test_words_beyond_the_largest_class_are_refused(empty: Built) -> None:
    with pytest.raises(TooLong):
        in_unit(empty, pending.keep_words, Ticket.new(), "a" * (1024 * 1024))
