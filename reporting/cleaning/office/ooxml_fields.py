"""Fields of a text: what they show stays; only those that count pages and refer within the text stay alive."""

import re
from typing import Any, Final

from reporting.cleaning.office.markup import remove, unwrap, word_of

_ALIVE: Final = re.compile(
    r"\s*(?:PAGE|NUMPAGES|SECTION|SECTIONPAGES|SEQ|REF|PAGEREF|NOTEREF|STYLEREF|TOC)\b[^/:@]*", re.IGNORECASE
)
"""Others fetch files and addresses, start programs, or hold the name of whoever wrote (ECMA-376, part 1, 17.16)."""


class _Field:
    """One field that has begun: the marks that make it, and its instruction, which comes in parts."""

    def __init__(self) -> None:
        self.marks: list[Any] = []
        self.instruction = ""

    def end(self) -> None:
        if not _ALIVE.fullmatch(self.instruction):
            for mark in self.marks:
                remove(mark)


def plain_fields(root: Any) -> None:
    """Turn every field but those into the text that it shows."""
    for simple in list(root.iter("{*}fldSimple")):
        if not any(_ALIVE.fullmatch(value) for key, value in simple.attrib.items() if word_of(key) == "instr"):
            unwrap(simple)
    begun: list[_Field] = []
    for element in list(root.iter("{*}fldChar", "{*}instrText")):
        kind = next((value for key, value in element.attrib.items() if word_of(key) == "fldCharType"), "")
        if kind == "begin" or not begun:
            begun.append(_Field())
        begun[-1].marks.append(element)
        if word_of(element.tag) == "instrText":
            begun[-1].instruction += element.text or ""
        if kind == "end":
            begun.pop().end()
    for field in begun:
        field.instruction = ""
        field.end()
