"""Keys, contexts and strategies that the tests of this floor share."""

import unicodedata
from collections import Counter
from functools import cache

from hypothesis import strategies as st

from reporting.crypto.envelope import ItemContext
from reporting.crypto.grants import GrantContext
from reporting.crypto.keys import KeyPair
from reporting.crypto.parameters import Cost
from reporting.crypto.secret import CompartmentKey, Seed
from reporting.crypto.token import Token
from reporting.crypto.wordlists import word_list

# Argon2id's smallest cost, for tests that are about something else than the cost.
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)

CASE = b"c" * 16
ITEM = b"i" * 16
STAFF = b"s" + b"h" * 16

KEY = CompartmentKey(b"k" * 32)
OTHER_KEY = CompartmentKey(b"K" * 32)
PAIR = KeyPair.from_seed(Seed(b"p" * 32))
OTHER_PAIR = KeyPair.from_seed(Seed(b"P" * 32))

# Its English words are harmless, so that a draw may return it.
TOKEN = Token(bytes.fromhex("c6f3ac57944a531490cd"))

ITEM_CONTEXT = ItemContext(CASE, "story", 1, ITEM, "disclosure")
GRANT_CONTEXT = GrantContext(CASE, "story", 1, "whole", STAFF)

ids = st.binary(min_size=16, max_size=16)
keys = st.binary(min_size=32, max_size=32).map(CompartmentKey)
generations = st.integers(0, 2**32 - 1)
item_contexts = st.builds(
    ItemContext, ids, st.sampled_from(["story", "identity", "casework"]), generations, ids, st.text(max_size=20)
)


def flipped(data: bytes, place: int, bit: int = 0) -> bytes:
    """The same bytes with one bit of one byte changed."""
    return data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]


def without_accents(word: str) -> str:
    """A word as someone types it whose keyboard has no accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


@cache
def only_beginnings(name: str) -> set[str]:
    """Four letters with which exactly one word of a list begins."""
    begun = Counter(without_accents(word)[:4] for word in word_list(name))
    return {letters for letters, count in begun.items() if count == 1}
