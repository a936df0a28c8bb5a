"""Ids in staff addresses: 32 lower-case hex digits, or the address does not exist; and how a case is called aloud."""

import re

from werkzeug.routing import BaseConverter

HEX_ID = "[0-9a-f]{32}"
REFERENCE = 8


class IdConverter(BaseConverter):
    """`<id:case_id>` in a route: bytes inside, hex digits in the address."""

    regex = HEX_ID

    def to_python(self, value: str) -> bytes:
        """Return the 16 bytes."""
        return bytes.fromhex(value)

    def to_url(self, value: bytes) -> str:
        """Return the hex digits."""
        return value.hex()


def id_from(text: str | None) -> bytes | None:
    """Return the id that a form field carries, or nothing where it is none."""
    return bytes.fromhex(text) if text and re.fullmatch(HEX_ID, text) else None


def reference_of(case_id: bytes) -> str:
    """Return how colleagues name a case to each other as long as it has no working title."""
    code = case_id.hex()[:REFERENCE].upper()
    return f"{code[:4]}-{code[4:]}"
