"""Pixels as they are seen: upright, in sRGB, 8 bits deep, and nothing beneath what is transparent."""

import io
from collections.abc import Sequence
from contextlib import suppress
from typing import Final, cast

from PIL import Image, ImageCms, ImageOps

QUALITY: Final = 90
_SRGB: Final = ImageCms.createProfile("sRGB")
_DEEP: Final = ("I", "F", "I;16", "I;16B", "I;16L", "I;16N")


def seen(image: Image.Image) -> Image.Image:
    """Return a new image (L, RGB or RGBA) of what is seen, which carries nothing else with it."""
    image.load()
    profile = image.info.get("icc_profile")
    try:
        ImageOps.exif_transpose(image, in_place=True)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001, S110 - what says how it was held is damaged: it is shown as it lies
        pass
    coloured = _in_srgb(_plain(_shallow(image)), profile)
    return _visible(coloured) if coloured.mode == "RGBA" else _bare(coloured)


def jpeg(image: Image.Image) -> bytes:
    """Encode a photo; colours are kept in full, because letters are often coloured."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, subsampling=0)
    return out.getvalue()


def png(image: Image.Image, more: Sequence[Image.Image] = (), lasting: Sequence[float] = ()) -> bytes:
    """Encode exactly; with more frames, and how long each lasts (milliseconds), as an animation without an end."""
    out = io.BytesIO()
    if more:
        image.save(out, "PNG", save_all=True, append_images=more, duration=list(lasting), loop=0)
    else:
        image.save(out, "PNG")
    return out.getvalue()


def _shallow(image: Image.Image) -> Image.Image:
    """Return an image of 8 bits per channel: 16 bits are divided, and what has any other range fills it."""
    if image.mode not in _DEEP:
        return image
    wide = image if image.mode == "F" else image.convert("I")
    low, high = cast("tuple[float, float]", wide.getextrema())
    if image.mode != "F" and low >= 0 and high <= 0xFFFF:
        low, high = 0, 0xFFFF
    scale = 255 / ((high - low) or 1)
    return wide.convert("F").point(lambda value: value * scale - low * scale).convert("L")


def _plain(image: Image.Image) -> Image.Image:
    """Return an image in a mode for which there are profiles."""
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode == "1":
        return image.convert("L")
    return image if image.mode in ("L", "RGB", "CMYK", "LAB") else image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert by the profile of the image where it fits, and by the ordinary rule otherwise."""
    mode = image.mode if image.mode in ("L", "RGBA") else "RGB"
    if profile and image.mode != "L":
        with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            own = ImageCms.getOpenProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, own, _SRGB, outputMode=mode)
            if converted is not None:
                return converted
    return image if image.mode == mode else image.convert(mode)


def _bare(image: Image.Image) -> Image.Image:
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    return bare


def _visible(image: Image.Image) -> Image.Image:
    """Take away the colours that lie beneath full transparency, and a transparency that hides nothing."""
    alpha = image.getchannel("A")
    if alpha.getextrema() == (255, 255):
        return _bare(image.convert("RGB"))
    bare = Image.new("RGBA", image.size)
    bare.paste(image, mask=alpha.point(lambda opacity: 255 if opacity else 0))
    return bare
