"""A sealed stream opens whole or in part, for both keys and in its own place alone, and says what is wrong."""

import secrets
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.crypto.checks import check_of, split_checks
from reporting.crypto.errors import Tampered, UnknownVersion, WrongKey
from reporting.crypto.parameters import CHUNK_SIZE, TAG_SIZE
from reporting.crypto.secret import FileKey, ShredKey
from reporting.crypto.stream import (
    HEADER_SIZE,
    SEALED_CHUNK,
    StreamKeys,
    StreamOpener,
    StreamSealer,
    padded_length,
    sealed_size,
)

BLOB, CHECK_KEY = bytes(range(16)), bytes(range(32))
THREE = secrets.token_bytes(2 * CHUNK_SIZE + 1000)


def seal(content: bytes, keys: StreamKeys, *, at_once: int = 50_000, blob: bytes = BLOB) -> bytes:
    """Return content as a sealed stream, given to the sealer piece by piece."""
    out = bytearray()
    sealer = StreamSealer(keys, blob, CHECK_KEY, out.extend)
    for at in range(0, len(content), at_once):
        sealer.write(content[at : at + at_once])
    sealer.finish()
    return bytes(out)


def opened(sealed: bytes, keys: StreamKeys, length: int, start: int = 0, end: int | None = None) -> bytes:
    """Return the content of a stream, or a part of it."""
    return b"".join(StreamOpener(keys, BLOB, lambda a, b: sealed[a:b], length).chunks(start, end))


@pytest.fixture
def keys() -> StreamKeys:
    """Two keys."""
    return StreamKeys(FileKey.random(), ShredKey.random())


@pytest.mark.parametrize("length", [0, 1, CHUNK_SIZE - 1, CHUNK_SIZE, CHUNK_SIZE + 1, 5 * CHUNK_SIZE, 3_000_001])
@pytest.mark.parametrize("at_once", [1_000_003, CHUNK_SIZE, 7_777])
def test_what_was_sealed_in_pieces_opens_whole(keys: StreamKeys, length: int, at_once: int) -> None:
    content = secrets.token_bytes(length)
    sealed = seal(content, keys, at_once=at_once)
    assert len(sealed) == sealed_size(length)
    assert opened(sealed, keys, length) == content


@given(st.integers(0, len(THREE)), st.integers(0, len(THREE)))
def test_any_part_opens_by_itself(one: int, other: int) -> None:
    keys = _KEYS
    start, end = min(one, other), max(one, other)
    assert opened(_SEALED, keys, len(THREE), start, end) == THREE[start:end]


def test_a_part_reads_only_the_chunks_that_hold_it(keys: StreamKeys) -> None:
    content = secrets.token_bytes(100 * CHUNK_SIZE)
    sealed, asked = seal(content, keys), list[int]()

    def read(start: int, end: int) -> bytes:
        asked.append(end - start)
        return sealed[start:end]

    opener = StreamOpener(keys, BLOB, read, len(content))
    part = b"".join(opener.chunks(50 * CHUNK_SIZE + 5, 51 * CHUNK_SIZE + 5))
    assert part == content[50 * CHUNK_SIZE + 5 : 51 * CHUNK_SIZE + 5]
    assert sum(asked) == HEADER_SIZE + 2 * SEALED_CHUNK


