"""Where she adds something: in what she is writing, or in a case of hers. Both take the same pages and forms."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any, Final, Protocol

from reporting.domain.evidence.evidence import Evidence
from reporting.services.errors import NotFound
from reporting.services.evidence import pieces
from reporting.services.evidence.pieces import Piece, pieces_in
from reporting.services.evidence.receiving import Received, add_received
from reporting.services.sealed.sealing import open_case
from reporting.services.survivor import draft_pieces
from reporting.services.survivor.drafts import DraftKey, find_draft
from reporting.store.database import reading, writing
from reporting.web.cookies import DRAFT, read_cookie
from reporting.web.instance import here
from reporting.web.languages import url
from reporting.web.survivor.her_case import HerCase, changing, her, her_cases
from reporting.web.survivor.refs import LENGTH, ref_of
from reporting.web.survivor.visitors import OpenDraft

ALL: Final = "all"


class Place(Protocol):
    """What pages and forms need of the place."""

    @property
    def has_address(self) -> bool:
        """Return whether its pages have an address in this browser; without a cookie each is the answer to a form."""
        ...

    def url(self, name: str, **values: str) -> str:
        """Return the address of one of its pages or forms."""
        ...

    def elsewhere(self, why: str) -> str:
        """Return where to go when the place itself is gone; `why` is a code."""
        ...

    def held(self) -> list[Piece]:
        """Return what is there now."""
        ...

    def ref_of(self, piece_id: bytes) -> str:
        """Return what a piece is called in addresses."""
        ...

    def add(self, piece: Evidence | Received) -> None:
        """Add a piece; raises what its service refuses."""
        ...

    def say(self, piece_id: bytes, says: str) -> None:
        """Change what a piece shows, in her words."""
        ...

    def move(self, piece_id: bytes, *, up: bool) -> None:
        """Put a piece of a talk before or after its neighbour."""
        ...

    def take_away(self, piece_id: bytes) -> None:
        """Destroy the keys of a piece."""
        ...


def find_piece(place: Place, ref: str) -> Piece:
    """Return the piece that a reference means.

    :raises NotFound: it means none that is there.
    """
    for piece in place.held():
        if hmac.compare_digest(place.ref_of(piece.id).encode(), ref.encode()):
            return piece
    raise NotFound


@dataclass(frozen=True)
class InDraft:
    """In what she is writing. `back` is the step that she came from, `all` for the one page, or empty: the check."""

    current: OpenDraft
    back: str

    @property
    def has_address(self) -> bool:
        """Return whether this browser's cookie leads to the draft."""
        return DraftKey.parse(read_cookie(DRAFT)) == self.current.key

    @property
    def leads_to_steps(self) -> bool:
        """Return whether she goes on in the steps or at the check, and not on the one page."""
        return self.back != ALL and self.current.draft.passed

    def url(self, name: str, **values: str) -> str:
        """Return the address of a page or form."""
        return url(f"files.writing_{name}", back=self.back or None, **values)

    def elsewhere(self, why: str) -> str:
        """Return the page that says that nothing is being written."""
        return self.url("all", why=why)

    def held(self) -> list[Piece]:
        """Return what waits in the draft; its salt is the id of a piece."""
        with reading(here().stores) as work:
            draft = find_draft(work, here().house, self.current.key)
        found = [Piece(bytes.fromhex(one.salt), one) for one in draft.evidence] if draft else []
        return sorted(found, key=lambda piece: piece.evidence.position)

    def ref_of(self, piece_id: bytes) -> str:
        """Return what a piece is called: nothing that stays is in a browser's history."""
        return hmac.digest(self.current.key.value, b"harbour file ref v1" + piece_id, hashlib.sha256).hex()[:LENGTH]

    def add(self, piece: Evidence | Received) -> None:
        """Add a piece."""
        with writing(here().stores) as work:
            draft_pieces.add_to_draft(work, here().house, self.current.key, piece, here().settings.most_of_all)

    def say(self, piece_id: bytes, says: str) -> None:
        """Change what a piece shows."""
        with writing(here().stores) as work:
            draft_pieces.say_in_draft(work, here().house, self.current.key, piece_id.hex(), says)

    def move(self, piece_id: bytes, *, up: bool) -> None:
        """Put a piece of a talk before or after its neighbour."""
        with writing(here().stores) as work:
            draft_pieces.move_in_draft(work, here().house, self.current.key, piece_id.hex(), up=up)

    def take_away(self, piece_id: bytes) -> None:
        """Destroy the keys of a piece."""
        with writing(here().stores) as work:
            draft_pieces.take_from_draft(work, here().house, self.current.key, piece_id.hex())


@dataclass(frozen=True)
class InCase:
    """In a case of hers."""

    case: HerCase
    has_address: bool = True

    def url(self, name: str, **values: str) -> str:
        """Return the address of a page or form."""
        return url(f"files.hers_{name}", ref=self.case.ref, **values)

    def elsewhere(self, why: str) -> str:
        """Return the list of what her token opens, or where tokens are asked for if it opens nothing any more."""
        try:
            return url("follow.pages", why=why) if her_cases() else url("follow.enter", why=why)
        except NotFound:
            return url("follow.enter", why=why)

    def held(self) -> list[Piece]:
        """Return what is in the case."""
        with reading(here().stores) as work:
            return pieces_in(work, open_case(work, her(), here().house, self.case.page.opened.id))

    def ref_of(self, piece_id: bytes) -> str:
        """Return what a piece is called in this session."""
        return ref_of(piece_id)

    def add(self, piece: Evidence | Received) -> None:
        """Add a piece, with the rows of its files."""
        told = piece.piece if isinstance(piece, Received) else piece
        with changing(self.case.ref) as (work, house, person, case_id):
            pieces.add_once(work, house, person, case_id, told, here().settings.most_of_all)
            if isinstance(piece, Received):
                add_received(work, house, piece, case_id)

    def say(self, piece_id: bytes, says: str) -> None:
        """Change what a piece shows."""
        self._change(pieces.say, piece_id, says)

    def move(self, piece_id: bytes, *, up: bool) -> None:
        """Put a piece of a talk before or after its neighbour."""
        self._change(pieces.move, piece_id, up=up)

    def take_away(self, piece_id: bytes) -> None:
        """Destroy the keys of a piece."""
        self._change(pieces.take_away, piece_id)

    def _change(self, act: Any, piece_id: bytes, *values: Any, **named: Any) -> None:
        with changing(self.case.ref) as it:
            act(*it, piece_id, *values, **named)
