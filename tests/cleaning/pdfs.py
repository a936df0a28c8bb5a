"""PDFs as they come from telephones, scanners and offices, with something to hide in every place."""

import io
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image

CANARY = "Zuleika-Hidden"
"""In everything that has to go."""
SHOWN = "Words that the page shows"


def photo(*, note: str = CANARY) -> bytes:
    """Return a JPEG with a place, a device, a comment, XMP, a preview and something after its end."""
    out = io.BytesIO()
    image = Image.new("RGB", (40, 30), "green")
    exif = image.getexif()
    exif[0x010F] = f"{note}-device"
    exif.get_ifd(0x8825)[29] = f"{note}-gps"
    image.save(out, "JPEG", exif=exif, comment=f"{note}-comment".encode(), xmp=f"<x>{note}-xmp</x>".encode())
    return out.getvalue() + f"{note}-trailer".encode()


def pdf(*changes: Callable[[Pdf], None], **saving: Any) -> bytes:
    """Return a PDF of one page with words on it, after these changes."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(400, 300))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = Dictionary(Font=Dictionary(F1=font))
    page.Contents = Stream(made, f"BT /F1 20 Tf 20 200 Td ({SHOWN}) Tj ET".encode())
    for change in changes:
        change(made)
    out = io.BytesIO()
    made.save(out, **saving)
    return out.getvalue()


def said_of_it(made: Pdf) -> None:
    """Write an author into every place for it: the document, its XMP, its page, its names."""
    made.docinfo["/Author"] = f"{CANARY}-author"
    made.docinfo["/Producer"] = f"{CANARY}-producer"
    made.Root.Metadata = Stream(made, f"<x:xmpmeta>{CANARY}-xmp</x:xmpmeta>".encode())
    made.Root.Lang = String(f"{CANARY}-language")
    made.Root.PieceInfo = Dictionary(Program=Dictionary(Private=String(f"{CANARY}-piece")))
    made.Root["/Unknown"] = String(f"{CANARY}-unknown")
    page = made.pages[0]
    page.Metadata = Stream(made, f"{CANARY}-page-xmp".encode())
    page.PieceInfo = Dictionary(Program=Dictionary(Private=String(f"{CANARY}-page-piece")))
    page.LastModified = String(f"{CANARY}-changed")
    page.Thumb = Stream(made, f"{CANARY}-thumbnail".encode())
    page.Resources.Font.F1.FontDescriptor = Dictionary(Type=Name.FontDescriptor, Lang=String(f"{CANARY}-font"))
    page["/VP"] = Array([Dictionary(Measure=Dictionary(GPTS=Array([String(f"{CANARY}-geo")])))])


def doing_something(made: Pdf) -> None:
    """Add everything that acts: scripts, actions, attachments, a form with XFA, a link, bookmarks, tags."""
    script = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{CANARY}-script')"))
    file = made.make_stream(f"{CANARY}-attached".encode())
    spec = Dictionary(Type=Name.Filespec, F=String(f"{CANARY}-file.doc"), EF=Dictionary(F=file))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))
    link.A = Dictionary(S=Name.URI, URI=String(f"https://example.org/?u={CANARY}"))
    attached = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 9, 9]), FS=spec)
    root, page = made.Root, made.pages[0]
    root.OpenAction = script
    root.AA = Dictionary(WC=script)
    root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array([String("a"), script])),
        EmbeddedFiles=Dictionary(Names=Array([String("b"), spec])),
    )
    root.AF = Array([spec])
    root.Outlines = Dictionary(First=Dictionary(Title=String(f"{CANARY}-bookmark"), Dest=Array([page.obj, Name.Fit])))
    root.StructTreeRoot = Dictionary(K=Dictionary(S=Name.Figure, Alt=String(f"{CANARY}-alternative")))
    root.AcroForm = Dictionary(Fields=Array([]), XFA=Stream(made, f"<xdp>{CANARY}-xfa</xdp>".encode()))
    page.AA = Dictionary(O=script)
    page.Annots = Array([made.make_indirect(link), made.make_indirect(attached)])


def written_on(made: Pdf) -> None:
    """Add a comment that is seen, one that is hidden, and a field that was filled in."""
    look = Stream(made, b"BT /F1 9 Tf (Filled in) Tj ET")
    look.stream_dict.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 90, 20])})
    who = {"/T": String(f"{CANARY}-commenter"), "/M": String(f"D:2026{CANARY}"), "/NM": String(f"{CANARY}-id")}
    comment = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([9, 9, 29, 29]), Contents=String("A remark"))
    hidden = Dictionary(Type=Name.Annot, Subtype=Name.Text, F=2, Rect=Array([0, 0, 9, 9]), Contents=String(CANARY))
    field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, Rect=Array([50, 50, 140, 70]))
    field.V, field.AP = String(f"{CANARY}-value"), Dictionary(N=look)
    for key, value in who.items():
        comment[key] = value
    made.pages[0].Annots = Array([made.make_indirect(one) for one in (comment, hidden, field)])
    made.Root.AcroForm = Dictionary(Fields=Array([made.pages[0].Annots[2]]))


def layered(made: Pdf) -> None:
    """Put words on a layer that is off, and on one that is on."""
    off, on = (made.make_indirect(Dictionary(Type=Name.OCG, Name=String(f"{CANARY}-{name}"))) for name in ("a", "b"))
    made.Root.OCProperties = Dictionary(OCGs=Array([off, on]), D=Dictionary(OFF=Array([off])))
    page = made.pages[0]
    page.Resources.Properties = Dictionary(M0=off, M1=on)
    drawn = (
        f"/OC /M0 BDC BT /F1 9 Tf ({CANARY}-off) Tj ET EMC /OC /M1 BDC BT /F1 9 Tf 20 20 Td (Layer on) Tj ET EMC\n"
        f"% {CANARY}-remark\n/Span <</ActualText ({CANARY}-actual) /Alt ({CANARY}-alt)>> BDC\n"
        f"BT /F1 20 Tf 20 200 Td ({SHOWN}) Tj ET EMC"
    )
    page.Contents = Stream(made, drawn.encode())


def layered_by_rules(made: Pdf) -> None:
    """Put words on layers that are hidden by a rule, or because they are only for print, and on one for the screen."""
    shown, print_only, screen = (
        made.make_indirect(
            Dictionary(Type=Name.OCG, Name=String(CANARY), Usage=Dictionary(View=Dictionary(ViewState=state)))
        )
        for state in (Name.ON, Name.OFF, Name.ON)
    )
    rule = Array([Name.And, shown, Array([Name.Not, Array([Name.Or, print_only, shown])])])
    hidden = made.make_indirect(Dictionary(Type=Name.OCMD, OCGs=Array([shown]), VE=rule))
    seen = made.make_indirect(Dictionary(Type=Name.OCMD, VE=Array([Name.Not, print_only])))
    on_view = Dictionary(Event=Name.View, Category=Array([Name.View]), OCGs=Array([print_only, screen]))
    made.Root.OCProperties = Dictionary(
        OCGs=Array([shown, print_only, screen]), D=Dictionary(OFF=Array([screen]), AS=Array([on_view]))
    )
    page = made.pages[0]
    page.Resources.Properties = Dictionary(M0=hidden, M1=print_only, M2=screen, M3=seen)
    words = (f"{CANARY}-rule", f"{CANARY}-print", "Layer on", "Rule on")
    page.Contents = Stream(
        made,
        "".join(
            f"/OC /M{number} BDC BT /F1 9 Tf 20 {20 * number + 20} Td ({said}) Tj ET EMC\n"
            for number, said in enumerate(words)
        ).encode(),
    )


def stamped_by_half(made: Pdf) -> None:
    """Stamp a page with a form that does not say that it is one, and that says words which are not drawn."""
    looks = Stream(made, f"/Span <</ActualText ({CANARY})>> BDC 0 0 9 9 re f EMC".encode(), BBox=Array([0, 0, 9, 9]))
    stamp = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([0, 0, 9, 9]), AP=Dictionary(N=looks))
    made.pages[0].Annots = Array([made.make_indirect(stamp)])


def with_photo(made: Pdf) -> None:
    """Put the photo of a telephone onto the page, once as it is and once wrapped in a second filter."""
    page = made.pages[0]
    page.Resources.XObject = Dictionary()
    for name, wrapped in (("/I0", False), ("/I1", True)):
        image = Stream(made, b"")
        image.stream_dict.update(
            {
                "/Type": Name.XObject,
                "/Subtype": Name.Image,
                "/Width": 40,
                "/Height": 30,
                "/BitsPerComponent": 8,
                "/Metadata": Stream(made, f"{CANARY}-image-xmp".encode()),
                "/ColorSpace": Array([Name.ICCBased, Stream(made, f"{CANARY}-profile".encode(), N=3)]),
            }
        )
        raw = photo()
        filters = Array([Name.ASCIIHexDecode, Name.DCTDecode]) if wrapped else Name.DCTDecode
        image.write(raw.hex().encode() + b">" if wrapped else raw, filter=filters)
        page.Resources.XObject[name] = image
    page.Contents = Stream(made, b"q 100 0 0 75 20 20 cm /I0 Do Q q 100 0 0 75 200 20 cm /I1 Do Q")


def everything_in(content: bytes) -> bytes:
    """Return all that is in a PDF: its bytes, and each stream as it is and unpacked."""
    found = [content]
    with pikepdf.open(io.BytesIO(content)) as opened:
        for one in opened.objects:
            if isinstance(one, Stream):
                found += [one.read_raw_bytes(), repr(one).encode()]
                with suppress(pikepdf.PdfError):  # a photo is not unpacked further
                    found.append(one.read_bytes())
            found.append(one.unparse(resolved=True) if not isinstance(one, Stream) else b"")
    return b"\n".join(found)
