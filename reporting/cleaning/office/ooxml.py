"""Office files (OOXML): a new package of the parts that show something, found by following what refers to what.

Each part gets a new name and each relationship a new id, so what nothing refers to, and what is said in names, stays
behind.
"""

import posixpath
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote
from xml.sax.saxutils import quoteattr

from reporting.cleaning.answer import Cleaned, NotReadable
from reporting.cleaning.office.markup import parse, word_of, written
from reporting.cleaning.office.members import Members, pack
from reporting.cleaning.office.ooxml_parts import CHILDREN, FOLDERS, IMAGE, MAIN, PARTS, kind_of
from reporting.cleaning.office.ooxml_scrub import scrub
from reporting.cleaning.office.ooxml_sheets import nameless_comments, number_people, only_used_strings, used_strings
from reporting.cleaning.office.pictures import ending, picture

_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_RELATIONSHIPS: Final = "application/vnd.openxmlformats-package.relationships+xml"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ROOT: Final = "officeDocument"


@dataclass(frozen=True)
class Relationship:
    """What a part refers to: by which id, as what, and where it stands in the package."""

    id: str
    type: str
    kind: str
    part: str


@dataclass
class Package:
    """A package on its way to its copy."""

    members: Members
    folder: str
    names: dict[str, str] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    written: dict[str, bytes] = field(default_factory=dict)
    waiting: deque[tuple[str, str]] = field(default_factory=deque)
    waiting_for_sheets: deque[tuple[str, str]] = field(default_factory=deque)
    strings: set[int] = field(default_factory=set)
    people: dict[str, str] = field(default_factory=dict)


def clean(content: bytes, media: str) -> Cleaned:
    """Return an Office file that shows the same.

    :raises NotReadable: it cannot be parsed, is locked, or is of another kind than it seems.
    :raises TooMuch: it has more members, bytes or pixels than are taken apart.
    """
    package = Package(Members(content), FOLDERS[media])
    main = next((one for one in _relationships(package, "") if one.kind == _ROOT), None)
    if main is None:
        raise NotReadable
    word, content_type = MAIN[package.folder]
    _take(package, main.part, word, f"{package.folder}/{word}.xml", content_type)
    while waiting := package.waiting or package.waiting_for_sheets:
        _part(package, *waiting.popleft())
    return Cleaned(pack(_members(package)), media)


def _take(package: Package, part: str, kind: str, name: str, content_type: str) -> None:
    """Name a part and let it wait: the strings of a workbook until it is known which of them its sheets use."""
    package.names[part] = name
    package.types[name] = content_type
    (package.waiting_for_sheets if kind == "sharedStrings" else package.waiting).append((part, kind))


def _part(package: Package, part: str, kind: str) -> None:
    """Write one part without what is not to come along, and its relationships."""
    root = parse(package.members.read(part))
    kept = [one for one in _relationships(package, part) if _comes_along(package, one)]
    ids = {one.id: f"rId{number}" for number, one in enumerate(kept, 1)}
    scrub(root, ids, CHILDREN.get((package.folder, kind)))
    if package.folder == "xl":
        _sheet(package, root, kind)
    elif kind.startswith("modern"):
        number_people(root, package.people)
    name = package.names[part]
    package.written[name] = written(root)
    if kept:
        lines = (_relationship(ids[one.id], one.type, package.names[one.part]) for one in kept)
        folder, _, file = name.rpartition("/")
        package.written[f"{folder}/_rels/{file}.rels"] = _list(lines)


def _sheet(package: Package, root: Any, kind: str) -> None:
    if kind == "worksheet":
        package.strings |= used_strings(root)
    elif kind == "sharedStrings":
        only_used_strings(root, package.strings)
    elif kind == "comments":
        nameless_comments(root)


def _comes_along(package: Package, one: Relationship) -> bool:
    """Give a part its new name when something refers to it for the first time."""
    content_type = IMAGE if one.kind == IMAGE else PARTS[package.folder].get(one.kind)
    if one.part in package.names or content_type is None or one.part not in package.members:
        return content_type is not None and one.part in package.names
    number = len(package.names)
    if one.kind == IMAGE:
        cleaned = picture(package.members.read(one.part))
        if cleaned is None:
            return False
        name = f"{package.folder}/media/image{number}.{ending(cleaned)}"
        package.names[one.part] = name
        package.types[name] = cleaned.type
        package.written[name] = cleaned.content
        return True
    word = one.kind.replace(" ", "_")
    suffix = "vml" if one.kind == "vmlDrawing" else "xml"
    _take(package, one.part, one.kind, f"{package.folder}/{word}{number}.{suffix}", content_type)
    return True


def _relationships(package: Package, part: str) -> Iterator[Relationship]:
    """Yield what a part refers to inside of the package; what lies outside is not looked at."""
    folder, _, file = part.rpartition("/")
    place = posixpath.join(folder, "_rels", f"{file}.rels")
    if place not in package.members:
        return
    for one in parse(package.members.read(place)):
        target, kind = one.get("Target", ""), kind_of(one.get("Type", ""))
        if word_of(one.tag) != "Relationship" or one.get("TargetMode", "Internal") != "Internal" or not kind:
            continue
        found = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
        yield Relationship(one.get("Id", ""), one.get("Type", ""), kind, found)


def _relationship(number: str, kind: str, name: str) -> str:
    return f'<Relationship Id="{number}" Type={quoteattr(kind)} Target="/{name}"/>'


def _list(lines: Iterator[str]) -> bytes:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'.encode()


def _members(package: Package) -> Iterator[tuple[str, bytes]]:
    main = f"{package.folder}/{MAIN[package.folder][0]}.xml"
    types = "".join(
        f'<Override PartName="/{name}" ContentType={quoteattr(kind)}/>' for name, kind in package.types.items()
    )
    default = f'<Default Extension="rels" ContentType="{_RELATIONSHIPS}"/>'
    listed = f'<Types xmlns="{_PACKAGE}/content-types">{default}{types}</Types>'
    yield "[Content_Types].xml", listed.encode()
    yield "_rels/.rels", _list(iter([_relationship("rId1", f"{_OFFICE}/{_ROOT}", main)]))
    yield from package.written.items()
