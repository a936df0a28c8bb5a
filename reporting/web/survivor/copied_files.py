"""What her own copy says of what she added: each piece with its receipt, what happened to it, and what that proves."""

from dataclasses import dataclass

from reporting.services.evidence.custody import custody_in
from reporting.services.evidence.pieces import pieces_in
from reporting.store.database import reading
from reporting.web.instance import here
from reporting.web.survivor.her_case import HerCase
from reporting.web.survivor.ledger import Entry
from reporting.web.survivor.pieces import PieceShown, custody_entries, piece_shown


@dataclass(frozen=True)
class CopiedFile:
    """A piece in her copy: `code` opens what the record of the house says of it, which stands there as `recorded`."""

    piece: PieceShown
    fingerprint: str
    code: str
    recorded: str
    custody: list[Entry]


def copied_files(case: HerCase) -> list[CopiedFile]:
    """Return what she added, in its order, opened from her own keys; no key of a file is in it."""
    opened, house = case.page.opened, here().house
    with reading(here().stores) as work:
        pieces = pieces_in(work, opened)
        custody = custody_in(work, house, [one.evidence for one in pieces], opened.id)
    return [
        CopiedFile(
            piece_shown(one, ""),
            one.evidence.digest,
            one.evidence.salt,
            one.evidence.custody_ref.hex(),
            custody_entries(lines),
        )
        for one, lines in zip(pieces, custody, strict=True)
    ]
