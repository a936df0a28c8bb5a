"""Office files written by hand, with something to hide in every place."""

import io
import zipfile
from collections.abc import Mapping

from tests.cleaning.pdfs import CANARY, SHOWN, photo

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_X = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_R = f'xmlns:r="{_REL}"'
_C = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
_N = 'xmlns:n="http://schemas.microsoft.com/office/powerpoint/2018/8/main"'
_NEW = "http://schemas.microsoft.com/office/2018/10/relationships"
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_WHO = f'w:id="1" w:author="{CANARY}-author" w:date="2026-01-01T00:00:00Z"'
Parts = dict[str, str | bytes]


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """Return a zip of these members, packed on a day and by a program that the file tells."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.comment = CANARY.encode()
        for name, content in members.items():
            info = zipfile.ZipInfo(name, (2026, 3, 4, 5, 6, 8))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            info.comment = CANARY.encode()
            made.writestr(info, content)
    return out.getvalue()


def rels(**targets: str) -> str:
    """Return a list of relationships: id = "kind target"; a target with a colon is outside of the package."""
    lines = []
    for number, told in targets.items():
        kind, _, target = told.partition(" ")
        mode = ' TargetMode="External"' if ":" in target else ""
        kind = kind if "/" in kind else f"{_REL}/{kind}"
        lines.append(f'<Relationship Id="{number}" Type="{kind}" Target="{target}"{mode}/>')
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{"".join(lines)}</Relationships>'


def _package(main: str) -> Parts:
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return {
        "[Content_Types].xml": f'<Types xmlns="{space}"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": rels(a=f"officeDocument {main}", b="core docProps/core.xml", c="thumbnail docProps/t.jpeg"),
        "docProps/core.xml": f"<cp>{CANARY}-core</cp>",
        "docProps/app.xml": f"<p>{CANARY}-company</p>",
        "docProps/custom.xml": f"<p>{CANARY}-custom</p>",
        "docProps/t.jpeg": photo(),
        "customXml/item1.xml": f"<x>{CANARY}-item</x>",
        f"{CANARY}/nobody-refers.xml": f"<x>{CANARY}</x>",
    }


def docx() -> Parts:
    """Return a letter with changes, comments, fields, a photo, an object, a macro, a template, content controls."""
    drawing = (
        f'<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        f'xmlns:wp14="http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing" wp14:anchorId="{CANARY}" '
        f'wp14:editId="{CANARY}">'
        f'<wp:docPr id="1" name="{CANARY}.jpg" descr="{CANARY}-path"/><a:blip {_A} r:embed="{CANARY}-photo"/>'
        f"</wp:inline></w:drawing>"
    )
    field = "".join(
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' + more
        for kind, more in (
            (
                "begin",
                f'<w:r><w:instrText>INCLUDEPICTURE "http://</w:instrText><w:instrText>{CANARY}"</w:instrText></w:r>',
            ),
            ("separate", "<w:r><w:t>Field shown</w:t></w:r>"),
            ("end", ""),
        )
    )
    body = (
        f'<w:p w:rsidR="00{CANARY}"><w:pPr><w:pPrChange {_WHO}/></w:pPr><w:r><w:t>{SHOWN}</w:t></w:r></w:p>'
        f"<w:p><w:ins {_WHO}><w:r><w:t>Inserted</w:t></w:r></w:ins>"
        f"<w:del {_WHO}><w:r><w:delText>{CANARY}-deleted</w:delText></w:r></w:del></w:p>"
        f"<w:p><w:moveFrom {_WHO}><w:r><w:t>{CANARY}-moved</w:t></w:r></w:moveFrom></w:p>"
        f'<w:p><w:hyperlink r:id="link" w:tooltip="{CANARY}"><w:r><w:t>Link words</w:t></w:r></w:hyperlink></w:p>'
        f'<w:sdt><w:sdtPr><w:alias w:val="{CANARY}-control"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Chosen</w:t></w:r></w:p>'
        f"</w:sdtContent></w:sdt><w:p>{field}</w:p><w:p><w:r>{drawing}</w:r></w:p>"
        f'<w:p><w:fldSimple w:instr="PAGE"><w:r><w:t>7</w:t></w:r></w:fldSimple></w:p>'
        f'<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" r:id="ole"/></w:object></w:r></w:p>'
        f'<w:p><mc:AlternateContent><mc:Choice Requires="cx"><w:r><w:t>{CANARY}-new</w:t></w:r></mc:Choice>'
        f"<mc:Fallback><w:r><w:t>For older programs</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>"
        f"<w:tbl><w:tr><w:trPr><w:del {_WHO}/></w:trPr><w:tc><w:p><w:r><w:t>{CANARY}-row</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        f'<w:sectPr><w:headerReference w:type="default" r:id="head"/></w:sectPr>'
    )
    spaces = f'{_W} {_R} {_MC} xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14"'
    comment = f'<w:comment {_WHO} w:initials="{CANARY}"><w:p w14:paraId="{CANARY}"><w:r><w:t>A remark</w:t></w:r></w:p></w:comment>'
    return _package("word/document.xml") | {
        "word/document.xml": f"<w:document {spaces}><w:body><!-- {CANARY} -->{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": rels(
            **{f"{CANARY}-photo": "image media/p.jpeg"},
            link=f"hyperlink https://example.org/{CANARY}",
            ole="oleObject embeddings/o.bin",
            comments="comments comments.xml",
            people="http://schemas.microsoft.com/office/2011/relationships/people people.xml",
            set="settings settings.xml",
            head="header header1.xml",
            vba="http://schemas.microsoft.com/office/2006/relationships/vbaProject vbaProject.bin",
        ),
        "word/media/p.jpeg": photo(),
        "word/embeddings/o.bin": f"{CANARY}-ole",
        "word/vbaProject.bin": f"{CANARY}-macro",
        "word/people.xml": f"<x>{CANARY}-people</x>",
        "word/comments.xml": f"<w:comments {spaces}>{comment}</w:comments>",
        "word/header1.xml": f"<w:hdr {_W}><w:p><w:r><w:t>In the header</w:t></w:r></w:p></w:hdr>",
        "word/settings.xml": f'<w:settings {_W} {_R}><w:attachedTemplate r:id="t"/><w:rsids><w:rsid w:val="{CANARY}"/></w:rsids>'
        f'<w:defaultTabStop w:val="708"/><w:docVars><w:docVar w:name="{CANARY}"/></w:docVars></w:settings>',
        "word/_rels/settings.xml.rels": rels(t=f"attachedTemplate file:///{CANARY}.dotm"),
    }


def xlsx() -> Parts:
    """Return a workbook with a path, comments, formulas that fetch, strings no longer used, revisions and a printer."""
    sheet = (
        '<sheetPr codeName="x"/><sheetData><row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1"><f>'
        f"[1]{CANARY}!A1</f><v>41</v></c></row></sheetData><hyperlinks><hyperlink ref='A1' r:id='h'/></hyperlinks>"
        '<pageSetup r:id="printer"/><legacyDrawing r:id="vml"/>'
    )
    comments = (
        f"<authors><author>{CANARY}</author></authors><commentList><comment ref='A1' authorId='0' guid='{CANARY}'><text><r><t>{CANARY}:</t></r>"
        "<r><t>A remark</t></r></text></comment></commentList>"
    )
    return _package("xl/workbook.xml") | {
        "xl/workbook.xml": f'<workbook {_X} {_R}><fileSharing userName="{CANARY}"/><workbookPr codeName="{CANARY}"/><bookViews>'
        f'<workbookView activeTab="0"/></bookViews><sheets><sheet name="Sums" sheetId="1" r:id="s"/></sheets>'
        f"<definedNames><definedName name='a'>{CANARY}</definedName></definedNames></workbook>",
        "xl/_rels/workbook.xml.rels": rels(
            s="worksheet worksheets/sheet1.xml",
            t="sharedStrings /xl/sharedStrings.xml",
            e="externalLink externalLinks/e.xml",
            v="revisionHeaders revisions/h.xml",
        ),
        "xl/sharedStrings.xml": f"<sst {_X} count='2'><si><t>{CANARY}-before</t></si><si><t>{SHOWN}</t></si></sst>",
        "xl/externalLinks/e.xml": f"<x>{CANARY}</x>",
        "xl/revisions/h.xml": f"<x>{CANARY}</x>",
        "xl/worksheets/sheet1.xml": f"<worksheet {_X} {_R}>{sheet}</worksheet>",
        "xl/worksheets/_rels/sheet1.xml.rels": rels(
            h=f"hyperlink https://example.org/{CANARY}",
            printer="printerSettings ../printerSettings/p.bin",
            vml="vmlDrawing ../drawings/v.vml",
            c="comments ../comments1.xml",
        ),
        "xl/printerSettings/p.bin": f"{CANARY}-printer",
        "xl/drawings/v.vml": f'<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape alt="{CANARY}">'
        f'<v:imagedata src="https://example.org/{CANARY}.png"/></v:shape></xml>',
        "xl/comments1.xml": f"<comments {_X}>{comments}</comments>",
    }


def pptx() -> Parts:
    """Return a slide with notes, a comment, a film, an action and a photo with the name of its file."""
    shape = (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="{CANARY}" descr="{CANARY}"><a:hlinkClick r:id="h"/></p:cNvPr></p:nvSpPr>'
        f"<p:txBody><a:p><a:r><a:t>{SHOWN}</a:t></a:r></a:p></p:txBody></p:sp>"
        f'<p:graphicFrame><c:chart {_C} r:id="chart"/></p:graphicFrame><p:pic><p:nvPicPr><p:nvPr><a:videoFile r:link="film"/></p:nvPr></p:nvPicPr><p:blipFill><a:blip r:embed="i"/></p:blipFill></p:pic>'
    )
    return _package("ppt/presentation.xml") | {
        "ppt/presentation.xml": f'<p:presentation {_P} {_R}><p:sldIdLst><p:sldId id="256" r:id="s"/></p:sldIdLst>'
        f'<p:modifyVerifier hashData="{CANARY}"/></p:presentation>',
        "ppt/_rels/presentation.xml.rels": rels(
            s="slide slides/slide1.xml", a="commentAuthors commentAuthors.xml", b=f"{_NEW}/authors authors.xml"
        ),
        "ppt/authors.xml": f'<n:authorLst {_N}><n:author id="{{{CANARY}}}" name="{CANARY}" userId="{CANARY}"/></n:authorLst>',
        "ppt/comments/new.xml": f'<n:cmLst {_N} {_A}><n:cm id="{{1}}" authorId="{{{CANARY}}}" created="2026-01-01T00:00:00">'
        "<n:txBody><a:t>A new remark</a:t></n:txBody></n:cm></n:cmLst>",
        "ppt/commentAuthors.xml": f'<p:cmAuthorLst {_P}><p:cmAuthor id="0" name="{CANARY}" initials="{CANARY}"/></p:cmAuthorLst>',
        "ppt/slides/slide1.xml": f"<p:sld {_P} {_A} {_R}><p:cSld><p:spTree>{shape}</p:spTree></p:cSld>"
        f"<p:timing><p:x>{CANARY}</p:x></p:timing></p:sld>",
        "ppt/slides/_rels/slide1.xml.rels": rels(
            h=f"hyperlink https://example.org/{CANARY}",
            film="video ../media/f.mp4",
            i="image ../media/i.jpeg",
            c="comments ../comments/c.xml",
            d=f"{_NEW}/comments ../comments/new.xml",
            chart="chart ../charts/c.xml",
            n="notesSlide ../notesSlides/n.xml",
            tags="tags ../tags/t.xml",
        ),
        "ppt/charts/c.xml": f"<c:chartSpace {_C} {_R}><c:pivotSource><c:name>[{CANARY}.xlsx]S!P</c:name></c:pivotSource><c:f>'C:\\{CANARY}\\[b.xlsx]S'!A1</c:f><c:v>Share 12</c:v>"
        '<c:externalData r:id="e"/></c:chartSpace>',
        "ppt/charts/_rels/c.xml.rels": rels(e="package ../embeddings/b.xlsx"),
        "ppt/embeddings/b.xlsx": f"{CANARY}-workbook",
        "ppt/media/f.mp4": f"{CANARY}-film",
        "ppt/media/i.jpeg": photo(),
        "ppt/tags/t.xml": f"<x>{CANARY}</x>",
        "ppt/comments/c.xml": f'<p:cmLst {_P}><p:cm authorId="0" dt="2026-{CANARY}"><p:text>A remark</p:text></p:cm></p:cmLst>',
        "ppt/notesSlides/n.xml": f"<p:notes {_P} {_A}><a:t>Spoken words</a:t></p:notes>",
        "ppt/notesSlides/_rels/n.xml.rels": rels(back="slide ../slides/slide1.xml"),
    }


def everything_in(content: bytes) -> bytes:
    """Return all that is in a package: its bytes, its names, and each member unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return b"\n".join([content, *(one.encode() for one in opened.namelist()), *map(opened.read, opened.namelist())])
