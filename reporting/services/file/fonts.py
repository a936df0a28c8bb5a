"""Fonts for documents: found in the folders of this machine, chosen by the letters that they have.

A document never shows an empty box in the place of a letter: where no font has it, there is no document.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from reporting.services.errors import Refused

SYSTEM = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("/Library/Fonts"), Path("C:/Windows/Fonts"))
FIRST = ("NotoSans-Regular", "DejaVuSans", "LiberationSans-Regular", "Arial")
"""Fonts that a document may be set in; any other font only lends letters that these lack."""
NOT_FOR_TEXT = ("Bold", "Italic", "Oblique", "Mono", "Condensed", "Light", "Black", "Thin")
_UNSEEN = frozenset({"Cf", "Cc", "Zl", "Zp"})


class NoLetters(Refused):
    """No font on this machine has these letters; `letters` are the first of them."""

    def __init__(self, letters: str) -> None:
        super().__init__()
        self.letters = letters


def is_unseen(character: str) -> bool:
    """Return whether a character has no shape of its own: joiners, direction marks, variants, control characters."""
    return unicodedata.category(character) in _UNSEEN or 0xFE00 <= ord(character) <= 0xFE0F


def fonts_for(text: str, folder: Path | None) -> list[Path]:
    """Return the files of the fonts that together have every letter of a text, the one to set it in first.

    :param folder: where to look instead of the folders of the system.
    :raises NoLetters: a letter is in none of them.
    """
    missing = {ord(one) for one in text if not one.isspace() and not is_unseen(one)}
    found = []
    for place, path in enumerate(_candidates((folder,) if folder else SYSTEM)):
        has = _letters_of(path)
        if place == 0 or missing & has:
            found.append(path)
            missing -= has
        if not missing:
            return found
    raise NoLetters("".join(map(chr, sorted(missing)[:5])))


def _candidates(folders: Sequence[Path]) -> Iterator[Path]:
    paths = sorted(path for folder in folders if folder.is_dir() for path in folder.rglob("*.ttf"))
    plain = [path for path in paths if not any(word in path.stem for word in NOT_FOR_TEXT)]
    order = {name: place for place, name in enumerate(FIRST)}
    yield from sorted(plain, key=lambda path: (order.get(path.stem, len(order)), path.name))


@cache
def _letters_of(path: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont, TTLibError  # late: only a document needs it

    try:
        with TTFont(path, lazy=True) as font:
            return frozenset(font.getBestCmap() or ()) if "glyf" in font else frozenset()
    except (TTLibError, OSError):
        return frozenset()
