"""Does a name that she typed look like the name of a colleague who could read her case?

The answer decides who starts *closed*, so it errs on the side of closing: she sees each closed
person by name and can open the case to them, while a reader left open by mistake has read it.
Sharing one word of a name is therefore enough. Case, accents, punctuation, word order, titles,
initials, short forms ("Alex") and slips of the finger are forgiven. A name written in another
script than the colleague's is not recognised; the page of readers says to look at the list.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import pairwise, takewhile

_NOT_NAMES = """
    mr mrs ms mx miss dr prof professor sir madam mme mlle monsieur madame herr frau sr sra srta don doña señor señora
    sheikh the and von van der den de da do du di la le del della des dos das al el ul bin ibn ben bint abu st mc
    السيد السيدة الدكتور الدكتورة الأستاذ الأستاذة ال بن ابن г госпожа господин доктор д
"""
_STROKES = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ة": "ه", "ى": "ي"}
)
_DROPPED_CATEGORIES = frozenset({"Mn", "Me", "Cf", "Lm"})
_PIECE = 256
_APOSTROPHES = re.compile("['’ʼʻ`´]")
_WORD = re.compile(r"[^\W_]+")
# Han and Hangul names put a whole family name into one character.
_SYLLABIC = re.compile("[\u1100-\u11ff\u3005\u3400-\u9fff\uac00-\ud7ff\U00020000-\U0003ffff]")
_ARTICLES: Mapping[str, int] = {"al": 4, "el": 4, "ال": 3}  # and how long the rest must be to stand for itself


def resembles(given: str, name: str) -> bool:
    """Say whether `given`, typed by her, could mean the person displayed as `name`.

    Both are free text of any script and length; either may be empty, which resembles nothing.
    """
    all_given, all_name = _words(given), _words(name)
    given_words, name_words = _without_titles(all_given), _without_titles(all_name)
    if not given_words or not name_words:  # "Al" may be somebody's whole name
        given_words, name_words = all_given, all_name
    return (
        any(_same(a, b) for a in _variants(given_words, all_given) for b in _variants(name_words, all_name))
        or _paired_by_initials(given_words, name_words)
        or _spelled_as_initials(given_words, name_words)
        or _spelled_as_initials(name_words, given_words)
        or any(word.startswith(handle) for word in given_words for handle in _handles(name_words))
    )


def words_of_contact(contact: str) -> str:
    """Return the part of an e-mail address, link or handle in which a name may hide."""
    local, at, _host = contact.strip().rpartition("@")
    shown = local if at and local else contact.strip().rstrip("/").rpartition("/")[2]
    return shown.lstrip("@")


def _fold(text: str) -> str:
    """Fold case, accents, vowel marks and invisible characters; Hangul stays in syllables."""
    whole = text.casefold()
    # In short pieces: to put marks in order takes the square of how many stand together, and they go anyway.
    pieces = (unicodedata.normalize("NFKD", whole[at : at + _PIECE]) for at in range(0, len(whole), _PIECE))
    bare = _APOSTROPHES.sub("", "".join(pieces))
    kept = "".join(c for c in bare if not (unicodedata.category(c) in _DROPPED_CATEGORIES or unicodedata.combining(c)))
    return unicodedata.normalize("NFKC", kept).casefold().translate(_STROKES)


_TITLES = frozenset(_fold(_NOT_NAMES).split())


def _words(text: str) -> list[str]:
    """The words that hold at least one letter, folded."""
    return [word for word in _WORD.findall(_fold(text)) if any(c.isalpha() for c in word)]


def _without_titles(words: list[str]) -> list[str]:
    """The words without titles and particles, which many people share."""
    return [word for word in words if word not in _TITLES]


def _variants(words: list[str], all_words: list[str]) -> list[str]:
    """Each word, each two or three neighbours written as one, and each word without its article."""
    twos = [a + b for a, b in pairwise(all_words)]
    threes = [two + c for two, c in zip(twos, all_words[2:], strict=False)]
    bare = [word[2:] for word in words if len(word) - 2 >= _ARTICLES.get(word[:2], len(word))]
    return list(dict.fromkeys(words + twos + threes + bare))


def _same(a: str, b: str) -> bool:
    """Two words that may stand for one name."""
    if _SYLLABIC.search(a) and _SYLLABIC.search(b):
        return a[0] == b[0] or a in b or b in a or len(set(a) & set(b)) > 1
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) < 3:
        return shorter == longer
    return longer.startswith(shorter) or _within(a, b, _typos_forgiven(longer))


def _typos_forgiven(word: str) -> int:
    """Long names vary more between spellings: Mohammed and Muhammad differ by two."""
    if len(word) < 4:
        return 0
    return 1 if len(word) < 8 else 2


def _within(a: str, b: str, typos: int) -> bool:
    """Say whether `typos` changed, missing, added or swapped letters turn one word into the other."""
    if abs(len(a) - len(b)) > typos:
        return False
    if typos == 0:
        return a == b
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))
    a, b = a[shared:], b[shared:]
    if not a or not b:
        return True
    swapped = a[:2] == b[1::-1] and _within(a[2:], b[2:], typos - 1)
    return swapped or any(_within(x, y, typos - 1) for x, y in ((a[1:], b[1:]), (a[1:], b), (a, b[1:])))


def _paired_by_initials(given: list[str], name: list[str]) -> bool:
    """As in "J. Smith" and "John S.": at least two words, and each has a partner of its own."""
    fewer, more = sorted((given, name), key=len)
    left = list(more)
    for word in fewer:
        partner = next((other for other in left if _same(word, other) or _is_initial(word, other)), None)
        if partner is None:
            return False
        left.remove(partner)
    return len(fewer) > 1


def _is_initial(a: str, b: str) -> bool:
    return 1 in (len(a), len(b)) and a[0] == b[0]


def _spelled_as_initials(short: list[str], full: list[str]) -> bool:
    """As in "AB" or "B.A." for Anna Brown: one word made of the other's first letters, in any order."""
    initials = "".join(word[0] for word in full)
    is_short = len(short) == 1 or all(len(word) == 1 for word in short)
    return is_short and len(initials) > 1 and sorted("".join(short)) == sorted(initials)


def _handles(words: list[str]) -> Iterator[str]:
    """The beginnings of usual online names: "abrown", "brown a" and "anna b" without their spaces."""
    for a, b in pairwise(words):
        yield from (handle for handle in (a[0] + b, b + a[0], a + b[0], b[0] + a) if len(handle) > 3)
