"""Coming in and going out: uniform answers, sessions that end, words that are not lost."""

import re

import pytest

from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.people import Role
from reporting.services.actors import StaffMember
from reporting.services.organisation import accounts
from reporting.services.signing_in import sessions
from reporting.store.audit import recent_events
from reporting.store.database import reading
from tests.builders import PASSPHRASE, Built, Team, add_invited, add_staff, cheap_passphrases, in_unit, send_report
from tests.engines import on_sqlite
from tests.web.colleague import Colleague, at_case, at_work

pytestmark = on_sqlite
SIGN_IN = "/en/staff/sign-in"
OTHER = "harvest canoe walnut drizzle 7"
FIRST = {
    Role.CASE_MANAGER: "inbox",
    Role.INVESTIGATOR: "inbox",
    Role.OUTSIDE_DESK: "inbox",
    Role.FOCAL_POINT: "statistics",
    Role.DIRECTORY_EDITOR: "directory",
    Role.LEGAL_AID_OFFICER: "fund",
    Role.ADMINISTRATOR: "accounts",
    Role.AUDITOR: "audit",
}


def events(built: Built) -> list[str]:
    """Return what the staff chain says, the newest first."""
    with reading(built.stores) as work:
        return [event.action for event in recent_events(work.main, 100)]


def without_names(page: str) -> str:
    """Return a page without what was typed and without the signed value, which differ in any case."""
    return re.sub(r'value="[^"]*"', "", page)


@pytest.mark.req("L5", "ASVS-6.3.8")
@pytest.mark.principle("confidentiality")
def test_unknown_wrong_invited_and_disabled_get_one_answer(built: Built, team: Team) -> None:
    add_invited(built, team.office, "New One")
    gone = add_staff(built, team.office, Role.FOCAL_POINT, "Gone Away")
    in_unit(built, accounts.disable, None, gone.staff_id)
    tries = [("nobody", PASSPHRASE), (team.amina.username, OTHER), ("new.one", PASSPHRASE), ("gone.away", PASSPHRASE)]
    with cheap_passphrases():
        answers = [Colleague(built).post(SIGN_IN, {"username": u, "passphrase": p}) for u, p in tries]
    assert {answer.status_code for answer in answers} == {422}
    assert len({without_names(answer.text) for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers.keys())) for answer in answers}) == 1
    assert not any("Set-Cookie" in answer.headers for answer in answers)
    assert "do not fit together" in answers[0].text


def test_what_was_typed_stays_but_for_the_passphrase(built: Built, team: Team) -> None:
    page = Colleague(built).refused(SIGN_IN, {"username": team.amina.username, "passphrase": OTHER})
    assert f'value="{team.amina.username}"' in page
    assert OTHER not in page


def test_empty_fields_are_named_and_cost_no_try(built: Built) -> None:
    page = Colleague(built).refused(SIGN_IN, {"username": "", "passphrase": ""})
    assert page.count("Please fill this in.") >= 2
    assert StaffEvent.SIGN_IN_REFUSED not in events(built)


def test_spaces_and_capitals_around_the_user_name_do_not_matter(built: Built, team: Team) -> None:
    typed = f" {team.amina.username.upper()} "
    answer = Colleague(built).post(SIGN_IN, {"username": typed, "passphrase": PASSPHRASE})
    assert answer.status_code == 303


@pytest.mark.parametrize("typed", ["\x00", "a\x00b", "\u202eanima", "x" * 100_000, "' OR 1=1 --", "😀"])
def test_nothing_that_can_be_typed_breaks_the_sign_in(built: Built, typed: str) -> None:
    with cheap_passphrases():
        answer = Colleague(built).post(SIGN_IN, {"username": typed, "passphrase": typed})
    assert answer.status_code == 422


@pytest.mark.parametrize("role", FIRST)
def test_each_role_comes_to_its_own_first_page(built: Built, team: Team, role: Role) -> None:
    known = {Role.CASE_MANAGER: team.amina, Role.INVESTIGATOR: team.ines, Role.OUTSIDE_DESK: team.desk_reader}
    member = known.get(role) or add_staff(built, team.office, role, "Somebody Else")
    colleague = at_work(built, member)
    answer = colleague.get("/en/staff")
    assert answer.headers["Location"] == f"/en/staff/{FIRST[role]}"
    assert member.display_name in colleague.read(answer.headers["Location"])
    assert colleague.get(SIGN_IN).headers["Location"] == "/en/staff"


def test_a_stranger_is_led_to_the_sign_in_and_sees_no_page_names(built: Built) -> None:
    visitor = Colleague(built)
    assert visitor.get("/en/staff/inbox").headers["Location"] == SIGN_IN
    page = visitor.read(SIGN_IN)
    assert "Colleagues’ keys" not in page
    assert "Sign out" not in page


