"""Searching at a browser: nothing of it in an address, and the page says what it cost."""

import pytest

from tests.builders import Built, Team, send_report
from tests.services.acts import take_up
from tests.web.colleague import at_case, at_work, words_of

SEARCH = "/en/staff/search"


@pytest.mark.req("ASVS-14.2.1")
def test_what_is_looked_for_stands_in_no_address(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, "He waited at the <b>Wintergreen</b> café.")
    take_up(built, team.amina, case_id)
    amina = at_work(built, team.amina)
    answer = amina.post(SEARCH, {"words": "wintergreen CAFE"})
    assert (answer.status_code, answer.headers["Location"]) == (303, SEARCH)
    page = amina.read(SEARCH)
    assert at_case(case_id) in page
    assert "1 case found" in page
    assert "<mark><b>Wintergreen</b></mark>" in page, "unescaped by the test alone"
    assert "<b>Wintergreen" not in amina.get(SEARCH).text
    assert "Opened and looked through 1 case in" in words_of(page)
    assert "found your case" not in page


def test_it_is_forgotten_with_empty_words_and_with_the_session(built: Built, team: Team) -> None:
    amina = at_work(built, team.amina)
    amina.do(SEARCH, {"words": "secretword"})
    assert "secretword" in amina.read(SEARCH)
    assert "secretword" not in at_work(built, team.ben).read(SEARCH)
    amina.do(SEARCH, {"words": ""})
    assert "secretword" not in amina.read(SEARCH)
    amina.do(SEARCH, {"words": "secretword"})
    amina.post("/en/staff/sign-out")
    amina.sign_in(team.amina)
    assert "secretword" not in amina.read(SEARCH)


@pytest.mark.req("P1")
def test_the_store_keeps_it_sealed(built: Built, team: Team) -> None:
    at_work(built, team.amina).do(SEARCH, {"words": "secretword"})
    with built.stores.shred.connect() as connection:
        (kept,) = connection.exec_driver_sql("SELECT query FROM staff_sessions WHERE query IS NOT NULL").scalars()
    assert b"secretword" not in bytes(kept)
    assert len(kept) > 1000


def test_odd_and_huge_words_get_an_answer(built: Built, team: Team) -> None:
    amina = at_work(built, team.amina)
    for words in ("\x00", "🦔" * 5000, "<script>alert(1)</script>", "a"):
        assert amina.do(SEARCH, {"words": words})
    assert amina.post(SEARCH, {}).status_code == 303
