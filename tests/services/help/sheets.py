"""What stands on a printed sheet: its words, and its QR codes read back from the rectangles that draw them."""

import io
import re

from pypdf import PdfReader

_RECTANGLE = re.compile(r"(-?[\d.]+) (-?[\d.]+) ([\d.]+) -([\d.]+) re\s+f\b")


def reader(made: bytes) -> PdfReader:
    """Return a document, opened."""
    return PdfReader(io.BytesIO(made))


def words_on(made: bytes) -> str:
    """Return every word of a sheet."""
    return "\n".join(page.extract_text() for page in reader(made).pages)


def drawn(made: bytes) -> str:
    """Return how the only page of a sheet is drawn."""
    (page,) = reader(made).pages
    contents = page.get_contents()
    assert contents is not None
    return contents.get_data().decode("latin-1")


def symbols_on(made: bytes, modules: int) -> list[tuple[tuple[bool, ...], ...]]:
    """Return the QR codes of a sheet as dark and light modules.

    :param modules: how many modules a side has.
    """
    runs = [tuple(map(float, found)) for found in _RECTANGLE.findall(drawn(made))]
    found = []
    while runs:
        left, top, width, size = runs[0]  # the upper edge of the finder at the left is seven modules wide
        assert abs(width / size - 7) < 0.2
        side = modules * size
        inside = [run for run in runs if 0 <= run[0] - left + size / 2 < side and 0 <= top - run[1] + size / 2 < side]
        dark = {
            (round((top - y) / size), round((x - left) / size) + step)
            for x, y, wide, _ in inside
            for step in range(round(wide / size))
        }
        found.append(tuple(tuple((row, at) in dark for at in range(modules)) for row in range(modules)))
        runs = [run for run in runs if run not in inside]
    return found
