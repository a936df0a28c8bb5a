"""A file that comes in parts over a line that breaks: how far it has come, and where the parts lie."""

from dataclasses import dataclass, field

from reporting.domain.canonical import Record
from reporting.domain.evidence.evidence import KeptFile

PART_SIZE = 4 * 1024 * 1024
"""How many bytes one part may have at most."""
MOST_PARTS = 2000


@dataclass(frozen=True)
class Arriving(Record):
    """A file on its way: what it is called, how many bytes it will have, and the parts that are here.

    `owner` (16 bytes in hex) is whose the parts are in the blob store until the file is whole.
    """

    WHAT = "arriving"

    owner: str
    name: str
    size: int
    parts: tuple[KeptFile, ...] = field(default=(), repr=False)

    @property
    def here(self) -> int:
        """Return how many bytes have come."""
        return sum(part.size for part in self.parts)

    @property
    def is_whole(self) -> bool:
        """Return whether nothing is missing."""
        return self.here == self.size
