"""What is known of sealed files: a row for each in the main database, and what opens it in the shred store.

A row in the main database says that a sealed file is whole in the blob store, and nothing about whose it is. Whose it
is stands in the shred store alone, beside the key without which the file is noise: destroying the keys of an owner is
what "erased" means for files, and no backup older than seven days can undo it. The bytes go afterwards.
"""

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from datetime import date
from functools import partial

from sqlalchemy import BigInteger, Date, LargeBinary, delete, select, update
from sqlalchemy.orm import Mapped, Session

from reporting.store.columns import NO_ROWID, DataClass, column
from reporting.store.database import FORGOT, Base, ShredBase, Stores, do_afterwards
from reporting.store.objects import BlobsUnreachable

KEEP = "until nobody has a key of it"
KEEP_KEY = "until she erases the file or its case, or the case ends"


class Blob(Base):
    """A sealed file that is whole in the blob store."""

    __tablename__ = "blobs"
    __table_args__ = NO_ROWID

    id: Mapped[bytes] = column(
        LargeBinary(16), primary_key=True, holds=DataClass.COARSE, purpose="names the file in the blob store", keep=KEEP
    )
    size: Mapped[int] = column(
        BigInteger, holds=DataClass.COARSE, purpose="padded size, to notice what is cut off", keep=KEEP
    )
    tag: Mapped[bytes] = column(
        LargeBinary(32), holds=DataClass.HASH, purpose="authenticates size, header and checks", keep=KEEP
    )


class BlobKey(ShredBase):
    """The key without which a sealed file is noise, once for each owner: a case, a hold, a link, an upload."""

    __tablename__ = "blob_keys"
    __table_args__ = NO_ROWID

    blob_id: Mapped[bytes] = column(
        LargeBinary(16), primary_key=True, holds=DataClass.COARSE, purpose="the sealed file", keep=KEEP_KEY
    )
    owner: Mapped[bytes] = column(
        LargeBinary(16),
        primary_key=True,
        index=True,
        holds=DataClass.COARSE,
        purpose="the case, hold or link it belongs to, or the upload in which it comes",
        keep=KEEP_KEY,
    )
    key: Mapped[bytes] = column(
        LargeBinary(32),
        holds=DataClass.KEY,
        purpose="opens the file, together with the key in its record",
        keep=KEEP_KEY,
    )
    made_on: Mapped[date] = column(
        Date, holds=DataClass.COARSE, purpose="tells what nobody finished from what is new", keep=KEEP_KEY
    )


def find_blob(session: Session, blob_id: bytes) -> Blob | None:
    """Return the row of a sealed file."""
    return session.get(Blob, blob_id)


def blobs_after(session: Session, after: bytes, limit: int) -> Sequence[Blob]:
    """Return the next rows by id."""
    return session.scalars(select(Blob).where(Blob.id > after).order_by(Blob.id).limit(limit)).all()


def known_among(session: Session, ids: Collection[bytes]) -> set[bytes]:
    """Return those of these ids that a row names."""
    return set(session.scalars(select(Blob.id).where(Blob.id.in_(ids))))


def any_blob(session: Session) -> bool:
    """Return whether there is a row of any sealed file."""
    return session.scalar(select(Blob.id).limit(1)) is not None


def remove_blobs(session: Session, ids: Iterable[bytes]) -> None:
    """Delete the rows of sealed files; the bytes are collected afterwards."""
    session.execute(delete(Blob).where(Blob.id.in_(list(ids))))


def blob_key_of(shred: Session, blob_id: bytes, owner: bytes) -> bytes | None:
    """Return the key that an owner has of a sealed file."""
    return shred.scalar(select(BlobKey.key).where(BlobKey.blob_id == blob_id, BlobKey.owner == owner))


def keyed_among(shred: Session, ids: Collection[bytes]) -> set[bytes]:
    """Return those of these sealed files of which anybody has a key."""
    return set(shred.scalars(select(BlobKey.blob_id).where(BlobKey.blob_id.in_(ids))))


def keyed_after(shred: Session, after: bytes, limit: int, before: date) -> Sequence[bytes]:
    """Return the next sealed files, by id, of which somebody has a key that was made before a day."""
    keyed = select(BlobKey.blob_id).where(BlobKey.blob_id > after, BlobKey.made_on < before)
    return shred.scalars(keyed.distinct().order_by(BlobKey.blob_id).limit(limit)).all()


def keys_before(shred: Session, day: date) -> Sequence[BlobKey]:
    """Return the keys that were made, or renewed, before a day."""
    return shred.scalars(select(BlobKey).where(BlobKey.made_on < day)).all()


def renew_blob_keys(shred: Session, owner: bytes, today: date) -> None:
    """Note that an upload or a draft, which is the owner, is still under way."""
    shred.execute(update(BlobKey).where(BlobKey.owner == owner, BlobKey.made_on < today).values(made_on=today))


def give_blobs(shred: Session, owner: bytes, heir: bytes, blob_ids: Sequence[bytes]) -> None:
    """Let sealed files belong to another owner from now on."""
    shred.execute(update(BlobKey).where(BlobKey.owner == owner, BlobKey.blob_id.in_(blob_ids)).values(owner=heir))


def forget_blob_keys(shred: Session, owner: bytes, blob_ids: Sequence[bytes] | None = None) -> None:
    """Destroy the keys that an owner has, of some sealed files or of all; the bytes of the keys are overwritten.

    What nobody has a key of then is noise, and is deleted from the blob store as soon as the unit has committed.
    """
    theirs = BlobKey.owner == owner
    chosen = theirs if blob_ids is None else theirs & BlobKey.blob_id.in_(blob_ids)
    gone = list(shred.scalars(select(BlobKey.blob_id).where(chosen)))
    shred.execute(delete(BlobKey).where(chosen))
    shred.info[FORGOT] = True  # the log is emptied as soon as the unit has committed
    if gone:
        do_afterwards(shred, partial(_delete_noise, gone))


def _delete_noise(blob_ids: Sequence[bytes], stores: Stores) -> None:
    """Delete those of which nobody has a key; what the store does not do now, the chore `collect-blobs` does."""
    with Session(stores.shred) as shred:
        kept = set(shred.scalars(select(BlobKey.blob_id).where(BlobKey.blob_id.in_(blob_ids))))
    with suppress(BlobsUnreachable):
        stores.blobs.remove(*(one for one in blob_ids if one not in kept))
