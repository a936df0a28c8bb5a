"""OpenDocument: a new package of the contents, the styles, the pictures, and the charts and formulas within."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from reporting.cleaning.answer import Cleaned, NotReadable
from reporting.cleaning.office.markup import parse, space_of, word_of, written
from reporting.cleaning.office.members import Members, pack
from reporting.cleaning.office.opendocument_scrub import scrub
from reporting.cleaning.office.pictures import ending, picture

_MANIFEST: Final = "META-INF/manifest.xml"
_MANIFESTS: Final = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_OFFICE: Final = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_BODIES: Final = {
    "text": "text",
    "spreadsheet": "spreadsheet",
    "presentation": "presentation",
    "chart": "chart",
    "drawing": "graphics",
}
_FORMULA: Final = "application/vnd.oasis.opendocument.formula"
_MOST_WITHIN: Final = 200


@dataclass
class Package:
    """A document on its way to its copy; `names` says what became of what it refers to (nothing: left out)."""

    members: Members
    names: dict[str, str | None] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    written: dict[str, bytes] = field(default_factory=dict)


def clean(content: bytes, media: str) -> Cleaned:
    """Return an OpenDocument that shows the same.

    :raises NotReadable: it cannot be parsed or is locked.
    :raises TooMuch: it has more members, bytes or pixels than are taken apart.
    """
    package = Package(Members(content))
    _check_open(package.members)
    _document(package, "", "")
    package.types = {"/": media} | package.types
    members = (("mimetype", media.encode()), *package.written.items(), (_MANIFEST, _manifest(package.types)))
    return Cleaned(pack(members), media)


def _check_open(members: Members) -> None:
    """Refuse what is locked: members that only a passphrase opens are named in the manifest."""
    if _MANIFEST in members and any(True for _ in parse(members.read(_MANIFEST)).iter("{*}encryption-data")):
        raise NotReadable


def _document(package: Package, source: str, target: str) -> str:
    """Write the contents and the styles of a document, or of one within it, and return its media type."""
    kind = ""
    for part in ("content.xml", "styles.xml"):
        if source + part not in package.members:
            continue
        root = parse(package.members.read(source + part))
        kind = kind or _kind(root)
        scrub(root, lambda reference: _refer(package, source, target, reference))
        package.written[target + part] = written(root)
        package.types[target + part] = "text/xml"
    if target + "content.xml" not in package.written:
        raise NotReadable
    return kind


def _kind(root: Any) -> str:
    """Return the media type of a document by what its body is."""
    body = next(root.iter(f"{{{_OFFICE}}}body"), None)
    found = next((word_of(one.tag) for one in body if space_of(one.tag) == _OFFICE), "") if body is not None else ""
    return f"application/vnd.oasis.opendocument.{_BODIES[found]}" if found in _BODIES else _FORMULA


def _refer(package: Package, source: str, target: str, reference: str) -> str | None:
    """Return the new name of what a document refers to, relative to it; nothing where that does not come along."""
    found = posixpath.normpath(posixpath.join(source, reference))
    if found not in package.names:
        package.names[found] = None  # also for what refers to itself
        if f"{found}/content.xml" in package.members:
            package.names[found] = _within(package, found)
        elif found in package.members:
            package.names[found] = _picture(package, found)
    name = package.names[found]
    return (f"../{name}" if target else name) if name else None


def _within(package: Package, found: str) -> str | None:
    number = len(package.names)
    if number > _MOST_WITHIN:
        return None
    name = f"Object {number}"
    kind = _document(package, f"{found}/", f"{name}/")
    package.types[f"{name}/"] = kind
    return name


def _picture(package: Package, found: str) -> str | None:
    cleaned = picture(package.members.read(found))
    if cleaned is None:
        return None
    name = f"Pictures/{len(package.names)}.{ending(cleaned)}"
    package.written[name] = cleaned.content
    package.types[name] = cleaned.type
    return name


def _manifest(types: dict[str, str]) -> bytes:
    return b"".join(_lines(types))


def _lines(types: dict[str, str]) -> Iterator[bytes]:
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<m:manifest xmlns:m="{_MANIFESTS}" m:version="1.2">'.encode()
    for name, kind in types.items():
        yield f'<m:file-entry m:full-path="{name}" m:media-type="{kind}"/>'.encode()
    yield b"</m:manifest>"
