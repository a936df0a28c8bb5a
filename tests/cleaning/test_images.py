"""Images: nothing comes along but what is seen, and what is seen stays as good as it was."""

import io
import struct
import zlib
from collections.abc import Callable

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageOps, ImageStat

from reporting.cleaning.answer import Cleaned, NotReadable, TooMuch
from reporting.cleaning.pictures import images
from reporting.domain.evidence.evidence import Cleaning
from reporting.domain.evidence.file_types import type_of
from reporting.services.evidence.cleaning import take_apart
from tests.cleaning import hiding
from tests.cleaning.hiding import HIDDEN, chunks_of, encoded, picture, png_chunk, segments_of

MAKERS: dict[str, Callable[[], bytes]] = {
    "jpeg": hiding.jpeg,
    "png": hiding.png,
    "gif": hiding.gif,
    "webp": lambda: hiding.webp(lossless=False),
    "webp-lossless": lambda: hiding.webp(lossless=True),
    "tiff": hiding.tiff,
    "heic": hiding.heic,
    "avif": lambda: hiding.heic("AVIF"),
}


def cleaned(content: bytes) -> Cleaned:
    """Return the working copy of an image, whose kind is told by its content."""
    return images.clean(content, type_of(content).media)


def opened(copy: Cleaned) -> Image.Image:
    """Return the image of a working copy."""
    return Image.open(io.BytesIO(copy.content))


def same(one: Image.Image, other: Image.Image, most: float) -> bool:
    """Say whether the pixels of each channel differ by no more than `most` on average; 0 is exactly."""
    pairs = zip(one.convert("RGBA").split(), other.convert("RGBA").split(), strict=True)
    return one.size == other.size and all(
        ImageStat.Stat(ImageChops.difference(*pair)).mean[0] <= most for pair in pairs
    )


def assert_bare(copy: Cleaned) -> None:
    """Check each part of a copy against the few that a bare image has, and search it for what was hidden."""
    assert HIDDEN not in copy.content
    if copy.type == "image/png":
        chunks = list(chunks_of(copy.content))
        assert {name for name, _ in chunks} <= {b"IHDR", b"IDAT", b"IEND", b"acTL", b"fcTL", b"fdAT"}
        assert HIDDEN not in zlib.decompress(b"".join(body for name, body in chunks if name == b"IDAT"))
    else:
        segments = list(segments_of(copy.content))
        assert {marker for marker, _ in segments} <= {0xE0, 0xDB, 0xC0, 0xC4}
        assert [len(body) for marker, body in segments if marker == 0xE0] == [14]
        assert copy.content.endswith(b"\xff\xd9")
        assert copy.content.count(b"\xff\xd8") == 1


@pytest.mark.req("P7")
@pytest.mark.parametrize("kind", MAKERS)
def test_nothing_that_was_hidden_in_an_image_comes_along(kind: str) -> None:
    sent = MAKERS[kind]()
    assert HIDDEN in sent
    copy = cleaned(sent)
    assert copy.type == ("image/jpeg" if kind in ("jpeg", "webp", "heic", "avif") else "image/png")
    assert_bare(copy)
    assert same(opened(copy), picture(), 0 if copy.type == "image/png" else 6)


def test_what_an_image_shows_is_upright_however_it_was_held() -> None:
    for orientation, turned in ((3, Image.Transpose.ROTATE_180), (6, Image.Transpose.ROTATE_270)):
        assert same(opened(cleaned(hiding.jpeg(orientation))), picture().transpose(turned), 6)
    damaged = hiding.jpeg().replace(b"Exif\0\0II*\0", b"Exif\0\0II*\xff").replace(b"Exif\0\0MM\0*", b"Exif\0\0MM\xff*")
    assert opened(cleaned(damaged)).size == picture().size


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA"])
def test_a_png_of_every_mode_is_exactly_as_it_was(mode: str) -> None:
    copy = cleaned(encoded(picture(mode), "PNG"))
    assert same(opened(copy), picture(mode), 0)


