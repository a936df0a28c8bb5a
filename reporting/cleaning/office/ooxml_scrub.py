"""What is taken out of one part of an Office file: who and when, what was deleted, what acts, what no reader sees."""

import re
from collections.abc import Mapping
from typing import Any, Final

from reporting.cleaning.office.markup import remove, space_of, unwrap, word_of
from reporting.cleaning.office.ooxml_fields import plain_fields

_SPACES: Final = (
    "http://schemas.openxmlformats.org/",
    "http://purl.oclc.org/ooxml/",
    "urn:schemas-microsoft-com:",
    "http://schemas.microsoft.com/office/word/2010/wordprocessing",
    "http://schemas.microsoft.com/office/powerpoint/2018/8/main",
    "http://schemas.microsoft.com/office/powerpoint/2013/main/command",
    "http://schemas.microsoft.com/office/drawing/2013/main/command",
    "http://www.w3.org/XML/1998/namespace",
)
"""Other vocabularies carry identifiers, revisions and the extras of one version of one program."""
_SHORT: Final = re.compile(r"/(word|spreadsheet|presentation|drawing)(?:processing)?ml/(?:2006/)?main$")
_NOT_SEEN: Final = """
    extLst sdtPr sdtEndPr hlinkClick hlinkHover hlinkMouseOver
    w:del w:moveFrom w:rPrChange w:pPrChange w:sectPrChange w:tblPrChange w:tblGridChange w:tblPrExChange w:tcPrChange
    w:trPrChange w:numberingChange w:cellIns w:cellDel w:cellMerge w:moveFromRangeStart w:moveFromRangeEnd
    w:moveToRangeStart w:moveToRangeEnd w:customXmlInsRangeStart w:customXmlInsRangeEnd w:customXmlDelRangeStart
    w:customXmlDelRangeEnd w:customXmlMoveFromRangeStart w:customXmlMoveFromRangeEnd w:customXmlMoveToRangeStart
    w:customXmlMoveToRangeEnd w:customXmlPr w:smartTagPr w:permStart w:permEnd w:proofErr w:tblCaption w:tblDescription
    w:ffData w:fldData w:rsids w:rsid w:altChunk w:subDoc w:docPartPr
    pivotSource x:f x:fileSharing p:custDataLst p:controls p:timing p:transition p:modifyVerifier
"""
_REMOVED: Final = frozenset(_NOT_SEEN.split())
_UNWRAPPED: Final = frozenset({"w:ins", "w:moveTo", "w:customXml", "w:smartTag"})
_NAMED: Final = frozenset(
    {"docPr", "cNvPr", "author", "cmAuthor", "theme", "clrScheme", "fontScheme", "fmtScheme", "cSld"}
)
_TELLING: Final = """
    descr title alt href gfxdata date initials dt codeName tooltip tgtFrame docLocation cm vm activeTab firstSheet
    userId providerId textlink src guid anchorId editId
"""
_DROPPED: Final = frozenset(_TELLING.split())
"""Attributes that say who, when and from where, or that refer to what is left out."""
_EMPTIED: Final = frozenset({"author", "initials", "userId", "providerId"})
_WITHOUT: Final = frozenset({"hyperlink", "pageSetup", "blip", "oleObj", "imagedata", "fill"})
"""Elements that mean something without what they refer to."""
_ELSEWHERE: Final = "A!$A$1"
"""What stands in a chart for the path of a workbook that its numbers came from; the numbers stay."""
_NO_DAY: Final = "2000-01-01T00:00:00.000"


def scrub(root: Any, ids: Mapping[str, str], children: frozenset[str] | None) -> None:
    """Take out of a part all that is not to come along.

    :param ids: the new id of each relationship that comes along, by its old one.
    :param children: which children of the root come along, where not all do.
    """
    if children is not None:
        for child in [one for one in root if word_of(one.tag) not in children]:
            remove(child)
    for element in list(root.iter("{*}extLst")):
        remove(element)
    for element in reversed(list(root.iter("{*}AlternateContent"))):
        _choose(element, ids)
    plain_fields(root)
    _drop_rows(root)
    for element in list(root.iter()):
        _element(element, ids)


def short(tag: str) -> str:
    """Return the name of an element with the letter that the standard uses for its vocabulary."""
    found = _SHORT.search(space_of(tag))
    letter = {"word": "w:", "spreadsheet": "x:", "presentation": "p:"}.get(found[1], "") if found else ""
    return letter + word_of(tag)


def _element(element: Any, ids: Mapping[str, str]) -> None:
    name, word = short(element.tag), word_of(element.tag)
    if not space_of(element.tag).startswith(_SPACES) or name in _REMOVED or word in _REMOVED:
        remove(element)
    elif name in _UNWRAPPED:
        unwrap(element)
    elif not _relate(element, ids):
        remove(element)
    else:
        _attributes(element, word)


def _relate(element: Any, ids: Mapping[str, str]) -> bool:
    """Give an element the new ids of what it refers to; return whether it still means something."""
    for key, value in list(element.attrib.items()):
        if not _refers(key):
            continue
        if value in ids:
            element.set(key, ids[value])
        elif word_of(element.tag) in _WITHOUT:
            del element.attrib[key]
        else:
            return False
    return True


def _refers(key: str) -> bool:
    space = space_of(key)
    return space.endswith("/relationships") or (space.endswith("office:office") and word_of(key) == "relid")


def _attributes(element: Any, word: str) -> None:
    for key in list(element.attrib):
        name = word_of(key)
        foreign = bool(space_of(key)) and not space_of(key).startswith(_SPACES)
        if name == "created":
            element.set(key, _NO_DAY)
        elif name in _EMPTIED and not foreign and word in ("comment", "author", "cmAuthor", "ins", "reply"):
            element.set(key, "")
        elif foreign or name.startswith("rsid") or name in _DROPPED:
            del element.attrib[key]
    for name in ("name", "macro"):
        if name in element.attrib and (word in _NAMED or name == "macro"):
            element.set(name, "")
    if word == "f" and "[" in (element.text or ""):
        element.text = _ELSEWHERE


def _choose(element: Any, ids: Mapping[str, str]) -> None:
    """Keep of the versions of one thing those that are understood and whole, or else the one for older programs."""
    choices = [one for one in element if word_of(one.tag) == "Choice"]
    kept = [one for one in choices if _understood(one) and _is_whole(one, ids)]
    for one in choices:
        if one not in kept:
            remove(one)
    if not kept:
        for fallback in [one for one in element if word_of(one.tag) == "Fallback"]:
            unwrap(fallback)
        unwrap(element)


def _understood(choice: Any) -> bool:
    needed = choice.get("Requires", "").split()
    return bool(needed) and all(str(choice.nsmap.get(one, "")).startswith(_SPACES) for one in needed)


def _is_whole(choice: Any, ids: Mapping[str, str]) -> bool:
    return all(value in ids for one in choice.iter() for key, value in one.attrib.items() if _refers(key))


def _drop_rows(root: Any) -> None:
    """Take out the rows of tables that were deleted, and tables of which no row is left."""
    for mark in list(root.iter("{*}del")):
        properties = mark.getparent()
        if properties is not None and short(properties.tag) == "w:trPr":
            row = properties.getparent()
            table = row.getparent()
            remove(row)
            if table is not None and not any(short(one.tag) == "w:tr" for one in table.iter()):
                remove(table)
