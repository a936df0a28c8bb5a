"""One page of a PDF as a picture, so that a browser never has to open the document itself."""

import io
from typing import Final

import pypdfium2
from PIL import Image, ImageFile
from pypdfium2 import PdfiumError

from reporting.cleaning.answer import Cleaned, NotReadable, TooMuch

_LOADED: Final = (ImageFile,)
"""What Pillow imports only when it saves, which is too late here."""
Image.preinit()
LONG_SIDE: Final = 2_000
"""Pixels on the long side: about 170 to the inch on A4, enough to read small print."""
_LARGEST_SCALE: Final = 4.0
_QUALITY: Final = 85


def clean(content: bytes, task: str) -> Cleaned:
    """Return page N, counted from 1, of a PDF as JPEG, for the task `page N`.

    :raises NotReadable: it is no PDF, or there is no such page.
    """
    number = task.partition(" ")[2]
    if not (number.isascii() and number.isdecimal() and len(number) < 7):
        raise NotReadable
    try:
        with pypdfium2.PdfDocument(content) as document:
            if not 1 <= int(number) <= len(document):
                raise NotReadable
            picture = _picture(document[int(number) - 1])
            pages = len(document)
    except (PdfiumError, ValueError, OSError):
        raise NotReadable from None
    except MemoryError:
        raise TooMuch from None
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY)
    return Cleaned(out.getvalue(), "image/jpeg", pages)


def _picture(page: pypdfium2.PdfPage) -> Image.Image:
    """Draw a page; whatever size it says it has, the picture has at most `LONG_SIDE` pixels on each side."""
    longest = max(page.get_size())
    if not 0 < longest < float("inf"):
        raise NotReadable
    scale = min(LONG_SIDE / longest, _LARGEST_SCALE)
    drawn: Image.Image = page.render(scale=scale, may_draw_forms=False).to_pil()
    return drawn.convert("RGB")
