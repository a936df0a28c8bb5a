"""Finding words in text as people mean them: upper and lower case, accents and the shapes of a letter are alike.

Nothing is kept of what was looked for or looked through: text is folded and compared in memory.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

LONGEST_QUERY = 120
SHORTEST_TERM = 2
PIECE = 256
AROUND = 40
CODES = frozenset(
    {"what", "question_id", "wording", "state", "choices", "author", "day", "written_on", "door", "language"}
    | {"kind", "status", "owner", "excluded_staff", "opened_to"}
    | {"original", "clean", "cleaning", "scan", "salt", "thread", "captured_on", "piece", "until", "session"}
)
"""Fields of records that hold our own codes and questions, days and ids: nobody looks for those."""
# Letters that are written differently for the same word, which Unicode's decomposition does not bring together.
_MARKS = dict.fromkeys(place for place in range(0x0300, 0x3100) if unicodedata.combining(chr(place)))
_ALIKE = _MARKS | str.maketrans({"ـ": "", "ى": "ي", "ة": "ه", "ø": "o", "ł": "l", "đ": "d"})


def fold(text: str) -> str:
    """Return text in the form in which words are compared (Unicode NFKD without marks, case folded)."""
    if text.isascii():
        return text.lower()
    # In short pieces: to put marks in order takes the square of how many stand together, and they go anyway.
    pieces = (unicodedata.normalize("NFKD", text[at : at + PIECE]) for at in range(0, len(text), PIECE))
    return "".join(pieces).casefold().translate(_ALIKE)


def terms_of(query: str) -> tuple[str, ...]:
    """Return the words of a query, folded, each once; words of one letter say nothing and are left out."""
    words = re.findall(r"\w+", fold(query[:LONGEST_QUERY]))
    return tuple(dict.fromkeys(word for word in words if len(word) >= SHORTEST_TERM))


def texts_in(record: Any) -> Iterator[str]:
    """Yield what people wrote in the parsed JSON of a record, without names of fields and codes of ours."""
    if isinstance(record, str):
        yield record
    elif isinstance(record, dict):
        for name, value in record.items():
            if name not in CODES:
                yield from texts_in(value)
    elif isinstance(record, list):
        for value in record:
            yield from texts_in(value)


def line_around(texts: Sequence[str], term: str) -> tuple[str, str, str] | None:
    """Return what stands before, in and after the first place of a term, some words each way; None where there is none.

    Folding may change the length of text, so the place is found by folding one word after the other.
    """
    for text in texts:
        if term not in fold(text):
            continue
        for word in re.finditer(r"\S+", text):
            if term in fold(word.group()):
                before, after = text[: word.start()], text[word.end() :]
                return _tail(before), word.group(), _head(after)
    return None


def _tail(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= AROUND else "…" + flat[-AROUND:].partition(" ")[2]


def _head(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= AROUND else flat[:AROUND].rpartition(" ")[0] + "…"
