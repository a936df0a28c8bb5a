"""What a colleague adds to the evidence of a case, under their own name, and what she reads of it."""

import io
import re
from typing import Any

import pytest
from flask import g

from reporting.domain.case import Status
from reporting.domain.oversight.audit import ReporterEvent, StaffEvent
from reporting.services.errors import NotAllowed
from reporting.services.evidence import pieces
from reporting.services.oversight.audit import reporter_ledger
from reporting.services.sealed.sealing import open_case
from reporting.services.survivor import follow
from reporting.store.cases import lock_case
from reporting.store.database import reading, writing
from reporting.web.survivor import ledger
from tests.builders import Built, Team, in_unit, send_report
from tests.evidence import add_file, content_of, photo
from tests.services.acts import take_up
from tests.web.colleague import at_work, words_of
from tests.web.her import her_at
from tests.web.looking import at, sent


def handed_over(
    name: str = "note.txt", content: bytes = b"A note that was handed over.", **fields: str
) -> dict[str, Any]:
    """Return a form with a file, its fields before it as the page has them."""
    return {"says": "A note", "captured_by": "A witness", **fields, "file": (io.BytesIO(content), name)}


@pytest.mark.req("P7")
def test_what_a_colleague_adds_stands_under_their_name_and_she_sees_it_at_once(built: Built, team: Team) -> None:
    reporter, case_id = sent(built, team)
    page = at_work(built, team.amina).do(at(case_id), handed_over("IMG.jpg", photo()))
    assert "Added, under your name." in page
    assert "Amina Diallo" in words_of(page)
    with reading(built.stores) as work:
        (hers,) = pieces.pieces_in(work, open_case(work, reporter, built.house, case_id))
        lines = follow.ledger(work, built.house, case_id)
        deeds = [row.action for row in reporter_ledger(work, built.house, case_id)]
    told = hers.evidence
    assert (told.author, told.author_name, told.says) == (team.amina.staff_id.hex(), "Amina Diallo", "A note")
    assert content_of(built, reporter, case_id, hers.id) == photo()
    assert StaffEvent.EVIDENCE_ADDED_BY_TEAM in [line.action for line in lines]
    assert "\u2068Amina Diallo\u2069 added something to your case: a file, a link or an account." in [
        entry.sentence for entry in in_english(built, lines)
    ]
    assert ReporterEvent.EVIDENCE_ADDED not in deeds, "she did not do it"
    assert "Had the working copy of a piece of evidence made" in words_of(page)


@pytest.mark.req("P7")
def test_many_pieces_looked_at_on_a_day_are_one_sentence_on_her_page(built: Built, team: Team) -> None:
    reporter, case_id = sent(built, team)
    amina = at_work(built, team.amina)
    for colour in ("red", "blue", "green"):
        piece = add_file(built, reporter, case_id, photo(colour))
        assert amina.get(at(case_id, piece, "/copy")).status_code == 200
    with reading(built.stores) as work:
        lines = follow.ledger(work, built.house, case_id)
    assert [line.action for line in lines].count(StaffEvent.EVIDENCE_SEEN) == 3
    sentences = [entry.sentence for entry in in_english(built, lines)]
    assert len([one for one in sentences if "looked at something that was added to your case" in one]) == 1


def in_english(built: Built, lines: Any) -> list[Any]:
    """Return the lines of her ledger in words."""
    with built.app.test_request_context("/en/"):
        g.language = "en"
        return ledger.entries(lines)


def test_a_link_may_be_added_without_a_file_and_nothing_at_all_may_not(built: Built, team: Team) -> None:
    reporter, case_id = sent(built, team)
    amina = at_work(built, team.amina)
    assert "Nothing was added. Choose a file" in amina.do(at(case_id), {"says": "  ", "captured_by": "A witness"})
    for day in ("2999-01-01", "yesterday", "2026-02-30"):
        page = amina.do(at(case_id), handed_over(captured_on=day))
        assert "the day of capture has to be a day that has come" in page, day
    assert list(built.stores.blobs.all()) == []
    page = amina.do(at(case_id), {"link": "https://x.example", "captured_on": "2026-02-01"})
    assert "https://x.example" in page
    assert reporter


def test_what_is_there_already_is_not_added_again_and_she_changes_no_words_of_a_colleague(
    built: Built, team: Team
) -> None:
    token, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    amina = at_work(built, team.amina)
    amina.do(at(case_id), handed_over())
    assert "This is here already" in amina.do(at(case_id), handed_over("other.txt"))
    with reading(built.stores) as work:
        (piece,) = pieces.pieces_in(work, open_case(work, reporter, built.house, case_id))
    assert len(list(built.stores.blobs.all())) == 1
    with pytest.raises(NotAllowed):
        in_unit(built, pieces.say, reporter, case_id, piece.id, "Other words")
    her = her_at(built, token)
    (step,) = set(re.findall(r'href="/en/page/[0-9a-f]{16}(/files/[0-9a-z]{16})"', her.read("/files")))
    page = words_of(her.read(step))
    assert "Amina Diallo" in page
    assert "Somebody of the team added this" in page
    assert "Save these words" not in page
    in_unit(built, pieces.take_away, reporter, case_id, piece.id)
    assert "There is no evidence." in amina.read(at(case_id))


def test_a_file_for_which_there_is_no_room_leaves_nothing(
    built: Built, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, case_id = sent(built, team)
    monkeypatch.setattr("reporting.config.settings.MEBI", 10)
    page = at_work(built, team.amina).do(at(case_id), handed_over(content=b"x" * 100_000))
    assert "Not everything was added" in page
    assert list(built.stores.blobs.all()) == []


@pytest.mark.principle("confidentiality")
def test_nobody_without_the_case_adds_anything_and_nobody_to_a_closed_one(built: Built, team: Team) -> None:
    _, case_id = sent(built, team)
    assert at_work(built, team.ines).post(at(case_id), handed_over()).status_code == 404
    assert at_work(built, team.ben).post(at(case_id), handed_over()).status_code == 422
    with writing(built.stores) as work:
        row = lock_case(work.main, case_id)
        assert row is not None
        row.status = Status.CLOSED.value
    amina = at_work(built, team.amina)
    assert "This case is closed." in amina.refused(at(case_id), handed_over())
    assert "Add a piece" not in amina.read(at(case_id))
    assert list(built.stores.blobs.all()) == []
