"""What a staff session keeps under its seal, beside the key: nothing of it is readable in the store."""

import json
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from reporting.crypto.secret import Seed

ACTOR_SIZE: Final = 16


class Stage(IntEnum):
    """How far somebody has come who signs in."""

    HALF_OPEN = 0  # the passphrase is right, and the second factor is still to be shown or set up
    PASSPHRASE = 1  # the passphrase is enough for this account
    BOTH = 2  # passphrase and second factor


@dataclass(frozen=True)
class StaffBox:
    """The content of a staff session.

    `proved_at` is when passphrase and second factor were last shown once more, in seconds since 1970; `code` is a
    one-time code that this person still has to hand over to `code_for`. `app_secret` is what an authenticator app is
    about to be set up with, `challenge` what a passkey is about to sign, `recovery` fresh recovery codes, until seen.
    """

    staff_id: bytes
    seed: Seed
    proved_at: int = 0
    code_for: bytes = bytes(ACTOR_SIZE)
    code: str = field(default="", repr=False)
    stage: Stage = Stage.HALF_OPEN
    app_secret: str = field(default="", repr=False)
    challenge: bytes = field(default=b"", repr=False)
    recovery: tuple[str, ...] = field(default=(), repr=False)

    def to_bytes(self) -> bytes:
        """Return the content as JSON; the seal pads it to a constant size."""
        content = {
            "staff_id": self.staff_id.hex(),
            "seed": self.seed.raw.hex(),
            "proved_at": self.proved_at,
            "code_for": self.code_for.hex(),
            "code": self.code,
            "stage": int(self.stage),
            "app_secret": self.app_secret,
            "challenge": self.challenge.hex(),
            "recovery": list(self.recovery),
        }
        return json.dumps(content, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, raw: bytes) -> "StaffBox":
        """Read the content back."""
        content = json.loads(raw)
        return cls(
            bytes.fromhex(content["staff_id"]),
            Seed(bytes.fromhex(content["seed"])),
            content["proved_at"],
            bytes.fromhex(content["code_for"]),
            content["code"],
            Stage(content["stage"]),
            content["app_secret"],
            bytes.fromhex(content["challenge"]),
            tuple(content["recovery"]),
        )
