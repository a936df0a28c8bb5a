"""The token: all that a reporter needs, and all that opens her side of her case.

80 random bits and 8 check bits, shown as eight words of her language or as 27 digits. Nothing of it is stored: a
memory-hard derivation gives a lookup id, which is, and the seed of her key pair. It is handed over once and cannot
be recovered.

Typed text is forgiven whatever does not change which token it is: case, accents, spaces, punctuation, numbering,
digits of any script, words cut after four letters. What is wrong is named by its position, never repeated.
"""

import hashlib
import secrets
from dataclasses import dataclass, field
from functools import cache

from reporting.crypto.avoid import AVOID
from reporting.crypto.errors import NotAToken, UnknownWord, WrongCheck, WrongLength
from reporting.crypto.framing import frame, number
from reporting.crypto.parameters import (
    ID_SIZE,
    KEY_SIZE,
    REPORTER_LABEL,
    SHORTEST_WORD_PREFIX,
    TOKEN_CHECK_LABEL,
    TOKEN_CHECK_SIZE,
    TOKEN_COST,
    TOKEN_DIGIT_GROUP,
    TOKEN_DIGITS,
    TOKEN_ENTROPY_SIZE,
    TOKEN_LONGEST_INPUT,
    TOKEN_WORDS,
)
from reporting.crypto.sealing import derive as _hkdf
from reporting.crypto.secret import Guarded, Seed
from reporting.crypto.stretching import stretch
from reporting.crypto.wordlists import LISTS, WORD_LANGUAGES, find, finder, indices, pieces, spell, unspell, word_list

# Hashing goes on from here, because tokens are drawn by the million in tests of their evenness.
_CHECK_START = hashlib.sha256(frame(TOKEN_CHECK_LABEL) + number(TOKEN_ENTROPY_SIZE))
_CHECKED_SIZE = TOKEN_ENTROPY_SIZE + TOKEN_CHECK_SIZE


class Token(Guarded):
    """The 80 random bits of one token, as 10 bytes; `draw` it, because `random` knows no word to avoid."""

    __slots__ = ()
    SIZE = TOKEN_ENTROPY_SIZE

    def words(self, language: str) -> tuple[str, ...]:
        """The eight words of this token in a language of WORD_LANGUAGES; KeyError for another."""
        return spell(_with_check(self.raw), WORD_LANGUAGES[language])

    def digits(self) -> str:
        """The 27 digits of this token, in nine groups of three."""
        written = f"{int.from_bytes(_with_check(self.raw), 'big'):0{TOKEN_DIGITS}d}"
        return " ".join(written[i : i + TOKEN_DIGIT_GROUP] for i in range(0, TOKEN_DIGITS, TOKEN_DIGIT_GROUP))


@dataclass(frozen=True, slots=True)
class ReporterKeys:
    """What a token gives: the 16-byte id under which her public key is stored, and the seed of her key pair."""

    lookup_id: bytes = field(repr=False)
    seed: Seed


def has_words(language: str) -> bool:
    """Whether a token can be shown as words in this language; otherwise show digits."""
    return language in WORD_LANGUAGES


def draw(language: str) -> Token:
    """Draw a new token, evenly among those that hurt nobody and mean only one thing in words of this language."""
    name = WORD_LANGUAGES.get(language)
    while True:
        entropy = secrets.token_bytes(TOKEN_ENTROPY_SIZE)
        if name is None or _presentable(entropy, name):
            return Token(entropy)


def parse(text: str) -> Token:
    """Read a token from what someone typed; UnknownWord, WrongLength or WrongCheck, none of which repeats it."""
    if len(text) > TOKEN_LONGEST_INPUT:
        raise WrongLength(len(text.split()), TOKEN_WORDS)
    cut = pieces(text)
    words = [piece for piece in cut if not piece.isdecimal()]
    digits = "".join(piece for piece in cut if piece.isdecimal())
    # Fewer digits beside words are only their numbering.
    if len(digits) == TOKEN_DIGITS or (digits and not words):
        return _from_digits(digits)
    if len(words) != TOKEN_WORDS:
        raise WrongLength(len(words), TOKEN_WORDS)
    return _from_words(words)


def derive(token: Token, salt: bytes) -> ReporterKeys:
    """Stretch a token with the instance's public salt (16 bytes); about 50 ms and 19 MiB."""
    material = _hkdf(stretch(token.raw, salt, TOKEN_COST), frame(REPORTER_LABEL), ID_SIZE + KEY_SIZE)
    return ReporterKeys(material[:ID_SIZE], Seed(material[ID_SIZE:]))


def _with_check(entropy: bytes) -> bytes:
    check = _CHECK_START.copy()
    check.update(entropy)
    return entropy + check.digest()[:TOKEN_CHECK_SIZE]


def _checked(value: int) -> Token:
    if value.bit_length() > _CHECKED_SIZE * 8:
        raise WrongCheck("no token is this number")
    data = value.to_bytes(_CHECKED_SIZE, "big")
    if _with_check(data[:TOKEN_ENTROPY_SIZE]) != data:
        raise WrongCheck("a word or digit is wrong or out of order")
    return Token(data[:TOKEN_ENTROPY_SIZE])


def _from_digits(digits: str) -> Token:
    if len(digits) != TOKEN_DIGITS:
        raise WrongLength(len(digits), TOKEN_DIGITS)
    return _checked(int(digits))


def _from_words(words: list[str]) -> Token:
    """Try every list; of the failures tell the one that is nearest to being a token."""
    failures: list[NotAToken] = []
    for name in LISTS:
        try:
            return _from_list(words, name)
        except NotAToken as failure:
            failures.append(failure)
    raise max(failures, key=_nearness) from None


def _from_list(words: list[str], name: str) -> Token:
    found = [find(word, name) for word in words]
    known = [index for index in found if index is not None]
    if len(known) < TOKEN_WORDS:
        raise UnknownWord(found.index(None) + 1, known=len(known))
    return _checked(unspell(known))


def _nearness(failure: NotAToken) -> int:
    return failure.known if isinstance(failure, UnknownWord) else TOKEN_WORDS


def _presentable(entropy: bytes, name: str) -> bool:
    places = indices(_with_check(entropy))
    if not _avoided(name).isdisjoint(places):
        return False
    # Nearly always some word stands in this list only, and then no other list can read the token.
    return not _shared(name).issuperset(places) or _means_one_thing(entropy, name)


def _means_one_thing(entropy: bytes, name: str) -> bool:
    written = spell(_with_check(entropy), name)
    for words in (written, [word[:SHORTEST_WORD_PREFIX] for word in written]):
        for other in LISTS:
            if other != name and _reads(pieces(" ".join(words)), other):
                return False
    return True


def _reads(words: list[str], name: str) -> bool:
    try:
        _from_list(words, name)
    except NotAToken:
        return False
    return True


@cache
def _avoided(name: str) -> frozenset[int]:
    return frozenset(index for index, word in enumerate(word_list(name)) if word in AVOID.get(name, ()))


@cache
def _shared(name: str) -> frozenset[int]:
    """Places of words that some other list could read, whole or cut short."""
    others = [other for other in LISTS if other != name]
    return frozenset(
        index for word, index in finder(name).items() if any(find(word, other) is not None for other in others)
    )
