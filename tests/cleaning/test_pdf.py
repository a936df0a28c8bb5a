"""The working copy of a PDF shows the same pages and says nothing about who made it, from the document to a photo."""

import io
import zlib
from collections.abc import Callable

import fpdf
import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image

from reporting.cleaning.answer import NotReadable, TooMuch
from reporting.cleaning.confinement.limits import LARGEST_INPUT
from reporting.cleaning.documents import page, pdf
from reporting.domain.evidence.evidence import Cleaning
from reporting.services.evidence.cleaning import take_apart
from tests.cleaning import pdfs
from tests.cleaning.pdfs import CANARY, SHOWN

TASK = "application/pdf"


def texts(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as document:
        return "\n".join(one.get_textpage().get_text_bounded() for one in document)


@pytest.mark.parametrize(
    "change",
    [
        pdfs.said_of_it,
        pdfs.doing_something,
        pdfs.written_on,
        pdfs.layered,
        pdfs.layered_by_rules,
        pdfs.stamped_by_half,
        pdfs.with_photo,
    ],
    ids=lambda change: change.__name__,
)
def test_nothing_hidden_comes_along_from_any_place(change: Callable[[Pdf], None]) -> None:
    sent = pdfs.pdf(change)
    assert CANARY.encode() in pdfs.everything_in(sent)
    copy = pdf.clean(sent, TASK)
    assert (copy.type, copy.pages) == (TASK, 1)
    assert CANARY.encode() not in pdfs.everything_in(copy.content)
    for name in (b"/Metadata", b"/Info ", b"/Producer", b"/JavaScript", b"/OCProperties", b"/AcroForm", b"/URI"):
        assert name not in pdfs.everything_in(copy.content)


def test_what_a_page_shows_stays() -> None:
    assert SHOWN in texts(pdf.clean(pdfs.pdf(pdfs.said_of_it, pdfs.doing_something), TASK).content)
    assert "Layer on" in texts(pdf.clean(pdfs.pdf(pdfs.layered), TASK).content)
    for words in ("Layer on", "Rule on"):
        assert words in texts(pdf.clean(pdfs.pdf(pdfs.layered_by_rules), TASK).content)


def test_a_photo_on_a_page_looks_as_before() -> None:
    sent = pdfs.pdf(pdfs.with_photo)
    copy = pdf.clean(sent, TASK).content
    before, after = (pypdfium2.PdfDocument(one)[0].render().to_pil() for one in (sent, copy))
    assert before.getcolors(9999) != [(before.width * before.height, (255, 255, 255))]
    assert before.tobytes() == after.tobytes()


def test_a_comment_stays_without_who_wrote_it_and_a_field_as_it_looks() -> None:
    with pikepdf.open(io.BytesIO(pdf.clean(pdfs.pdf(pdfs.written_on), TASK).content)) as copy:
        comment, field = list(copy.pages[0].Annots)
        assert str(comment.Contents) == "A remark"
        assert field.Subtype == Name.Stamp
        assert b"Filled in" in field.AP.N.read_bytes()


def test_earlier_states_of_a_file_are_gone() -> None:
    def draft(made: Pdf) -> None:
        made.pages[0].Contents = Stream(made, CANARY.encode())

    first = pdfs.pdf(draft, compress_streams=False)
    with pikepdf.open(io.BytesIO(first)) as opened:
        number, size = opened.pages[0].Contents.objgen[0], int(opened.trailer.Size)
    drawn = f"BT /F1 20 Tf 20 200 Td ({SHOWN}) Tj ET"
    update = f"\n{number} 0 obj\n<</Length {len(drawn)}>>\nstream\n{drawn}\nendstream\nendobj\n"
    before = int(first.rsplit(b"startxref\n", 1)[1].split()[0])
    table = f"xref\n{number} 1\n{len(first) + 1:010} 00000 n \ntrailer\n<</Size {size} /Root 1 0 R /Prev {before}>>\n"
    sent = first + f"{update}{table}startxref\n{len(first) + len(update)}\n%%EOF".encode()
    assert CANARY.encode() in sent
    copy = pdf.clean(sent, TASK).content
    assert SHOWN in texts(copy)
    assert CANARY.encode() not in pdfs.everything_in(copy)


def test_the_same_file_gives_the_same_copy_and_no_date() -> None:
    sent = pdfs.pdf(pdfs.with_photo)
    assert pdf.clean(sent, TASK) == pdf.clean(sent, TASK)
    assert b"D:20" not in pdfs.everything_in(pdf.clean(sent, TASK).content)


def test_a_letter_from_an_office_keeps_its_pages_and_words() -> None:
    made = fpdf.FPDF()
    made.set_author(CANARY)
    made.set_font("helvetica", size=12)
    for number in range(3):
        made.add_page()
        made.cell(text=f"Letter, page {number}")
    copy = pdf.clean(bytes(made.output()), TASK)
    assert copy.pages == 3
    assert all(f"Letter, page {number}" in texts(copy.content) for number in range(3))
    assert CANARY.encode() not in pdfs.everything_in(copy.content)


def test_a_file_that_only_restricts_printing_is_taken_apart_and_a_locked_one_is_kept_as_it_came() -> None:
    restricted = pdfs.pdf(encryption=pikepdf.Encryption(owner="owner", user=""))
    assert SHOWN in texts(pdf.clean(restricted, TASK).content)
    with pytest.raises(NotReadable):
        pdf.clean(pdfs.pdf(encryption=pikepdf.Encryption(owner="owner", user="hers")), TASK)


def biting_its_tail(made: Pdf) -> None:
    tree = made.Root.Pages
    tree.Kids = Array([tree, tree, tree])


def deeper_than_anybody_nests(made: Pdf) -> None:
    inner = Dictionary(Type=Name.Font)
    for _ in range(400):
        inner = made.make_indirect(Dictionary(Type=Name.Font, FontDescriptor=inner))
    made.pages[0].Resources.Font.F1 = inner


@pytest.mark.parametrize("change", [biting_its_tail, deeper_than_anybody_nests], ids=lambda one: one.__name__)
def test_a_file_made_to_be_followed_for_ever_is_refused(change: Callable[[Pdf], None]) -> None:
    sent = pdfs.pdf()
    with pikepdf.open(io.BytesIO(sent)) as opened:
        change(opened)
        out = io.BytesIO()
        opened.save(out)
    with pytest.raises(NotReadable):
        pdf.clean(out.getvalue(), TASK)


def test_a_million_pages_are_too_much() -> None:
    parts = (
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n",
        b"2 0 obj\n<</Type/Pages/Count 1000000/Kids[" + b"3 0 R " * 1_000_000 + b"]>>\nendobj\n",
        b"3 0 obj\n<</Type/Page/MediaBox[0 0 9 9]/Parent 2 0 R>>\nendobj\n",
        b"trailer\n<</Root 1 0 R/Size 4>>\n%%EOF",
    )
    with pytest.raises((TooMuch, NotReadable)):
        pdf.clean(b"".join(parts), TASK)


def test_a_small_picture_between_the_words_stays_unless_it_is_a_photo() -> None:
    def inline(made: Pdf) -> None:
        drawn = b"q 9 0 0 9 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x7f EI Q "
        photo = b"q BI /W 40 /H 30 /BPC 8 /CS /RGB /F /DCT ID " + pdfs.photo() + b" EI Q"
        made.pages[0].Contents = Stream(made, drawn + photo)

    found = pdfs.everything_in(pdf.clean(pdfs.pdf(inline), TASK).content)
    assert b"\x7f" in found
    assert CANARY.encode() not in found


def bomb() -> bytes:
    packing = zlib.compressobj(9)
    packed = b"".join(packing.compress(b"0 0 m " * 2_000_000) for _ in range(100)) + packing.flush()

    def change(made: Pdf) -> None:
        contents = Stream(made, b"")
        contents.write(packed, filter=Name.FlateDecode)
        made.pages[0].Contents = contents

    return pdfs.pdf(change, compress_streams=False)


def test_a_stream_that_unpacks_to_a_gigabyte_is_refused_by_the_process_in_good_time() -> None:
    came = bytearray()
    assert take_apart(TASK, iter([bomb()]), came.extend).state in (Cleaning.NOT_READABLE, Cleaning.TOO_MUCH)
    assert not came


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_file_that_breaks_off_is_refused_or_shows_what_it_has(part: float) -> None:
    sent = pdfs.pdf(pdfs.with_photo, pdfs.said_of_it)
    try:
        copy = pdf.clean(sent[: int(len(sent) * part)], TASK)
    except NotReadable:
        return
    assert CANARY.encode() not in pdfs.everything_in(copy.content)


@pytest.mark.parametrize("sent", [b"", b"%PDF-", b"%PDF-1.7\n" + bytes(5000), b"PK\x03\x04", b"%PDF-1.4\n%%EOF\n" * 99])
def test_what_is_no_pdf_is_refused(sent: bytes) -> None:
    with pytest.raises(NotReadable):
        pdf.clean(sent, TASK)


def test_what_stands_around_a_pdf_is_gone() -> None:
    sent = pdfs.pdf() + f"\nPK\x03\x04<script>{CANARY}</script>".encode()
    copy = pdf.clean(sent, TASK).content
    assert SHOWN in texts(copy)
    assert CANARY.encode() not in copy


def test_the_process_takes_a_pdf_apart_and_counts_its_pages() -> None:
    came = bytearray()
    report = take_apart(TASK, iter([pdfs.pdf(pdfs.said_of_it, pdfs.with_photo)]), came.extend)
    assert (report.state, report.type, report.pages) == (Cleaning.CLEANED, TASK, 1)
    assert CANARY.encode() not in pdfs.everything_in(bytes(came))


def test_a_page_that_says_it_is_endless_is_drawn_small() -> None:
    def huge(made: Pdf) -> None:
        made.pages[0].MediaBox = Array([0, 0, 10**9, 3])

    with Image.open(io.BytesIO(page.clean(pdf.clean(pdfs.pdf(huge), TASK).content, "page 1").content)) as drawn:
        assert max(drawn.size) <= page.LONG_SIDE + 1


def test_a_field_that_is_left_to_be_drawn_is_drawn() -> None:
    def unfilled(made: Pdf) -> None:
        field = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("a"), V=String("Typed in"), DA=String("/F1 9 Tf")
        )
        field.Rect = Array([50, 50, 140, 70])
        made_field = made.make_indirect(field)
        made.pages[0].Annots = Array([made_field])
        fonts = Dictionary(Font=made.pages[0].Resources.Font)
        made.Root.AcroForm = Dictionary(Fields=Array([made_field]), NeedAppearances=True, DR=fonts)

    copy = pdf.clean(pdfs.pdf(unfilled), TASK).content
    assert b"Typed in" in pdfs.everything_in(copy)


def test_a_file_larger_than_is_held_in_memory_is_too_much() -> None:
    came = bytearray()
    pieces = (bytes(1024 * 1024) for _ in range(LARGEST_INPUT // (1024 * 1024) + 1))
    assert take_apart(TASK, pieces, came.extend).state is Cleaning.TOO_MUCH
