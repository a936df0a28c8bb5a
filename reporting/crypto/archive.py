"""An archive that leaves the house: a zip file, encrypted with age under a passphrase that the program chose.

Any age program opens it (`age -d`). The passphrase is derived from the secret of the session in which the archive is
made and the id of the export, so it is stored nowhere and nobody but that session can make it again.
"""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reporting.crypto.age import AgeSealer
from reporting.crypto.avoid import AVOID
from reporting.crypto.framing import frame
from reporting.crypto.parameters import ARCHIVE_LABEL
from reporting.crypto.phrases import STRONG
from reporting.crypto.sealing import derive
from reporting.crypto.secret import SessionSecret
from reporting.crypto.wordlists import FINGERPRINT_LIST, word_list

NO_DAY = (1980, 1, 1, 0, 0, 0)
"""The day that every file in the archive carries: the earliest that the format knows, so that it tells nothing."""
BYTES_PER_WORD = 8


def archive_passphrase(secret: SessionSecret, export_id: bytes) -> str:
    """Return the passphrase of one export in one session: English words with hyphens, nearly 11 bits each."""
    hurtful = AVOID[FINGERPRINT_LIST]
    kind = [word for word in word_list(FINGERPRINT_LIST) if word not in hurtful]
    material = derive(secret.raw, frame(ARCHIVE_LABEL, export_id), STRONG * BYTES_PER_WORD)
    numbers = [int.from_bytes(material[at : at + BYTES_PER_WORD]) for at in range(0, len(material), BYTES_PER_WORD)]
    return "-".join(kind[number % len(kind)] for number in numbers)


@dataclass(frozen=True)
class Part:
    """One file of an archive: its name, how long it is (bytes), and what is in it, which is asked for in its turn."""

    name: str
    size: int
    pieces: Iterable[bytes]
    is_packed: bool = True
    """Whether it gets smaller by packing, which pictures and films do not."""


def seal_archive(parts: Iterable[Part], passphrase: str) -> Iterator[bytes]:
    """Yield one age-encrypted zip file, sealed as it is made: of no part more than a few chunks is in memory.

    The first piece is slow on purpose (scrypt). Where a part fails, the end is missing and the archive does not open.
    """
    waiting: list[bytes] = []
    sealer = AgeSealer(passphrase, waiting.append)
    with zipfile.ZipFile(_Sink(sealer), "w") as archive:
        for part in parts:
            with archive.open(_entry(part), "w") as entry:
                for piece in part.pieces:
                    entry.write(piece)
                    yield from _taken(waiting)
    sealer.finish()
    yield from _taken(waiting)


class _Sink:
    """What a zip file is written into where nobody can go back."""

    def __init__(self, sealer: AgeSealer) -> None:
        self._sealer = sealer

    def write(self, piece: bytes, /) -> int:
        """Seal the next bytes."""
        self._sealer.write(piece)
        return len(piece)

    def flush(self) -> None:
        """Nothing waits here."""

    def close(self) -> None:
        """The end is sealed by whoever knows that it is the end."""


def _entry(part: Part) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(part.name, NO_DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED if part.is_packed else zipfile.ZIP_STORED
    entry.file_size = part.size
    return entry


def _taken(waiting: list[bytes]) -> Iterator[bytes]:
    while waiting:
        yield waiting.pop(0)
