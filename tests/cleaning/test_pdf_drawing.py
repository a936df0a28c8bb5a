"""Every way in which a page can draw looks the same in the working copy, and pictures lose nothing but their notes."""

import io

import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image, ImageCms

from reporting.cleaning.answer import NotReadable
from reporting.cleaning.documents import pdf
from reporting.cleaning.pictures.codestreams import jpeg, jpeg2000
from tests.cleaning import pdfs
from tests.cleaning.pdfs import CANARY


def stream(made: Pdf, drawn: str, **keys: object) -> Stream:
    new = Stream(made, drawn.encode())
    for key, value in keys.items():
        new[f"/{key}"] = value
    return new


def form(made: Pdf, drawn: str, **keys: object) -> Stream:
    return stream(made, drawn, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 99, 99]), **keys)


def own_letters(made: Pdf) -> Dictionary:
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, 0, 750, 750]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        CharProcs=Dictionary(box=Stream(made, b"1000 0 0 0 750 750 d1 0 0 750 750 re f")),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([97, Name.box])),
        FirstChar=97,
        LastChar=97,
        Widths=Array([1000]),
        Resources=Dictionary(),
    )


def drawing_in_every_way(made: Pdf) -> None:
    off = made.make_indirect(Dictionary(Type=Name.OCG, Name=String("x")))
    made.Root.OCProperties = Dictionary(OCGs=Array([off]), D=Dictionary(BaseState=Name.OFF))
    rule = made.make_indirect(Dictionary(Type=Name.OCMD, OCGs=Array([off]), P=Name.AllOn))
    tile = {"PatternType": 1, "PaintType": 1, "TilingType": 1, "BBox": Array([0, 0, 9, 9]), "XStep": 9, "YStep": 9}
    tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1, C0=Array([1, 1, 1]), C1=Array([1, 0, 0]))
    mask = form(made, "0 g 0 0 50 50 re f", Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray))
    page = made.pages[0]
    page.Resources = Dictionary(
        Font=Dictionary(T3=made.make_indirect(own_letters(made))),
        XObject=Dictionary(
            A=form(made, f"({CANARY}) Tj", OC=off),
            B=form(made, "0 0 30 30 re f"),
            C=form(made, f"({CANARY}) Tj", OC=rule),
        ),
        Pattern=Dictionary(P1=stream(made, "0 0 5 5 re f", Resources=Dictionary(), **tile)),
        ExtGState=Dictionary(G=Dictionary(SMask=Dictionary(S=Name.Luminosity, G=mask, BC=Array([1])))),
        ColorSpace=Dictionary(Sep=Array([Name.Separation, Name.Spot, Name.DeviceRGB, tint])),
    )
    page.Contents = Stream(
        made,
        b"/A Do /B Do /C Do BT /T3 40 Tf 100 100 Td (aa) Tj ET q /Pattern cs /P1 scn 200 100 60 60 re f Q "
        b"q /Sep cs 1 scn 300 100 50 50 re f Q /G gs 1 0 0 rg 0 200 300 80 re f",
    )


def test_letters_patterns_masks_and_colours_of_its_own_look_as_before() -> None:
    sent = pdfs.pdf(drawing_in_every_way)
    copy = pdf.clean(sent, "application/pdf").content
    before, after = (pypdfium2.PdfDocument(one)[0].render().to_pil() for one in (sent, copy))
    assert len(before.getcolors(999)) == 3
    assert before.tobytes() == after.tobytes()
    assert CANARY.encode() not in pdfs.everything_in(copy)


@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_keeps_its_pixels_and_nothing_else(progressive: bool) -> None:
    out = io.BytesIO()
    picture = Image.effect_noise((90, 70), 60).convert("RGB")
    picture.save(out, "JPEG", progressive=progressive, comment=CANARY.encode(), xmp=CANARY.encode())
    sent = out.getvalue() + CANARY.encode()
    bare = jpeg(sent)
    assert CANARY.encode() not in bare
    assert Image.open(io.BytesIO(bare)).tobytes() == Image.open(io.BytesIO(sent)).tobytes()


@pytest.mark.parametrize("kind", ["jp2", "j2k"])
def test_a_jpeg_2000_keeps_its_pixels_and_nothing_else(kind: str) -> None:
    out = io.BytesIO()
    picture = Image.effect_noise((90, 70), 60).convert("RGB")
    picture.save(out, "JPEG2000", no_jp2=kind == "j2k", comment=CANARY)
    note = CANARY.encode()
    sent = out.getvalue() + ((len(note) + 8).to_bytes(4, "big") + b"uuid" + note if kind == "jp2" else note)
    assert sent.count(note) == 2
    bare = jpeg2000(sent)
    assert note not in bare
    assert Image.open(io.BytesIO(bare)).tobytes() == picture.tobytes()


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_jpeg_2000_keeps_of_its_header_no_profile_and_no_note(mode: str) -> None:
    out = io.BytesIO()
    picture = Image.effect_noise((90, 70), 60).convert(mode)
    picture.save(out, "JPEG2000")
    plain, note = out.getvalue(), CANARY.encode()
    at = plain.index(b"jp2h") - 4
    end = at + int.from_bytes(plain[at : at + 4])
    colours = plain.index(b"colr") - 4
    profile = b"colr\2\0\0" + ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + note
    hidden = b"".join((len(box) + 4).to_bytes(4) + box for box in (profile, b"xml " + note))
    header = plain[at + 8 : colours] + hidden
    sent = plain[:at] + (len(header) + 8).to_bytes(4) + b"jp2h" + header + plain[end:]
    assert sent.count(note) == 2
    bare = jpeg2000(sent)
    assert bare == jpeg2000(plain)
    assert Image.open(io.BytesIO(bare)).tobytes() == picture.tobytes()


@pytest.mark.parametrize("sent", [b"", b"\xff\xd8", b"GIF89a", bytes(99)])
def test_what_is_no_such_picture_is_refused(sent: bytes) -> None:
    for kind in (jpeg, jpeg2000):
        with pytest.raises(NotReadable):
            kind(sent)
