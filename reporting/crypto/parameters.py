"""Every number and label that the constructions of this package rest on.

Nothing else in Harbour chooses a size, a cost, a version byte or a label. Changing a value here changes a stored
format: give the format a new version byte and keep reading the old one. `docs/FORMATS.md` shows where each is used.
"""

from typing import Final, NamedTuple


class Cost(NamedTuple):
    """What one Argon2id run costs: memory in KiB, passes over it, and lanes (RFC 9106)."""

    memory_kib: int
    passes: int
    lanes: int


KIB: Final = 1024

# Sizes in bytes.
ID_SIZE: Final = 16
KEY_SIZE: Final = 32
COMMITMENT_SIZE: Final = 32
NONCE_SIZE: Final = 12
TAG_SIZE: Final = 16
SALT_SIZE: Final = 16
LENGTH_PREFIX_SIZE: Final = 4
STREAM_SALT_SIZE: Final = 32
CHUNK_SIZE: Final = 64 * KIB

MLKEM_SEED_SIZE: Final = 64
MLKEM_PUBLIC_SIZE: Final = 1184
X25519_SIZE: Final = 32
EXPANDED_SEED_SIZE: Final = MLKEM_SEED_SIZE + X25519_SIZE
PUBLIC_KEY_SIZE: Final = MLKEM_PUBLIC_SIZE + X25519_SIZE
ENCAPSULATION_SIZE: Final = 1088 + X25519_SIZE
SIGNATURE_SIZE: Final = 64

# Plaintext sizes after padding, length prefix included. A stored row shows only which one it is.
CLASSES: Final = (4 * KIB, 16 * KIB, 64 * KIB, 256 * KIB, 1024 * KIB)
FACT_SIZE: Final = 64

# Version bytes: the first byte of each stored form.
ITEM_VERSION: Final = 1
BOX_VERSION: Final = 1
GRANT_VERSION: Final = 1
SEED_VERSION: Final = 1
FACT_VERSION: Final = 1
KEY_FILE_VERSION: Final = 1
RECOVERY_VERSION: Final = 1
STREAM_VERSION: Final = 1

# Labels keep one use of a key apart from every other. Each ends with the version of its construction.
ITEM_LABEL: Final = b"harbour/item/1"
BOX_LABEL: Final = b"harbour/box/1"
GRANT_LABEL: Final = b"harbour/grant/1"
SHRED_LABEL: Final = b"harbour/shred/1"
SIGNING_LABEL: Final = b"harbour/signing-key/1"
SIGNATURE_LABEL: Final = b"harbour/signature/1"
FINGERPRINT_LABEL: Final = b"harbour/fingerprint/1"
TOKEN_CHECK_LABEL: Final = b"harbour/token-check/1"
REPORTER_LABEL: Final = b"harbour/reporter/1"
PASSPHRASE_LABEL: Final = b"harbour/passphrase/1"
INSTANCE_LABEL: Final = b"harbour/instance/1"
FACT_LABEL: Final = b"harbour/fact/1"
RECOVERY_LABEL: Final = b"harbour/recovery/1"
ARCHIVE_LABEL: Final = b"harbour/archive/1"
STREAM_LABEL: Final = b"harbour/stream/1"

# What the instance key may authenticate. An unlisted use is a mistake in the program.
INSTANCE_USES: Final = frozenset(
    {
        "grant",
        "public-key",
        "vouch",
        "audit-event",
        "audit-day",
        "audit-pending",
        "audit-ref",
        "form",
        "office",
        "request",
        "approval",
        "hold",
        "hold-grant",
        "recovery",
        "guest",
        "referral-link",
        "fund-claim",
        "fund-code",
        "blob",
        "blob-check",
        "blob-store",
    }
)

# What the instance key signs, with an Ed25519 key of its own: its public half may be known to everybody.
CHECKPOINT_USE: Final = "checkpoint"

# A token has 80 random bits, so its derivation only needs to make a guess dear, not a dictionary.
TOKEN_COST: Final = Cost(memory_kib=19 * KIB, passes=2, lanes=1)
# A passphrase is chosen by a person. Not Final: the test-suite lowers it where the cost itself is not under test.
STAFF_COST: Cost = Cost(memory_kib=64 * KIB, passes=3, lanes=1)
# Stored costs above these are refused, so that an altered row cannot exhaust the machine.
HIGHEST_COST: Final = Cost(memory_kib=256 * KIB, passes=16, lanes=8)
# Argon2 memory that one process holds at once; further runs wait for their turn.
ARGON2_BUDGET_KIB: Final = 64 * KIB

# The exponent of scrypt's cost for an archive: 64 MiB. Its passphrase is drawn by the program, nearly 88 bits.
ARCHIVE_WORK_FACTOR: Final = 16

TOKEN_ENTROPY_SIZE: Final = 10
TOKEN_CHECK_SIZE: Final = 1
TOKEN_WORDS: Final = 8
TOKEN_DIGITS: Final = 27
TOKEN_DIGIT_GROUP: Final = 3
TOKEN_LONGEST_INPUT: Final = 1000
WORD_BITS: Final = 11
SHORTEST_WORD_PREFIX: Final = 4

# A recovery key is split so that this many shares at least, of this many at most, give it back (SLIP-0039).
LEAST_THRESHOLD: Final = 2
MOST_SHARES: Final = 16

PASSPHRASE_SHORTEST: Final = 15
PASSPHRASE_LONGEST: Final = 256
# What is typed beyond is no passphrase of anybody, and to put many accents in order takes the square of their number.
PASSPHRASE_LOOKED_AT: Final = 4096
