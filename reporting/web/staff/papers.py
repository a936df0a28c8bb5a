"""Documents that leave the house, in the words of this language, and the answer that carries one."""

from collections.abc import Mapping, Sequence
from datetime import date

from flask_babel import gettext

from reporting.domain.sealed.disclosure import Identity
from reporting.services.evidence.custody import CustodyLine
from reporting.services.file.export_files import TakenPiece
from reporting.services.file.listing import Listed
from reporting.services.file.paper import Document, Section, make_pdf
from reporting.web.addresses import reference_of
from reporting.web.instance import here
from reporting.web.languages import language
from reporting.web.pages import format_day, translated
from reporting.web.staff.listing import title_of
from reporting.web.staff.pages import me
from reporting.web.staff.record_words import words_of


def paper_of(
    case_id: bytes,
    for_whom: str,
    day: date,
    items: Sequence[Listed],
    identity: Identity | None,
    pieces: Mapping[bytes, TakenPiece],
) -> bytes:
    """Return a document with these things, marked on each page with who took it out, for whom, and which day.

    :param pieces: of the evidence among the things, by their ids, what happened to each.
    :raises NoLetters: no font of this server has some of its letters.
    """
    mark = "\n".join(
        [
            gettext("Taken out by %(name)s", name=me().display_name),
            gettext("for %(name)s", name=" ".join(for_whom.split())),
            format_day(day),
        ]
    )
    sections = [
        Section(title_of(one.named, one.author, one.number), _paragraphs(one, pieces.get(one.id))) for one in items
    ]
    if identity is not None:
        said = [(one.wording, one.text) for one in identity.answers if one.says_something]
        sections.append(Section(gettext("What the reporter wrote about themselves"), said))
    title = gettext("Case %(reference)s", reference=reference_of(case_id))
    return make_pdf(Document(title, mark, day, language(), sections), here().settings.fonts)


def _paragraphs(one: Listed, piece: TakenPiece | None) -> list[tuple[str, str]]:
    said = [(passage.label, passage.text) for passage in one.passages]
    if piece is None:
        return said
    lines = [_custody_line(line) for line in piece.custody]
    known_as = (gettext("Its name in the record of this house"), piece.evidence.custody_ref.hex())
    return [*said, known_as, (gettext("What happened to it"), "\n".join(lines))]


def _custody_line(line: CustodyLine) -> str:
    said = translated(words_of(line.action))
    return " · ".join(part for part in (format_day(line.day), said, line.who) if part)
