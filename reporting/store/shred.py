"""The shred store: what must be able to vanish.

Shred keys, live sessions, drafts and throttle counters. Never in a backup that is kept longer
than seven days; a restore of the main database uses the current shred store.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Date, DateTime, Integer, LargeBinary, String, delete, select
from sqlalchemy.orm import Mapped, Session

from reporting.store.columns import NO_ROWID, DataClass, column
from reporting.store.database import FORGOT, ShredBase


class ShredKeyRow(ShredBase):
    """The key without which a grant is noise; deleting it is what "erased" means."""

    __tablename__ = "shred_keys"
    __table_args__ = NO_ROWID

    grant_id: Mapped[bytes] = column(
        LargeBinary(16), primary_key=True, holds=DataClass.COARSE, purpose="the grant", keep="until it is taken back"
    )
    key: Mapped[bytes] = column(
        LargeBinary(32), holds=DataClass.KEY, purpose="opens the outer seal of a grant", keep="until it is taken back"
    )
    made_on: Mapped[date] = column(
        Date, holds=DataClass.COARSE, purpose="tells strays of a crash from fresh keys", keep="until it is taken back"
    )


class SurvivorSession(ShredBase):
    """A reporter's open page: an expiry hour, and the rest sealed under the cookie's secret."""

    __tablename__ = "survivor_sessions"
    __table_args__ = NO_ROWID

    id_hash: Mapped[bytes] = column(
        LargeBinary(32), primary_key=True, holds=DataClass.HASH, purpose="finds it from the cookie", keep="hours"
    )
    expires_hour: Mapped[datetime] = column(
        DateTime, index=True, holds=DataClass.COARSE, purpose="the hour it ends", keep="hours"
    )
    sealed: Mapped[bytes] = column(LargeBinary, holds=DataClass.SEALED, purpose="her key seed", keep="hours")


class StaffSession(ShredBase):
    """A signed-in member of staff."""

    __tablename__ = "staff_sessions"

    id_hash: Mapped[bytes] = column(
        LargeBinary(32),
        primary_key=True,
        holds=DataClass.HASH,
        purpose="finds it from the cookie",
        keep="10 hours at most",
    )
    staff_id: Mapped[bytes] = column(
        LargeBinary(16), index=True, holds=DataClass.STAFF, purpose="whose it is", keep="10 hours at most"
    )
    started_at: Mapped[datetime] = column(
        DateTime, holds=DataClass.STAFF, purpose="absolute limit", keep="10 hours at most"
    )
    seen_at: Mapped[datetime] = column(DateTime, holds=DataClass.STAFF, purpose="idle limit", keep="10 hours at most")
    sealed: Mapped[bytes] = column(LargeBinary, holds=DataClass.SEALED, purpose="the key seed", keep="10 hours at most")
    query: Mapped[bytes | None] = column(
        LargeBinary,
        holds=DataClass.SEALED,
        purpose="the words that this person looks for, sealed under the cookie's secret",
        keep="10 hours at most",
    )


class DraftRow(ShredBase):
    """A report in the making, or a file that comes in parts, sealed under a value that only her page carries."""

    __tablename__ = "drafts"
    __table_args__ = NO_ROWID

    id_hash: Mapped[bytes] = column(
        LargeBinary(32), primary_key=True, holds=DataClass.HASH, purpose="finds it from the form", keep="a day"
    )
    expires_hour: Mapped[datetime] = column(
        DateTime, index=True, holds=DataClass.COARSE, purpose="the hour it ends", keep="a day"
    )
    sealed: Mapped[bytes] = column(
        LargeBinary,
        holds=DataClass.SEALED,
        purpose="her answers so far, and the token drawn for them; or how far a file has come",
        keep="a day",
    )


class ThrottleRow(ShredBase):
    """A counter under a keyed hash that is forgotten with the day's pepper."""

    __tablename__ = "throttles"
    __table_args__ = NO_ROWID

    key: Mapped[str] = column(
        String(120), primary_key=True, holds=DataClass.HASH, purpose="what is counted, keyed", keep="a day"
    )
    count: Mapped[int] = column(Integer, holds=DataClass.COARSE, purpose="how often", keep="a day")
    expires_at: Mapped[datetime] = column(
        DateTime, index=True, holds=DataClass.COARSE, purpose="the hour in which it may go", keep="a day"
    )


class PepperRow(ShredBase):
    """The day's random key: for throttle counters, and for addresses that end by themselves."""

    __tablename__ = "peppers"

    day: Mapped[date] = column(Date, primary_key=True, holds=DataClass.COARSE, purpose="the day", keep="a day")
    pepper: Mapped[bytes] = column(
        LargeBinary(32), holds=DataClass.KEY, purpose="keys the counters, seals addresses", keep="a day"
    )


def shred_keys_of(shred: Session, grant_ids: Sequence[bytes]) -> dict[bytes, bytes]:
    """Return the shred keys that still exist, by grant."""
    wanted = select(ShredKeyRow.grant_id, ShredKeyRow.key).where(ShredKeyRow.grant_id.in_(grant_ids))
    return dict(shred.execute(wanted).all())


def forget_shred_keys(shred: Session, grant_ids: Sequence[bytes]) -> None:
    """Destroy shred keys; with `secure_delete` their bytes are overwritten."""
    shred.execute(delete(ShredKeyRow).where(ShredKeyRow.grant_id.in_(grant_ids)))
    shred.info[FORGOT] = True  # the log is emptied as soon as the unit has committed
