"""What a file is comes from its bytes; what acts by itself, hides or bursts is refused, in little memory."""

import io
import time
import tracemalloc
import zlib
from contextlib import suppress
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.domain.help.library import LARGEST_FILE, FileType
from reporting.services.help.file_types import MOST_INSIDE, NotTaken, Why, examine
from tests.services.help.files import JPEG, PNG, container, docx, epub, odt, pdf, pdf_with_objects


def why_not(content: bytes) -> Why:
    """Return why a file is refused."""
    with pytest.raises(NotTaken) as refused:
        examine(content)
    return refused.value.why


@pytest.mark.req("S4")
@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (pdf(), FileType.PDF),
        (pdf_with_objects(b"<< /Type /Page >>"), FileType.PDF),
        (b"Some words.\n", FileType.TEXT),
        ("\ufeffبعض الكلمات\r\n\tمع سطر".encode(), FileType.TEXT),
        (odt(), FileType.ODT),
        (docx(), FileType.DOCX),
        (epub(), FileType.EPUB),
        (PNG, FileType.PNG),
        (JPEG, FileType.JPEG),
    ],
)
def test_a_file_is_what_its_bytes_say(content: bytes, kind: FileType) -> None:
    assert examine(content).type is kind


@pytest.mark.req("S4")
@pytest.mark.principle("safety")
@pytest.mark.parametrize(
    "content",
    [
        pdf(b"/OpenAction << /S /JavaScript /JS (app.alert) >>"),
        pdf(b"/OpenAction << /S /J#61vaScript >>"),
        pdf(b"/A << /S /Launch /F (cmd.exe) >>"),
        pdf(b"/Names << /EmbeddedFiles 2 0 R >>"),
        pdf(b"/S /SubmitForm"),
        pdf(b"/XFA 2 0 R"),
        pdf_with_objects(b"<< /S /JavaScript >>"),
        pdf_with_objects(b"<< /S /Java#53cript >>"),
        pdf_with_objects(b"<< /S /JavaScript >>", b"/Filter /FlateDecode" + b" " * 5000),
        pdf_with_objects(b"<< /S /JavaScript >>", b"/Filter /FlateDecode %endobj\n"),
        pdf_with_objects(b"<< /S /JavaScript >>").replace(b">>\nstream\n", b">>\nstream\r"),
        pdf_with_objects(b"<< /S /JavaScript >>", b"/N 1 /First 4 /Filter /FlateDecode").replace(b"/Type /ObjStm", b""),
        odt(**{"Basic/Standard/Module1.xml": b"<module/>"}),
        odt(**{"Scripts/python/a.py": b"print()"}),
        docx(**{"word/vbaProject.bin": b"macro"}),
        docx(**{"word/embeddings/a.ole": b"inside"}),
        docx(
            **{"[Content_Types].xml": b'<Types ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'}
        ),
        docx(**{"word/_rels/settings.xml.rels": b'<Relationship Type="x/attachedTemplate" Target="http://x/"/>'}),
        epub(**{"a.js": b"alert(1)"}),
        epub(**{"a.xhtml": b"<p>" + b"x" * 65_534 + b"<ScRiPt>alert(1)</script>"}),
        epub(**{"b.svg": b'<svg onload="alert(1)"/>'}),
    ],
)
def test_what_acts_by_itself_is_refused(content: bytes) -> None:
    assert why_not(content) is Why.ACTS


