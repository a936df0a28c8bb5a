"""Documents: every letter of every script is there or there is no document, and the metadata say nothing."""

import io
import time
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from reporting.services.file.fonts import SYSTEM, NoLetters, fonts_for
from reporting.services.file.paper import Document, Section, make_pdf

MARK = "Taken out by Amina Diallo\nfor the tribunal\n2 March 2026"
needs_fonts = pytest.mark.skipif(
    not any(folder.is_dir() and next(folder.rglob("*.ttf"), None) for folder in SYSTEM), reason="no fonts here"
)
pytestmark = needs_fonts


def paper(*texts: str, mark: str = MARK) -> bytes:
    sections = [Section("A message", [("label", text)]) for text in texts]
    return make_pdf(Document("Case 3F2A-11CC", mark, date(2026, 3, 2), "en", sections), None)


def text_of(made: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)


@pytest.mark.principle("confidentiality")
def test_each_page_carries_the_mark_and_every_font_is_inside() -> None:
    made = paper("word " * 3000)
    pages = PdfReader(io.BytesIO(made)).pages
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        text = page.extract_text()
        assert text.count("for the tribunal") == 2
        assert text.rstrip().endswith(str(number))
    assert made.count(b"/FontFile2") == made.count(b"/Type /FontDescriptor") > 0


@pytest.mark.principle("confidentiality")
def test_the_metadata_name_neither_program_nor_person_nor_hour() -> None:
    made = paper("word")
    reader = PdfReader(io.BytesIO(made))
    told = str(reader.metadata) + str(reader.xmp_metadata.stream.get_data() if reader.xmp_metadata else "")
    for word in ("Amina", "tribunal", "fpdf", "Harbour", "harbour"):
        assert word not in told, word
    assert "T00:00:00" in told
    assert b"fpdf" not in made.lower()
    assert "pdfaid:part" in told


def test_scripts_of_both_directions_are_set_with_their_own_letters() -> None:
    made = paper(
        "Zażółć gęślą jaźń. Привет мир.",
        "كان يرسل لي رسائل ليلا (WhatsApp) في 12 مارس.",
        "שלום",
        "a\u0301\u200d\ufe0f\tb",
    )
    text = text_of(made)
    for word in ("Zażółć", "Привет", "WhatsApp"):
        assert word in text
    assert ".notdef" not in text


def test_a_letter_that_no_font_has_makes_no_document(tmp_path: Path) -> None:
    with pytest.raises(NoLetters):
        fonts_for("word", tmp_path)
    with pytest.raises(NoLetters) as refused:
        paper("fine \U000f0000 and not")
    assert refused.value.letters == "\U000f0000"


def test_a_mark_in_any_script_stays_on_its_own_lines() -> None:
    assert "2 March 2026" in text_of(paper("word", mark="Taken out by A\nfor أحمد علي\n2 March 2026"))


@pytest.mark.principle("non_discrimination")
def test_every_line_names_its_font_whatever_script_the_line_before_ended_in() -> None:
    """A letter that is set without a font, or in that of the line before, is another letter or none."""
    made = paper("سيأتي\nwords\nمرة واحدة تكفي\nпривет\nwords", mark="Taken out by A\nfor أحمد علي\n2 March 2026")
    (page,) = PdfReader(io.BytesIO(made)).pages
    contents = page.get_contents()
    assert contents is not None
    named = shown = False
    for _, operator in contents.operations:
        if operator == b"Tf":
            named = True
        elif operator in (b"Tj", b"TJ"):
            assert named
            shown = True
        elif operator == b"ET" and shown:
            named = shown = False


@pytest.mark.parametrize("text", ["", "\n\n\n", " ", "x" * 20_000, "\u202e\u2066", "\x00\x07", "- =1+1"])
def test_odd_text_breaks_nothing(text: str) -> None:
    assert paper(text).startswith(b"%PDF")


@pytest.mark.slow
def test_a_text_of_a_mebibyte_becomes_a_document_in_bearable_time() -> None:
    began = time.monotonic()
    made = paper("word lorem ipsum dolor " * (1024 * 1024 // 23))
    assert len(PdfReader(io.BytesIO(made)).pages) > 100
    assert time.monotonic() - began < 60
