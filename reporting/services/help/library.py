"""The library: documents that anyone may read, kept by a directory editor. Every change stands in the record."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from reporting.domain.casework.search import fold
from reporting.domain.help.library import (
    MOST_DOCUMENTS,
    Audience,
    DocumentFacts,
    FileType,
    Kind,
    fits,
    is_due,
)
from reporting.domain.oversight.audit import StaffEvent
from reporting.policy import Permission, allowed
from reporting.services.actors import StaffMember
from reporting.services.errors import NotAllowed, NotAName, NotFound
from reporting.services.help.file_types import File
from reporting.services.house import House
from reporting.services.oversight.audit import record_staff
from reporting.store.database import Work
from reporting.store.library import (
    PART,
    Document,
    DocumentVersion,
    all_documents,
    count_documents,
    find_document,
    find_part,
    lock_document,
    put_parts,
    remove_document,
    versions_of,
)


class LibraryFull(NotAllowed):
    """There are as many documents as one page can show; one has to go before another comes."""


@dataclass(frozen=True)
class Kept:
    """A document as it stands in the library."""

    id: bytes
    facts: DocumentFacts
    version: int
    type: FileType
    size: int
    sha256: str
    due: bool


@dataclass(frozen=True)
class Earlier:
    """A file that a document had before."""

    number: int
    sha256: str
    since: date


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; '' is everything.

    :param words: each of them has to stand somewhere in what is said of a document.
    :param source: as `source_key` names it.
    :param current: leave out what is due for review.
    """

    words: str = ""
    kind: str = ""
    audience: str = ""
    language: str = ""
    source: str = ""
    current: bool = False


def add_document(work: Work, house: House, actor: StaffMember, facts: DocumentFacts, file: File) -> bytes:
    """Put a document into the library and return its id.

    :raises NotAName: a fact is missing or too long.
    :raises LibraryFull: there is no room.
    """
    _check(actor, facts)
    if count_documents(work.main) >= MOST_DOCUMENTS:
        raise LibraryFull
    document = Document(id=secrets.token_bytes(16), version=1, **asdict(facts))
    work.main.add(document)
    work.main.flush()
    _put_file(work, house, document, file)
    record_staff(work, house, StaffEvent.DOCUMENT_ADDED, actor_id=actor.staff_id)
    return document.id


def change_document(work: Work, house: House, actor: StaffMember, document_id: bytes, facts: DocumentFacts) -> None:
    """Change what is said of a document; a later day of review says that somebody has looked."""
    _check(actor, facts)
    document = _locked(work, document_id)
    for name, value in asdict(facts).items():
        setattr(document, name, value)
    record_staff(work, house, StaffEvent.DOCUMENT_CHANGED, actor_id=actor.staff_id)


def replace_file(work: Work, house: House, actor: StaffMember, document_id: bytes, file: File) -> None:
    """Let another file take the place of the one there is; its bytes are gone, its SHA-256 stays."""
    _check(actor)
    document = _locked(work, document_id)
    document.version += 1
    _put_file(work, house, document, file)
    record_staff(work, house, StaffEvent.DOCUMENT_REPLACED, actor_id=actor.staff_id)


def take_out(work: Work, house: House, actor: StaffMember, document_id: bytes) -> None:
    """Remove a document and every byte of it."""
    _check(actor)
    _locked(work, document_id)
    record_staff(work, house, StaffEvent.DOCUMENT_REMOVED, actor_id=actor.staff_id)
    remove_document(work.main, document_id)


def shelf(work: Work, house: House) -> list[Kept]:
    """Return every document, those due for review first, the longest due before the others."""
    return [_kept(house, document, file) for document, file in all_documents(work.main)]


def document_of(work: Work, house: House, document_id: bytes) -> Kept:
    """Return one document.

    :raises NotFound: there is none.
    """
    document = find_document(work.main, document_id)
    if document is None:
        raise NotFound
    return _kept(house, document, versions_of(work.main, document_id)[0])


def earlier_files(work: Work, document_id: bytes) -> Sequence[Earlier]:
    """Return the files that a document had before the present one, the newest first."""
    return [Earlier(one.number, one.digest.hex(), one.since) for one in versions_of(work.main, document_id)[1:]]


def part_of(work: Work, document: Kept, place: int) -> bytes:
    """Return one part of the file of a document.

    :raises NotFound: another file has taken its place meanwhile.
    """
    content = find_part(work.main, document.id, document.version, place)
    if content is None:
        raise NotFound
    return content


def parts_of(document: Kept) -> range:
    """Return the places of the parts of a file."""
    return range(-(-document.size // PART))


def found_in(documents: Sequence[Kept], wanted: Wanted) -> list[Kept]:
    """Return the documents that fit everything that is looked for."""
    return [one for one in documents if _is_wanted(one, wanted)]


def _is_wanted(one: Kept, wanted: Wanted) -> bool:
    facts = one.facts
    said = fold(" ".join([facts.title, facts.summary, facts.source]))
    return (
        all(word in said for word in fold(wanted.words).split())
        and wanted.kind in ("", facts.kind)
        and wanted.audience in ("", facts.audience)
        and wanted.language in ("", facts.language)
        and wanted.source in ("", source_key(facts.source))
        and not (wanted.current and one.due)
    )


def source_key(source: str) -> str:
    """Return a short name for who published something."""
    return hashlib.sha256(source.encode()).hexdigest()[:12]


def _kept(house: House, document: Document, file: DocumentVersion) -> Kept:
    facts = DocumentFacts(
        title=document.title,
        source=document.source,
        kind=Kind(document.kind),
        audience=Audience(document.audience),
        language=document.language,
        review_on=document.review_on,
        summary=document.summary,
        published_on=document.published_on,
    )
    due = is_due(document.review_on, house.today())
    return Kept(document.id, facts, file.number, FileType(file.media_type), file.size, file.digest.hex(), due)


def _put_file(work: Work, house: House, document: Document, file: File) -> None:
    digest = hashlib.sha256(file.content).digest()
    known = {"document_id": document.id, "number": document.version, "since": house.today()}
    work.main.add(DocumentVersion(media_type=file.type.value, size=len(file.content), digest=digest, **known))
    put_parts(work.main, document.id, document.version, file.content)


def _check(actor: StaffMember, facts: DocumentFacts | None = None) -> None:
    if not allowed(actor.role, Permission.KEEP_LIBRARY):
        raise NotFound
    if facts is not None and not fits(facts):
        raise NotAName


def _locked(work: Work, document_id: bytes) -> Document:
    document = lock_document(work.main, document_id)
    if document is None:
        raise NotFound
    return document
