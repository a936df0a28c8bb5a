"""Codes of the fund: of vouchers and of providers. 80 random bits and two check digits.

Written in Crockford's alphabet of 32 signs (no I, L, O or U) in groups of four: unlike a token, which is words or 27
digits, so that nobody takes one for the other. The check is that of ISO 7064 (mod 97, 10) over the number: one wrong
sign and two exchanged neighbours are always found. Typed text is forgiven case, spaces, hyphens, O for 0, I and L for
1, and digits of any script; what is wrong is never repeated.
"""

import unicodedata
from typing import Final

CODE_SIZE: Final = 10
SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BODY: Final = 16
_GROUP: Final = 4
LONGEST_TYPED: Final = 100
_LOOKALIKE: Final = str.maketrans("OIL", "011")


class NotACode(ValueError):  # noqa: N818 - a refusal read aloud, not a fault of the program
    """It has another length, or a sign or check digit is wrong; the message never repeats it."""


def spell(code: bytes) -> str:
    """Write a code of 10 bytes: XXXX-XXXX-XXXX-XXXX-99."""
    number = int.from_bytes(code, "big")
    body = "".join(SIGNS[number >> 5 * place & 31] for place in reversed(range(_BODY)))
    groups = [body[start : start + _GROUP] for start in range(0, _BODY, _GROUP)]
    return "-".join([*groups, f"{_check(number):02d}"])


def parse(text: str) -> bytes:
    """Read a code as somebody typed it.

    :raises NotACode: it is none.
    """
    if len(text) > LONGEST_TYPED:
        raise NotACode("a code is not so long")
    signs = "".join(_plain(sign) for sign in text if sign.isalnum())  # a ligature becomes several
    if len(signs) != _BODY + 2:
        raise NotACode("a code has sixteen signs and two check digits")
    body, check = signs[:_BODY], signs[_BODY:]
    if any(sign not in SIGNS for sign in body):
        raise NotACode("a sign is in no code")
    number = sum(SIGNS.index(sign) << 5 * place for place, sign in enumerate(reversed(body)))
    if check != f"{_check(number):02d}":
        raise NotACode("the check digits do not fit")
    return number.to_bytes(CODE_SIZE, "big")


def _check(number: int) -> int:
    return 98 - number * 100 % 97


def _plain(sign: str) -> str:
    value = unicodedata.decimal(sign, None)
    if value is not None:
        return str(value)
    return unicodedata.normalize("NFKC", sign).upper().translate(_LOOKALIKE)