@pytest.mark.parametrize("mode", ["CMYK", "LAB", "YCbCr", "1", "L", "P", "RGBA", "RGBX"])
def test_a_tiff_of_every_mode_is_seen_as_it_was(mode: str) -> None:
    copy = cleaned(encoded(picture(mode), "TIFF"))
    assert same(opened(copy), picture(mode if mode in ("1", "L") else "RGB"), 6)


def test_a_jpeg_in_print_colours_is_seen_in_the_colours_of_a_screen() -> None:
    assert same(opened(cleaned(encoded(picture("CMYK"), "JPEG"))), picture(), 6)


def test_sixteen_bits_become_eight_and_not_white() -> None:
    deep = Image.new("I;16", (8, 8), 0x8000)
    for kind in ("PNG", "TIFF"):
        assert opened(cleaned(encoded(deep, kind))).getpixel((3, 3)) == 127
    measured = Image.new("F", (8, 8), 0.25)
    measured.putpixel((0, 0), -1.0)
    measured.putpixel((1, 0), 1.0)
    drawn = opened(cleaned(encoded(measured, "TIFF")))
    assert [drawn.getpixel((x, 0)) for x in range(3)] == [0, 255, 159]


def test_what_is_transparent_stays_so_and_hides_nothing() -> None:
    image = picture("RGBA")
    image.putalpha(Image.new("L", image.size, 0))
    image.putpixel((5, 5), (1, 2, 3, 128))
    drawn = opened(cleaned(encoded(image, "PNG")))
    assert drawn.getpixel((5, 5)) == (1, 2, 3, 128)
    assert drawn.getpixel((0, 0)) == (0, 0, 0, 0)
    assert opened(cleaned(encoded(picture("RGBA"), "PNG"))).mode == "RGB"
    keyed = opened(cleaned(encoded(picture("P"), "PNG", transparency=picture("P").getpixel((0, 0)))))
    assert keyed.convert("RGBA").getpixel((0, 0)) == (0, 0, 0, 0)


def test_colours_are_converted_by_their_profile_which_is_not_carried_along() -> None:
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    lab = ImageCms.profileToProfile(
        picture(), ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"
    )
    assert lab is not None
    copy = cleaned(encoded(lab, "TIFF", icc_profile=plain))
    assert_bare(copy)
    assert same(opened(copy), picture(), 6)
    assert same(opened(cleaned(encoded(picture(), "PNG", icc_profile=plain))), picture(), 0)  # one that does not fit


def test_letters_on_a_long_screenshot_stay_exact() -> None:
    shot = Image.new("RGB", (1080, 30_000), "white")
    draw = ImageDraw.Draw(shot)
    for line in range(0, 30_000, 6):
        draw.text((20, line), f"Message {line}: are you alone?", fill="black")
    copy = bytearray()
    assert take_apart("image/png", iter([encoded(shot, "PNG")]), copy.extend).state is Cleaning.CLEANED
    assert same(opened(Cleaned(bytes(copy), "")), shot, 0)


def test_what_moves_stays_moving() -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "green", "blue")]
    for kind in ("GIF", "WEBP", "PNG"):
        sent = encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=[100, 200, 300])
        copy = cleaned(sent)
        assert_bare(copy)
        film = opened(copy)
        assert (copy.type, film.n_frames) == ("image/png", 3)  # type: ignore[attr-defined]
        film.seek(2)
        assert film.info["duration"] == 300
        assert film.convert("RGB").getpixel((3, 3)) == pytest.approx((0, 0, 255), abs=3)


def test_several_pages_become_the_pages_of_a_pdf_with_nothing_else_in_it() -> None:
    pages = [picture(), picture("RGBA"), picture("L", (48, 64))]
    sent = encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:], description=hiding.CANARY)
    copy = cleaned(sent)
    assert (copy.type, copy.pages) == ("application/pdf", 3)
    assert HIDDEN not in copy.content
    document = pypdfium2.PdfDocument(copy.content)
    assert len(document) == 3
    assert document.get_metadata_dict(skip_empty=True) == {}
    drawn = document[0].render(scale=1).to_pil().convert("RGB")
    assert drawn.getpixel((100, 100)) == pytest.approx((204, 51, 51), abs=12)
    assert drawn.getpixel((700, 500)) == pytest.approx((51, 51, 204), abs=12)


