"""Second factors: what a person shows beside the passphrase, as the records that are sealed under their own key.

How long a code counts and how many recovery codes there are is decided here and nowhere else.
"""

import secrets
import unicodedata
from dataclasses import dataclass, field, replace
from typing import ClassVar, Final

from reporting.domain.canonical import Record, Unreadable

STEP_SECONDS: Final = 30
"""How long one code of an authenticator app is shown (RFC 6238, section 5.2)."""

STEPS_AROUND: Final = 1
"""How many steps before and after the present one count: clocks of phones differ."""

CODE_DIGITS: Final = 6
RECOVERY_CODES: Final = 10
RECOVERY_ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"
RECOVERY_LENGTH: Final = 12
RECOVERY_GROUP: Final = 4
MOST_FACTORS: Final = 10


@dataclass(frozen=True)
class Authenticator(Record):
    """An app that shows six digits: its secret in base 32, and the last time step whose code was taken."""

    WHAT: ClassVar[str] = "authenticator"

    secret: str = field(repr=False)
    last_step: int


@dataclass(frozen=True)
class Passkey(Record):
    """A key of a phone, computer or security key, for one host name; ids and keys are hexadecimal."""

    WHAT: ClassVar[str] = "passkey"

    host: str
    credential_id: str
    public_key: str
    sign_count: int


@dataclass(frozen=True)
class RecoveryCodes(Record):
    """The hashes (hexadecimal) of the codes that have not been used yet."""

    WHAT: ClassVar[str] = "recovery-codes"

    hashes: tuple[str, ...]

    def without(self, used: str) -> "RecoveryCodes":
        """Return what is left once a code was used."""
        return replace(self, hashes=tuple(one for one in self.hashes if one != used))


Factor = Authenticator | Passkey | RecoveryCodes
KINDS: Final[tuple[type[Authenticator] | type[Passkey] | type[RecoveryCodes], ...]] = (
    Authenticator,
    Passkey,
    RecoveryCodes,
)


def factor_from(content: bytes) -> Factor:
    """Read a factor of any kind.

    :raises Unreadable: it is none.
    """
    for kind in KINDS:
        try:
            return kind.from_bytes(content)
        except Unreadable:
            continue
    raise Unreadable("this is no second factor")


def bare_code(typed: str) -> str:
    """Return a code as it is compared: without spaces and hyphens, in small letters, with the digits 0 to 9."""
    return "".join(_plain(character) for character in typed.lower() if character.isalnum())


def is_app_code(code: str) -> bool:
    """Say whether a bare code has the shape of what an authenticator app shows."""
    return len(code) == CODE_DIGITS and code.isascii() and code.isdigit()


def draw_recovery_codes() -> list[str]:
    """Return fresh recovery codes, 59 random bits each, in groups that are easy to copy."""
    return [_draw() for _ in range(RECOVERY_CODES)]


def _draw() -> str:
    code = "".join(secrets.choice(RECOVERY_ALPHABET) for _ in range(RECOVERY_LENGTH))
    return "-".join(code[at : at + RECOVERY_GROUP] for at in range(0, RECOVERY_LENGTH, RECOVERY_GROUP))


def _plain(character: str) -> str:
    """Return a digit of any script as 0 to 9; anything else as it is."""
    digit = unicodedata.digit(character, None)
    return character if digit is None else str(digit)
