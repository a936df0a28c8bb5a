"""Evidence as a colleague looks at it: where it stands, and what goes with every file."""

from typing import Any

from werkzeug.test import TestResponse

from reporting.services.evidence.pieces import Piece
from tests.builders import Built, Team, send_report
from tests.services.acts import take_up
from tests.web.colleague import at_case

POLICY = "default-src 'none'; sandbox; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
KEPT_TO_ITSELF = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def at(case_id: bytes, piece: Piece | None = None, step: str = "") -> str:
    """Return the address of the list, of a piece, or of something of it."""
    return at_case(case_id, "/evidence" + (f"/{piece.id.hex()}" if piece else "") + step)


def sent(built: Built, team: Team) -> tuple[Any, bytes]:
    """Let her send a report and Amina take it up."""
    _, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    return reporter, case_id


def headers_of(answer: TestResponse, *names: str) -> dict[str, str | None]:
    """Return some headers of an answer."""
    return {name: answer.headers.get(name) for name in names}
