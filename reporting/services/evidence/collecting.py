"""Destroying what nobody can open any more: keys of nobody, rows without a key, bytes that no row names.

Whether somebody can open a file is decided by its keys in the shred store, of which no old copy is ever put back.
What has a key stays, also where the main database says nothing of it, because it was restored and a newer copy may
turn up. What looks like such a restore, or like a shred store that is not the right one, waits until a human has
looked (docs/OPERATING.md, "Restore").
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import Final, TypeVar

from sqlalchemy import select

from reporting.services.house import House
from reporting.store.blobs import (
    BlobKey,
    blobs_after,
    forget_blob_keys,
    keyed_among,
    keys_before,
    known_among,
    remove_blobs,
)
from reporting.store.cases import Case
from reporting.store.database import Stores, Work, reading, writing
from reporting.store.grants import has_stray_shred_keys, shred_store_fits
from reporting.store.holds import Hold
from reporting.store.referral_links import ReferralLink

UPLOAD_DAYS: Final = 2
"""A key that an upload or a draft has is renewed whenever the draft is kept, and a draft lives a day."""
LOST_DAYS: Final = 90
"""How long somebody who restored the wrong backup has to notice (as for the shred keys of grants)."""
YOUNG: Final = timedelta(days=2)
"""An upload takes minutes; a folder tells the day alone, so this is more than one day."""
FEW: Final = 10
BATCH: Final = 500
_T = TypeVar("_T")


class NotOurs(Exception):  # noqa: N818 - a refusal read aloud
    """The blob store is that of another instance, which has put its mark there."""


@dataclass
class Collected:
    """How many were destroyed: keys, sealed files, unfinished uploads; and how many wait until a human has looked."""

    keys: int = 0
    files: int = 0
    unfinished: int = 0
    waiting: int = 0


@dataclass
class _Noise:
    """What nobody can open: ids that rows name, ids that no row names, and how many objects there are."""

    with_row: list[bytes] = field(default_factory=list)
    alone: list[bytes] = field(default_factory=list)
    objects: int = 0


def collect(stores: Stores, house: House, *, looked: bool = False) -> Collected:
    """Destroy what nobody can open. Two may do it at once; it takes no lock while it looks through the blob store.

    :param looked: a human has looked: these are the right databases, and what waits may go.
    :raises NotOurs: the blob store belongs to another instance.
    :raises BlobsUnreachable: the blob store does not answer; whatever was not done is done the next time.
    """
    if stores.blobs.mark(house.keyring.tag("blob-store")) != house.keyring.tag("blob-store"):
        raise NotOurs
    done = Collected()
    with writing(stores) as work:
        _forget_lost(work, house, done, looked=looked)
    noise = _noise(stores)
    many = len(noise.with_row) > max(FEW, noise.objects // 2)
    if not looked and noise.with_row and (many or not _fits(stores)):
        done.waiting += len(noise.with_row)
        kept = frozenset(noise.with_row)
    else:
        kept = frozenset()
        done.files = _remove(stores, [*noise.with_row, *noise.alone])
    _remove_rows(stores, kept)
    done.unfinished = stores.blobs.remove_unfinished(YOUNG)
    return done


def _fits(stores: Stores) -> bool:
    with reading(stores) as work:
        return shred_store_fits(work.main, work.shred)


def _forget_lost(work: Work, house: House, done: Collected, *, looked: bool) -> None:
    """Destroy the keys of drafts and uploads that ended, and after a long time those that no row goes with."""
    today = house.today()
    living = {one for ids in (Case.id, Hold.id, ReferralLink.id) for one in work.main.scalars(select(ids))}
    old = [key for key in keys_before(work.shred, today - timedelta(days=UPLOAD_DAYS)) if key.owner not in living]
    known = {one for batch in batches([key.blob_id for key in old]) for one in known_among(work.main, batch)}
    ended = [key for key in old if key.blob_id in known]
    lost = [key for key in old if key.blob_id not in known]
    ripe = lost if looked else [key for key in lost if key.made_on < today - timedelta(days=LOST_DAYS)]
    if ended and not looked and (lost or has_stray_shred_keys(work.main, work.shred, today)):
        # The main database lacks what the shred store knows: what looks like a draft that ended may have been sent.
        done.waiting += len(ended)
        ended = []
    done.waiting += len(lost) - len(ripe)
    _forget(work, [*ended, *ripe])
    done.keys = len(ended) + len(ripe)


def _forget(work: Work, keys: Iterable[BlobKey]) -> None:
    by_owner: dict[bytes, list[bytes]] = {}
    for key in keys:
        by_owner.setdefault(key.owner, []).append(key.blob_id)
    for owner, blob_ids in by_owner.items():
        for batch in batches(blob_ids):
            forget_blob_keys(work.shred, owner, batch)


def _noise(stores: Stores) -> _Noise:
    noise, now = _Noise(), stores.blobs.now()
    for batch in batches(stores.blobs.all()):
        ids = [one.id for one in batch]
        with reading(stores) as work:  # the main database first: a row that is seen there has its key already
            known = known_among(work.main, ids)
            keyed = keyed_among(work.shred, ids)
        noise.objects += len(batch)
        for one in batch:
            if one.id in keyed:
                continue
            if one.id in known:
                noise.with_row.append(one.id)
            elif now - one.finished_at > YOUNG:  # otherwise its upload may be about to end
                noise.alone.append(one.id)
    return noise


def _remove(stores: Stores, ids: list[bytes]) -> int:
    for batch in batches(ids):
        stores.blobs.remove(*batch)
    return len(ids)


def _remove_rows(stores: Stores, kept: frozenset[bytes]) -> None:
    """Delete the rows of which nobody has a key and whose bytes are gone."""
    last = b""
    while True:
        with writing(stores) as work:
            ids = [row.id for row in blobs_after(work.main, last, BATCH)]
            remove_blobs(work.main, set(ids) - keyed_among(work.shred, ids) - kept)
        if not ids:
            return
        last = ids[-1]


def batches(things: Iterable[_T]) -> Iterator[list[_T]]:
    """Yield things in lists of at most `BATCH`, which a database and a blob store take at once."""
    left = iter(things)
    while batch := list(islice(left, BATCH)):
        yield batch
