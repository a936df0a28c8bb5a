"""What is in the archive of an export: the document, each thing, the files of evidence, their custody, and the hashes.

Every name is made here, and none is what a file was called: a name from outside can lead out of a folder, or tell
whoever sees the list of an archive what it is about.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reporting.crypto.archive import Part
from reporting.services.evidence.custody import CustodyLine
from reporting.services.file.export import Taken
from reporting.services.file.export_files import TakenFile, TakenPiece
from reporting.services.file.listing import Listed


def parts_of(taken: Taken, paper: bytes) -> Iterator[Part]:
    """Yield the files of an archive, each to be read before the next: the last lists the SHA-256 of all of them."""
    sums: list[str] = []
    for part in _parts(taken, paper):
        yield Part(part.name, part.size, _summed(part, sums), part.is_packed)
    yield _whole("SHA256SUMS", "".join(f"{line}\n" for line in sums).encode())


def _parts(taken: Taken, paper: bytes) -> Iterator[Part]:
    yield _whole("file.pdf", paper)
    for place, one in enumerate(taken.items, 1):
        yield _whole(f"items/{place:04}.json", _item(one))
    if taken.identity is not None:
        yield _whole("items/identity.json", taken.identity.to_bytes())
    pieces = [(place, taken.pieces[one.id]) for place, one in enumerate(taken.items, 1) if one.id in taken.pieces]
    if pieces:
        yield _whole("custody.json", _json([_custody(place, piece) for place, piece in pieces]))
    for place, piece in pieces:
        for file in piece.files:
            yield Part(name_of(place, file), file.opener.length, file.opener.chunks(), is_packed=False)


def name_of(place: int, file: TakenFile) -> str:
    """Return what a file is called in the archive: the number of its item, what it is, and its kind."""
    return f"files/{place:04}-{file.role}.{file.ending}"


def _custody(place: int, piece: TakenPiece) -> Mapping[str, Any]:
    """Return what is known of a piece; `record` is its name in the record of the house, which is a commitment."""
    return {
        "item": f"items/{place:04}.json",
        "files": [name_of(place, file) for file in piece.files],
        "sha256": piece.evidence.digest,
        "record": piece.evidence.custody_ref.hex(),
        "custody": [_line(line) for line in piece.custody],
    }


def _line(line: CustodyLine) -> Mapping[str, str]:
    return {"day": line.day.isoformat(), "action": line.action.value, "who": line.who}


def _item(one: Listed) -> bytes:
    body = {"id": one.id.hex(), "what": one.code, "day": one.day, "author": one.author}
    return _json({**body, "content": json.loads(one.content)})


def _json(body: Any) -> bytes:
    return json.dumps(body, ensure_ascii=False, indent=1).encode()


def _whole(name: str, content: bytes) -> Part:
    return Part(name, len(content), [content])


def _summed(part: Part, sums: list[str]) -> Iterable[bytes]:
    digest = hashlib.sha256()
    for piece in part.pieces:
        digest.update(piece)
        yield piece
    sums.append(f"{digest.hexdigest()}  {part.name}")
