"""Which parts of an Office file show something, by the kind of relationship that leads to them (ECMA-376, part 1)."""

from typing import Final

_FORMAT: Final = "application/vnd.openxmlformats-officedocument."
FOLDERS: Final = {
    f"{_FORMAT}wordprocessingml.document": "word",
    f"{_FORMAT}spreadsheetml.sheet": "xl",
    f"{_FORMAT}presentationml.presentation": "ppt",
}
MAIN: Final = {
    "word": ("document", f"{_FORMAT}wordprocessingml.document.main+xml"),
    "xl": ("workbook", f"{_FORMAT}spreadsheetml.sheet.main+xml"),
    "ppt": ("presentation", f"{_FORMAT}presentationml.presentation.main+xml"),
}
"""The main part of each kind, always without macros."""
_DRAWN: Final = {
    "theme": f"{_FORMAT}theme+xml",
    "themeOverride": f"{_FORMAT}themeOverride+xml",
    "drawing": f"{_FORMAT}drawing+xml",
    "vmlDrawing": f"{_FORMAT}vmlDrawing",
    "chart": f"{_FORMAT}drawingml.chart+xml",
    "chartUserShapes": f"{_FORMAT}drawingml.chartshapes+xml",
    "diagramData": f"{_FORMAT}drawingml.diagramData+xml",
    "diagramLayout": f"{_FORMAT}drawingml.diagramLayout+xml",
    "diagramQuickStyle": f"{_FORMAT}drawingml.diagramStyle+xml",
    "diagramColors": f"{_FORMAT}drawingml.diagramColors+xml",
}
_OWN: Final = {
    "word": ("wordprocessingml", "styles numbering settings fontTable footnotes endnotes comments header footer"),
    "xl": ("spreadsheetml", "styles sharedStrings worksheet chartsheet comments"),
    "ppt": (
        "presentationml",
        "slide slideLayout slideMaster notesSlide notesMaster handoutMaster tableStyles commentAuthors comments",
    ),
}
PARTS: Final = {
    folder: _DRAWN | {word: f"{_FORMAT}{kind}.{word}+xml" for word in words.split()}
    for folder, (kind, words) in _OWN.items()
}
"""Folder of the main part -> kind of relationship -> content type. Everything else is not taken along: properties,
custom XML, people, revisions, printers, macros, embedded and linked objects, templates, glossaries, pivot caches,
connections, fonts, sounds and films, signatures, thumbnails."""
PARTS["ppt"] |= {
    "modern comments": "application/vnd.ms-powerpoint.comments+xml",
    "modern authors": "application/vnd.ms-powerpoint.authors+xml",
}
IMAGE: Final = "image"
_FROM: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/",
)
_MODERN: Final = "http://schemas.microsoft.com/office/2018/10/relationships/"


def kind_of(relationship: str) -> str:
    """Return the kind of a relationship by its type; nothing for one that no standard knows."""
    if relationship.startswith(_MODERN):
        return f"modern {relationship.removeprefix(_MODERN)}"
    return next((relationship.removeprefix(begins) for begins in _FROM if relationship.startswith(begins)), "")


CHILDREN: Final = {
    ("word", "settings"): frozenset(
        {
            "compat",
            "evenAndOddHeaders",
            "mirrorMargins",
            "defaultTabStop",
            "autoHyphenation",
            "characterSpacingControl",
            "footnotePr",
            "endnotePr",
            "themeFontLang",
            "clrSchemeMapping",
            "decimalSymbol",
            "listSeparator",
        }
    ),
    ("xl", "workbook"): frozenset({"workbookPr", "bookViews", "sheets"}),
    ("ppt", "presentation"): frozenset(
        {"sldMasterIdLst", "notesMasterIdLst", "handoutMasterIdLst", "sldIdLst", "sldSz", "notesSz", "defaultTextStyle"}
    ),
    ("xl", "worksheet"): frozenset(
        {
            "sheetPr",
            "dimension",
            "sheetViews",
            "sheetFormatPr",
            "cols",
            "sheetData",
            "autoFilter",
            "mergeCells",
            "phoneticPr",
            "conditionalFormatting",
            "printOptions",
            "pageMargins",
            "pageSetup",
            "headerFooter",
            "rowBreaks",
            "colBreaks",
            "drawing",
            "legacyDrawing",
            "legacyDrawingHF",
            "picture",
        }
    ),
}
"""What comes along of parts that mix what is shown with what is remembered, by the name of a child of their root."""