def test_one_session_per_browser_and_a_new_secret_at_each_sign_in(built: Built, team: Team) -> None:
    colleague = at_work(built, team.amina)
    first = colleague.flask.get_cookie("w")
    colleague.sign_in(team.amina)
    second = colleague.flask.get_cookie("w")
    assert first is not None
    assert second is not None
    assert first.value != second.value
    with reading(built.stores) as work:
        assert len(sessions.sessions_of(work, built.house, team.amina.staff_id)) == 1


@pytest.mark.req("ASVS-14.3.1")
def test_signing_out_ends_the_session_and_clears_the_browser(built: Built, team: Team) -> None:
    colleague = at_work(built, team.amina)
    cookie = colleague.flask.get_cookie("w")
    answer = colleague.post("/en/staff/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert "You are signed out." in colleague.read(answer.headers["Location"])
    assert cookie is not None
    colleague.flask.set_cookie("w", cookie.value)
    assert colleague.get("/en/staff/inbox").headers["Location"] == SIGN_IN
    assert events(built)[0] == StaffEvent.SIGNED_OUT


def test_signing_out_twice_says_the_same(built: Built) -> None:
    assert "You are signed out." in Colleague(built).do("/en/staff/sign-out")


@pytest.mark.parametrize(("step", "steps"), [({"minutes": 31}, 1), ({"minutes": 20}, 31)])
def test_a_session_ends_when_idle_and_after_ten_hours_at_most(
    built: Built, team: Team, step: dict[str, float], steps: int
) -> None:
    colleague = at_work(built, team.amina)
    for _ in range(steps - 1):
        built.clock.forward(**step)
        colleague.get("/en/staff/inbox")
    built.clock.forward(**step)
    assert colleague.get("/en/staff/inbox").headers["Location"] == SIGN_IN


def test_a_disabled_account_is_out_at_once(built: Built, team: Team) -> None:
    colleague = at_work(built, team.ben)
    in_unit(built, accounts.disable, None, team.ben.staff_id)
    assert colleague.get("/en/staff/inbox").headers["Location"] == SIGN_IN


@pytest.mark.principle("respect")
def test_words_sent_after_the_session_ended_are_still_there(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    colleague = at_work(built, team.amina)
    colleague.do(at_case(case_id, "/names"))
    built.clock.forward(minutes=31)
    page = colleague.refused(at_case(case_id, "/messages"), {"message": "Dear <you>, this took me an hour."}, 403)
    assert "Dear <you>, this took me an hour." in page
    assert "You were signed out" in page
    assert f'href="{SIGN_IN}"' in page


def test_another_site_cannot_have_words_shown_as_if_they_were_ours(built: Built) -> None:
    answer = Colleague(built).post(
        "/en/staff/cases/" + "0" * 32 + "/notes", {"note": "planted"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403
    assert "You were signed out" not in answer.text


@pytest.mark.req("L5")
def test_ten_failures_make_this_name_wait_here_and_nowhere_else(built: Built, team: Team) -> None:
    thief = Colleague(built)
    for _ in range(10):
        thief.refused(SIGN_IN, {"username": team.amina.username, "passphrase": OTHER})
    page = thief.refused(SIGN_IN, {"username": team.amina.username, "passphrase": PASSPHRASE}, 429)
    assert PASSPHRASE not in page
    elsewhere = Colleague(built).flask.post(
        SIGN_IN,
        data={"username": team.amina.username, "passphrase": PASSPHRASE, "check": thief.signed(SIGN_IN)},
        headers={"Sec-Fetch-Site": "same-origin"},
        environ_base={"REMOTE_ADDR": "203.0.113.9"},
    )
    assert elsewhere.status_code == 303
    assert at_work(built, team.ben).get("/en/staff/inbox").status_code == 200
    built.clock.forward(minutes=16)
    assert at_work(built, team.amina).get("/en/staff/inbox").status_code == 200


@pytest.mark.req("ASVS-16.4.2")
def test_a_flood_of_refusals_does_not_fill_the_record(built: Built) -> None:
    with cheap_passphrases():
        for number in range(30):
            Colleague(built).post(SIGN_IN, {"username": f"guess{number}", "passphrase": OTHER})
    assert events(built).count(StaffEvent.SIGN_IN_REFUSED) == 10


def test_who_is_signed_in_is_asked_of_the_key_not_only_of_the_name(built: Built, team: Team) -> None:
    """A session that carries the key of before a new enrolment opens nothing."""
    colleague = at_work(built, team.ben)
    new_key = add_staff(built, team.office, Role.INVESTIGATOR, "Other Key", vouched=False)
    in_unit(built, give_key, team.ben, new_key)
    assert colleague.get("/en/staff/inbox").headers["Location"] == SIGN_IN


def give_key(work: object, _house: object, member: StaffMember, other: StaffMember) -> None:
    """Put another public key into an account, as somebody with the database might."""
    from reporting.store.database import Work
    from reporting.store.staff import find_staff

    assert isinstance(work, Work)
    staff = find_staff(work.main, member.staff_id)
    assert staff is not None
    staff.public_key = other.pair.public_key
