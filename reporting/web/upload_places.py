"""Whose files arrive at this moment: as many as leave room for pages, and nobody keeps the places of all the others.

A bad line may take hours for a film, and so may somebody who only wants to keep others out. Where all places are taken,
one is made free for whoever comes: of an address that has more than its share, or else of the slowest line that has had
its place for long. Whoever gives way is told so, and the script on the pages about files goes on by itself.
"""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Final

from reporting.web.patience import Patience

OWN_SECONDS: Final = 30.0
"""How long an upload has its place although others from the same address have places, too."""
SETTLED_SECONDS: Final = 600.0
"""How long every upload has its place, however slow its line."""
SLOW: Final = 32 * 1024
"""A line that has carried less than this (bytes per second) gives way after that."""
GIVING_WAY_SECONDS: Final = 5.0
"""How long to wait for a place that is being given up; the server ends a line within about a second."""
_IPV6_BITS: Final = 64


@dataclass(eq=False)
class Place:
    """The place of one upload. `network` is where it comes from, '' where everybody has the same address."""

    network: str
    patience: Patience
    since: float
    gives_way: bool = False

    def speed(self, now: float) -> float:
        """Return how much its line has carried (bytes per second)."""
        return self.patience.carried() / max(now - self.since, 1.0)


class Places:
    """The places of one process."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: list[Place] = []
        self._changed = threading.Condition()

    def take(self, client: str, patience: Patience) -> Place | None:
        """Return a place, or nothing where there is none; it may take some seconds until somebody has given way."""
        place = Place(network_of(client), patience, time.monotonic())
        with self._changed:
            if self._is_full() and self._make_room(place):
                self._changed.wait_for(lambda: not self._is_full(), GIVING_WAY_SECONDS)
            if self._is_full():
                return None
            self._held.append(place)
        return place

    def give_back(self, place: Place) -> None:
        """Let somebody else have a place."""
        with self._changed:
            self._held.remove(place)
            self._changed.notify()

    def _is_full(self) -> bool:
        return len(self._held) >= self._most

    def _make_room(self, new: Place) -> bool:
        now = time.monotonic()
        # While we work on what has come, its line is not to blame.
        held = [one for one in self._held if not one.gives_way and one.patience.is_waiting()]
        chosen = self._of_crowds(new, held, now) or [
            one for one in held if now - one.since > SETTLED_SECONDS and one.speed(now) < SLOW
        ]
        if not chosen:
            return False
        slowest = min(chosen, key=lambda one: one.speed(now))
        slowest.gives_way = True
        slowest.patience.give_way()
        return True

    def _of_crowds(self, new: Place, held: Sequence[Place], now: float) -> list[Place]:
        """Return the places of addresses that would still have as many as the new one's address."""
        staying = [one.network for one in self._held if not one.gives_way and one.network]
        share = staying.count(new.network) + 1
        return [one for one in held if now - one.since > OWN_SECONDS and staying.count(one.network) > share]


def network_of(client: str) -> str:
    """Return where an address belongs: itself, of IPv6 its network; nothing for this machine, where an onion ends."""
    try:
        address = ip_address(client)
    except ValueError:
        return ""
    if address.is_loopback:
        return ""
    return str(address) if address.version == 4 else str(ip_network((int(address), _IPV6_BITS), strict=False))
