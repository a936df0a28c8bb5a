"""The library as pages show it: documents in groups, named in the language of the page, and their files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from flask import Response, request
from flask_babel import format_decimal, gettext

from reporting.domain.help.library import AUDIENCES, ENDINGS, KINDS, Kind
from reporting.services.help.library import Kept, part_of, parts_of
from reporting.store.database import Stores, reading
from reporting.web.files import FILE_POLICY
from reporting.web.instance import here
from reporting.web.languages import language, url
from reporting.web.pages import language_names, translated

KIBI = 1024


@dataclass(frozen=True)
class DocumentShown:
    """A document in the words of this page."""

    id: bytes
    title: str
    summary: str
    source: str
    audience: str
    tongue: str
    tongue_name: str
    published_on: date | None
    due_since: date | None
    size: str
    ending: str
    sha256: str
    url: str


@dataclass(frozen=True)
class Group:
    """The documents of one kind."""

    kind: Kind
    name: str
    documents: list[DocumentShown]


def groups(documents: Sequence[Kept]) -> list[Group]:
    """Return documents by kind; in each group those in the language of the page come first."""
    shown = []
    for kind in Kind:
        inside = sorted((one for one in documents if one.facts.kind is kind), key=_order)
        if inside:
            shown.append(Group(kind, translated(KINDS[kind]), [document_shown(one) for one in inside]))
    return shown


def document_shown(one: Kept) -> DocumentShown:
    """Return a document in the words of this page."""
    facts = one.facts
    return DocumentShown(
        one.id,
        facts.title,
        facts.summary,
        facts.source,
        translated(AUDIENCES[facts.audience]),
        facts.language,
        language_names(facts.language),
        facts.published_on,
        facts.review_on if one.due else None,
        size_shown(one.size),
        ENDINGS[one.type].upper(),
        one.sha256,
        url("library.file", document_id=one.id, name=name_of(one)),
    )


def size_shown(size: int) -> str:
    """Return a size in the words of this language."""
    if size < KIBI * KIBI:
        return str(gettext("%(number)s KB", number=format_decimal(max(1, round(size / KIBI)))))
    return str(gettext("%(number)s MB", number=format_decimal(round(size / KIBI / KIBI, 1))))


def name_of(one: Kept) -> str:
    """Return the name of a file: it says nothing of what is in it, and two files do not have the same."""
    return f"document-{one.id.hex()[:4]}.{ENDINGS[one.type]}"


def as_document(one: Kept) -> Response:
    """Answer with the file of a document, part by part, to be kept and not shown in the browser."""
    response = Response(_parts(here().stores, one), mimetype=one.type.value)
    if request.method == "HEAD":
        response = Response(mimetype=one.type.value)
    own = quote(name_of(one).replace("document", gettext("document")))
    response.headers["Content-Disposition"] = f"attachment; filename=\"{name_of(one)}\"; filename*=UTF-8''{own}"
    response.headers["Content-Length"] = str(one.size)
    response.headers["Content-Security-Policy"] = FILE_POLICY
    return response


def _parts(stores: Stores, one: Kept) -> Iterator[bytes]:
    """Yield the file; each part is a unit of its own, so that a slow line holds no connection to the database."""
    for place in parts_of(one):
        with reading(stores) as work:
            part = part_of(work, one, place)
        yield part


def _order(one: Kept) -> tuple[bool, str]:
    return one.facts.language != language(), one.facts.title.casefold()
