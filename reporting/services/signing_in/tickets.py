"""What the cookie of a session carries: an id, stored only hashed, and a secret, stored nowhere."""

import base64
import binascii
import hashlib
import secrets
from dataclasses import dataclass

from reporting.crypto.secret import SessionSecret

ID_SIZE = SECRET_SIZE = 32


@dataclass(frozen=True)
class Ticket:
    """What the cookie carries: the id that finds the row and the secret that opens it."""

    session_id: bytes
    secret: SessionSecret

    @classmethod
    def new(cls) -> "Ticket":
        """Return a fresh random ticket."""
        return cls(secrets.token_bytes(ID_SIZE), SessionSecret.random())

    @classmethod
    def parse(cls, cookie: str | None) -> "Ticket | None":
        """Return the ticket of a cookie, or nothing where the value is not one."""
        try:
            raw = base64.urlsafe_b64decode((cookie or "").encode("ascii") + b"==")
        except (ValueError, binascii.Error):
            return None
        if len(raw) != ID_SIZE + SECRET_SIZE:
            return None
        return cls(raw[:ID_SIZE], SessionSecret(raw[ID_SIZE:]))

    def cookie(self) -> str:
        """Return the cookie's value."""
        return base64.urlsafe_b64encode(self.session_id + self.secret.raw).rstrip(b"=").decode()

    @property
    def id_hash(self) -> bytes:
        """Return what the database stores of the id."""
        return hashlib.sha256(b"harbour session v1" + self.session_id).digest()
