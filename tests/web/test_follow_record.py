"""A record that only she opens: going on, taking it to people, back again; and what begins a case of its own."""

import pytest

from reporting.store.cases import find_case
from reporting.store.database import reading
from tests.builders import Built, Team, send_report
from tests.engines import on_sqlite
from tests.services.acts import close_by_two, conclude
from tests.web.her import TEXT, draft_of, her_at, opened_by, plain, ref_beside

pytestmark = on_sqlite


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
    before = plain(her.get("/en/write/before").text)
    assert "Who will read it" in before
    assert "nobody in the office itself is left" not in before, "nobody has left: a complaint goes past the office"


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
    token, reporter, case_id = send_report(built, team.office)
    opened_by(built, team.amina, case_id)
    conclude(built, team.amina, reporter, case_id)
    close_by_two(built, team.amina, team.ben, case_id)
    her = her_at(built, token)
    assert "It is kept until March 31, 2031." in plain(her.read())
    assert "Your case is open again." in her.do("/reopen")
    with reading(built.stores) as work:
        case = find_case(work.main, case_id)
        assert case is not None
        assert (case.status, case.keep_until) == ("assessing", None), "reopened, it does not end by itself"
