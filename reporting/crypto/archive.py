"""An archive that leaves the house: a zip file, encrypted with age under a passphrase that the program chose.

Any age program opens it (`age -d`). The passphrase is derived from the secret of the session in which the archive is
made and the id of the export, so it is stored nowhere and nobody but that session can make it again.
"""

import io
import zipfile
from collections.abc import Mapping

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


def seal_archive(files: Mapping[str, bytes], passphrase: str) -> bytes:
    """Return the files as one age-encrypted zip file. Slow on purpose (scrypt); in memory only."""
    from pyrage import passphrase as age  # late: only an export needs it

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, NO_DAY), content, zipfile.ZIP_DEFLATED)
    sealed: bytes = age.encrypt(packed.getvalue(), passphrase)
    return sealed
