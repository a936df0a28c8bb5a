"""What a guest beside her sees of evidence: the list and the copies, as long as the guest reads, and no original."""

import re
from datetime import timedelta
from typing import Any

import pytest

from reporting.crypto.token import Token, draw
from reporting.domain.oversight.audit import ReporterEvent
from reporting.domain.reading.guests import Guest
from reporting.services.evidence import looking, pieces
from reporting.services.oversight.audit import reporter_ledger
from reporting.services.reading import guests
from reporting.services.sealed.entries import file_of
from reporting.services.sealed.sealing import open_case
from reporting.store.database import reading
from tests.builders import Built, Team, in_unit, send_report
from tests.evidence import MAKER, add_file, photo
from tests.services.acts import take_up
from tests.visitor import Visitor

FILES = "/en/beside/files"


def come(built: Built, token: Token) -> Visitor:
    """Come with a guest's token."""
    visitor = Visitor(built)
    answer = visitor.post("/en/return", {"token": " ".join(token.words("en"))})
    assert answer.headers["Location"] == "/en/beside"
    return visitor


def representative(built: Built, reporter: Any, case_id: bytes) -> Visitor:
    """Let her invite a representative, who comes."""
    token, until = draw("en"), built.house.today() + timedelta(days=30)
    in_unit(built, guests.invite, reporter, case_id, name="Rosa", until=until, keys=guests.keys_of(built.house, token))
    return come(built, token)


def translator(built: Built, team: Team, reporter: Any, case_id: bytes) -> Visitor:
    """Let a handler ask for a translator, and her say yes; the translator comes."""
    take_up(built, team.amina, case_id)
    in_unit(built, guests.ask_for_translator, team.amina, case_id, "Tomas")
    guest_id, token = guest_of(built, reporter, case_id), draw("en")
    in_unit(built, guests.answer_translator, reporter, case_id, guest_id, yes=True)
    in_unit(built, guests.let_translator_in, team.amina, case_id, guest_id, guests.keys_of(built.house, token))
    return come(built, token)


def guest_of(built: Built, reporter: Any, case_id: bytes) -> bytes:
    """Return the entry about the newest guest."""
    with reading(built.stores) as work:
        return file_of(work, open_case(work, reporter, built.house, case_id)).all(Guest)[-1].id


@pytest.mark.parametrize("who", ["representative", "translator"])
def test_a_guest_reads_the_list_and_sees_the_copy_and_no_original(built: Built, team: Team, who: str) -> None:
    _, reporter, case_id = send_report(built, team.office)
    piece = add_file(built, reporter, case_id, photo(), name='a"b\u202e.jpg')
    unknown = add_file(built, reporter, case_id, b"\x00\x01\x02\x03", name="strange.bin")
    visitor = (
        representative(built, reporter, case_id)
        if who == "representative"
        else translator(built, team, reporter, case_id)
    )
    page = visitor.get(FILES).text
    assert "a&#34;b\N{REPLACEMENT CHARACTER}.jpg" in page
    assert "<img" not in page
    assert "so it cannot be shown" in page
    shown = visitor.get(f"{FILES}/{piece.id.hex()}").text
    (source,) = re.findall(r'<img src="([^"]+)"', shown)
    answer = visitor.get(source)
    assert answer.data.startswith(b"\xff\xd8\xff")
    assert MAKER.encode() not in answer.data
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox;")
    assert answer.headers["Cache-Control"] == "no-store"
    for path in (f"{FILES}/{unknown.id.hex()}", f"{FILES}/{unknown.id.hex()}/copy", f"{FILES}/{bytes(16).hex()}/copy"):
        assert visitor.get(path).status_code == 404, path
    original = f"/en/staff/cases/{case_id.hex()}/evidence/{piece.id.hex()}/original"
    assert visitor.post(original, {"reason": "A word."}).status_code == 403
    assert visitor.get(f"/en/staff/cases/{case_id.hex()}/evidence").status_code == 303
    for file in piece.evidence.files:
        assert file.key not in page + shown


@pytest.mark.req("P7")
def test_she_reads_on_which_day_a_guest_read_and_staff_do_not(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    piece = add_file(built, reporter, case_id, photo())
    visitor = representative(built, reporter, case_id)
    for _ in range(3):
        assert visitor.get(f"{FILES}/{piece.id.hex()}/copy").status_code == 200
    with reading(built.stores) as work:
        rows = [row.action for row in reporter_ledger(work, built.house, case_id)]
    assert rows.count(ReporterEvent.GUEST_READ) == 1
    take_up(built, team.amina, case_id)
    (seen,) = in_unit(built, looking.list_evidence, team.amina, case_id)[1]
    assert ReporterEvent.GUEST_READ not in [line.action for line in seen.custody]


@pytest.mark.principle("confidentiality")
def test_a_guest_whose_access_ended_and_a_piece_of_another_case_are_not_found(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    _, stranger, other = send_report(built, team.office)
    piece, foreign = add_file(built, reporter, case_id, photo()), add_file(built, stranger, other, photo("blue"))
    visitor = representative(built, reporter, case_id)
    assert visitor.get(f"{FILES}/{foreign.id.hex()}/copy").status_code == 404
    assert visitor.get(f"{FILES}/{foreign.id.hex()}").status_code == 404
    gone = add_file(built, reporter, case_id, photo("green"))
    in_unit(built, pieces.take_away, reporter, case_id, gone.id)
    assert visitor.get(f"{FILES}/{gone.id.hex()}/copy").status_code == 404
    assert visitor.get(f"{FILES}/{piece.id.hex()}/copy").status_code == 200
    in_unit(built, guests.end, reporter, case_id, guest_of(built, reporter, case_id))
    for path in (FILES, f"{FILES}/{piece.id.hex()}", f"{FILES}/{piece.id.hex()}/copy"):
        assert visitor.get(path).status_code == 303, path
