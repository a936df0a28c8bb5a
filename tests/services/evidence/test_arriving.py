"""A file that comes in parts is whole or not there, goes on where the line broke, and is taken once."""

import secrets
from collections.abc import Iterator
from itertools import pairwise

import pytest

from reporting.domain.evidence.arriving import PART_SIZE
from reporting.services.errors import NotAllowed, NotFound, TooLarge
from reporting.services.evidence.arriving import OutOfStep, begin, find, finish, take_part, whole
from reporting.services.survivor.drafts import DraftKey, drop_expired
from reporting.store.database import reading
from tests.builders import Built, in_unit
from tests.evidence import keyed_blobs
from tests.services.evidence.stored import away
from tests.services.together import at_once

CONTENT = secrets.token_bytes(250_000)
CUTS = (0, 100_000, 100_001, 250_000)


def begun(built: Built, size: int = len(CONTENT)) -> DraftKey:
    """Begin a file and return its key."""
    key = DraftKey.new()
    in_unit(built, begin, key, "a.bin", size, 1_000_000)
    return key


def send(built: Built, key: DraftKey, start: int, end: int) -> int:
    """Send a part of the content."""
    return take_part(built.stores, built.house, key, start, iter([CONTENT[start:end]]))


def sent(built: Built) -> DraftKey:
    """Begin a file and send all of it, in parts."""
    key = begun(built)
    for start, end in pairwise(CUTS):
        assert send(built, key, start, end) == end
    return key


def content_of(built: Built, key: DraftKey) -> bytes:
    """Return a whole file on its way."""
    with reading(built.stores) as work:
        _, pieces = whole(work, built.stores.blobs, built.house, key)
    return b"".join(pieces)


def test_parts_become_the_file_that_was_cut(built: Built) -> None:
    assert content_of(built, sent(built)) == CONTENT


def test_a_part_that_does_not_fit_is_told_where_to_go_on_and_nothing_is_lost(built: Built) -> None:
    key = begun(built)
    send(built, key, 0, 100_000)
    for start in (0, 50_000, 150_000):
        with pytest.raises(OutOfStep) as told:
            send(built, key, start, start + 1000)
        assert told.value.here == 100_000
    send(built, key, 100_000, len(CONTENT))
    assert content_of(built, key) == CONTENT


def test_a_part_without_a_byte_is_none(built: Built) -> None:
    key = begun(built)
    with pytest.raises(OutOfStep):
        send(built, key, 0, 0)
    with reading(built.stores) as work:
        assert find(work, built.house, key).parts == ()
    assert list(built.stores.blobs.all()) == []


def test_what_is_not_whole_is_not_given_out(built: Built) -> None:
    key = begun(built)
    send(built, key, 0, 249_999)
    with pytest.raises(OutOfStep), reading(built.stores) as work:
        whole(work, built.stores.blobs, built.house, key)


def test_no_part_is_larger_than_what_is_missing_or_than_a_part_may_be(built: Built) -> None:
    key = begun(built, size=1000)
    with pytest.raises(TooLarge):
        take_part(built.stores, built.house, key, 0, iter([bytes(1001)]))
    large = DraftKey.new()
    in_unit(built, begin, large, "b", PART_SIZE * 2, PART_SIZE * 3)
    with pytest.raises(TooLarge):
        take_part(built.stores, built.house, large, 0, (bytes(65536) for _ in range(PART_SIZE // 65536 + 1)))
    assert list(built.stores.blobs.all()) == []


def test_a_file_that_would_be_too_large_or_empty_does_not_begin(built: Built) -> None:
    with pytest.raises(TooLarge):
        in_unit(built, begin, DraftKey.new(), "a", 11, 10)
    with pytest.raises(NotAllowed):
        in_unit(built, begin, DraftKey.new(), "a", 0, 10)


def test_another_key_finds_nothing(built: Built) -> None:
    sent(built)
    with pytest.raises(NotFound):
        send(built, DraftKey.new(), 0, 10)


def test_a_file_is_taken_once_and_its_parts_are_noise_then(built: Built) -> None:
    key = sent(built)
    in_unit(built, finish, key)
    with reading(built.stores) as work:
        assert keyed_blobs(work.shred) == set()
    for again in (finish, find):
        with pytest.raises(NotFound):
            in_unit(built, again, key)


def test_the_same_part_sent_twice_at_once_is_there_once(built: Built) -> None:
    key = begun(built)
    got = at_once(lambda _: send(built, key, 0, 100_000), 2)
    assert {type(one) for one in got} <= {int, OutOfStep}
    with reading(built.stores) as work:
        assert find(work, built.house, key).here == 100_000
        assert len(keyed_blobs(work.shred)) == 1
    assert len(list(built.stores.blobs.all())) == 1


def test_a_part_is_told_where_to_go_on_also_where_the_blob_store_goes_away(
    built: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = begun(built)

    def and_another_was_faster() -> Iterator[bytes]:
        yield CONTENT[:1000]
        send(built, key, 0, 10)
        monkeypatch.setattr(built.stores.blobs, "remove", away)

    with pytest.raises(OutOfStep) as refused:
        take_part(built.stores, built.house, key, 0, and_another_was_faster())
    assert refused.value.here == 10


def test_what_nobody_finished_ends_with_its_day(built: Built) -> None:
    key = begun(built)
    send(built, key, 0, 10)
    built.clock.forward(hours=26)
    with pytest.raises(NotFound):
        send(built, key, 10, 20)
    assert in_unit(built, drop_expired) == 1


def test_a_part_that_breaks_off_leaves_nothing(built: Built) -> None:
    def broken() -> object:
        yield CONTENT[:1000]
        raise ConnectionError

    key = begun(built)
    with pytest.raises(ConnectionError):
        take_part(built.stores, built.house, key, 0, broken())  # type: ignore[arg-type]
    assert list(built.stores.blobs.all()) == []
    assert send(built, key, 0, 1000) == 1000
