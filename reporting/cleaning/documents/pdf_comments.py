"""What is written and stamped onto a page: what is seen of it stays, who did it and when does not."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from pikepdf import Array, Dictionary, Name, Stream

from reporting.cleaning.documents.pdf_objects import Copier

MOST: Final = 5_000
"""How many comments of one page come along."""
_KINDS: Final = """
Text FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Stamp Caret Ink Widget
Watermark Redact
"""
"""Kinds that show something. A link, a sound, a film and an attached file do something, and stay behind."""
_SEEN: Final = frozenset(f"/{kind}" for kind in _KINDS.split())
_KEPT: Final = "Rect Contents F Border BS BE C IC CA QuadPoints InkList Vertices L LE LL LLE CO DA Q RD Sy Name"
_KEYS: Final = tuple(_KEPT.split(" "))
_INNER: Final = frozenset({"BS", "BE"})
_HIDDEN: Final = 0b10_0010
"""Flags of a comment that is not to be seen: Hidden and NoView (ISO 32000-2, table 167)."""


def comments(copier: Copier, page: Any) -> Iterator[Dictionary]:
    """Yield the comments and filled-in fields of a page that can be seen, made anew."""
    found = page.get("/Annots")
    for one in list(found)[:MOST] if isinstance(found, Array) else ():
        if isinstance(one, Dictionary) and _is_seen(copier, one):
            yield _comment(copier, one)


def _is_seen(copier: Copier, one: Any) -> bool:
    flags = one.get("/F", 0)
    hidden = isinstance(flags, int) and bool(flags & _HIDDEN)
    return one.get("/Subtype") in _SEEN and not hidden and not copier.hides(one)


def _comment(copier: Copier, one: Any) -> Dictionary:
    """Return a comment; a field of a form becomes what it looks like, as a stamp."""
    kind = "/Stamp" if one.get("/Subtype") == "/Widget" else str(one.get("/Subtype"))
    made = Dictionary(Type=Name.Annot, Subtype=Name(kind))
    for key in _KEYS:
        value = one.get(f"/{key}")
        if isinstance(value, Dictionary) and key not in _INNER:
            continue
        value = _border(value) if key in _INNER else copier.copy(value)
        if value is not None:
            made[f"/{key}"] = value
    looks = _looks(one)
    if looks is not None:
        made["/AP"] = Dictionary(N=copier.copy(looks))
    return made


def _border(value: Any) -> Dictionary | None:
    if not isinstance(value, Dictionary):
        return None
    made = Dictionary()
    for key in ("/W", "/S", "/I"):
        plain: Any = value.get(key)
        if isinstance(plain, int | Decimal):
            made[key] = plain
        elif isinstance(plain, Name):
            made[key] = Name(str(plain))
    return made


def _looks(one: Any) -> Any:
    """Return the one appearance in which a comment or a field is shown."""
    looks: Any = one.get("/AP")
    normal: Any = looks.get("/N") if isinstance(looks, Dictionary) else None
    if isinstance(normal, Dictionary):
        state = one.get("/AS")
        normal = normal.get(str(state)) if isinstance(state, Name) else None
    return normal if isinstance(normal, Stream) else None
