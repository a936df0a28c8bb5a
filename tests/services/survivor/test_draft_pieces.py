"""What comes while she writes: two at the same moment both stay, and what she sends has exactly what she had."""

from dataclasses import replace

import pytest

from reporting.domain.evidence.evidence import Evidence
from reporting.domain.questions import Door
from reporting.domain.sealed.disclosure import Answer, AnswerState
from reporting.services.actors import Reporter
from reporting.services.errors import AlreadySent, AlreadyThere, NotFound, TooLarge
from reporting.services.evidence.pieces import new_piece, pieces_in
from reporting.services.evidence.receiving import Received, receive
from reporting.services.sealed.sealing import open_case
from reporting.services.survivor import draft_pieces, drafts
from reporting.services.survivor.composing import compose
from reporting.services.survivor.drafts import Draft, DraftKey, new_draft
from reporting.services.survivor.report import seal_report, submit_report
from reporting.services.survivor.tokens import reporter_from
from reporting.store.blobs import blob_key_of
from reporting.store.database import reading, writing
from tests.builders import Built, in_unit
from tests.evidence import MIB, keyed_blobs, photo
from tests.services.together import at_once

STORY = Answer("account.story", "In your own words", AnswerState.ANSWERED, "It began in May.")


def kept(built: Built) -> tuple[DraftKey, Draft]:
    """Keep a draft."""
    key = DraftKey.new()
    return key, in_unit(built, drafts.keep_draft, key, new_draft("en", Door.PRIVATE).with_answers((STORY,)))


def come(built: Built, content: bytes, name: str = "a.jpg") -> Received:
    """Receive a file that no row names yet."""
    told = replace(new_piece(built.house), name=name)
    return receive(built.stores.blobs, built.house, told, iter([content]), MIB)


def add(built: Built, key: DraftKey, content: bytes, name: str = "a.jpg") -> Evidence:
    """Add a file to a draft."""
    piece: Evidence = in_unit(built, draft_pieces.add_to_draft, key, come(built, content, name), MIB)
    return piece


def now(built: Built, key: DraftKey) -> Draft:
    """Return the draft as it is kept."""
    with reading(built.stores) as work:
        draft = drafts.find_draft(work, built.house, key)
    assert draft is not None
    return draft


def send(built: Built, key: DraftKey) -> tuple[Reporter, Draft]:
    """Send what the draft holds; the machine stops before it is marked as sent."""
    sent, today = now(built, key), built.house.today()
    person = reporter_from(built.house, sent.drawn_token())
    case_id = bytes.fromhex(sent.case_id)
    sealed = seal_report(built.house, person, compose(sent, today), None, today=today, case_id=case_id)
    in_unit(built, submit_report, person, sealed)
    return person, sent


def keys_left(built: Built) -> int:
    """Return of how many files there is a key."""
    with reading(built.stores) as work:
        return len(keyed_blobs(work.shred))


@pytest.mark.req("P8")
def test_two_files_that_come_at_the_same_moment_both_stay(built: Built) -> None:
    key, _ = kept(built)
    files = [come(built, colour.encode()) for colour in ("red", "green", "blue")]
    at_once(lambda place: in_unit(built, draft_pieces.add_to_draft, key, files[place], MIB), 3)
    pieces = now(built, key).evidence
    assert len(pieces) == 3
    assert [one.position for one in pieces] == [0, 1, 2]


@pytest.mark.req("P8")
def test_the_same_file_twice_at_the_same_moment_is_there_once(built: Built) -> None:
    key, _ = kept(built)
    files = [come(built, b"the same"), come(built, b"the same")]
    got = at_once(lambda place: in_unit(built, draft_pieces.add_to_draft, key, files[place], MIB), 2)
    assert [type(one) for one in got if isinstance(one, Exception)] == [AlreadyThere]
    assert (len(now(built, key).evidence), keys_left(built)) == (1, 1)


def test_all_files_together_may_have_so_many_bytes_and_no_draft_takes_more(built: Built) -> None:
    key, _ = kept(built)
    add(built, key, b"a" * 600)
    with pytest.raises(TooLarge):
        in_unit(built, draft_pieces.add_to_draft, key, come(built, b"b" * 600), 1000)
    with pytest.raises(NotFound):
        in_unit(built, draft_pieces.add_to_draft, DraftKey.new(), come(built, b"c"), MIB)
    assert keys_left(built) == 1


@pytest.mark.req("P8")
@pytest.mark.principle("respect")
def test_what_comes_and_goes_while_it_is_sent_is_in_the_case_as_she_left_it(built: Built) -> None:
    key, _ = kept(built)
    stays, goes = add(built, key, photo("red")), add(built, key, photo("green"))
    person, sent = send(built, key)
    late = add(built, key, photo("blue"))
    in_unit(built, draft_pieces.take_from_draft, key, goes.salt)
    in_unit(built, draft_pieces.finish, person, key, sent, sent)
    case_id = bytes.fromhex(sent.case_id)
    with reading(built.stores) as work:
        pieces = [one.evidence for one in pieces_in(work, open_case(work, person, built.house, case_id))]
        opens = [blob_key_of(work.shred, file.blob_id, case_id) is not None for one in pieces for file in one.files]
    assert {one.salt for one in pieces} == {stays.salt, late.salt}
    assert all(opens)
    assert keys_left(built) == 4
    with pytest.raises(AlreadySent):
        in_unit(built, draft_pieces.add_to_draft, key, come(built, b"after"), MIB)


@pytest.mark.principle("safety")
def test_throwing_a_draft_away_destroys_the_keys_of_its_files(built: Built) -> None:
    key, _ = kept(built)
    add(built, key, photo())
    assert keys_left(built) == 2
    with writing(built.stores) as work:
        drafts.discard(work, built.house, key)
    assert keys_left(built) == 0


@pytest.mark.principle("safety")
def test_throwing_a_sent_draft_away_leaves_the_files_of_its_case(built: Built) -> None:
    key, _ = kept(built)
    add(built, key, photo())
    send(built, key)
    with writing(built.stores) as work:
        drafts.discard(work, built.house, key)
    assert keys_left(built) == 2


@pytest.mark.principle("safety")
def test_a_page_that_is_saved_after_the_draft_was_thrown_away_names_no_file_that_nobody_can_open(built: Built) -> None:
    key, _ = kept(built)
    add(built, key, photo())
    loaded = now(built, key)
    with writing(built.stores) as work:
        drafts.discard(work, built.house, key)
    in_unit(built, drafts.keep_draft, key, loaded)
    assert now(built, key).answers == loaded.answers
    assert now(built, key).evidence == ()


def test_another_write_of_the_draft_takes_no_piece_away_and_brings_none(built: Built) -> None:
    key, stale = kept(built)
    one = add(built, key, photo())
    in_unit(built, drafts.keep_draft, key, stale)
    assert [piece.salt for piece in now(built, key).evidence] == [one.salt]
    in_unit(built, draft_pieces.take_from_draft, key, one.salt)
    in_unit(built, drafts.keep_draft, key, replace(stale, evidence=(one,)))
    assert now(built, key).evidence == ()
