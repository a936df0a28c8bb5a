"""XML from a stranger: parsed without entities, without a document type, without anything from elsewhere."""

from typing import Any

from lxml import etree

from reporting.cleaning.answer import NotReadable


def parse(data: bytes) -> Any:
    """Return the root element, without comments and processing instructions.

    :raises NotReadable: it is not well-formed, too deep or too long for the parser, or has a document type.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, AssertionError):
        raise NotReadable from None
    if root is None or root.getroottree().docinfo.doctype:
        raise NotReadable
    return root


def written(root: Any) -> bytes:
    """Return the bytes of an element and what is in it."""
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def space_of(tag: str) -> str:
    """Return the namespace of the name of an element or attribute."""
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


def word_of(tag: str) -> str:
    """Return the name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2]


def remove(element: Any) -> None:
    """Take an element out with all that is in it; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    _add_text(parent, parent.index(element), element.tail)
    parent.remove(element)


def unwrap(element: Any) -> None:
    """Put what is in an element into its place."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    _add_text(parent, at, element.text)
    children = list(element)
    for offset, child in enumerate(children):
        parent.insert(at + offset, child)
    _add_text(parent, at + len(children), element.tail)
    parent.remove(element)


def _add_text(parent: Any, at: int, text: str | None) -> None:
    """Add text in front of the child at this place."""
    if not text:
        return
    if at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
