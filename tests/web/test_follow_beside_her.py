"""Somebody beside her, at a browser: invited, reading, writing, ended; and nothing of hers opens to a guest."""

import re

import pytest

from reporting.crypto.token import Token, parse
from tests.builders import Built, Team, send_report
from tests.engines import on_sqlite
from tests.services.acts import take_up
from tests.web.colleague import at_case, at_work, words_of
from tests.web.her import TEXT, Her, her_at

pytestmark = on_sqlite
INVITATION = {"name": "Rosa, union", "period": "quarter", "understood": "yes"}


def token_shown(her: Her) -> Token:
    page = her.get("/en/write/kept").text
    assert "The token for the person you invite" in page
    shown = re.search(r'<ol class="token".*?</ol>', page, re.DOTALL)
    assert shown is not None
    return parse(" ".join(re.findall(r"<li>(\w+)</li>", shown[0])))


def invite(her: Her) -> Token:
    answer = her.post(her.page() + "/beside", INVITATION)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/write/kept")
    token = token_shown(her)
    assert her.post("/en/write/kept").status_code == 303
    return token


@pytest.mark.req("L3")
@pytest.mark.principle("support")
def test_a_representative_reads_writes_and_is_ended(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office, TEXT)
    her, rosa = her_at(built, token), Her(built)
    guests_token = invite(her)
    assert rosa.come_back(guests_token).headers["Location"] == "/en/beside"
    page = rosa.get("/en/beside").text
    assert TEXT in page
    assert "You write here as Rosa, union" in words_of(page)
    assert rosa.post("/en/beside/write", {"text": "I speak for her."}).headers["Location"] == "/en/beside?done=beside"
    after = words_of(rosa.get("/en/beside?done=beside").text)
    assert "The person beside whom you are here finds it" in after
    assert "March 2, 2026" in after, "days are written as everywhere else"
    assert "I speak for her." in her.read()
    take_up(built, team.amina, case_id)
    assert "Rosa, union, beside the reporter" in words_of(at_work(built, team.amina).read(at_case(case_id)))
    (ref,) = re.findall(r'name="guest" value="([0-9a-f]{16})"', her.read("/beside"))
    assert "opens nothing any more" in her.do("/beside/end", {"guest": ref})
    assert rosa.get("/en/beside").headers["Location"] == "/en/return?why=closed"
    assert Her(built).come_back(guests_token).headers["Location"] == "/en/return?why=unknown"


@pytest.mark.req("L3")
@pytest.mark.principle("informed_consent")
def test_wherever_her_pages_say_who_reads_they_name_the_guest_too(built: Built, team: Team) -> None:
    token, _, _ = send_report(built, team.office, TEXT)
    her = her_at(built, token)
    for step in ("", "/people", "/talk", "/copy"):
        assert "Rosa, union" not in her.read(step), step
    invite(her)
    for step in ("", "/people", "/talk", "/copy"):
        assert "Rosa, union" in her.read(step), step
    (ref,) = re.findall(r'name="guest" value="([0-9a-f]{16})"', her.read("/beside"))
    her.do("/beside/end", {"guest": ref})
    assert "Rosa, union" not in her.read("/people")


@pytest.mark.principle("support")
def test_what_a_guest_typed_waits_when_the_page_has_closed_meanwhile(built: Built, team: Team) -> None:
    token, _, _ = send_report(built, team.office, TEXT)
    her, rosa = her_at(built, token), Her(built)
    guests_token = invite(her)
    asked = rosa.post("/en/beside/write", {"text": "Long and careful words."})
    assert asked.status_code == 403
    assert "Long and careful words." in asked.text
    answer = rosa.come_back(guests_token, pending="Long and careful words.")
    assert answer.headers["Location"] == "/en/beside?why=waiting"
    assert "Long and careful words.</textarea>" in rosa.get("/en/beside").text
    assert "Long and careful words." not in her.read(), "nothing is sent without the guest"
    rosa.post("/en/beside/write", {"text": "Long and careful words."})
    assert "Long and careful words.</textarea>" not in rosa.get("/en/beside").text
    assert "Long and careful words." in her.read()


@pytest.mark.req("L3", "P6")
@pytest.mark.principle("confidentiality")
def test_nothing_of_hers_opens_to_a_guest(built: Built, team: Team) -> None:
    token, _, _ = send_report(built, team.office, TEXT)
    her, rosa = her_at(built, token), Her(built)
    rosa.come_back(invite(her))
    here = her.page()
    for step in ("", "/text", "/people", "/choices", "/ways", "/keep", "/copy", "/beside", "/talk"):
        answer = rosa.get(here + step)
        assert answer.status_code in (303, 404), step
        assert TEXT not in answer.text
    for step in ("/write", "/people/close", "/choices", "/close", "/erase", "/beside", "/beside/end"):
        answer = rosa.post(here + step, {"text": "forged", "confirm": "yes", **INVITATION})
        assert answer.status_code in (303, 403, 404, 405), step
    assert rosa.get("/en/page").headers["Location"].startswith("/en/return")
    assert TEXT in her.read("/text"), "and all of it is still there"


def test_the_token_of_a_guest_is_never_shown_as_a_spare_of_hers(built: Built, team: Team) -> None:
    token, _, _ = send_report(built, team.office, TEXT)
    her = her_at(built, token)
    her.post(her.page() + "/beside", INVITATION)
    guests_token = token_shown(her)
    answer = her.post("/en/page/words", {"make": "spare"})
    assert answer.headers["Location"] == "/en/page/begun"
    assert "The token for the person you invite" in her.get("/en/write/kept").text
    assert token_shown(her) == guests_token
    her.post("/en/write/kept", {"typed": " ".join(guests_token.words("en"))})
    assert TEXT in her.read("/text"), "typing it changes nothing about who she is here"


@pytest.mark.parametrize(
    "form",
    [{}, {"name": "", **{k: v for k, v in INVITATION.items() if k != "name"}}, {**INVITATION, "period": "forever"}],
)
def test_an_invitation_with_something_missing_lets_nobody_in(built: Built, team: Team, form: dict[str, str]) -> None:
    token, _, _ = send_report(built, team.office, TEXT)
    her = her_at(built, token)
    assert "why=who" in her.post(her.page() + "/beside", form).headers["Location"]
    assert "End it now" not in her.read("/beside")


@pytest.mark.principle("informed_consent")
def test_a_translator_is_asked_for_agreed_to_and_handed_a_token(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office, TEXT)
    take_up(built, team.amina, case_id)
    amina, her = at_work(built, team.amina), her_at(built, token)
    amina.do(at_case(case_id, "/guests"), {"name": "Tariq Aziz"})
    asked = her.read("/beside")
    assert "Amina Diallo asks if Tariq Aziz may read what you wrote" in words_of(asked)
    (ref,) = re.findall(r'name="guest" value="([0-9a-f]{16})"', asked)
    her.do("/beside/answer", {"guest": ref, "answer": "yes"})
    page = amina.read(at_case(case_id, "/guests"))
    (target,) = re.findall(rf'action="({at_case(case_id, "/guests")}/[0-9a-f]{{32}})"', page)
    shown = amina.do(target)
    digits = re.search(r'<p class="token"[^>]*>([^<]+)</p>', shown)
    assert digits is not None
    tariq = Her(built)
    tariq.post("/en/return", {"token": digits[1]})
    assert "Write a translation" in tariq.get("/en/beside").text
    tariq.post("/en/beside/translate", {"of": "", "text": "Traducere"})
    assert "Traducere" in tariq.get("/en/beside").text
    assert digits[1] not in amina.do(at_case(case_id, "/guests/handed"))
