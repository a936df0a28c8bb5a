"""A sealed stream: a file of any size, sealed and opened in constant memory, of which any part opens by itself.

STREAM (`chunks`) over AES-256-GCM in chunks of 64 KiB. Each stream has a key of its own: two keys together, one that
travels inside the record of the file and one that can be destroyed, under a fresh random salt. What differs is another
stream.

The length is padded to Padmé's sizes (Nikitin et al., 2019), at least one chunk, so that it tells at most which of a
few sizes the file is near; how long it really is must be told apart, and is sealed wherever the key is.

Behind the chunks stands one check for each, made under a key of the instance: whoever runs Harbour can find out what
was altered, cut off, put elsewhere or brought back, without being able to open anything (`checks`).
"""

import hmac
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from reporting.crypto.checks import check_of
from reporting.crypto.chunks import Chunk, Chunks, nonce_of
from reporting.crypto.errors import Tampered, UnknownVersion, WrongKey
from reporting.crypto.framing import frame
from reporting.crypto.parameters import (
    CHUNK_SIZE,
    COMMITMENT_SIZE,
    ID_SIZE,
    KEY_SIZE,
    STREAM_LABEL,
    STREAM_SALT_SIZE,
    STREAM_VERSION,
    TAG_SIZE,
)
from reporting.crypto.secret import FileKey, ShredKey

HEADER_SIZE: Final = 1 + ID_SIZE + STREAM_SALT_SIZE + COMMITMENT_SIZE
SEALED_CHUNK: Final = CHUNK_SIZE + TAG_SIZE
AT_ONCE: Final = 16
"""How many chunks are fetched together when a stream is opened: one MiB."""
_ZEROS: Final = bytes(CHUNK_SIZE)

ReadRange = Callable[[int, int], bytes]
"""Gives the sealed bytes from one offset up to another, as a file or an object store has them."""


@dataclass(frozen=True)
class StreamKeys:
    """The two keys that open a stream together."""

    file: FileKey
    shred: ShredKey


def padded_length(length: int) -> int:
    """Return the size to which a file grows before it is sealed (bytes): Padmé's, at least one chunk."""
    if length <= CHUNK_SIZE:
        return CHUNK_SIZE
    exponent = length.bit_length() - 1
    free = exponent - exponent.bit_length()
    step = (1 << free) - 1
    return (length + step) & ~step


def sealed_size(length: int) -> int:
    """Return how many bytes a file of this length has as a sealed stream, checks included."""
    padded = padded_length(length)
    return HEADER_SIZE + padded + 2 * TAG_SIZE * _count(padded)


