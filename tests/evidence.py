"""Files for tests, and adding them to a case through the services as in real life."""

import io
from collections.abc import Sequence
from dataclasses import replace

from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from reporting.domain.evidence.evidence import Cleaning, Evidence
from reporting.services.actors import Actor, Reporter
from reporting.services.evidence import pieces
from reporting.services.evidence.keeping import add_kept, keep, opener_of
from reporting.services.evidence.pieces import Piece, new_piece
from reporting.services.evidence.receiving import add_received, receive
from reporting.services.sealed.sealing import open_case
from reporting.store.blobs import Blob, BlobKey
from reporting.store.database import reading, writing
from tests.builders import Built

MIB = 1024 * 1024
MAKER = "Secret Phone Maker"


def photo(colour: str = "red", size: int = 60) -> bytes:
    """Return a small photo as a telephone makes it, with the name of the device inside."""
    out = io.BytesIO()
    image = Image.new("RGB", (size, size), colour)
    exif = image.getexif()
    exif[0x010F] = MAKER
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def add_file(
    built: Built, reporter: Reporter, case_id: bytes, content: bytes, *, name: str = "IMG_1.jpg", most: int = MIB
) -> Piece:
    """Let her add a file to a case of hers, as her page does."""
    told = replace(new_piece(built.house), name=name)
    received = receive(built.stores.blobs, built.house, told, iter([content]), most)
    with writing(built.stores) as work:
        piece = pieces.add(work, built.house, reporter, case_id, received.piece, most)
        add_received(work, built.house, received, case_id)
    return piece


def content_of(built: Built, actor: Actor, case_id: bytes, item_id: bytes, *, clean: bool = False) -> bytes:
    """Return the original or the working copy of a piece, opened with the keys of an actor."""
    with reading(built.stores) as work:
        evidence = pieces.piece_of(work, open_case(work, actor, built.house, case_id), item_id).evidence
        file = evidence.clean if clean else evidence.original
        assert file is not None
        opener = opener_of(work, built.stores.blobs, file, case_id)
    return b"".join(opener.chunks())


def secrets_of(evidence: Evidence) -> list[str]:
    """Return what of a piece stands on no page, in no list and in no file that leaves: keys, places, and the salt."""
    return [evidence.salt, *(part for file in evidence.files for part in (file.key, file.blob))]


def alter(built: Built, blob: str, at: int = -40) -> None:
    """Change one byte of a sealed file, or cut it off where `at` is 0."""
    assert built.settings.blobs is not None
    path = built.settings.blobs / blob[:2] / blob
    content = bytearray(path.read_bytes())
    if at:
        content[at - len(content) // 2] ^= 1
    path.write_bytes(bytes(content) if at else b"")


def add_media(built: Built, reporter: Reporter, case_id: bytes, kind: str, content: bytes) -> Piece:
    """Add a piece whose working copy has a media type, as if it had been made."""
    original, clean = (keep(built.stores.blobs, built.house, iter([content]), len(content), kind) for _ in range(2))
    piece = replace(new_piece(built.house), original=original.file, clean=clean.file, cleaning=Cleaning.CLEANED)
    with writing(built.stores) as work:
        added = pieces.add(work, built.house, reporter, case_id, piece, 32 * MIB)
        for kept in (original, clean):
            add_kept(work, built.house, kept, case_id)
    return added


def all_blobs(session: Session) -> Sequence[Blob]:
    """Return the row of every sealed file, by id."""
    return session.scalars(select(Blob).order_by(Blob.id)).all()


def keyed_blobs(shred: Session) -> set[bytes]:
    """Return the ids of the sealed files of which anybody has a key."""
    return set(shred.scalars(select(BlobKey.blob_id).distinct()))
