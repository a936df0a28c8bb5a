"""Pictures inside a document, cleaned as if each had come alone."""

from typing import Final

from reporting.cleaning.answer import Cleaned, NotReadable
from reporting.cleaning.pictures import images

_BEGINS: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)


def picture(content: bytes) -> Cleaned | None:
    """Return a picture without anything beside its pixels, or nothing where it is of a kind that is not cleaned.

    :raises TooMuch: it has more pixels than are decoded.
    """
    media = next((media for begins, media in _BEGINS if content.startswith(begins)), "")
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        media = "image/webp"
    if not media:
        return None
    try:
        return images.clean(content, media)
    except NotReadable:
        return None


def ending(cleaned: Cleaned) -> str:
    """Return the ending of the name of a cleaned picture."""
    return cleaned.type.partition("/")[2]