@pytest.mark.req("P4")
@given(st.integers(0, 2**34))
def test_a_padded_length_wastes_at_most_an_eighth_and_is_one_of_few(length: int) -> None:
    padded = padded_length(length)
    assert padded >= max(length, CHUNK_SIZE)
    assert padded - length <= max(CHUNK_SIZE, length // 8)
    assert padded_length(padded) == padded
    if length > CHUNK_SIZE:  # the last bits are zero, as many as Padmé says
        exponent = length.bit_length() - 1
        assert padded % (1 << (exponent - exponent.bit_length())) == 0


def test_files_of_similar_length_have_one_size() -> None:
    assert len({sealed_size(length) for length in range(1_000_000, 1_010_000)}) <= 2
    assert len({sealed_size(length) for length in range(CHUNK_SIZE)}) == 1


@pytest.mark.parametrize("which", ["file", "shred"])
def test_one_key_alone_opens_nothing(keys: StreamKeys, which: str) -> None:
    sealed = seal(THREE, keys)
    other = replace(keys, file=FileKey.random()) if which == "file" else replace(keys, shred=ShredKey.random())
    with pytest.raises(WrongKey):
        opened(sealed, other, len(THREE))


def _moved(sealed: bytes, *order: int) -> bytes:
    chunks = [sealed[HEADER_SIZE + at * SEALED_CHUNK :][:SEALED_CHUNK] for at in range(3)]
    return sealed[:HEADER_SIZE] + b"".join(chunks[at] for at in order)


def _changed(sealed: bytes, at: int) -> bytes:
    return sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda sealed: _moved(sealed, 1, 0, 2), id="two chunks changed places"),
        pytest.param(lambda sealed: _moved(sealed, 0, 0, 2), id="one chunk stands twice"),
        pytest.param(lambda sealed: _moved(sealed, 0, 1), id="the last one is missing"),
        pytest.param(lambda sealed: sealed[: HEADER_SIZE + 100], id="cut off in the first"),
        pytest.param(lambda sealed: sealed[: HEADER_SIZE - 1], id="cut off in the header"),
        pytest.param(lambda sealed: _changed(sealed, HEADER_SIZE + SEALED_CHUNK + 9), id="a bit of the second"),
        pytest.param(lambda sealed: _changed(sealed, 5), id="another place in the header"),
    ],
)
def test_what_was_altered_does_not_open(keys: StreamKeys, spoil: object) -> None:
    assert callable(spoil)
    with pytest.raises(Tampered):
        opened(spoil(seal(THREE, keys)), keys, len(THREE))


def test_a_changed_salt_or_commitment_is_another_key(keys: StreamKeys) -> None:
    sealed = seal(THREE, keys)
    for at in (20, HEADER_SIZE - 1):
        with pytest.raises(WrongKey):
            opened(_changed(sealed, at), keys, len(THREE))


def test_a_version_of_the_future_is_told_apart(keys: StreamKeys) -> None:
    sealed = seal(THREE, keys)
    with pytest.raises(UnknownVersion):
        opened(b"\x02" + sealed[1:], keys, len(THREE))


def test_a_file_that_says_to_be_longer_or_shorter_does_not_open(keys: StreamKeys) -> None:
    sealed = seal(THREE, keys)
    for length in (CHUNK_SIZE, len(THREE) * 2):
        with pytest.raises(Tampered):
            opened(sealed, keys, length)


@pytest.mark.parametrize("part", [(-1, 5), (5, 4), (0, len(THREE) + 1)])
def test_a_range_outside_the_file_is_a_mistake_of_the_caller(part: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="outside"):
        opened(_SEALED, _KEYS, len(THREE), *part)


def test_two_streams_of_the_same_file_have_nothing_in_common(keys: StreamKeys) -> None:
    one, other = seal(THREE, keys), seal(THREE, keys)
    pieces = {one[at : at + 16] for at in range(HEADER_SIZE, len(one) - 16, 16)}
    assert not any(other[at : at + 16] in pieces for at in range(HEADER_SIZE, len(other) - 16, 16))


def test_the_checks_behind_the_chunks_are_those_of_the_instance(keys: StreamKeys) -> None:
    sealed = seal(THREE, keys)
    padded = padded_length(len(THREE))
    checks = list(split_checks(sealed[HEADER_SIZE + padded + 3 * TAG_SIZE :]))
    make = check_of(CHECK_KEY)
    ends = [HEADER_SIZE + at * SEALED_CHUNK for at in range(3)] + [HEADER_SIZE + padded + 3 * TAG_SIZE]
    assert checks == [make(at, sealed[ends[at] : ends[at + 1]]) for at in range(3)]
    assert checks != [check_of(bytes(32))(at, sealed[ends[at] : ends[at + 1]]) for at in range(3)]


_KEYS = StreamKeys(FileKey.random(), ShredKey.random())
_SEALED = seal(THREE, _KEYS)
