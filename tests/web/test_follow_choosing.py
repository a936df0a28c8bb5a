"""Her choices, on the page where she makes them: each has its effect on keys at once."""

import re

import pytest

from reporting.domain.case import Status
from reporting.domain.reading.consent import NewReaders
from reporting.domain.sealed.disclosure import Answer, AnswerState, Identity
from reporting.services.casework import case as casework
from reporting.services.errors import NotFound, Waiting
from reporting.services.organisation import accounts
from reporting.services.reading import assignment, identity
from reporting.services.reading.identity import Ground
from reporting.services.survivor import tokens
from reporting.store.database import reading, writing
from reporting.store.holdings import holders_of
from reporting.store.requests import requests_of
from tests.builders import Built, Team, in_unit, send_report, sign_law
from tests.engines import on_sqlite
from tests.web.her import Her, her_at, opened_by, plain, ref_beside, status_of

pytestmark = on_sqlite
NAMED = Identity((Answer("about.name", "What is your name?", AnswerState.ANSWERED, "Lena Fictional"),))


@pytest.mark.req("U7")
@pytest.mark.principle("safety")
def test_closing_to_a_person_takes_the_key_and_opening_gives_it_back(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office)
    opened_by(built, team.ben, case_id)
    her = her_at(built, token)
    page = her.do("/people/close", {"person": ref_beside(her.read("/people"), "Ben Okafor")})
    assert "This person has no key any more." in page
    assert "Closed by you" in page
    with pytest.raises(NotFound):
        in_unit(built, casework.view_case, team.ben, case_id)
    page = her.do("/people/open", {"person": ref_beside(page, "Ben Okafor")})
    assert "This person can read it from now on." in page
    in_unit(built, casework.view_case, team.ben, case_id)


@pytest.mark.req("U7")
@pytest.mark.principle("safety")
def test_a_reader_with_a_name_that_she_gave_starts_closed_and_she_sees_why(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office, named=("B. Okafor",))
    her = her_at(built, token)
    page = her.read("/people")
    assert "The name looks like one that you gave. So this person has no key." in page
    with reading(built.stores) as work:
        assert holders_of(work.main, case_id) == [team.amina.staff_id]
    her.do("/people/open", {"person": ref_beside(page, "Ben Okafor")})
    with reading(built.stores) as work:
        assert set(holders_of(work.main, case_id)) == {team.amina.staff_id, team.ben.staff_id}


def test_when_the_office_is_closed_out_the_outside_desk_reads_and_then_nobody(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office)
    her = her_at(built, token)
    for name in ("Ben Okafor", "Amina Diallo"):
        page = her.do("/people/close", {"person": ref_beside(her.read("/people"), name)})
        assert "This person has no key any more." in page
    with reading(built.stores) as work:
        assert holders_of(work.main, case_id) == [team.desk_reader.staff_id]
    page = her.do("/people/close", {"person": ref_beside(her.read("/people"), "Olga Petrenko")})
    assert "Nobody was left to read it, so the case is closed now." in page
    assert status_of(built, case_id) is Status.WITHDRAWN


@pytest.mark.parametrize("person", ["", "0123456789abcdef", "00" * 16])
def test_only_people_on_her_page_can_be_let_in(built: Built, team: Team, person: str) -> None:
    token, _, _ = send_report(built, team.office)
    her = her_at(built, token)
    assert her.post(her.page() + "/people/open", {"person": person}).status_code == 404
    assert her.post(her.page() + "/people/open", {"person": team.ines.staff_id.hex()}).status_code == 404


@pytest.mark.principle("informed_consent")
@pytest.mark.parametrize("purpose", ["contact", "statistics", "identity", "taking_part"])
def test_each_consent_is_a_switch_of_its_own(built: Built, team: Team, purpose: str) -> None:
    token, _, _ = send_report(built, team.office, identity=NAMED)
    her = her_at(built, token)
    before = switches(her)
    given = not before[purpose]
    page = her.do("/choices", {"purpose": purpose, "answer": "yes" if given else "no"})
    assert "Your choice is saved" in page
    assert switches(her) == before | {purpose: given}
    her.do("/choices", {"purpose": purpose, "answer": "no" if given else "yes"})
    assert switches(her) == before


def switches(her: Her) -> dict[str, bool]:
    """Return which consents are given, as the page shows them."""
    cards = re.findall(r'name="purpose" value="(\w+)".*?name="answer" value="(\w+)"', her.read("/choices"), re.DOTALL)
    return {purpose: offered == "no" for purpose, offered in cards}


def test_nothing_about_her_means_no_switch_about_it(built: Built, team: Team) -> None:
    token, _, _ = send_report(built, team.office)
    assert set(switches(her_at(built, token))) == {"contact", "statistics", "taking_part"}


@pytest.mark.parametrize(
    ("step", "data"),
    [
        ("/choices", {"purpose": "everything", "answer": "yes"}),
        ("/choices", {"purpose": "contact", "answer": "perhaps"}),
        ("/choices/new", {"choice": "never"}),
        ("/choices/way", {"door": "private"}),
        ("/choices/way", {}),
    ],
)
def test_what_no_page_of_ours_offers_is_refused(built: Built, team: Team, step: str, data: dict[str, str]) -> None:
    token, _, _ = send_report(built, team.office)
    her = her_at(built, token)
    assert her.post(her.page() + step, data).status_code == 400