@pytest.mark.principle("safety")
@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", Why.EMPTY),
        (b" \n", Why.UNKNOWN),
        (b"x" * (LARGEST_FILE + 1), Why.TOO_LARGE),
        (b"<!DOCTYPE html><p>words", Why.UNKNOWN),
        (b"  <svg xmlns='x'/>", Why.UNKNOWN),
        (b"#!/bin/sh\n", Why.UNKNOWN),
        (b"{\\rtf1 words}", Why.UNKNOWN),
        (b"MZ\x90\x00\x03", Why.UNKNOWN),
        (b"\x7fELF\x02", Why.UNKNOWN),
        (b"\xff\xfe\x00words", Why.UNKNOWN),
        (b"GIF89a\x00\x01", Why.UNKNOWN),
        (b"%PDF-1.7\nno end", Why.BROKEN),
        (b"%PDF-9.9\nstartxref\n0\n%%EOF", Why.BROKEN),
        (b"words before " + pdf(), Why.UNKNOWN),
        (pdf(b"/Encrypt 3 0 R"), Why.LOCKED),
        (pdf_with_objects(b"<< >>", b"/Filter [/ASCIIHexDecode /FlateDecode]"), Why.LOCKED),
        (pdf_with_objects(b"<< >>", b"/Filter 9 0 R"), Why.LOCKED),
        (pdf_with_objects(b"<< >>", b"/Filter /FlateDecode /DecodeParms << /Predictor 12 >>"), Why.LOCKED),
        (pdf_with_objects(b"<< >>", b"/Filter /ASCIIHexDecode %endobj\n"), Why.LOCKED),
        (pdf_with_objects(b"<< >>").replace(b">>\nstream\n", b">>\nstream%\n"), Why.BROKEN),
        (epub(**{"a.xhtml": "\ufeff<script>alert(1)</script>".encode("utf-16-le")}), Why.LOCKED),
        (PNG[:-1], Why.BROKEN),
        (PNG + b"more", Why.BROKEN),
        (JPEG + b"more", Why.BROKEN),
        (container({"a.txt": b"words"}), Why.UNKNOWN),
        (container({"a": b"x"}, comment=b"more"), Why.BROKEN),
        (odt()[:-30], Why.BROKEN),
        (odt() + b"more", Why.BROKEN),
        (odt(**{"../../etc/passwd": b"x"}), Why.BROKEN),
        (odt(**{"/etc/passwd": b"x"}), Why.BROKEN),
        (
            container({"mimetype": b"application/epub+zip", "META-INF/container.xml": b"x"}, packing=ZIP_BZIP2),
            Why.BROKEN,
        ),
        (container({f"{number}": b"" for number in range(2001)}), Why.TOO_MUCH_INSIDE),
    ],
)
def test_what_is_broken_hidden_or_unknown_is_refused(content: bytes, why: Why) -> None:
    assert why_not(content) is why


@pytest.mark.principle("safety")
@pytest.mark.parametrize("front", [pdf(), PNG, JPEG, b"Some words.\n"])
def test_two_files_in_one_are_refused(front: bytes) -> None:
    assert why_not(front + container({"evil.jar": b"x"})) is Why.BROKEN
    assert why_not(pdf().replace(b"%%EOF\n", container({"a": b"x"}) + b"\nstartxref\n9\n%%EOF\n")) is Why.BROKEN


def test_the_largest_file_is_taken_and_one_byte_more_is_not() -> None:
    assert examine(b"x" * LARGEST_FILE).type is FileType.TEXT
    assert why_not(b"x" * (LARGEST_FILE + 1)) is Why.TOO_LARGE


def bomb(size: int) -> bytes:
    """Return a container whose members burst, written block by block."""
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as opened:
        opened.writestr("[Content_Types].xml", b"<Types/>")
        with opened.open("word/document.xml", "w") as member:
            for _ in range(size // 65_536):
                member.write(bytes(65_536))
    return made.getvalue()


def lying(size: int) -> bytes:
    """Return such a container that declares to be small."""
    return bomb(size).replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))


@pytest.mark.req("S4")
@pytest.mark.principle("safety")
def test_what_bursts_is_refused_in_little_memory() -> None:
    inside = 4 * MOST_INSIDE
    hostile = {
        "declared": (bomb(inside), Why.TOO_MUCH_INSIDE),
        "lying": (lying(inside), Why.BROKEN),
        "objects": (pdf_with_objects(bytes(2 * MOST_INSIDE)), Why.TOO_MUCH_INSIDE),
    }
    for name, (content, why) in hostile.items():
        tracemalloc.start()
        found = why_not(content)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert found is why, name
        assert peak < 2.5 * MOST_INSIDE, (name, peak)


@pytest.mark.principle("safety")
def test_a_file_of_many_small_streams_is_looked_through_at_once() -> None:
    one = b"2 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n" + zlib.compress(b"") + b"\nendstream\nendobj\n"
    many = pdf().replace(b"trailer", one * (LARGEST_FILE // len(one) - 10) + b"trailer")
    before = time.process_time()
    assert examine(many).type is FileType.PDF
    assert time.process_time() - before < 60


@given(
    content=st.binary(max_size=300),
    front=st.sampled_from([b"", b"%PDF-1.7", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"]),
)
def test_whatever_is_sent_is_taken_or_refused(content: bytes, front: bytes) -> None:
    with suppress(NotTaken):
        assert examine(front + content).type in FileType
