"""Does a name that she typed look like the name of a colleague who could read her case?

The answer decides who starts *closed*, so it errs on the side of closing: she sees each closed
person by name and can open the case to them, while a reader left open by mistake has read it.
Sharing one word of a name is therefore enough. Case, accents, punctuation, word order, titles,
initials, short forms ("Alex") and slips of the finger are forgiven. A name written in another
script than the colleague's is not recognised; the page of readers says to look at the list.
"""

import re
import unicodedata
from itertools import pairwise, takewhile

_STROKES = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ة": "ه", "ى": "ي"}
)
_DROPPED_CATEGORIES = frozenset({"Mn", "Me", "Cf", "Lm"})
_APOSTROPHES = re.compile("['’ʼʻ`´]")
_WORD = re.compile(r"[^\W_]+")
_ARTICLES = ("al", "el", "ال")
_NOT_NAMES = """
    mr mrs ms mx miss dr prof professor sir madam mme mlle monsieur madame herr frau sr sra srta don doña señor señora
    sheikh and the von van der den del della des dos das bin ibn bint abu
    السيد السيدة الدكتور الدكتورة الأستاذ الأستاذة г госпожа господин доктор д
"""


def resembles(given: str, name: str) -> bool:
    """Say whether `given`, typed by her, could mean the person displayed as `name`.

    Both are free text of any script and length; either may be empty, which resembles nothing.
    """
    given_words, name_words = _words(given), _words(name)
    return (
        any(_same(a, b) for a in _variants(given_words) for b in _variants(name_words))
        or _paired_by_initials(given_words, name_words)
        or _spelled_as_initials(given_words, name_words)
        or _spelled_as_initials(name_words, given_words)
    )


def words_of_contact(contact: str) -> str:
    """Return the part of an e-mail address, link or handle in which a name may hide."""
    local, at, _host = contact.strip().rpartition("@")
    shown = local if at and local else contact.strip().rstrip("/").rpartition("/")[2]
    return shown.lstrip("@")


def _fold(text: str) -> str:
    """Fold case, accents, vowel marks and invisible characters; Hangul stays in syllables."""
    bare = _APOSTROPHES.sub("", unicodedata.normalize("NFKD", text.casefold()))
    kept = "".join(c for c in bare if unicodedata.category(c) not in _DROPPED_CATEGORIES)
    return unicodedata.normalize("NFKC", kept).translate(_STROKES)


_TITLES = frozenset(_fold(_NOT_NAMES).split())


def _words(text: str) -> list[str]:
    """The words of a name without titles and numbers; if nothing else is left, with titles."""
    every = [word for word in _WORD.findall(_fold(text)) if any(c.isalpha() for c in word)]
    return [word for word in every if word not in _TITLES] or every


def _variants(words: list[str]) -> list[str]:
    """Each word, each two neighbours written as one, and each word without its article."""
    joined = [a + b for a, b in pairwise(words)]
    bare = [word[2:] for word in words if word.startswith(_ARTICLES) and len(word) > 4]
    return words + joined + bare


def _same(a: str, b: str) -> bool:
    """Two words that may stand for one name."""
    if _is_syllabic(a) and _is_syllabic(b):
        return a[0] == b[0] or a in b or b in a or len(set(a) & set(b)) > 1
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) < 2:
        return False
    if len(shorter) < 3:
        return shorter == longer
    return longer.startswith(shorter) or _within(a, b, _typos_forgiven(longer))


def _is_syllabic(word: str) -> bool:
    """Han and Hangul names put a whole family name into one character."""
    return all("CJK" in (label := unicodedata.name(c, "")) or "HANGUL" in label for c in word)


def _typos_forgiven(word: str) -> int:
    """Long names vary more between spellings: Mohammed and Muhammad differ by two."""
    if len(word) < 4:
        return 0
    return 1 if len(word) < 8 else 2


def _within(a: str, b: str, typos: int) -> bool:
    """Say whether `typos` changed, missing, added or swapped letters turn one word into the other."""
    if abs(len(a) - len(b)) > typos:
        return False
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))
    a, b = a[shared:], b[shared:]
    if not a or not b:
        return True
    if typos == 0:
        return False
    swapped = a[:2] == b[1::-1] and _within(a[2:], b[2:], typos - 1)
    return swapped or any(_within(x, y, typos - 1) for x, y in ((a[1:], b[1:]), (a[1:], b), (a, b[1:])))


def _paired_by_initials(given: list[str], name: list[str]) -> bool:
    """As in "J. Smith" and "John S.": at least two words, and each has a partner of its own."""
    fewer, more = sorted((given, list(name)), key=len)
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
    letters = "".join(short)
    initials = "".join(word[0] for word in full)
    is_short = len(short) == 1 or all(len(word) == 1 for word in short)
    return is_short and len(initials) > 1 and sorted(letters) == sorted(initials)
