"""The library: what a document is about, for whom it is, which files are taken, and when one is due for review."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from reporting.domain.words import N_, is_language

LARGEST_FILE: Final = 10 * 1024 * 1024
"""Bytes of one file."""
LONGEST_LINE: Final = 200
LONGEST_SUMMARY: Final = 600
LONGEST_SEARCH: Final = 60
MOST_DOCUMENTS: Final = 300
"""The shelf is one page; more than this nobody could read through on it."""


class Kind(StrEnum):
    """What a document is; the shelf stands in this order."""

    GUIDE = "guide"
    POLICY = "policy"
    LAW = "law"
    FORM = "form"
    TRAINING = "training"
    REPORT = "report"
    POSTER = "poster"
    OTHER = "other"


KINDS: Final[Mapping[Kind, str]] = {
    Kind.GUIDE: N_("Guides"),
    Kind.POLICY: N_("Policies and rules"),
    Kind.LAW: N_("Laws"),
    Kind.FORM: N_("Forms"),
    Kind.TRAINING: N_("For training"),
    Kind.REPORT: N_("Reports and studies"),
    Kind.POSTER: N_("Posters and cards"),
    Kind.OTHER: N_("Other documents"),
}


class Audience(StrEnum):
    """For whom a document was written."""

    ANYONE = "anyone"
    SURVIVORS = "survivors"
    WITNESSES = "witnesses"
    MANAGERS = "managers"
    STAFF = "staff"


AUDIENCES: Final[Mapping[Audience, str]] = {
    Audience.ANYONE: N_("For everybody"),
    Audience.SURVIVORS: N_("For people to whom something happened"),
    Audience.WITNESSES: N_("For people who saw or heard something"),
    Audience.MANAGERS: N_("For managers"),
    Audience.STAFF: N_("For all staff"),
}


class FileType(StrEnum):
    """The files that are taken, by the media type under which they are served (IANA)."""

    PDF = "application/pdf"
    TEXT = "text/plain"
    ODT = "application/vnd.oasis.opendocument.text"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    EPUB = "application/epub+zip"
    PNG = "image/png"
    JPEG = "image/jpeg"


ENDINGS: Final[Mapping[FileType, str]] = {
    FileType.PDF: "pdf",
    FileType.TEXT: "txt",
    FileType.ODT: "odt",
    FileType.DOCX: "docx",
    FileType.EPUB: "epub",
    FileType.PNG: "png",
    FileType.JPEG: "jpg",
}
"""How the name of a served file ends; the name that it was uploaded under is never kept."""


@dataclass(frozen=True)
class DocumentFacts:
    """What an editor says of a document; all of it is public.

    :param source: who published it.
    :param language: ISO 639 code in small letters.
    :param review_on: the last day on which it counts as looked at.
    """

    title: str
    source: str
    kind: Kind
    audience: Audience
    language: str
    review_on: date
    summary: str = ""
    published_on: date | None = None


def fits(facts: DocumentFacts) -> bool:
    """Return whether these facts can be kept."""
    lines_fit = all(0 < len(line.strip()) <= LONGEST_LINE for line in (facts.title, facts.source))
    return lines_fit and len(facts.summary) <= LONGEST_SUMMARY and is_language(facts.language)


def is_due(review_on: date, today: date) -> bool:
    """Return whether the day of review has passed: on the day itself there is still time."""
    return today > review_on
