"""A case of its own begun from her page: it is under her token, and under nobody else's."""

from dataclasses import replace

import pytest
from werkzeug.test import TestResponse

from reporting.crypto.token import Token, draw
from reporting.domain.sealed.disclosure import Answer, AnswerState
from reporting.services.actors import Reporter
from reporting.services.casework import case as casework
from reporting.services.reading import assignment
from reporting.services.reading.readers import audience_of
from reporting.services.survivor import erasure, tokens
from reporting.services.survivor.drafts import DraftKey, keep_draft
from reporting.store.database import reading, writing
from reporting.store.grants import cases_granted_to
from tests.builders import Built, Team, in_unit, office_of, send_report
from tests.web.her import Her, draft_of, her_at


def begun(built: Built, team: Team) -> tuple[Her, Token, Reporter, bytes]:
    """Let her begin a complaint beside her report, as far as the check page."""
    token, reporter, case_id = send_report(built, team.office)
    her = her_at(built, token)
    assert her.post(her.page() + "/care").status_code == 303
    cookie = her.flask.get_cookie("d")
    key, draft = DraftKey.parse(cookie.value if cookie else ""), draft_of(built, her)
    assert key is not None
    with reading(built.stores) as work:
        audience = audience_of(work, built.house, office_of(built, team.office.id), draft.people, desk_only=True)
    said = Answer("account.story", "In your own words", AnswerState.ANSWERED, "Nobody answers me.")
    shown = tuple(reader.staff_id.hex() for reader in audience.open_to)
    in_unit(built, keep_draft, key, replace(draft, passed=True, answers=(said,), shown=shown))
    return her, token, reporter, case_id


def cases(built: Built, reporter: Reporter) -> int:
    """Return how many cases a token opens."""
    with reading(built.stores) as work:
        return len(cases_granted_to(work.main, reporter.holder))


def sent(her: Her) -> str:
    """Send what stands on the check page and return where that leads."""
    answer: TestResponse = her.post("/en/write/check")
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_it_is_under_the_token_that_she_has(built: Built, team: Team) -> None:
    her, _, reporter, _ = begun(built, team)
    assert sent(her).endswith("/page")
    assert cases(built, reporter) == 2


@pytest.mark.req("P1", "P8")
@pytest.mark.principle("confidentiality")
def test_what_she_began_is_never_sent_under_the_token_of_the_next_person_here(built: Built, team: Team) -> None:
    her, token, reporter, _ = begun(built, team)
    other_token, other, _ = send_report(built, team.office, "Something else.")
    her.post("/en/page/leave")
    her.come_back(other_token)
    assert sent(her).endswith("/return")
    assert (cases(built, reporter), cases(built, other)) == (1, 1)
    her.come_back(token)
    assert sent(her).endswith("/page")
    assert (cases(built, reporter), cases(built, other)) == (2, 1)


@pytest.mark.req("P8")
def test_it_is_never_sent_under_a_token_that_was_replaced_elsewhere(built: Built, team: Team) -> None:
    her, _, reporter, _ = begun(built, team)
    token = draw("en")
    with writing(built.stores) as work:
        tokens.add_token(work, built.house, reporter, tokens.reporter_from(built.house, token))
    in_unit(built, tokens.drop_token, reporter)
    assert sent(her).endswith("/return")
    assert cases(built, reporter) == 0
    her.come_back(token)
    assert sent(her).endswith("/page")
    assert cases(built, tokens.reporter_from(built.house, token)) == 2


@pytest.mark.req("P8")
def test_where_her_case_was_erased_meanwhile_it_goes_out_with_a_token_of_its_own(built: Built, team: Team) -> None:
    her, _, reporter, case_id = begun(built, team)
    drawn = tokens.reporter_from(built.house, draft_of(built, her).drawn_token())
    in_unit(built, erasure.erase_now, reporter, case_id)
    assert sent(her).endswith("/write/kept")
    assert (cases(built, reporter), cases(built, drawn)) == (0, 1)


@pytest.mark.req("P2")
@pytest.mark.principle("confidentiality")
def test_a_token_waiting_beside_hers_is_not_shown_to_the_next_person_here(built: Built, team: Team) -> None:
    token, _, _ = send_report(built, team.office)
    her = her_at(built, token)
    assert her.post("/en/page/words", {"make": "spare"}).headers["Location"].endswith("/write/kept")
    her.post("/en/page/leave")
    assert her.get("/en/write/kept").status_code == 303
    assert her_at(built, token).page()


@pytest.mark.principle("safety")
def test_whoever_left_for_good_starts_closed_when_she_opens_it_anew(built: Built, team: Team) -> None:
    token, reporter, case_id = send_report(built, team.office)
    in_unit(built, casework.declare_no_conflict, team.amina, case_id)
    in_unit(built, assignment.recuse, team.amina, case_id)
    in_unit(built, erasure.close, reporter, case_id)
    her = her_at(built, token)
    assert her.post(her.page() + "/open", {"door": "informal"}).status_code == 303
    assert team.amina.staff_id.hex() in draft_of(built, her).excluded_staff
