"""What is taken out of the XML of an OpenDocument: who and when, what was deleted, what acts, what no reader sees."""

import re
from collections.abc import Callable
from typing import Any, Final

from reporting.cleaning.office.markup import remove, space_of, unwrap, word_of

Refer = Callable[[str], str | None]
"""Returns the new name of what a document refers to, or nothing where that does not come along."""
_OASIS: Final = "urn:oasis:names:tc:opendocument:xmlns:"
_VOCABULARIES: Final = """
    office:1.0 style:1.0 text:1.0 table:1.0 drawing:1.0 presentation:1.0 xsl-fo-compatible:1.0 datastyle:1.0
    svg-compatible:1.0 chart:1.0 dr3d:1.0
"""
_SPACES: Final = frozenset(_OASIS + one for one in _VOCABULARIES.split()) | {
    "http://www.w3.org/1998/Math/MathML",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/XML/1998/namespace",
}
"""Vocabularies that show something. Dublin Core (who, when), forms, scripts, settings, animations and the extras of one
program stay behind."""
_NOT_SEEN: Final = """
    tracked-changes change change-start change-end scripts event-listeners forms settings binary-data object-ole
    plugin applet floating-frame control script dde-links dde-source dde-connection-decls section-source
    cell-range-source table-source database-ranges named-expressions content-validations data-pilot-tables
    consolidation scenario user-field-decls variable-decls label-ranges desc sound hidden-text
    hidden-paragraph
"""
_REMOVED: Final = frozenset(_NOT_SEEN.split())
_TITLE: Final = f"{{{_OASIS}svg-compatible:1.0}}title"
"""The title of a frame; a chart has a title too, which is seen."""
_TEXT: Final = re.compile(
    r"p|h|span|s|tab|line-break|section|soft-page-break|list.*|note.*|bookmark.*|reference-.*|page-number|page-count"
    r"|page-continuation.*|sequence.*|index-.*|table-of-content.*|alphabetical-index.*|illustration-index.*"
    r"|table-index.*|object-index.*|user-index.*|bibliography.*|outline-.*|ruby.*|linenumbering-.*|numbered-paragraph"
    r"|toc-mark.*"
)
"""What text is made of. Fields outside of this become the words that they show."""
_DROPPED: Final = frozenset(
    {"formula", "protection-key", "rsid", "paragraph-rsid", "connection-resource", "target-frame-name"}
)
_NAMED: Final = frozenset({"frame", "custom-shape", "image", "annotation", "annotation-end", "section", "g", "page"})
_MUST_SHOW: Final = frozenset({"image", "object", "fill-image", "background-image"})


def scrub(root: Any, refer: Refer) -> None:
    """Take out of the contents or styles of a document all that is not to come along."""
    _rename_annotations(root)
    for element in list(root.iter()):
        if space_of(element.tag) not in _SPACES or word_of(element.tag) in _REMOVED or element.tag == _TITLE:
            remove(element)
        elif _is_words(element):
            unwrap(element)
        elif not _relate(element, refer):
            remove(element)
        else:
            _attributes(element)


def _is_words(element: Any) -> bool:
    """Whether an element only stands around its words: a link, or a field."""
    word, space = word_of(element.tag), space_of(element.tag)
    return word == "a" or (space == f"{_OASIS}text:1.0" and not _TEXT.fullmatch(word))


def _relate(element: Any, refer: Refer) -> bool:
    """Give an element the new name of what it refers to; return whether it still shows something."""
    for key in [key for key in element.attrib if word_of(key) == "href"]:
        if word_of(element.tag) not in _MUST_SHOW:
            del element.attrib[key]
            continue
        name = refer(element.get(key))
        if name is None:
            return False
        element.set(key, name)
    return True


def _attributes(element: Any) -> None:
    for key in list(element.attrib):
        space, word = space_of(key), word_of(key)
        foreign = bool(space) and space not in _SPACES
        if foreign or word in _DROPPED or (word == "id" and space.endswith("XML/1998/namespace")):
            del element.attrib[key]
        elif word == "name" and word_of(element.tag) in _NAMED and not space.endswith("office:1.0"):
            _unname(element, key)


def _unname(element: Any, key: str) -> None:
    """Drop the name of a frame or picture, which often is the name of a file; a section must have one."""
    if word_of(element.tag) in ("section", "page"):
        element.set(key, f"{word_of(element.tag)} {len(list(element.itersiblings(preceding=True)))}")
    else:
        del element.attrib[key]


def _rename_annotations(root: Any) -> None:
    """Count comments instead of naming them, so that the end of each is still found."""
    numbers: dict[str, str] = {}
    name = f"{{{_OASIS}office:1.0}}name"
    for element in list(root.iter("{*}annotation", "{*}annotation-end")):
        if name in element.attrib:
            element.set(name, numbers.setdefault(element.get(name), f"a{len(numbers)}"))
