"""The day's random key: what is keyed or sealed with it means nothing once the day is over.

It stands in the shred store, in no backup that is kept, and goes when its day has passed.
"""

import secrets
from datetime import date

from sqlalchemy import delete

from reporting.services.house import House
from reporting.store.database import Stores, Work, add_first, reading, writing
from reporting.store.shred import PepperRow


def pepper_of(stores: Stores, house: House, day: date) -> bytes:
    """Return the key of a day, 32 bytes, drawn when it is first asked for; the keys of past days go at once."""
    with reading(stores) as work:
        row = work.shred.get(PepperRow, day)
        if row is not None:
            return row.pepper
    with writing(stores) as work:
        forget_past(work, house)
        if work.shred.get(PepperRow, day) is None:
            add_first(work.shred, PepperRow(day=day, pepper=secrets.token_bytes(32)))
        return work.shred.get_one(PepperRow, day).pepper


def known_peppers(work: Work, days: tuple[date, ...]) -> list[bytes]:
    """Return the keys of these days that were ever asked for and have not gone."""
    rows = (work.shred.get(PepperRow, day) for day in days)
    return [row.pepper for row in rows if row is not None]


def forget_past(work: Work, house: House) -> None:
    """Forget the keys of past days."""
    work.shred.execute(delete(PepperRow).where(PepperRow.day < house.today()))
