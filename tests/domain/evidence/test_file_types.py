"""What a file is: by its content alone, whatever else it is made to look like."""

import io
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.domain.evidence.file_types import HEAD, OTHER, TYPES, Family, type_of

JPEG, PNG, GIF = b"\xff\xd8\xff\xe0\0\x10JFIF\0", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"GIF89a\x01\0\x01\0"
TEXT = "text/plain"


def archive(*names: str) -> bytes:
    """Return a zip file with members of these names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


def box(brand: bytes, *others: bytes) -> bytes:
    """Return how a file of the ISO base media family begins."""
    body = b"ftyp" + brand + bytes(4) + b"".join(others)
    return (len(body) + 4).to_bytes(4, "big") + body + b"\0\0\0\x08free"


@pytest.mark.parametrize(
    ("head", "media"),
    [
        (JPEG, "image/jpeg"),
        (PNG, "image/png"),
        (GIF, "image/gif"),
        (b"II*\0\x08\0\0\0", "image/tiff"),
        (b"MM\0*\0\0\0\x08", "image/tiff"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
        (b"RIFF\x10\0\0\0WAVEfmt ", "audio/wav"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"OggS\0\x02", "audio/ogg"),
        (b"fLaC\0\0", "audio/flac"),
        (b"#!AMR\n", "audio/amr"),
        (b"ID3\x04\0", "audio/mpeg"),
        (b"\xff\xfb\x90\x00", "audio/mpeg"),
        (b"\xff\xf1\x50\x80", "audio/aac"),
        (b"\x1aE\xdf\xa3\x01\0\0\0B\x82\x84webm", "video/webm"),
        (b"\x1aE\xdf\xa3\x01\0\0\0B\x82\x88matroska", "video/x-matroska"),
        (archive("[Content_Types].xml", "word/document.xml"), TYPES and "docx"),
        (archive("a.txt"), OTHER),
        (b"MZ\x90\0\x03\0", OTHER),
        (b"\x7fELF\x02\x01\x01\0", OTHER),
        (b"", OTHER),
        (b"RIFF\x10\0\0\0AVI LIST", OTHER),
    ],
)
def test_each_kind_is_told_by_how_it_begins(head: bytes, media: str) -> None:
    assert type_of(head).media == media or type_of(head).ending == media


@pytest.mark.parametrize(
    "brand", [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"]
)
def test_every_name_of_an_image_among_the_media_boxes_is_an_image(brand: bytes) -> None:
    assert type_of(box(brand)).media == "image/heic"


def test_a_brand_that_says_little_is_told_by_those_beside_it() -> None:
    assert type_of(box(b"isom", b"avif", b"mif1")).media == "image/heic"
    assert type_of(box(b"mif2", b"heic")).media == "image/heic"
    assert type_of(box(b"isom", b"iso2", b"mp41")).media == "video/mp4"
    assert type_of(box(b"qt  ")).media == "video/quicktime"
    assert type_of(box(b"M4A ", b"isom")).media == "audio/mp4"
    assert type_of(b"\xff\xff\xff\xffftypisom" + b"avif" * 20_000).media in TYPES


def test_a_file_that_is_two_things_at_once_is_what_it_begins_as_and_is_cleaned_as_that() -> None:
    assert type_of(JPEG + archive("word/document.xml")).family is Family.IMAGE
    assert type_of(GIF + b"=1;/*" + bytes(10) + b"*/alert(1)").family is Family.IMAGE
    assert type_of(b"%PDF-1.4\n" + archive("a")).family is Family.PDF
    assert type_of(archive("a") + b"%PDF-1.4\n").media == OTHER
    assert type_of(b"\0" * 500 + b"%PDF-1.4\n").media == OTHER


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_is_text_in_every_usual_writing(encoding: str) -> None:
    for words in ("Good morning, are you alone?\r\n", "Guten Tag, Übung", "مرحبا يا صديقتي", "你好，你在吗？明天见。"):
        written = words.encode(encoding)
        if encoding == "utf-16-be":
            written = b"\xfe\xff" + written
        if encoding == "utf-16-le":
            written = b"\xff\xfe" + written
        assert type_of(written).media == TEXT


def test_a_letter_that_is_cut_by_the_end_of_what_is_read_leaves_a_text_a_text() -> None:
    assert type_of(("a" + "ü" * HEAD).encode()[:HEAD]).media == TEXT
    assert type_of(("a" * (HEAD - 2) + "😀").encode()[:HEAD]).media == TEXT
    assert type_of(b"\xff\xfe" + ("😀" * HEAD).encode("utf-16-le")[: HEAD - 4]).media == TEXT


@pytest.mark.parametrize(
    "page",
    [
        "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        "<?xml version='1.0'?><svg/>",
        "<!DOCTYPE html><script>alert(1)</script>",
        "  \n<html><body onload=alert(1)>",
        "<h1>GIF89a</h1>",
        "#!/bin/sh\nrm -rf /",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_page_or_drawing_that_can_run_something_is_never_an_image(page: str, encoding: str) -> None:
    kind = type_of(page.encode(encoding))
    assert (kind.media, kind.family, kind.ending) == (TEXT, None, "txt")


def test_what_has_control_characters_or_half_letters_is_no_text() -> None:
    for content in (
        b"abc\0def",
        b"\x01\x02\x03",
        b"abc\xff\xfedef and more",
        b"\xff\xfea",
        b"\xff\xfe\0\xd8a\0b\0c\0d\0",
    ):
        assert type_of(content).media != TEXT


@given(st.binary(max_size=400))
def test_it_never_raises_and_knows_nothing_but_what_is_listed(head: bytes) -> None:
    assert TYPES[type_of(head).media] == type_of(head)


@given(
    st.sampled_from(
        [
            JPEG,
            PNG,
            GIF,
            b"PK\x03\x04",
            b"RIFF",
            b"%PDF-",
            b"\x1aE\xdf\xa3",
            b"\0\0\0\x20ftyp",
            b"\xff\xfe",
            b"\xfe\xff",
        ]
    ),
    st.binary(max_size=400),
)
def test_it_never_raises_whatever_follows_a_known_beginning(begins: bytes, rest: bytes) -> None:
    assert type_of(begins + rest).media in TYPES


@pytest.mark.parametrize(
    "filling", [b"\0", b"a", b"PK\x03\x04", b"mimetype", b"\xff\xfe", b"<", b"\xf0\x9f\x98\x80", b"avif"]
)
@pytest.mark.parametrize(
    "begins", [b"", b"PK\x03\x04" + bytes(26), b"\xff\xfe", b"\0\0\xff\xffftypisom", b"\x1aE\xdf\xa3"]
)
def test_it_is_quick_whatever_it_is_given(begins: bytes, filling: bytes) -> None:
    head = (begins + filling * HEAD)[:HEAD]
    began = time.perf_counter()
    type_of(head)
    assert time.perf_counter() - began < 0.5
