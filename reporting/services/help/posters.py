"""Posters and cards: the address of this site as words and as a QR code, the code of an office or event, nothing else.

A poster says what can be found there. A card says nothing on purpose: who carries one can be asked about it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import segno

from reporting.services.file.fonts import fonts_for
from reporting.services.file.paper import blank, bytes_of, cell, is_from_right, lines_of

WIDTH, HEIGHT = 210.0, 297.0
"""An A4 sheet in millimetres, like every other length here."""
MARGIN: Final = 22.0
SYMBOL, SMALL_SYMBOL = 96.0, 36.0
QUIET: Final = 4
"""Empty modules around a QR code (ISO/IEC 18004)."""
TITLE, TEXT, ADDRESS, NOTE = 36.0, 19.0, 22.0, 15.0
SHRINKING: Final = (1.0, 0.9, 0.8, 0.7, 0.6)
CARD_WIDTH, CARD_HEIGHT, ACROSS, DOWN = 85.0, 54.0, 2, 5
"""Cards of the size of a bank card, ten on a sheet."""
_LEADING: Final = 0.52
"""Millimetres from line to line for each point of size: room for vowel signs above and below."""


Lines = list[tuple[str, float]]
"""Lines as they are set, each with its size in points."""


class Paper(StrEnum):
    """What can be printed."""

    POSTER = "poster"
    CARDS = "cards"


@dataclass(frozen=True)
class Print:
    """What stands on a poster or card, in one language.

    :param address: what the QR code says, whole; it is printed without `https://`, as people type it.
    :param code: the short code of an office or event in a sentence, or ''.
    :param name: what the site calls itself; all that a card says beside the address.
    :param from_right: whether the language is written from right to left.
    """

    address: str
    name: str
    title: tuple[str, ...]
    lines: tuple[str, ...]
    how: str
    code: str
    language: str
    day: date
    from_right: bool = False

    @property
    def typed(self) -> str:
        """Return the address as people type it."""
        return self.address.removeprefix("https://")


@lru_cache(maxsize=32)
def make(paper: Paper, said: Print, fonts: Path | None) -> bytes:
    """Return a sheet as a PDF file.

    :param fonts: the folder of fonts that is set, or nothing for those of the system.
    :raises NoLetters: no font has some letter of it.
    """
    letters = "".join([said.name, *said.title, *said.lines, said.how, said.code, said.address])
    page = blank(fonts_for(letters, fonts), said.name, said.day, said.language)
    if paper is Paper.POSTER:
        _poster(page, said)
    else:
        _cards(page, said)
    return bytes_of(page)


def _poster(page: Any, said: Print) -> None:
    """Put everything below each other in the middle, as large as it fits."""
    width = WIDTH - 2 * MARGIN

    def lines(factor: float) -> tuple[Lines, Lines]:
        above = _broken(page, [said.title], TITLE * factor, width)
        above += _broken(page, [(line,) for line in said.lines], TEXT * factor, width)
        below = _broken(page, [(said.typed,)], ADDRESS * factor, width)
        return above, below + _broken(page, [(said.code,), (said.how,)], NOTE * factor, width)

    fitting = (
        (above, below) for above, below in map(lines, SHRINKING) if _high(above + below) <= HEIGHT - 2 * MARGIN - SYMBOL
    )
    above, below = next(fitting, lines(SHRINKING[-1]))
    page.set_y((HEIGHT - SYMBOL - _high(above + below)) / 2)
    _set_lines(page, above, MARGIN, width)
    draw_symbol(page, said.address, (WIDTH - SYMBOL) / 2, page.get_y(), SYMBOL)
    page.set_y(page.get_y() + SYMBOL)
    _set_lines(page, below, MARGIN, width)


def _cards(page: Any, said: Print) -> None:
    left, top = (WIDTH - ACROSS * CARD_WIDTH) / 2, (HEIGHT - DOWN * CARD_HEIGHT) / 2
    for place in range(ACROSS * DOWN):
        _card(page, said, left + place % ACROSS * CARD_WIDTH, top + place // ACROSS * CARD_HEIGHT)


def _card(page: Any, said: Print, x: float, y: float) -> None:
    """Draw one card: the name of the site, the address, the code, and the symbol at the side where reading begins."""
    page.set_draw_color(200)
    page.rect(x, y, CARD_WIDTH, CARD_HEIGHT)
    beside = CARD_WIDTH - SMALL_SYMBOL - 7
    at_symbol, at_text = (x + beside + 4, x + 3) if said.from_right else (x + 3, x + SMALL_SYMBOL + 4)
    draw_symbol(page, said.address, at_symbol, y + (CARD_HEIGHT - SMALL_SYMBOL) / 2, SMALL_SYMBOL)
    host, slash, path = said.typed.partition("/")

    def lines(factor: float) -> Lines:
        parts = (((said.name,), 13.0), ((host, slash + path), 10.0), ((said.code,), 9.0))
        return [line for text, size in parts for line in _broken(page, [text], size * factor, beside)]

    fitting = (found for found in map(lines, SHRINKING) if _high(found) <= CARD_HEIGHT - 6)
    found = next(fitting, lines(SHRINKING[-1]))
    page.set_y(y + (CARD_HEIGHT - _high(found)) / 2)
    _set_lines(page, found, at_text, beside)


def draw_symbol(page: Any, text: str, x: float, y: float, size: float) -> None:
    """Draw a QR code as rectangles, one for each run of dark modules in a row."""
    rows = [[bool(module) for module in row] for row in segno.make(text, error="m", micro=False).matrix]
    module = size / (len(rows) + 2 * QUIET)
    page.set_fill_color(0)
    for line, row in enumerate(rows):
        for start, length in _runs(row):
            where = (x + (QUIET + start) * module, y + (QUIET + line) * module)
            page.rect(*where, length * module, module, style="F")


def _runs(row: Sequence[bool]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for place, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((place, 1))
    return runs


def _broken(page: Any, texts: Sequence[tuple[str, ...]], size: float, width: float) -> Lines:
    """Return the lines of some texts with their size; the empty line that ends a text is half as high."""
    found: Lines = []
    for text in texts:
        if any(text):
            lines = [line for part in text if part for line in lines_of(page, part, size, width * 0.97)]
            found += [*((line, size) for line in lines), ("", size / 2)]
    return found


def _high(lines: Lines) -> float:
    return sum(size for _, size in lines) * _LEADING


def _set_lines(page: Any, lines: Lines, x: float, width: float) -> None:
    for line, size in lines:
        if line:
            page.set_x(x)
            cell(page, line, size, size * _LEADING, width=width, from_right=is_from_right(line), centred=True)
        page.set_y(page.get_y() + size * _LEADING)
