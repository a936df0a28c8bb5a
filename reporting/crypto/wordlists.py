"""The word lists that tokens and fingerprints are spelt in, and how a typed word is found in them.

The lists are those of BIP-39 (from the `mnemonic` package): 2048 words, 11 bits each. Typed words are compared
without case, accents, or the difference between composed and full-width letters; four letters are enough where they
fit only one word of the list.
"""

import unicodedata
from collections import Counter
from functools import cache
from types import MappingProxyType

from mnemonic import Mnemonic

from reporting.crypto.parameters import SHORTEST_WORD_PREFIX, WORD_BITS

# Languages of pages to the names of lists. A language without one is shown digits. A list enters here only together
# with its words in `avoid`.
WORD_LANGUAGES = MappingProxyType(
    {"en": "english", "fr": "french", "es": "spanish", "ru": "russian", "zh": "chinese_simplified"}
)
LISTS = tuple(WORD_LANGUAGES.values())
FINGERPRINT_LIST = "english"

_MASK = (1 << WORD_BITS) - 1
# The package's Russian list has lost two letters of one word to a wrong encoding.
_MISPRINTS = {"сно\ufffd\ufffdа": "снова"}
# Signs that number a word; unfolded they would turn into letters of it.
_NUMBER_SIGNS = str.maketrans("", "", "№ºª")
# Letters that have no decomposition but that keyboards put in the place of plain ones.
_LOOKALIKES = str.maketrans({"ı": "i", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})


@cache
def word_list(name: str) -> tuple[str, ...]:
    """The 2048 words of one list, in composed form. No word ever changes: tokens on paper are read with it."""
    return tuple(unicodedata.normalize("NFC", _MISPRINTS.get(word, word)) for word in Mnemonic(name).wordlist)


def spell(data: bytes, name: str) -> tuple[str, ...]:
    """Write bytes (a multiple of 11 bits) as words of a list, most significant bits first."""
    words = word_list(name)
    return tuple(words[index] for index in indices(data))


def indices(data: bytes) -> tuple[int, ...]:
    """The 11-bit groups of some bytes, most significant first."""
    value = int.from_bytes(data, "big")
    return tuple([value >> shift & _MASK for shift in range(len(data) * 8 - WORD_BITS, -1, -WORD_BITS)])


def unspell(found: list[int]) -> int:
    """The number whose 11-bit groups these are."""
    value = 0
    for index in found:
        value = value << WORD_BITS | index
    return value


def pieces(text: str) -> list[str]:
    """Cut typed text into folded words and runs of digits (as 0-9, from any script), dropping everything else.

    A Chinese character is a word of its own, with or without spaces around it.
    """
    cut: list[str] = []
    previous = ""
    for character in _fold(text.translate(_NUMBER_SIGNS)):
        kind = _kind(character)
        if kind == "digit":
            character = str(unicodedata.decimal(character))
        if kind and kind == previous != "ideograph":
            cut[-1] += character
        elif kind:
            cut.append(character)
        previous = kind
    return cut


@cache
def finder(name: str) -> dict[str, int]:
    """From folded words, and from their first four letters where only one word has them, to places in the list."""
    folded = [_fold(word) for word in word_list(name)]
    heads = Counter(word[:SHORTEST_WORD_PREFIX] for word in folded)
    found = {
        word[:SHORTEST_WORD_PREFIX]: index
        for index, word in enumerate(folded)
        if heads[word[:SHORTEST_WORD_PREFIX]] == 1 and len(word) > SHORTEST_WORD_PREFIX
    }
    return found | {word: index for index, word in enumerate(folded)}


def find(word: str, name: str) -> int | None:
    """The place in a list of a folded word, or of one cut short after at least four letters; None if there is none."""
    places = finder(name)
    if word in places:
        return places[word]
    index = places.get(word[:SHORTEST_WORD_PREFIX])
    if index is None or not _fold(word_list(name)[index]).startswith(word):
        return None
    return index


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(c for c in plain if unicodedata.category(c) not in {"Mn", "Me", "Cf"}).translate(_LOOKALIKES)


def _kind(character: str) -> str:
    if "\u3400" <= character <= "\u9fff" or character >= "\U00020000":
        return "ideograph"
    category = unicodedata.category(character)
    return "digit" if category == "Nd" else "letter" if category.startswith("L") else ""
