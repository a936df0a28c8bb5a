"""Writing the age file format (age-encryption.org/v1, as of the C2SP specification) for a passphrase, as a stream.

The library `pyrage` encrypts for a passphrase only what is whole in memory; a file with evidence in it can be a
gigabyte. What is written here any age program opens, `pyrage` among them; the tests open it with that.

The payload is STREAM (`chunks`) over ChaCha20-Poly1305 in chunks of 64 KiB: what is cut off does not open.
"""

import hmac
import secrets
from base64 import b64encode
from collections.abc import Callable
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from reporting.crypto.chunks import Chunk, Chunks
from reporting.crypto.parameters import ARCHIVE_WORK_FACTOR, KEY_SIZE, NONCE_SIZE

_SALT_SIZE: Final = 16
_FILE_KEY_SIZE: Final = 16
_SCRYPT_BLOCK, _SCRYPT_LANES = 8, 1


class AgeSealer:
    """Encrypts what comes in pieces of any size; what is sealed goes to `sink` as soon as it is known.

    Making one is slow on purpose (scrypt). At most one chunk waits here.
    """

    def __init__(self, passphrase: str, sink: Callable[[bytes], object]) -> None:
        file_key, payload_salt = secrets.token_bytes(_FILE_KEY_SIZE), secrets.token_bytes(_SALT_SIZE)
        sink(_header(passphrase, file_key) + payload_salt)
        self._key, self._sink = ChaCha20Poly1305(_derive(file_key, b"payload", payload_salt)), sink
        self._chunks = Chunks(self._seal)

    def write(self, piece: bytes) -> None:
        """Take the next bytes."""
        self._chunks.write(piece)

    def finish(self) -> None:
        """Seal the rest: without this end the file opens nowhere as a whole."""
        self._chunks.finish()

    def _seal(self, _number: int, nonce: bytes, chunk: Chunk) -> None:
        self._sink(self._key.encrypt(nonce, chunk, None))


def _header(passphrase: str, file_key: bytes) -> bytes:
    """Return the header: the key of the file, wrapped under the passphrase, and what authenticates it."""
    salt = secrets.token_bytes(_SALT_SIZE)
    label = b"age-encryption.org/v1/scrypt" + salt
    scrypt = Scrypt(label, KEY_SIZE, 2**ARCHIVE_WORK_FACTOR, _SCRYPT_BLOCK, _SCRYPT_LANES)
    wrapped = ChaCha20Poly1305(scrypt.derive(passphrase.encode())).encrypt(bytes(NONCE_SIZE), file_key, None)
    lines = b"age-encryption.org/v1\n-> scrypt %s %d\n%s\n---" % (_base64(salt), ARCHIVE_WORK_FACTOR, _base64(wrapped))
    mac = hmac.digest(_derive(file_key, b"header", b""), lines, "sha256")
    return lines + b" " + _base64(mac) + b"\n"


def _derive(file_key: bytes, label: bytes, salt: bytes) -> bytes:
    return HKDF(SHA256(), KEY_SIZE, salt=salt, info=label).derive(file_key)


def _base64(raw: bytes) -> bytes:
    return b64encode(raw).rstrip(b"=")
