"""Office and OpenDocument files: a new package with only what is needed to read them."""

from reporting.cleaning.answer import Cleaned, NotReadable, TooMuch
from reporting.cleaning.office import ooxml, opendocument
from reporting.cleaning.office.ooxml_parts import FOLDERS


def clean(content: bytes, media: str) -> Cleaned:
    """Return a document that shows the same, without who made it and when, what was deleted, and what acts by itself.

    :raises NotReadable: it cannot be parsed, or is locked.
    :raises TooMuch: it has more members, bytes or pixels than are taken apart.
    """
    try:
        return ooxml.clean(content, media) if media in FOLDERS else opendocument.clean(content, media)
    except (MemoryError, RecursionError):
        raise TooMuch from None
    except (ValueError, KeyError, TypeError, AttributeError):  # a part is not built as its kind is
        raise NotReadable from None
