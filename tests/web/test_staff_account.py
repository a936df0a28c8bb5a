"""One's own account: sessions that one ends, and a passphrase that nobody else knows."""

import re
from html import unescape

import pytest

from reporting.services.signing_in import sessions
from reporting.store.database import reading
from tests.builders import PASSPHRASE, Built, Team, cheap_passphrases, send_report
from tests.engines import on_sqlite
from tests.web.colleague import Colleague, at_case, at_work, words_of

pytestmark = on_sqlite
SIGN_IN = "/en/staff/sign-in"
OTHER = "harvest canoe walnut drizzle 7"


def test_i_see_my_sessions_and_end_one(built: Built, team: Team) -> None:
    here, elsewhere = at_work(built, team.amina), at_work(built, team.amina)
    page = here.read("/en/staff/account")
    (other,) = re.findall(r'name="session" value="([0-9a-f]{64})"', page)
    assert "That session has ended." in here.do("/en/staff/account/sessions", {"session": other})
    assert elsewhere.get("/en/staff/inbox").headers["Location"] == SIGN_IN
    assert here.get("/en/staff/inbox").status_code == 200


def test_nobody_ends_the_session_of_somebody_else(built: Built, team: Team) -> None:
    amina, ben = at_work(built, team.amina), at_work(built, team.ben)
    with reading(built.stores) as work:
        (row,) = sessions.sessions_of(work, built.house, team.amina.staff_id)
        chosen = row.id_hash.hex()
    ben.do("/en/staff/account/sessions", {"session": chosen})
    assert amina.get("/en/staff/inbox").status_code == 200
    assert "That session has ended." in ben.do("/en/staff/account/sessions", {"session": "nonsense"})


def change(colleague: Colleague, new: str, again: str | None = None, status: int = 303) -> str:
    """Show who it is, change the passphrase, and return the page that answers, after the redirect if there is one."""
    assert colleague.prove("passphrase").status_code == 303
    data = {"passphrase": new, "again": new if again is None else again}
    with cheap_passphrases():
        answer = colleague.post("/en/staff/account/passphrase", data)
    assert answer.status_code == status, words_of(answer.text)
    return unescape(answer.text) if status != 303 else colleague.read(answer.headers["Location"])


@pytest.mark.req("L5")
def test_a_passphrase_is_changed_and_the_same_cases_open(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, "Only for those who hold it.")
    here, elsewhere = at_work(built, team.amina), at_work(built, team.amina)
    assert "Your passphrase is changed." in change(here, OTHER)
    assert elsewhere.get("/en/staff/inbox").headers["Location"] == SIGN_IN
    here.do(at_case(case_id, "/names"))
    again = Colleague(built)
    again.refused(SIGN_IN, {"username": team.amina.username, "passphrase": PASSPHRASE})
    again.sign_in(team.amina, OTHER)
    assert "Only for those who hold it." in again.read(at_case(case_id))


@pytest.mark.parametrize(
    ("new", "again", "told"),
    [
        ("a few words", None, "This is too short: at least 15 characters."),
        ("x" * 300, None, "This is too long: at most 256 characters."),
        ("passwordpassword", None, "This is too easy to guess."),
        (OTHER, OTHER + "x", "The two passphrases differ."),
        ("", None, "Please fill this in."),
    ],
)
def test_a_passphrase_that_will_not_do_is_refused_with_the_reason(
    built: Built, team: Team, new: str, again: str | None, told: str
) -> None:
    page = change(at_work(built, team.amina), new, again, status=422)
    assert told in page
    assert not new or new not in page
    assert PASSPHRASE not in page
    Colleague(built).sign_in(team.amina)
