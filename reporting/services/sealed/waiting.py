"""What waits beside the drafts for some hours: a report in the making, a file in parts, words that are pending.

Each is sealed under a value that only her page or her cookie carries, so the store alone opens none of it.
"""

from dataclasses import dataclass
from typing import Protocol

from reporting.crypto.envelope import open_box, seal_box
from reporting.crypto.errors import CannotOpen
from reporting.crypto.secret import SessionSecret
from reporting.services.house import House
from reporting.services.signing_in.sessions import hour_after
from reporting.store.shred import DraftRow


class WaitingKey(Protocol):
    """Finds and opens what waits; made from the value that she carries."""

    @property
    def id_hash(self) -> bytes:
        """Return what the database stores to find it."""

    @property
    def secret(self) -> SessionSecret:
        """Return what seals it."""


@dataclass(frozen=True)
class Kind:
    """One kind of what waits: the label that keeps it apart from every other, and for how many hours it waits."""

    label: str
    hours: int

    def row(self, house: House, key: WaitingKey, content: bytes) -> DraftRow:
        """Return content as it waits from now on.

        :raises TooLong: it does not fit the largest size class.
        """
        box = seal_box(key.secret, self.label, content)
        return DraftRow(id_hash=key.id_hash, expires_hour=hour_after(house.now(), self.hours), sealed=box)

    def content(self, house: House, key: WaitingKey, row: DraftRow | None) -> bytes | None:
        """Return what waits in a row, or nothing: there is no row, its time is over, or it is of another kind."""
        if row is None or row.expires_hour <= house.now():
            return None
        try:
            return open_box(key.secret, self.label, row.sealed)
        except CannotOpen:
            return None
