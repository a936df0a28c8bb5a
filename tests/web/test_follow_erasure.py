"""Three ways to go, told apart: what each does to keys, and what her page says afterwards."""

import pytest

from reporting.domain.case import Status
from reporting.services.casework import case as casework
from reporting.services.errors import NotFound
from reporting.services.oversight.retention import run
from reporting.store.cases import find_case
from reporting.store.database import reading
from reporting.store.holdings import holders_of
from reporting.store.shred import ShredKeyRow
from tests.builders import Built, Team, in_unit, send_report
from tests.engines import on_sqlite
from tests.web.her import TEXT, her_at, opened_by, plain, status_of

pytestmark = on_sqlite


def keys_left(built: Built) -> int:
    """Return how many shred keys there are."""
    with reading(built.stores) as work:
        return work.shred.query(ShredKeyRow).count()


@pytest.mark.principle("respect")
def test_stopping_leaves_the_keys_where_they_are(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office)
    her = her_at(built, token)
    page = her.do("/choices", {"purpose": "taking_part", "answer": "no", "from": "ways"})
    assert "Take part again" in page
    assert "You said that you do not take part." in her.read()
    with reading(built.stores) as work:
        assert len(holders_of(work.main, case_id)) == 2


@pytest.mark.req("U13")
@pytest.mark.principle("safety")
def test_closing_takes_every_key_but_hers(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office, TEXT)
    opened_by(built, team.amina, case_id)
    her = her_at(built, token)
    page = plain(her.do("/close"))
    assert "Your case is closed, and only you can open it now." in page
    assert "Open it to people I choose" in page
    assert TEXT in her.read("/text")
    with pytest.raises(NotFound):
        in_unit(built, casework.view_case, team.amina, case_id)
    assert "Amina Diallo opened what you wrote." in plain(her.read("/people")), "what was done is still told"


@pytest.mark.req("L4")
@pytest.mark.principle("safety")
def test_erasing_in_seven_days_can_be_undone_by_her_token_until_then(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office)
    her = her_at(built, token)
    assert "It is erased on March 9, 2026. Until then your token can undo it." in plain(her.read("/end"))
    page = plain(her.do("/end/later"))
    assert "It is erased on March 9, 2026" in page
    assert "What you can do" not in page, "there is one thing to decide"
    for step in ("/text", "/people", "/choices", "/ways", "/end", "/copy"):
        assert her.get(her.page() + step).status_code == 404
    built.clock.forward(days=6)
    her = her_at(built, token)
    assert "It is kept. Nothing is erased." in her.do("/undo")
    assert status_of(built, case_id) is Status.WITHDRAWN
    with reading(built.stores) as work:
        assert not holders_of(work.main, case_id), "nobody gets a key back by that"


def test_on_the_day_it_is_gone(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office)
    her_at(built, token).do("/end/later")
    built.clock.forward(days=7)
    in_unit(built, run)
    with reading(built.stores) as work:
        assert find_case(work.main, case_id) is None
    assert keys_left(built) == 0


@pytest.mark.req("L4")
@pytest.mark.principle("confidentiality")
def test_erasing_now_destroys_every_key_and_ends_in_a_calm_page(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office)
    her = her_at(built, token)
    page = her.page()
    answer = her.post(page + "/end/now", {"sure": "y"})
    assert answer.headers["Location"] == "/en/page/done"
    assert her.flask.get_cookie("p") is None
    done = her.get("/en/page/done")
    assert "The keys are destroyed." in done.text
    assert "Within seven days every copy in a backup is unreadable too." in done.text
    assert keys_left(built) == 0
    with reading(built.stores) as work:
        assert find_case(work.main, case_id) is None
    assert her.come_back(token).headers["Location"] == "/en/return?why=unknown"


def test_nothing_is_erased_without_the_tick(built: Built, team: Team) -> None:
    token, _, case_id = send_report(built, team.office)
    her = her_at(built, token)
    assert "Please tick the box first." in her.do("/end/now")
    assert status_of(built, case_id) is Status.RECEIVED


def test_what_else_her_token_opens_stays_open(built: Built, team: Team) -> None:
    token, _, first = send_report(built, team.office)
    send_report(built, None, TEXT, token=token)
    her = her_at(built, token)
    listed = her.get("/en/page").text
    refs = [part[:16] for part in listed.split('<h2><a href="/en/page/')[1:]]
    assert len(refs) == 2
    report = next(ref for ref in refs if "Who can read it" in her.get(f"/en/page/{ref}").text)
    answer = her.post(f"/en/page/{report}/end/now", {"sure": "y"})
    assert answer.headers["Location"] == "/en/page?done=gone"
    with reading(built.stores) as work:
        assert find_case(work.main, first) is None
    assert TEXT in her.read("/text")


def test_a_private_record_is_only_erased(built: Built) -> None:
    token, _, _ = send_report(built, None, TEXT)
    page = her_at(built, token).read("/ways")
    assert "Close my case" not in page
    assert "Stop taking part" not in page
    assert "Erase it" in page
