"""Statistical facts: one of constant size per case, openable only by a release job with the operator's passphrase.

Sealed to the statistics public key and bound to its case. Whether a survivor agreed to be counted is inside the
seal, so the row does not tell.

A fact is `version (1) || enc (1120) || ciphertext (64) || tag (16)`: always 1201 bytes.
"""

from reporting.crypto.errors import Tampered, UnknownVersion
from reporting.crypto.framing import frame
from reporting.crypto.hybrid import HYBRID_OVERHEAD, open_from, seal_to
from reporting.crypto.keys import KeyPair
from reporting.crypto.padding import pad_to, unpad
from reporting.crypto.parameters import FACT_LABEL, FACT_SIZE, FACT_VERSION, LENGTH_PREFIX_SIZE

FACT_CAPACITY = FACT_SIZE - LENGTH_PREFIX_SIZE
SEALED_FACT_SIZE = 1 + HYBRID_OVERHEAD + FACT_SIZE


def seal_fact(statistics_public: bytes, case_id: bytes, fact: bytes) -> bytes:
    """Seal at most 60 bytes to the statistics key (1216 bytes), for one case; TooLong beyond."""
    sealed = seal_to(statistics_public, pad_to(fact, FACT_SIZE), frame(FACT_LABEL, case_id))
    return bytes([FACT_VERSION]) + sealed


def open_fact(pair: KeyPair, case_id: bytes, sealed: bytes) -> bytes:
    """Open a fact with the statistics key pair: UnknownVersion, Tampered (size), WrongKey (anything else)."""
    if len(sealed) != SEALED_FACT_SIZE:
        raise Tampered("no fact has this size")
    if sealed[0] != FACT_VERSION:
        raise UnknownVersion("sealed by a release that this one does not know")
    return unpad(open_from(pair, sealed[1:], frame(FACT_LABEL, case_id)))
