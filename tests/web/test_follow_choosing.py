"""Her choices, on the page where she makes them: each has its effect on keys at once."""

import re

import pytest

from reporting.domain.case import Act, Status
from reporting.domain.consent import NewReaders
from reporting.domain.disclosure import Answer, AnswerState, Identity
from reporting.services import accounts, assignment, casework, identity, tokens
from reporting.services.drafts import Draft, DraftKey, find_draft
from reporting.services.errors import NotFound, Waiting
from reporting.services.identity import Ground
from reporting.store.cases import find_case, holders_of
from reporting.store.database import reading, writing
from reporting.store.requests import requests_of
from tests.builders import Built, Team, in_unit, send_report
from tests.engines import on_sqlite
from tests.web.her import TEXT, Her, her_at
from tests.web.test_follow_page import opened_by, plain

pytestmark = on_sqlite
NAMED = Identity((Answer("about.name", "What is your name?", AnswerState.ANSWERED, "Lena Fictional"),))


def ref_beside(page: str, name: str) -> str:
    """Return what a person is called in the button that carries the name."""
    found = re.search(rf'name="person" value="([0-9a-f]+)">[^<]+<span class="unseen">: {name}<', page)
    assert found is not None, name
    return found[1]


def draft_of(built: Built, her: Her) -> Draft:
    """Return the draft in her browser."""
    cookie = her.flask.get_cookie("d")
    assert cookie is not None
    key = DraftKey.parse(cookie.value)
    assert key is not None
    with reading(built.stores) as work:
        draft = find_draft(work, built.house, key)
    assert draft is not None
    return draft


def status_of(built: Built, case_id: bytes) -> Status:
    """Return where a case stands."""
    with reading(built.stores) as work:
        case = find_case(work.main, case_id)
        assert case is not None
        return Status(case.status)


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
    with writing(built.stores) as work:
        office = work.main.merge(team.office)
        office.identity_duty = "The law of this place demands it where a life is in danger."
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


@pytest.mark.req("U4")
def test_a_private_record_is_taken_along_into_the_report_with_everything_in_it(built: Built) -> None:
    token, _, case_id = send_report(built, None, TEXT, named=("Karl Example",))
    her = her_at(built, token)
    assert her.post(her.page() + "/open").headers["Location"].endswith("/open?why=choose")
    answer = her.post(her.page() + "/open", {"door": "formal"})
    assert answer.headers["Location"] == "/en/write/form", "she has not said where she works yet"
    draft = draft_of(built, her)
    assert (draft.continuing, draft.door, draft.office) == (case_id.hex(), "formal", "")
    assert [answer.text for answer in draft.answers] == [TEXT]
    assert draft.named[0].name == "Karl Example"


def test_going_on_writing_keeps_it_for_herself(built: Built) -> None:
    token, _, _ = send_report(built, None, TEXT)
    her = her_at(built, token)
    assert her.post(her.page() + "/open", {"door": "private"}).headers["Location"] == "/en/write/before"
    assert draft_of(built, her).door == "private"
    assert her.post(her.page() + "/open", {"door": "private"}).headers["Location"] == "/en/write/before"


def test_a_closed_case_goes_back_to_its_office_or_to_another(built: Built, team: Team) -> None:
    token, _, _ = send_report(built, team.office, wishes=("stop",), contact=True)
    her = her_at(built, token)
    her.do("/close")
    her.post(her.page() + "/open", {"door": "informal"})
    draft = draft_of(built, her)
    assert draft.office == team.office.id.hex()
    assert [answer.choices for answer in draft.answers if answer.question_id == "wishes.wanted"] == [("stop",)]
    assert [answer.choices for answer in draft.answers if answer.question_id == "wishes.contact"] == [("yes",)]
    answer = her.post(her.page() + "/open", {"door": "informal", "where": "other"})
    assert (answer.headers["Location"], draft_of(built, her).office) == ("/en/write/talk", "")


def test_a_case_that_others_read_is_not_rewritten(built: Built, team: Team) -> None:
    token, _, _ = send_report(built, team.office)
    her = her_at(built, token)
    assert her.get(her.page() + "/open").status_code == 404
    assert her.post(her.page() + "/open", {"door": "private"}).status_code == 404


@pytest.mark.req("U9")
@pytest.mark.parametrize(("step", "door"), [("/care", "complaint"), ("/after", "retaliation")])
def test_a_complaint_or_a_report_of_punishment_is_a_case_of_its_own(
    built: Built, team: Team, step: str, door: str
) -> None:
    token, _, _ = send_report(built, team.office, named=("Karl Example",))
    her = her_at(built, token)
    her.do("/people/close", {"person": ref_beside(her.read("/people"), "Ben Okafor")})
    assert her.post(her.page() + step).headers["Location"] == "/en/write/before"
    draft = draft_of(built, her)
    assert (draft.door, draft.same_token, draft.office) == (door, True, team.office.id.hex())
    assert draft.excluded_staff == (team.ben.staff_id.hex(),)
    assert draft.excluded_words == ("Karl Example",), "who is closed out there starts closed out here"
    assert not draft.answers


def test_a_private_record_has_nobody_to_complain_about(built: Built) -> None:
    token, _, _ = send_report(built, None, TEXT)
    her = her_at(built, token)
    assert "Write a complaint" not in her.read("/care")
    assert her.post(her.page() + "/care").status_code == 404


def test_what_was_begun_in_this_browser_is_not_displaced_unasked(built: Built) -> None:
    token, _, _ = send_report(built, None, TEXT)
    other, _, _ = send_report(built, None, TEXT)
    her = her_at(built, token)
    her.post(her.page() + "/open", {"door": "private"})
    her.come_back(other)
    assert her.post(her.page() + "/open", {"door": "private"}).headers["Location"] == "/en/page/begun"
    assert "Something is begun already" in her.get("/en/page/begun").text
    assert her.post("/en/page/begun").headers["Location"] == "/en/page?done=cleared"
    assert her.post(her.page() + "/open", {"door": "private"}).headers["Location"] == "/en/write/before"


def test_a_case_that_the_team_closed_opens_again_with_the_same_people(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office)
    opened_by(built, team.amina, case_id)
    for act in (Act.ACKNOWLEDGE, Act.CONCLUDE, Act.CLOSE):
        in_unit(built, casework.take_step, team.amina, case_id, act)
    her = her_at(built, token)
    assert "It is kept until March 31, 2031." in plain(her.read())
    assert "Your case is open again." in her.do("/reopen")
    with reading(built.stores) as work:
        case = find_case(work.main, case_id)
        assert case is not None
        assert (case.status, case.keep_until) == ("assessing", None), "reopened, it does not end by itself"


def test_an_answer_about_somebody_who_lost_their_key_gives_nobody_anything(built: Built, team: Team) -> None:
    token, reporter, case_id = send_report(built, team.office, new_readers=NewReaders.ASK)
    opened_by(built, team.amina, case_id)
    asked_to_let_in(built, team, case_id)
    in_unit(built, accounts.disable, None, team.ines.staff_id)
    her = her_at(built, token)
    request = re.search(r'name="request" value="([0-9a-f]{16})"', her.read())
    assert request is not None
    assert "This is not possible any more" in her.do("/answer", {"request": request[1], "answer": "yes"})
    with reading(built.stores) as work:
        assert team.ines.staff_id not in holders_of(work.main, case_id)
        assert tokens.come_back(work, reporter) == [case_id]
