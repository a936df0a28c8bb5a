"""Throttles: the opening of forms and the guessing of tokens and passphrases, never a finished report.

Counters stand in the shred store under a keyed hash. The key, the day's pepper, is random and
forgotten with the day, so no counter says afterwards who came.
"""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy import delete

from reporting.services.errors import TooMany
from reporting.services.house import House
from reporting.services.signing_in.pepper import forget_past, pepper_of
from reporting.services.signing_in.sessions import hour_after
from reporting.store.database import Stores, Work, add_first, count_changed, reading, writing
from reporting.store.shred import ThrottleRow

OPENING = RateLimitItemPerMinute(300, 10, namespace="opening")
GUESSING = RateLimitItemPerMinute(10, 5, namespace="guessing")
GUESSING_ALL = RateLimitItemPerMinute(300, 1, namespace="guessing-all")
SIGNING_IN = RateLimitItemPerMinute(10, 15, namespace="signing-in")
SECOND_FACTOR = RateLimitItemPerMinute(10, 60, namespace="second-factor")
NOTING = RateLimitItemPerMinute(10, 1, namespace="noting")
LONGEST_WAIT = 300
HOUR = 3600
# Behind an onion service everybody has the same address. One stranger must not shut the door on all.
SHARED: Mapping[RateLimitItem, RateLimitItem] = {
    OPENING: RateLimitItemPerMinute(6000, 10, namespace="opening"),
    GUESSING: RateLimitItemPerMinute(300, 1, namespace="guessing"),
}


class ShredStorage(Storage):
    """Counters of the `limits` library, kept in the shred store.

    A row says in which hour it may go, no more: which minutes it counts is part of its keyed name.
    """

    STORAGE_SCHEME = ["shred"]  # noqa: RUF012 - the library declares it as an instance variable

    def __init__(self, stores: Stores, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.stores = stores
        self.now = now

    @property
    def base_exceptions(self) -> type[Exception]:
        """Return what may go wrong below; nothing is swallowed."""
        return OSError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count one more and return the count in this window."""
        with writing(self.stores) as work:
            ends = hour_after(self.now(), int(expiry) // HOUR)
            row = work.shred.get(ThrottleRow, key, with_for_update=True)
            if row is None:
                add_first(work.shred, ThrottleRow(key=key, count=0, expires_at=ends))
                row = work.shred.get_one(ThrottleRow, key, with_for_update=True)
            if row.expires_at <= self.now():
                row.count, row.expires_at = 0, ends
            row.count += amount
            return row.count

    def get(self, key: str) -> int:
        """Return the count in this window."""
        with reading(self.stores) as work:
            row = self._live(work, key)
            return row.count if row else 0

    def get_expiry(self, key: str) -> float:
        """Return when the window ends, in seconds since 1970."""
        with reading(self.stores) as work:
            row = self._live(work, key)
            ends = row.expires_at if row else self.now()
            return ends.replace(tzinfo=UTC).timestamp()

    def check(self) -> bool:
        """Return that the store is there."""
        return True

    def reset(self) -> int | None:
        """Forget every counter."""
        with writing(self.stores) as work:
            return count_changed(work.shred, delete(ThrottleRow))

    def clear(self, key: str) -> None:
        """Forget one counter."""
        with writing(self.stores) as work:
            work.shred.execute(delete(ThrottleRow).where(ThrottleRow.key == key))

    def _live(self, work: Work, key: str) -> ThrottleRow | None:
        row = work.shred.get(ThrottleRow, key)
        return row if row is not None and row.expires_at > self.now() else None


class Throttle:
    """Counts per client, by a keyed hash of the address, and over all."""

    def __init__(self, stores: Stores, house: House) -> None:
        self.stores, self.house = stores, house
        self.storage = ShredStorage(stores, house.now)
        self.limiter = FixedWindowRateLimiter(self.storage)

    def open_form(self, client: str) -> None:
        """Count the opening of a form.

        :raises TooMany: this client opened very many.
        """
        kind = _limit(OPENING, client)
        if not self.limiter.hit(kind, self._key(kind, client)):
            raise TooMany(self._wait(kind))

    def before_guess(self, kind: RateLimitItem, client: str) -> None:
        """Check whether this client may try a token or passphrase now.

        A client without a recent failure always may: a flood from elsewhere never locks her out.

        :raises TooMany: too many failures from here, or a flood of which this client is part.
        """
        kind = _limit(kind, client)
        if not self.limiter.test(kind, self._key(kind, client)):
            raise TooMany(self._wait(kind))
        failed_before = self.storage.get(kind.key_for(self._key(kind, client))) > 0
        if failed_before and not self.limiter.test(GUESSING_ALL, self._key(GUESSING_ALL, "all")):
            raise TooMany(60)

    def after_failure(self, kind: RateLimitItem, client: str) -> None:
        """Count a failed try; a successful one is never counted."""
        kind = _limit(kind, client)
        self.limiter.hit(kind, self._key(kind, client))
        self.limiter.hit(GUESSING_ALL, self._key(GUESSING_ALL, "all"))

    def count_try(self, kind: RateLimitItem, whose: str) -> None:
        """Count a try before it is made, wherever it comes from; `forget_tries` takes a successful one back.

        :raises TooMany: too many have failed.
        """
        if not self.limiter.hit(kind, self._key(kind, whose)):
            raise TooMany(self._wait(kind))

    def forget_tries(self, kind: RateLimitItem, whose: str) -> None:
        """Begin to count anew: this try was right."""
        self.limiter.clear(kind, self._key(kind, whose))

    def may_note(self) -> bool:
        """Return whether one more refusal may go into the audit chain.

        Whoever floods the sign-in must not be able to fill the chain; a few a minute tell of the flood.
        """
        return self.limiter.hit(NOTING, self._key(NOTING, "all"))

    def _wait(self, kind: RateLimitItem) -> int:
        length = kind.get_expiry()
        return max(1, min(LONGEST_WAIT, length - int(self._seconds() % length)))

    def _key(self, kind: RateLimitItem, client: str) -> str:
        """Return what a client's counter of the present window is called; without the day's pepper it tells nothing."""
        window = int(self._seconds() // kind.get_expiry())
        pepper = pepper_of(self.stores, self.house, self.house.today())
        return hmac.digest(pepper, f"{window} {client}".encode(), hashlib.sha256).hex()[:32]

    def _seconds(self) -> float:
        return self.house.now().replace(tzinfo=UTC).timestamp()


def _limit(kind: RateLimitItem, client: str) -> RateLimitItem:
    return SHARED.get(kind, kind) if client in ("127.0.0.1", "::1", "") else kind


def drop_old(work: Work, house: House) -> int:
    """Forget counters whose window is over, and yesterday's pepper; return how many counters."""
    forget_past(work, house)
    return count_changed(work.shred, delete(ThrottleRow).where(ThrottleRow.expires_at <= house.now()))
