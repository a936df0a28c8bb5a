"""A one-time code becomes a passphrase that nobody else knows and a key that nobody trusts yet."""

from html import unescape

import pytest

from tests.builders import Built, Team, add_invited, cheap_passphrases
from tests.engines import on_sqlite
from tests.web.colleague import Colleague, set_up

pytestmark = on_sqlite
OTHER = "harvest canoe walnut drizzle 7"


def enrol(built: Built, code: str, passphrase: str = OTHER, username: str = "new.one") -> tuple[Colleague, str]:
    """Redeem a code; return who did it and the page that answers."""
    colleague = Colleague(built)
    data = {"username": username, "code": code, "passphrase": passphrase, "again": passphrase}
    with cheap_passphrases():
        answer = colleague.post("/en/staff/enrol", data)
    page = colleague.read(answer.headers["Location"]) if answer.status_code == 303 else unescape(answer.text)
    return colleague, page


@pytest.mark.req("L5")
def test_a_code_becomes_a_passphrase_and_a_key_that_nobody_trusts_yet(built: Built, team: Team) -> None:
    code = add_invited(built, team.office, "New One")
    colleague, page = enrol(built, code.upper().replace("-", " "))
    assert "Your passphrase is set and you have a key." in page
    assert colleague.get("/en/staff/inbox").headers["Location"] == "/en/staff/second-step"
    set_up(colleague, page)
    account = colleague.read("/en/staff/account")
    assert "Not vouched for yet" in account
    assert account.count("<li>") >= 8
    assert "Nobody has vouched for your key yet" in colleague.read("/en/staff/inbox")
    _, refused = enrol(built, code)
    assert "do not fit together" in refused


@pytest.mark.parametrize("username", ["new.one", "nobody", "amina.diallo"])
def test_a_wrong_code_gets_the_same_answer_for_every_name(built: Built, team: Team, username: str) -> None:
    add_invited(built, team.office, "New One")
    _, page = enrol(built, "aaaaa-aaaaa-aaaaa-aaaaa", username=username)
    assert "This user name and code do not fit together, or the code has been used or is over." in page
    assert OTHER not in page


def test_a_code_is_over_after_seven_days(built: Built, team: Team) -> None:
    code = add_invited(built, team.office, "New One")
    built.clock.forward(days=8)
    _, page = enrol(built, code)
    assert "do not fit together" in page


def test_a_weak_passphrase_does_not_use_the_code_up(built: Built, team: Team) -> None:
    code = add_invited(built, team.office, "New One")
    _, page = enrol(built, code, "new one new one new one")
    assert "This is too easy to guess." in page
    _, page = enrol(built, code)
    assert "Your passphrase is set and you have a key." in page