def test_the_pictures_behind_a_picture_are_left_behind() -> None:
    sent = encoded(picture(), "MPO", save_all=True, append_images=[picture("L")])
    assert type_of(sent).media == "image/jpeg"
    assert_bare(cleaned(sent))


def declared(kind: str, width: int, height: int) -> bytes:
    """Return an image that says it is of some size and has next to nothing inside."""
    if kind == "png":
        head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 1)
        idat = png_chunk(b"IDAT", zlib.compress(bytes(100_000)))
        return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", head) + idat + png_chunk(b"IEND", b"")
    if kind == "gif":
        plain = encoded(picture("P"), "GIF")
        return plain[:6] + struct.pack("<HH", width & 0xFFFF, height & 0xFFFF) + plain[10:]
    plain = encoded(picture(), "JPEG")
    place = plain.index(b"\xff\xc0")
    return plain[: place + 5] + struct.pack(">HH", height & 0xFFFF, width & 0xFFFF) + plain[place + 9 :]


@pytest.mark.parametrize("kind", ["png", "gif", "jpeg"])
@pytest.mark.parametrize(
    "size", [(65_500, 65_500), (2**31 - 1, 2**31 - 1), (1, 65_500), (0, 10), (10, 0), (60_000, 1_500)]
)
def test_a_flood_of_pixels_is_refused_in_bounded_time_and_memory(kind: str, size: tuple[int, int]) -> None:
    report = take_apart(type_of(declared(kind, *size)).media, iter([declared(kind, *size)]), lambda _: None, seconds=20)
    assert report.state in (Cleaning.TOO_MUCH, Cleaning.NOT_READABLE, Cleaning.CLEANED)
    if max(size) >= 65_500 and min(size) > 1:
        assert report.state is not Cleaning.CLEANED


def test_bombs_in_texts_and_profiles_and_films_are_refused() -> None:
    bomb = zlib.compress(bytes(200_000_000), 9)
    plain = encoded(picture(), "PNG")
    for kind, body in ((b"iCCP", b"a\0\0" + bomb), (b"zTXt", b"a\0\0" + bomb), (b"iTXt", b"a\0\1\0\0\0" + bomb)):
        with pytest.raises((NotReadable, TooMuch)):
            cleaned(plain[:33] + png_chunk(kind, body) + plain[33:])
    frames = [Image.new("P", (3000, 3000), number) for number in range(13)]
    with pytest.raises(TooMuch):
        cleaned(encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]))


@pytest.mark.parametrize("kind", MAKERS)
def test_what_is_cut_off_or_damaged_is_not_readable_and_ends_nothing(kind: str) -> None:
    sent = {"jpeg": lambda: encoded(picture(), "JPEG"), "png": lambda: encoded(picture(), "PNG")}.get(
        kind, MAKERS[kind]
    )()
    media = type_of(sent).media
    with pytest.raises(NotReadable):
        images.clean(sent[: len(sent) // 3], media)
    for place in range(0, len(sent), max(1, len(sent) // 60)):
        damaged = sent[:place] + bytes([sent[place] ^ 0xFF]) + sent[place + 1 :]
        try:
            assert HIDDEN not in images.clean(damaged, media).content
        except (NotReadable, TooMuch):
            continue


def test_where_memory_ends_while_a_photo_is_turned_it_is_too_much_and_not_shown_lying(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no_room(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(ImageOps, "exif_transpose", no_room)
    with pytest.raises(TooMuch):
        cleaned(hiding.jpeg())


def test_only_what_it_seems_to_be_is_decoded() -> None:
    for media in ("image/jpeg", "image/gif", "image/webp", "image/tiff", "image/heic", "image/x-icon", "image/svg+xml"):
        with pytest.raises(NotReadable):
            images.clean(encoded(picture(), "PNG"), media)
    with pytest.raises(NotReadable):
        images.clean(b"", "image/png")
