"""Checking the blob store without any key of a case: what is missing, altered, moved, swapped or too much.

Of each sealed file the checks behind its chunks are compared, which only this instance can make, and the tag in its
row, which covers size, header and checks. A file of any size is read in pieces of a MiB.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import Final, cast

from reporting.crypto.checks import check_of, places_of
from reporting.crypto.stream import AT_ONCE, HEADER_SIZE, SEALED_CHUNK, blob_of, checks_size, is_whole_size
from reporting.services.evidence.collecting import BATCH, YOUNG, batches
from reporting.services.evidence.keeping import tag_of
from reporting.services.house import House
from reporting.store.blobs import Blob, blobs_after, find_blob, keyed_after, keyed_among, known_among
from reporting.store.database import Stores, reading

OTHERS: Final = 200
"""In how many other files the place of a foreign chunk is looked for."""


class Wrong(StrEnum):
    """What is the matter with a sealed file."""

    MISSING = "its bytes are missing"
    CUT = "cut off"
    LONGER = "longer than it was"
    SWAPPED = "another file lies in its place"
    CHUNK = "altered"
    MOVED = "moved"
    FOREIGN = "of another file"
    CHECKS = "its checks were altered"
    HEADER = "its header or its row was altered"
    ROW = "its row was altered"
    NO_ROW = "no row names it"
    KEY_ALONE = "there is a key of it, and no row"


@dataclass(frozen=True)
class Finding:
    """Something wrong with a sealed file: which one, what, in which chunk (from 0) up to which.

    `chunk_of` is the place from which that chunk comes, and `other` the file, where either can be told.
    """

    blob_id: bytes
    what: Wrong
    chunk: int | None = None
    until: int | None = None
    chunk_of: int | None = None
    other: bytes | None = None


def verify(stores: Stores, house: House) -> Iterator[Finding]:
    """Yield everything that is wrong with the blob store and what the databases say of it.

    What is erased meanwhile is no finding, and neither is what may be an upload under way.

    :raises BlobsUnreachable: the blob store does not answer.
    """
    last: bytes | None = b""
    while last is not None:
        last, rows = _rows(stores, last)
        for row in rows:
            yield from _settled(stores, row, list(check(stores, house, row)))
    yield from _without_row(stores, house)


def verify_some(stores: Stores, house: House, after: bytes, most: int) -> tuple[list[Finding], int, bytes]:
    """Check the files after an id until about `most` bytes were read.

    :return: what is wrong, how many files were looked at, and the id of the last, or b"" after the end.
    """
    findings, count, left = [], 0, most
    while left > 0:
        last, rows = _rows(stores, after)
        for row in rows:
            findings += _settled(stores, row, list(check(stores, house, row)))
            count, left, after = count + 1, left - max(row.size, 1), row.id
            if left <= 0:
                return findings, count, after
        if last is None:
            return findings, count, b""
    return findings, count, after


def check(stores: Stores, house: House, row: Blob) -> Iterator[Finding]:
    """Yield what is wrong with one file whose row is at hand."""
    size, stored = stores.blobs.size(row.id), cast("object", row.size)
    if not isinstance(stored, int):  # SQLite keeps whatever was put there
        yield Finding(row.id, Wrong.ROW)
        return
    if size is None:
        yield Finding(row.id, Wrong.MISSING)
        return
    look = _Look(stores, house, row)
    if size != row.size:
        if is_whole_size(size) and look.fits(size):
            yield Finding(row.id, Wrong.ROW)
            return
        yield Finding(row.id, Wrong.CUT if size < row.size else Wrong.LONGER)
    if size >= row.size and is_whole_size(row.size):
        yield from look.chunks()


class _Look:
    """One file being looked at."""

    def __init__(self, stores: Stores, house: House, row: Blob) -> None:
        self._stores, self._house, self._row = stores, house, row
        self._key = house.keyring.tag("blob-check", row.id)
        self._header = self._read(0, HEADER_SIZE)

    def fits(self, size: int) -> bool:
        """Return whether the tag in the row covers header and checks of a file of this size."""
        return self._is_tagged(size, self._checks(size))

    def chunks(self) -> Iterator[Finding]:
        """Yield what is wrong with header, chunks and checks."""
        row, checks = self._row, self._checks(self._row.size)
        if blob_of(self._header) != row.id:
            yield Finding(row.id, Wrong.SWAPPED, other=blob_of(self._header))
            return
        made, bad = self._made(checks)
        if self._is_tagged(row.size, checks):
            yield from _stretches(self._told(bad, checks))
        elif self._is_tagged(row.size, made):
            yield Finding(row.id, Wrong.CHECKS)
        else:
            yield from _stretches(Finding(row.id, Wrong.CHUNK, number, number) for number in bad)
            yield Finding(row.id, Wrong.HEADER)

    def _made(self, checks: bytes) -> tuple[bytes, list[int]]:
        """Return the checks as the chunks call for them, and which chunks do not fit the checks that are there."""
        check, made, bad = check_of(self._key), bytearray(), list[int]()
        for number, sealed in self._sealed():
            made += check(number, sealed)
            if made[-16:] != checks[16 * number : 16 * number + 16]:
                bad.append(number)
        return bytes(made), bad

    def _sealed(self) -> Iterator[tuple[int, bytes]]:
        end = self._row.size - checks_size(self._row.size)
        step = AT_ONCE * SEALED_CHUNK
        for offset in range(HEADER_SIZE, end, step):
            some = self._read(offset, min(offset + step, end))
            for at in range(0, len(some), SEALED_CHUNK):
                yield (offset - HEADER_SIZE + at) // SEALED_CHUNK, some[at : at + SEALED_CHUNK]

    def _told(self, bad: Sequence[int], checks: bytes) -> Iterator[Finding]:
        """Yield what each wrong chunk holds instead, as far as that can be told."""
        found = places_of(self._key, checks) if bad else None
        searched = False
        for number in bad:
            sealed = self._chunk(number)
            place = found(sealed) if found is not None else None
            finding = Finding(self._row.id, Wrong.CHUNK, number, number)
            if place is not None:
                finding = replace(finding, what=Wrong.MOVED, chunk_of=place)
            elif not searched:  # one search for each file: it reads from many others
                searched = True
                finding = self._foreign(finding, sealed)
            yield finding

    def _foreign(self, finding: Finding, sealed: bytes) -> Finding:
        with reading(self._stores) as work:
            others = [(row.id, row.size) for row in blobs_after(work.main, b"", OTHERS) if row.id != self._row.id]
        for blob_id, size in others:
            if not is_whole_size(size):
                continue
            checks = self._read(size - checks_size(size), size, blob_id)
            if len(checks) != checks_size(size):
                continue
            place = places_of(self._house.keyring.tag("blob-check", blob_id), checks)(sealed)
            if place is not None:
                return replace(finding, what=Wrong.FOREIGN, chunk_of=place, other=blob_id)
        return finding

    def _chunk(self, number: int) -> bytes:
        begin = HEADER_SIZE + number * SEALED_CHUNK
        return self._read(begin, min(begin + SEALED_CHUNK, self._row.size - checks_size(self._row.size)))

    def _checks(self, size: int) -> bytes:
        return self._read(size - checks_size(size), size)

    def _is_tagged(self, size: int, checks: bytes) -> bool:
        return tag_of(self._house, self._row.id, size, self._header, checks) == self._row.tag

    def _read(self, start: int, end: int, blob_id: bytes | None = None) -> bytes:
        try:
            return self._stores.blobs.read(blob_id or self._row.id, start, end)
        except FileNotFoundError:  # erased at this moment; `_settled` asks for its row again
            return b""


def _settled(stores: Stores, row: Blob, findings: list[Finding]) -> list[Finding]:
    """Return the findings about a file, unless it was erased while we looked or nobody can open it any more."""
    if not findings:
        return []
    with reading(stores) as work:
        lives = find_blob(work.main, row.id) is not None and row.id in keyed_among(work.shred, [row.id])
    return findings if lives else []


def _stretches(findings: Iterator[Finding]) -> Iterator[Finding]:
    """Join what is alike and lies side by side."""
    numbered = enumerate(findings)
    for (what, _, _), some in groupby(
        numbered, lambda one: (one[1].what, (one[1].chunk or 0) - one[0], one[1].chunk_of)
    ):
        together = [finding for _, finding in some]
        first, last = together[0], together[-1]
        yield replace(first, until=last.chunk) if what is Wrong.CHUNK else first


def _rows(stores: Stores, after: bytes) -> tuple[bytes | None, Sequence[Blob]]:
    """Return the next rows, free of their unit, and the id of the last; nothing for it where there are no more."""
    with reading(stores) as work:
        rows = blobs_after(work.main, after, BATCH)
        work.main.expunge_all()
    return (rows[-1].id if len(rows) == BATCH else None), rows


def _without_row(stores: Stores, house: House) -> Iterator[Finding]:
    """Yield objects and keys that no row goes with."""
    now = stores.blobs.now()
    for batch in batches(stores.blobs.all()):
        ids = [one.id for one in batch if now - one.finished_at > YOUNG]
        with reading(stores) as work:
            known = known_among(work.main, ids) | keyed_among(work.shred, ids)
        yield from (Finding(one, Wrong.NO_ROW) for one in ids if one not in known)
    last = b""
    while True:
        with reading(stores) as work:
            some = keyed_after(work.shred, last, BATCH, house.today())
        if not some:
            return
        last = some[-1]
        with reading(stores) as work:  # what was erased meanwhile has no key either
            lost = set(some) - known_among(work.main, some)
            lost &= keyed_among(work.shred, list(lost))
        yield from (Finding(one, Wrong.KEY_ALONE) for one in sorted(lost))