def checks_size(sealed: int) -> int:
    """Return how many bytes of a sealed stream of this size are its checks, which are its end."""
    return TAG_SIZE * -(-(sealed - HEADER_SIZE) // (SEALED_CHUNK + TAG_SIZE))


def is_whole_size(sealed: int) -> bool:
    """Return whether a sealed stream can have this size (bytes)."""
    padded = sealed - HEADER_SIZE - 2 * checks_size(sealed)
    return padded >= CHUNK_SIZE and sealed_size(padded) == sealed


def blob_of(header: bytes) -> bytes:
    """Return the id of the blob to which a header says that it belongs."""
    return header[1 : 1 + ID_SIZE]


class StreamSealer:
    """Seals a file that comes in pieces of any size; what is sealed goes to `sink` as soon as it is known.

    At most one chunk waits here. A piece that was given to `write` is not kept.
    """

    def __init__(self, keys: StreamKeys, blob_id: bytes, check_key: bytes, sink: Callable[[bytes], object]) -> None:
        salt = secrets.token_bytes(STREAM_SALT_SIZE)
        key, commitment = _material(keys, blob_id, salt)
        self.header = bytes([STREAM_VERSION]) + blob_id + salt + commitment
        self.length = 0
        self._key, self._checks, self._sink = AESGCM(key), check_of(check_key), sink
        self._made, self._chunks = bytearray(), Chunks(self._seal)
        sink(self.header)

    def write(self, piece: bytes) -> None:
        """Take the next bytes of the file."""
        self.length += len(piece)
        self._chunks.write(piece)

    def finish(self) -> bytes:
        """Pad and seal the rest, and return the checks, which have gone to the sink as well."""
        left = padded_length(self.length) - self.length
        while left:
            self._chunks.write(_ZEROS[:left])
            left -= min(left, CHUNK_SIZE)
        self._chunks.finish()
        checks = bytes(self._made)
        self._sink(checks)
        return checks

    def _seal(self, number: int, nonce: bytes, chunk: Chunk) -> None:
        sealed = self._key.encrypt(nonce, chunk, None)
        self._made += self._checks(number, sealed)
        self._sink(sealed)


class StreamOpener:
    """Opens a stream, whole or any part of it.

    :param read: gives the sealed bytes of a range.
    :param length: how long the file is, as its record says (bytes).
    :raises UnknownVersion, WrongKey: from the header, before anything is decrypted.
    :raises Tampered: the header is cut off, or belongs to another blob.
    """

    def __init__(self, keys: StreamKeys, blob_id: bytes, read: ReadRange, length: int) -> None:
        header = read(0, HEADER_SIZE)
        if len(header) != HEADER_SIZE:
            raise Tampered("shorter than any sealed stream")
        if header[0] != STREAM_VERSION:
            raise UnknownVersion("this stream was sealed by a release that this one does not know")
        if blob_of(header) != blob_id:
            raise Tampered("another stream lies in this place")
        salt, commitment = header[1 + ID_SIZE :][:STREAM_SALT_SIZE], header[-COMMITMENT_SIZE:]
        key, expected = _material(keys, blob_id, salt)
        if not hmac.compare_digest(commitment, expected):
            raise WrongKey("sealed under other keys")
        self.length = length
        self._key, self._read = AESGCM(key), read
        self._padded = padded_length(length)

    def chunks(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Yield the file from `start` up to `end` (bytes), opening only the chunks that hold it.

        :raises ValueError: the range is not one of this file.
        :raises Tampered: a chunk was altered, moved or cut off; nothing of it is given out.
        """
        end = self.length if end is None else end
        if not 0 <= start <= end <= self.length:
            raise ValueError("the range lies outside the file")
        first, beyond = start // CHUNK_SIZE, -(-end // CHUNK_SIZE)
        for number in range(first, beyond, AT_ONCE):
            for at, chunk in enumerate(self._some(number, min(number + AT_ONCE, beyond)), number):
                begin = at * CHUNK_SIZE
                yield chunk[max(start - begin, 0) : end - begin]

    def _some(self, number: int, beyond: int) -> Iterator[bytes]:
        offset = HEADER_SIZE + number * SEALED_CHUNK
        last = _count(self._padded) - 1
        ends = offset + (beyond - number) * SEALED_CHUNK
        if beyond - 1 == last:
            ends = HEADER_SIZE + self._padded + (last + 1) * TAG_SIZE
        sealed = memoryview(self._read(offset, ends))
        if len(sealed) != ends - offset:
            raise Tampered("the end is cut off")
        for at in range(number, beyond):
            begin = (at - number) * SEALED_CHUNK
            try:
                yield self._key.decrypt(nonce_of(at, last=at == last), sealed[begin : begin + SEALED_CHUNK], None)
            except InvalidTag:
                raise Tampered(f"chunk {at} has been altered, or is another one") from None


def _count(padded: int) -> int:
    return -(-padded // CHUNK_SIZE)


def _material(keys: StreamKeys, blob_id: bytes, salt: bytes) -> tuple[bytes, bytes]:
    """HKDF-SHA256 (RFC 5869) of both keys, with the salt of the header: an AES key and a commitment."""
    derive = HKDF(SHA256(), KEY_SIZE + COMMITMENT_SIZE, salt=salt, info=frame(STREAM_LABEL, blob_id))
    material = derive.derive(keys.file.raw + keys.shred.raw)
    return material[:KEY_SIZE], material[KEY_SIZE:]
