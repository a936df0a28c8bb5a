"""Addresses that mean something in one session only: nothing stable stays in a browser's history.

A case, a reader or a request of hers is called by the first half of an HMAC under the secret of her
session. Whoever finds the address later finds nothing, and nobody can name what is not theirs.
"""

import hashlib
import hmac
from collections.abc import Iterable

from reporting.services.errors import NotFound
from reporting.web.survivor.visitors import ticket

LENGTH = 16


def ref_of(thing: bytes) -> str:
    """Return what a thing of hers is called in this session: 16 hex digits.

    :raises NotFound: there is no session.
    """
    current = ticket()
    if current is None:
        raise NotFound
    return hmac.digest(current.secret.raw, b"harbour ref v1" + thing, hashlib.sha256).hex()[:LENGTH]


def find_by_ref(ref: str, things: Iterable[bytes]) -> bytes:
    """Return the thing that a reference means, of those that are hers.

    :raises NotFound: it means none of them.
    """
    for thing in things:
        if hmac.compare_digest(ref_of(thing).encode(), ref.encode()):
            return thing
    raise NotFound
