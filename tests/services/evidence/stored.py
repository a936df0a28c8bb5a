"""What lies in the blob store, how old it is, and who has a key of it."""

import os
import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from reporting.domain.questions import Door
from reporting.services.evidence.collecting import Collected
from reporting.services.evidence.keeping import Kept, add_kept, keep
from reporting.services.evidence.pieces import new_piece
from reporting.services.survivor.drafts import Draft, DraftKey, change_evidence, keep_draft, new_draft
from reporting.store.blobs import Blob
from reporting.store.database import Work, reading, writing
from reporting.store.objects import BlobsUnreachable
from tests.builders import Built, in_unit
from tests.evidence import MIB, all_blobs, keyed_blobs

OWNER = b"u" * 16
NOTHING = Collected()


def kept(built: Built, owner: bytes | None = OWNER) -> Kept:
    """Keep a small file for an owner, or for none: then no row names it."""
    file = keep(built.stores.blobs, built.house, iter([b"of no kind"]), MIB)
    if owner is not None:
        with writing(built.stores) as work:
            add_kept(work, built.house, file, owner)
    return replace(file, row=Blob(id=file.file.blob_id))


def unlike() -> bytes:
    """Return a file that is like no other."""
    return b"of no kind " + secrets.token_hex(8).encode()


def age(built: Built, blob_id: bytes, hours: float = 50) -> None:
    """Let a file in a folder have been finished that long ago."""
    assert built.stores.blobs.folder is not None
    path = built.stores.blobs.folder / blob_id.hex()[:2] / blob_id.hex()
    os.utime(path, (time.time() - hours * 3600,) * 2)


def objects(built: Built) -> set[bytes]:
    """Return the ids of what lies in the blob store."""
    return {one.id for one in built.stores.blobs.all()}


def rows_and_keys(built: Built) -> tuple[set[bytes], set[bytes]]:
    """Return which files have a row, and of which somebody has a key."""
    with reading(built.stores) as work:
        return {row.id for row in all_blobs(work.main)}, keyed_blobs(work.shred)


def change(built: Built, step: Callable[[Work], Any]) -> None:
    """Change something in one unit, past the services."""
    with writing(built.stores) as work:
        step(work)


def draft_with(built: Built, blob_owner: bytes | None = None) -> tuple[DraftKey, Draft, Kept]:
    """Keep a draft that has a file."""
    draft = new_draft("en", Door.INFORMAL)
    file = kept(built, blob_owner or bytes.fromhex(draft.case_id))
    draft = replace(draft, evidence=(new_piece(built.house, original=file.file),))
    key = DraftKey.new()
    in_unit(built, keep_draft, key, draft)
    in_unit(built, change_evidence, key, lambda _: draft.evidence)
    return key, draft, file


def away(*_ids: bytes) -> None:
    """Refuse as a store does that is not there."""
    raise BlobsUnreachable("no answer")
