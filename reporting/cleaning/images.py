"""Images, decoded to their pixels and encoded anew, so that nothing but the pixels comes along."""

import io
import warnings
from typing import Final

from PIL import Image, ImageOps, MpoImagePlugin, TiffImagePlugin, UnidentifiedImageError, WebPImagePlugin
from pillow_heif import register_heif_opener

from reporting.cleaning.answer import Cleaned, NotReadable, TooMuch
from reporting.cleaning.limits import MOST_PIXELS

QUALITY = 90
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/gif": "GIF", "image/webp": "WEBP", "image/tiff": "TIFF"}

_LOADED: Final = (MpoImagePlugin, TiffImagePlugin, WebPImagePlugin)
"""What Pillow imports only when it meets it, which is too late here."""
Image.preinit()
register_heif_opener()


def clean(content: bytes, media: str) -> Cleaned:
    """Return an image without anything beside its pixels, upright, as JPEG or, where it was drawn, as PNG.

    :raises NotReadable: it is no image of this kind.
    :raises TooMuch: it has more pixels than are decoded here.
    """
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(io.BytesIO(content), formats=[_format(media)]) as image:
            upright = ImageOps.exif_transpose(image)
            return _encoded(upright, drawn=media in ("image/png", "image/gif"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise TooMuch from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        raise NotReadable from None


def _format(media: str) -> str:
    if media != "image/heic":
        return _FORMATS[media]
    return "HEIF"


def _encoded(image: Image.Image, *, drawn: bool) -> Cleaned:
    transparent = "A" in image.getbands() or "transparency" in image.info
    pixels = image.convert("RGBA" if transparent else "RGB")
    bare = Image.frombytes(pixels.mode, pixels.size, pixels.tobytes())
    out = io.BytesIO()
    if drawn or transparent:
        bare.save(out, "PNG")
        return Cleaned(out.getvalue(), "image/png")
    bare.save(out, "JPEG", quality=QUALITY)
    return Cleaned(out.getvalue(), "image/jpeg")