@pytest.mark.req("U4")
def test_she_changes_between_someone_to_talk_to_and_an_investigation(built: Built, team: Team) -> None:
    token, _, _ = send_report(built, team.office)
    her = her_at(built, token)
    assert "Informally: someone to talk to." in her.read("/choices")
    assert "Formally: an investigation." in her.do("/choices/way", {"door": "formal"})
    assert "Informally: someone to talk to." in her.do("/choices/way", {"door": "informal"})


@pytest.mark.principle("informed_consent")
@pytest.mark.parametrize("yes", [True, False])
def test_a_new_reader_reads_only_with_her_yes(built: Built, team: Team, yes: bool) -> None:
    token, _, case_id = send_report(built, team.office, new_readers=NewReaders.ASK)
    opened_by(built, team.amina, case_id)
    asked_to_let_in(built, team, case_id)
    her = her_at(built, token)
    page = her.read()
    assert "Amina Diallo asked on March 2, 2026 if Ines Moreau may read what you wrote." in plain(page)
    request = re.search(r'name="request" value="([0-9a-f]{16})"', page)
    assert request is not None
    page = her.do("/answer", {"request": request[1], "answer": "yes" if yes else "no"})
    assert ("Your yes is saved" if yes else "Your no is saved") in page
    assert 'name="request"' not in page
    with reading(built.stores) as work:
        assert (team.ines.staff_id in holders_of(work.main, case_id)) is yes
    answer = her.post(her.page() + "/answer", {"request": request[1], "answer": "yes"})
    assert answer.headers["Location"].endswith("why=not-now"), "answered once"


def asked_to_let_in(built: Built, team: Team, case_id: bytes) -> None:
    """Let the case manager ask for the investigator, who waits for her yes."""
    with writing(built.stores) as work:
        try:
            assignment.assign(work, built.house, team.amina, case_id, team.ines.staff_id)
        except Waiting:
            return
    raise AssertionError("nobody waits")


def test_tell_me_and_ask_me_first_are_one_button_apart(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office, new_readers=NewReaders.ASK)
    opened_by(built, team.amina, case_id)
    her = her_at(built, token)
    her.do("/choices/new", {"choice": "tell"})
    in_unit(built, assignment.assign, team.amina, case_id, team.ines.staff_id)
    assert "Amina Diallo brought in Ines Moreau" in plain(her.read())


@pytest.mark.req("U3")
def test_a_duty_to_open_her_name_is_told_with_its_day_and_is_not_hers_to_answer(built: Built, team: Team) -> None:
    sign_law(built, team.office, identity_duty="The law of this place demands it where a life is in danger.")
    token, _, case_id = send_report(built, team.office, identity=NAMED)
    opened_by(built, team.amina, case_id)
    in_unit(built, identity.ask_by_duty, team.amina, case_id, Ground.RISK_TO_LIFE)
    her = her_at(built, token)
    page = plain(her.read())
    assert "The law may open what you wrote about yourself" in page
    assert "Somebody’s life is in danger." in page
    assert "it cannot be opened before March 4, 2026." in page
    assert 'name="request"' not in her.read()
    in_unit(built, identity.approve, team.ben, waiting_request(built, case_id))
    in_unit(built, identity.approve, team.desk_reader, waiting_request(built, case_id))
    assert "It can be opened from March 4, 2026 on." in plain(her.read())


def waiting_request(built: Built, case_id: bytes) -> bytes:
    """Return the id of the only request of a case."""
    with reading(built.stores) as work:
        (request,) = requests_of(work.main, case_id)
        return request.id


def test_an_answer_about_somebody_who_lost_their_key_gives_nobody_anything(built: Built, team: Team) -> None:
    token, reporter, case_id = send_report(built, team.office, new_readers=NewReaders.ASK)
    opened_by(built, team.amina, case_id)
    asked_to_let_in(built, team, case_id)
    her = her_at(built, token)
    request = re.search(r'name="request" value="([0-9a-f]{16})"', her.read())
    assert request is not None
    in_unit(built, accounts.disable, None, team.ines.staff_id)
    assert request[1] not in her.read(), "what was asked for somebody who left is not asked any more"
    assert "This is not possible any more" in her.do("/answer", {"request": request[1], "answer": "yes"})
    with reading(built.stores) as work:
        assert team.ines.staff_id not in holders_of(work.main, case_id)
        assert tokens.come_back(work, reporter) == [case_id]


@pytest.mark.req("P7")
def test_whose_account_was_disabled_is_not_said_to_read(built: Built, team: Team) -> None:
    token, _, _ = send_report(built, team.office)
    her = her_at(built, token)
    assert "Ben Okafor" in her.read("/people")
    in_unit(built, accounts.disable, None, team.ben.staff_id)
    said = her.read("/people").partition("What was done, and by whom")
    assert "Ben Okafor" not in said[0]
    assert "Ben Okafor\u2069 has left the team" in said[2]
