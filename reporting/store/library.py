"""The library: what is said of each document, its file in parts, and the fingerprints of the files before it."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Date, ForeignKey, Integer, LargeBinary, String, Text, delete, func, select
from sqlalchemy.orm import Mapped, Session

from reporting.store.columns import DataClass, column
from reporting.store.database import Base

KEEP = "while the document stands in the library"
PART = 256 * 1024
"""Bytes of a file in one row: what is in memory at once while somebody fetches it."""


class Document(Base):
    """What an editor says of a document, and what its file is."""

    __tablename__ = "documents"

    id: Mapped[bytes] = column(
        LargeBinary(16), primary_key=True, holds=DataClass.PUBLIC, purpose="names the document", keep=KEEP
    )
    title: Mapped[str] = column(String(200), holds=DataClass.PUBLIC, purpose="its title", keep=KEEP)
    summary: Mapped[str] = column(Text, holds=DataClass.PUBLIC, purpose="what is in it", keep=KEEP)
    source: Mapped[str] = column(String(200), holds=DataClass.PUBLIC, purpose="who published it", keep=KEEP)
    kind: Mapped[str] = column(String(20), holds=DataClass.PUBLIC, purpose="what it is", keep=KEEP)
    audience: Mapped[str] = column(String(20), holds=DataClass.PUBLIC, purpose="for whom it is", keep=KEEP)
    language: Mapped[str] = column(String(3), holds=DataClass.PUBLIC, purpose="its language", keep=KEEP)
    published_on: Mapped[date | None] = column(
        Date, holds=DataClass.PUBLIC, purpose="the day on which it was published", keep=KEEP
    )
    review_on: Mapped[date] = column(
        Date, index=True, holds=DataClass.PUBLIC, purpose="the last day before it is due for review", keep=KEEP
    )
    version: Mapped[int] = column(Integer, holds=DataClass.PUBLIC, purpose="which file it is by now", keep=KEEP)


class DocumentVersion(Base):
    """A file that a document has or had: its type, size and SHA-256, also after another took its place."""

    __tablename__ = "document_versions"

    document_id: Mapped[bytes] = column(
        ForeignKey("documents.id"), primary_key=True, holds=DataClass.PUBLIC, purpose="the document", keep=KEEP
    )
    number: Mapped[int] = column(
        Integer, primary_key=True, autoincrement=False, holds=DataClass.PUBLIC, purpose="which file it is", keep=KEEP
    )
    media_type: Mapped[str] = column(
        String(80), holds=DataClass.PUBLIC, purpose="what the content of the file is", keep=KEEP
    )
    size: Mapped[int] = column(Integer, holds=DataClass.PUBLIC, purpose="bytes of the file", keep=KEEP)
    digest: Mapped[bytes] = column(
        LargeBinary(32), holds=DataClass.PUBLIC, purpose="SHA-256 of the file, to compare", keep=KEEP
    )
    since: Mapped[date] = column(Date, holds=DataClass.PUBLIC, purpose="the day on which it was put here", keep=KEEP)


class DocumentPart(Base):
    """A part of the file that a document has now."""

    __tablename__ = "document_parts"

    document_id: Mapped[bytes] = column(
        ForeignKey("documents.id"), primary_key=True, holds=DataClass.PUBLIC, purpose="the document", keep=KEEP
    )
    number: Mapped[int] = column(
        Integer,
        primary_key=True,
        autoincrement=False,
        holds=DataClass.PUBLIC,
        purpose="of which of its files",
        keep="until another file takes its place",
    )
    place: Mapped[int] = column(
        Integer,
        primary_key=True,
        autoincrement=False,
        holds=DataClass.PUBLIC,
        purpose="which part of the file it is",
        keep="until another file takes its place",
    )
    content: Mapped[bytes] = column(
        LargeBinary, holds=DataClass.PUBLIC, purpose="the bytes", keep="until another file takes its place"
    )


def all_documents(session: Session) -> Sequence[tuple[Document, DocumentVersion]]:
    """Return every document with the file that it has now, those that are due first."""
    query = select(Document, DocumentVersion).join(DocumentVersion, DocumentVersion.document_id == Document.id)
    query = query.where(DocumentVersion.number == Document.version)
    return [
        (row[0], row[1]) for row in session.execute(query.order_by(Document.review_on, Document.title, Document.id))
    ]


def count_documents(session: Session) -> int:
    """Return how many documents there are."""
    return session.scalar(select(func.count()).select_from(Document)) or 0


def lock_document(session: Session, document_id: bytes) -> Document | None:
    """Return the document with this id, locked until the unit ends."""
    return session.scalar(select(Document).where(Document.id == document_id).with_for_update())


def find_document(session: Session, document_id: bytes) -> Document | None:
    """Return the document with this id."""
    return session.get(Document, document_id)


def versions_of(session: Session, document_id: bytes) -> Sequence[DocumentVersion]:
    """Return the files that a document has and had, the newest first."""
    query = select(DocumentVersion).where(DocumentVersion.document_id == document_id)
    return session.scalars(query.order_by(DocumentVersion.number.desc())).all()


def find_part(session: Session, document_id: bytes, number: int, place: int) -> bytes | None:
    """Return one part of a file, or nothing where another file has taken its place."""
    known = (DocumentPart.document_id == document_id, DocumentPart.number == number, DocumentPart.place == place)
    return session.scalar(select(DocumentPart.content).where(*known))


def put_parts(session: Session, document_id: bytes, number: int, content: bytes) -> None:
    """Keep a file in parts, and destroy the parts of those before it."""
    session.execute(delete(DocumentPart).where(DocumentPart.document_id == document_id))
    for place, start in enumerate(range(0, len(content), PART)):
        part = content[start : start + PART]
        session.add(DocumentPart(document_id=document_id, number=number, place=place, content=part))
        session.flush()


def remove_document(session: Session, document_id: bytes) -> None:
    """Destroy a document with its file and what was known of those before it."""
    for table in (DocumentPart, DocumentVersion):
        session.execute(delete(table).where(table.document_id == document_id))
    session.execute(delete(Document).where(Document.id == document_id))
