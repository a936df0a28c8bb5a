"""Documents for printing: PDF/A-3, every font embedded, no word about this program or its house in the metadata.

Text is broken into lines here, because the library takes minutes for what is done in seconds so. A line is shaped
(joined letters, both directions) where its script needs it.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from reporting.services.file.fonts import fonts_for, is_unseen

SIZE, HEADING, SMALL = 10.5, 13.0, 8.0
LINE = 5.6  # millimetres
MARGIN = 18.0
FOOT = 22.0
SIMPLE = 0x0530
"""Letters before this one (Latin, Greek, Cyrillic) stand one after the other and need no shaping."""
_MAKER = b"fpdf2"
"""What the library writes about itself into the metadata, which are not compressed."""
RIGHT_TO_LEFT = frozenset({"R", "AL"})


@dataclass(frozen=True)
class Section:
    """A heading and paragraphs below it, each with a label or ''."""

    heading: str
    paragraphs: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Document:
    """What a document says. `mark` stands on every page, line by line: who took it out, for whom, which day."""

    title: str
    mark: str
    day: date
    language: str
    sections: Sequence[Section]

    @property
    def text(self) -> str:
        """Return every letter that the document needs."""
        parts = [self.title, self.mark, "0123456789 /…"]
        for section in self.sections:
            parts += [section.heading, *(word for pair in section.paragraphs for word in pair)]
        return "".join(parts)


def make_pdf(document: Document, fonts: Path | None) -> bytes:
    """Return the document as a PDF file.

    :param fonts: the folder of fonts that is set, or nothing for those of the system.
    :raises NoLetters: no font has some letter of it.
    """
    page = _begin(document, fonts_for(document.text, fonts))
    _write(page, document.title, HEADING + 3)
    for section in document.sections:
        page.ln(LINE)
        _write(page, section.heading, HEADING)
        for label, text in section.paragraphs:
            if label:
                page.ln(1)
                page.set_text_color(90)
                _write(page, label, SMALL + 1)
                page.set_text_color(0)
            _write(page, text, SIZE)
    return bytes_of(page)


def bytes_of(page: Any) -> bytes:
    """Return what was written as a PDF file that does not say what wrote it."""
    return bytes(page.output()).replace(_MAKER, b"local")  # as long as before, so that no offset moves


def _begin(document: Document, files: Sequence[Path]) -> Any:
    from fpdf import FPDF  # late: only a document needs it
    from fpdf.enums import DocumentCompliance

    class Paper(FPDF):
        """A page with the mark in its ground and at its foot."""

        def header(self) -> None:
            """Write the mark across the page, before anything else."""
            self.set_text_color(225)
            with self.rotation(55, x=self.w / 2, y=self.h / 2):
                for place, line in enumerate(document.mark.split("\n")):
                    short = lines_of(self, line, 16, 190)[0]
                    self.set_xy(self.w / 2 - 100, self.h / 2 + 9 * (place - 1))
                    cell(self, short, 16, 9, width=200, from_right=is_from_right(line), centred=True)
            self.set_text_color(0)
            self.set_xy(self.l_margin, self.t_margin)

        def footer(self) -> None:
            """Write the mark once more where it can be read, and the number of the page."""
            self.set_y(-FOOT + 4)
            self.set_text_color(90)
            lines = [lines_of(self, line, SMALL, self.epw)[0] for line in document.mark.split("\n")]
            _write(self, "\n".join([*lines, str(self.page_no())]), SMALL, may_break=False)
            self.set_text_color(0)

    page = Paper(enforce_compliance=DocumentCompliance.PDFA_3U)
    prepare(page, files, document.title, document.day, document.language)
    page.set_margins(MARGIN, MARGIN)
    page.set_auto_page_break(True, FOOT)
    page.add_page()
    return page


def blank(files: Sequence[Path], title: str, day: date, language: str) -> Any:
    """Return an empty sheet without margins, on which everything is put where it belongs."""
    from fpdf import FPDF  # late: only a document needs it
    from fpdf.enums import DocumentCompliance

    page = FPDF(enforce_compliance=DocumentCompliance.PDFA_3U)
    prepare(page, files, title, day, language)
    page.set_margins(0, 0)
    page.set_auto_page_break(False)
    page.add_page()
    return page


def prepare(page: Any, files: Sequence[Path], title: str, day: date, language: str) -> None:
    """Give a document its fonts, and metadata that tell of no program, no person and no hour."""
    for place, path in enumerate(files):
        page.add_font(f"f{place}", "", str(path))
    page.set_font("f0", "", SIZE)
    page.set_fallback_fonts([f"f{place}" for place in range(1, len(files))])
    page.set_title(title)
    page.set_producer("PDF")
    page.set_creation_date(datetime.combine(day, time(), UTC))
    page.set_lang(language)


def _write(page: Any, text: str, size: float, *, may_break: bool = True) -> None:
    height = LINE * size / SIZE
    for paragraph in text.replace("\r\n", "\n").split("\n"):
        from_right = is_from_right(paragraph)
        for line in lines_of(page, paragraph, size, page.epw):
            if may_break and page.will_page_break(height):
                page.add_page()
            page.set_x(page.l_margin)
            cell(page, line, size, height, width=page.epw, from_right=from_right)
            page.ln(height)


def cell(
    page: Any, line: str, size: float, height: float, *, width: float, from_right: bool, centred: bool = False
) -> None:
    """Set one line, shaped where its script needs that."""
    shapes = any(ord(one) >= SIMPLE or unicodedata.combining(one) for one in line)
    page.set_text_shaping(shapes, direction=("rtl" if from_right else "ltr") if shapes else None)
    page.set_font("f0", "", size)
    # A line may end in a fallback font, which the library forgets: each line names its font anew.
    page.current_font_is_set_on_page = False
    page.cell(width, height, line, align="C" if centred else "R" if from_right else "L")


def is_from_right(line: str) -> bool:
    """Return whether a line begins on the right: its first letter that has a direction says so."""
    for one in line:
        direction = unicodedata.bidirectional(one)
        if direction == "L":
            return False
        if direction in RIGHT_TO_LEFT:
            return True
    return False


def lines_of(page: Any, text: str, size: float, width: float) -> list[str]:
    """Break a paragraph at its spaces; a word that is wider than the page breaks where it must."""
    seen = "".join(" " if one == "\t" else one for one in text if one == "\t" or not is_unseen(one))
    lines, line, used = [], "", 0.0
    for word in seen.split(" "):
        for piece in _pieces(page, word, size, width):
            needs = _width(page, piece + " ", size)
            if line and used + needs > width:
                lines.append(line.rstrip())
                line, used = "", 0.0
            line, used = f"{line}{piece} ", used + needs
    return [*lines, line.rstrip()]


def _pieces(page: Any, word: str, size: float, width: float) -> list[str]:
    if _width(page, word, size) <= width:
        return [word]
    pieces, piece, used = [], "", 0.0
    for one in word:
        needs = _width(page, one, size)
        if piece and used + needs > width * 0.97:
            pieces.append(piece)
            piece, used = "", 0.0
        piece, used = piece + one, used + needs
    return [*pieces, piece]


def _width(page: Any, text: str, size: float) -> float:
    """Return how wide text is at most, in millimetres: joined letters are never wider than single ones."""
    return sum(_advance(page, one) for one in text) * size / 1000 / float(page.k)


def _advance(page: Any, one: str) -> float:
    for font in page.fonts.values():
        if ord(one) in font.cmap:
            return float(font.cw[ord(one)])
    return 600.0
