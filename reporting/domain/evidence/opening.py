"""That somebody opened an original on purpose, and why: for the handlers, who answer for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from reporting.domain.sealed.entry import Entry

LASTS: Final = timedelta(minutes=10)
"""For how long the original can be fetched after that, by the session in which it was opened."""
LONGEST_REASON: Final = 500


@dataclass(frozen=True)
class OriginalOpened(Entry):
    """The piece (item id in hex) and its place among all, why, until when (UTC) and in which session (16 bytes, hex).

    What stands for the session is a hash from which nobody gets into it.
    """

    WHAT = "original_opened"

    piece: str
    number: int
    reason: str
    until: str
    session: str

    @property
    def ends_at(self) -> datetime:
        """Return the moment from which the original is not given out any more."""
        return datetime.fromisoformat(self.until)
