"""Images, decoded to their pixels and encoded anew, so that nothing but what is seen comes along.

What was kept exactly (PNG, GIF, TIFF, lossless WebP) stays exact, as PNG; a photo becomes a JPEG. What moves stays
moving, as an animated PNG, which every browser shows. Several pages (TIFF, HEIC) become the pages of a PDF. Of pictures
that a camera hides behind the one that is seen (previews, depth, the film of a "live" photo) nothing stays.
"""

import io
import warnings
from typing import Final

from PIL import (
    AvifImagePlugin,
    Image,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)
from pillow_heif import register_heif_opener

from reporting.cleaning.answer import Cleaned, NotReadable, TooMuch
from reporting.cleaning.confinement.limits import MOST_PIXELS
from reporting.cleaning.pictures.pixels import jpeg, png, seen
from reporting.cleaning.pictures.sheets import sheets

LARGE_PHOTO: Final = 60_000_000
"""From how many pixels on a JPEG is decoded at half its sides; a telephone of 50 megapixels stays below."""
MOST_FRAMES: Final = 1000
_FORMATS: Final = {
    "image/jpeg": ("JPEG",),
    "image/png": ("PNG",),
    "image/gif": ("GIF",),
    "image/webp": ("WEBP",),
    "image/tiff": ("TIFF",),
    "image/heic": ("HEIF", "AVIF"),
}
_PAGED: Final = ("TIFF", "HEIF")
_MOVING: Final = ("GIF", "WEBP", "PNG", "AVIF")
_LONGEST_SIDE_OF_A_JPEG: Final = 65_500
_EXACT: Final = ("PNG", "GIF", "TIFF")

_LOADED: Final = (AvifImagePlugin, MpoImagePlugin, TiffImagePlugin, WebPImagePlugin)
"""What Pillow imports only when it meets it, which is too late here."""
Image.preinit()
register_heif_opener()
Image.MAX_IMAGE_PIXELS = None  # `_checked` counts
PngImagePlugin.MAX_TEXT_CHUNK = 8 * 1024 * 1024
PngImagePlugin.MAX_TEXT_MEMORY = 32 * 1024 * 1024


def clean(content: bytes, media: str) -> Cleaned:
    """Return what is seen of an image, upright and in sRGB, as JPEG, PNG or, of several pages, as PDF.

    :raises NotReadable: it is no whole image of this kind.
    :raises TooMuch: it has more pixels than are decoded here.
    """
    try:
        with warnings.catch_warnings(action="ignore"), _opened(content, media) as image:
            return _cleaned(image, content)
    except (TooMuch, MemoryError):
        raise TooMuch from None
    except Exception:  # noqa: BLE001 - a decoder of broken files raises whatever it likes
        raise NotReadable from None


def _opened(content: bytes, media: str) -> Image.Image:
    return Image.open(io.BytesIO(content), formats=_FORMATS.get(media, ()))


def _cleaned(image: Image.Image, content: bytes) -> Cleaned:
    frames = getattr(image, "n_frames", 1)
    if frames > 1 and image.format in _PAGED:
        return _as_pages(image, frames)
    if frames > 1 and image.format in _MOVING:
        return _as_film(image, frames)
    _checked(image)
    exact = image.format in _EXACT or (image.format == "WEBP" and b"VP8L" in content[:64])
    return _as_one(seen(image), exact=exact)


def _checked(image: Image.Image) -> None:
    """Refuse what has too many pixels before the first is decoded; a large photo is decoded smaller."""
    width, height = image.size
    if not width or not height:
        raise NotReadable
    if image.format in ("JPEG", "MPO") and width * height > LARGE_PHOTO:
        image.draft(None, (width // 2, height // 2))
        width, height = image.size
    if width * height > MOST_PIXELS:
        raise TooMuch


def _as_one(image: Image.Image, *, exact: bool) -> Cleaned:
    if exact or image.mode == "RGBA" or max(image.size) > _LONGEST_SIDE_OF_A_JPEG:
        return Cleaned(png(image), "image/png")
    return Cleaned(jpeg(image), "image/jpeg")


def _as_pages(image: Image.Image, frames: int) -> Cleaned:
    if frames > MOST_FRAMES:
        raise TooMuch
    pages = []
    for number in range(frames):
        image.seek(number)
        _checked(image)
        page = seen(image)
        if page.mode == "RGBA":
            page = Image.alpha_composite(Image.new("RGBA", page.size, "white"), page).convert("RGB")
        pages.append((jpeg(page), page.size, page.mode))
    return Cleaned(sheets(pages), "application/pdf", frames)


def _as_film(image: Image.Image, frames: int) -> Cleaned:
    if frames > MOST_FRAMES or image.width * image.height * frames > MOST_PIXELS:
        raise TooMuch
    shown, lasting = [], []
    for number in range(frames):
        image.seek(number)
        image.load()
        lasting.append(min(max(float(image.info.get("duration") or 0), 0.0), 60_000.0))
        shown.append(seen(image).convert("RGBA"))
    return Cleaned(png(shown[0], shown[1:], lasting), "image/png")
