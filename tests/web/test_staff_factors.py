"""At sign-in and afterwards: between the passphrase and the second factor nothing is open but the way to it."""

import base64
import re
from html import unescape

import pytest

from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.people import Role
from reporting.store.audit import recent_events
from reporting.store.database import reading
from reporting.web.access import permission_of
from reporting.web.staff.step_up import PURPOSES
from tests.authenticator import code_of, next_code
from tests.builders import PASSPHRASE, SECRET, Built, Team, add_staff, cheap_passphrases, send_report
from tests.engines import on_sqlite
from tests.passkey import SoftPasskey
from tests.sweeps.world import Objects
from tests.web.colleague import Colleague, at_case, at_work, set_up, words_of

pytestmark = on_sqlite
SIGN_IN, STEP, NEW = "/en/staff/sign-in", "/en/staff/second-step", "/en/staff/second-step/new"
SHOWN = re.compile(r'<p class="token digits"[^>]*>[A-Z2-7 ]+</p>')
OWN = "/en/staff/account/factors"


def half_way(built: Built, username: str) -> Colleague:
    """Return somebody, or a thief, who has shown the right passphrase and nothing else."""
    colleague = Colleague(built)
    with cheap_passphrases():
        answer = colleague.post(SIGN_IN, {"username": username, "passphrase": PASSPHRASE})
    assert answer.status_code == 303
    return colleague


def come_in(colleague: Colleague, code: str) -> None:
    """Show the second factor."""
    assert colleague.post(STEP, {"code": code}).headers["Location"] == "/en/staff"


def actions(built: Built, count: int = 1) -> list[str]:
    """Return what was recorded last, the newest first."""
    with reading(built.stores) as work:
        return [event.action for event in recent_events(work.main, count)]


@pytest.mark.req("L5", "ASVS-6.3.3")
@pytest.mark.principle("confidentiality")
def test_a_stolen_passphrase_opens_nothing_through_the_site(built: Built, team: Team) -> None:
    """Every address of the site, as somebody who knows the passphrase of a case manager and has not her phone."""
    _, _, case_id = send_report(built, team.office, "Only for those who hold it.")
    at_work(built, team.amina).do(at_case(case_id, "/names"))
    objects = Objects(case_id, bytes(16), team.ben.staff_id, team.office.id)
    thief, tried = half_way(built, team.amina.username), 0
    with built.app.test_request_context():
        staff = [rule for rule in built.app.url_map.iter_rules() if "/staff/" in rule.rule]
        addresses = [(rule, permission_of(rule.endpoint), objects.for_rule(rule)) for rule in staff]
        urls = [(built.app.url_for(rule.endpoint, **values), rule, asked) for rule, asked, values in addresses]
    for address, rule, asked in urls:
        if asked.value in ("show_factor", "sign_in", "enrol"):
            continue
        tried += 1
        if "GET" in (rule.methods or ()):
            assert thief.get(address).headers["Location"] == STEP, address
        if "POST" in (rule.methods or ()):
            answer = thief.post(address)
            assert answer.status_code == 403, address
            assert "You were signed out" in answer.text
    assert tried > 30
    assert thief.get(NEW).headers["Location"] == STEP, "no second factor beside the one that is there"
    assert thief.post(NEW, {"code": code_of(built, SECRET)}).headers["Location"] == STEP
    page = thief.read(STEP)
    assert "Amina" not in page
    assert "Cases" not in page
    assert StaffEvent.SIGNED_IN not in actions(built, 1)


@pytest.mark.req("L5", "ASVS-7.2.4")
def test_the_second_step_opens_the_session_under_a_new_cookie(built: Built, team: Team) -> None:
    amina = half_way(built, team.amina.username)
    assert amina.get("/en/staff").headers["Location"] == STEP
    before = amina.flask.get_cookie("w")
    refused = amina.refused(STEP, {"code": "000000"})
    assert "This code does not fit, or it was used already." in refused
    assert "000000" not in refused
    assert actions(built) == [StaffEvent.SECOND_FACTOR_REFUSED]
    assert "Please fill this in." in amina.refused(STEP, {"code": " "})
    come_in(amina, code_of(built, SECRET))
    after = amina.flask.get_cookie("w")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    assert actions(built) == [StaffEvent.SIGNED_IN]
    assert amina.get(STEP).headers["Location"] == "/en/staff"
    assert amina.post(STEP, {"code": "000000"}).headers["Location"] == "/en/staff"
    amina.flask.set_cookie("w", before.value)
    assert amina.get("/en/staff/inbox").headers["Location"] == SIGN_IN


@pytest.mark.req("L5", "ASVS-6.3.8")
def test_before_the_passphrase_is_right_nobody_learns_who_has_a_second_factor(built: Built, team: Team) -> None:
    add_staff(built, team.office, Role.AUDITOR, "Axel Berg")
    with cheap_passphrases():
        answers = [
            Colleague(built).post(SIGN_IN, {"username": name, "passphrase": "harvest canoe walnut 7"})
            for name in (team.amina.username, "axel.berg", "nobody")
        ]
    assert len({re.sub(r'value="[^"]*"', "", answer.text) for answer in answers}) == 1
    assert {answer.status_code for answer in answers} == {422}


@pytest.mark.req("L5", "ASVS-6.3.1")
def test_guessing_the_code_ends_after_ten_tries_from_anywhere(built: Built, team: Team) -> None:
    thief = half_way(built, team.amina.username)
    for number in range(10):
        with built.app.test_request_context():
            thief.refused(STEP, {"code": f"00000{number}"})
    again = half_way(built, team.amina.username)
    again.refused(STEP, {"code": code_of(built, SECRET)}, 429)
    assert at_work(built, team.ben).get("/en/staff/inbox").status_code == 200
    built.clock.forward(minutes=61)
    assert at_work(built, team.amina).get("/en/staff/inbox").status_code == 200


def test_signing_out_half_way_ends_the_session(built: Built, team: Team) -> None:
    amina = half_way(built, team.amina.username)
    assert "Not now: sign out" in amina.read(STEP)
    amina.do("/en/staff/sign-out")
    assert amina.get(STEP).headers["Location"] == SIGN_IN


def test_no_other_site_can_post_a_code(built: Built, team: Team) -> None:
    amina = half_way(built, team.amina.username)
    answer = amina.post(STEP, {"code": code_of(built, SECRET)}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    amina.refused(STEP, {"code": code_of(built, SECRET), "check": "0" * 64}, 403)


@pytest.mark.req("L5")
def test_an_app_is_set_up_from_a_picture_or_from_text_and_nothing_is_loaded(built: Built, team: Team) -> None:
    with_nothing(built, team)
    ben = half_way(built, team.ben.username)
    assert ben.get(STEP).headers["Location"] == NEW
    page = ben.read(NEW)
    assert '<svg width="' in page
    assert "<img" not in page
    assert SHOWN.findall(page) == SHOWN.findall(ben.read(NEW)), "the same secret until it is set up"
    assert "This code does not fit." in ben.refused(NEW, {"code": "000000"})
    assert "Please fill this in." in ben.refused(NEW, {"code": ""})
    codes = set_up(ben, page)
    assert ben.get("/en/staff/inbox").status_code == 200
    assert ben.get(f"{OWN}/codes").headers["Location"] == OWN, "shown once"
    assert "10 recovery codes are left." in ben.read(OWN)
    assert not any(code in ben.read(OWN) for code in codes)
    again = half_way(built, team.ben.username)
    come_in(again, codes[0])
    assert "9 recovery codes are left." in again.read(OWN)


def with_nothing(built: Built, team: Team) -> None:
    """Leave a reader without a second factor, as after an upgrade from a release that knew none."""
    from reporting.store.database import writing
    from reporting.store.factors import forget_factors

    with writing(built.stores) as work:
        forget_factors(work.main, team.ben.staff_id)


@pytest.mark.req("L5", "ASVS-7.5.1")
def test_factors_change_only_with_passphrase_and_factor(built: Built, team: Team) -> None:
    amina = at_work(built, team.amina)
    assert amina.get(NEW).headers["Location"].startswith("/en/staff/prove?for=factors")
    for path in (f"{OWN}/codes", f"{OWN}/remove", NEW):
        assert amina.post(path).headers["Location"].startswith("/en/staff/prove?for=factors")
    asked = "/en/staff/prove?for=factors"
    assert "This code does not fit" in amina.refused(asked, {"passphrase": PASSPHRASE, "code": "000000"})
    assert amina.get(NEW).status_code == 303
    assert amina.prove("factors").headers["Location"] == OWN
    assert "Set up another one" in amina.read(OWN)
    assert "Your role needs a second factor." in amina.do(f"{OWN}/remove", {"factor": first_factor(built, team)})
    secret = re.sub(r"\s", "", re.findall(r'<p class="token digits"[^>]*>([A-Z2-7 ]+)</p>', amina.read(NEW))[0])
    page = amina.do(NEW, {"code": code_of(built, secret)})
    assert "Your second factor is set up." in page
    assert "It is taken away." in amina.do(f"{OWN}/remove", {"factor": first_factor(built, team)})
    assert "This is not possible any more." in amina.do(f"{OWN}/remove", {"factor": "nonsense"})
    shown = amina.do(f"{OWN}/codes")
    assert len(re.findall(r"<li>[a-z0-9-]{14}</li>", shown)) == 10
    amina.refused(asked, {"passphrase": PASSPHRASE, "code": code_of(built, SECRET)})


def first_factor(built: Built, team: Team) -> str:
    """Return the id of Amina's oldest app, as the form would carry it."""
    from reporting.domain.factors import Authenticator
    from reporting.services.signing_in.factors import Person, factors_of

    with reading(built.stores) as work:
        held = factors_of(work, Person(team.amina.staff_id, team.amina.pair.seed))
    return next(one.id.hex() for one in held if isinstance(one.factor, Authenticator) and one.factor.secret == SECRET)


@pytest.mark.req("L5", "ASVS-7.5.3")
def test_what_was_used_to_sign_in_does_not_prove_it_again(built: Built, team: Team) -> None:
    amina, code = half_way(built, team.amina.username), code_of(built, SECRET)
    come_in(amina, code)
    page = amina.refused("/en/staff/prove?for=vouch", {"passphrase": PASSPHRASE, "code": code})
    assert "Wait for the next one." in page
    built.clock.forward(seconds=30)
    answer = amina.post("/en/staff/prove?for=vouch", {"passphrase": PASSPHRASE, "code": code_of(built, SECRET)})
    assert answer.headers["Location"] == "/en/staff/colleagues"


@pytest.mark.req("L5")
def test_the_page_that_asks_leads_nowhere_but_to_pages_of_a_closed_list(built: Built, team: Team) -> None:
    amina = at_work(built, team.amina)
    for purpose in ("", "https://elsewhere.example", "//elsewhere.example", "identity%00", "case"):
        assert amina.get(f"/en/staff/prove?for={purpose}").headers["Location"] == "/en/staff"
    for subject in ("", "x", "0" * 31, "//elsewhere.example"):
        page = amina.read(f"/en/staff/prove?for=identity&at={subject}")
        assert "elsewhere" not in page.partition("<h1>")[2]
    assert "somebody else could be sitting at your desk" in words_of(amina.read("/en/staff/prove?for=passphrase"))


def test_every_purpose_has_a_page_to_come_back_to(built: Built) -> None:
    with built.app.test_request_context("/en/staff"):
        for code, purpose in PURPOSES.items():
            assert re.fullmatch("[a-z-]+", code)
            assert purpose.back(bytes(16)).startswith("/en/staff/")
            assert purpose.back(None).startswith("/en/staff")


def test_a_role_without_grants_proves_with_the_passphrase_until_it_has_a_factor(built: Built, team: Team) -> None:
    axel = at_work(built, add_staff(built, team.office, Role.AUDITOR, "Axel Berg"))
    assert "You have no second factor." in axel.read(OWN)
    assert 'name="code"' not in axel.read("/en/staff/prove?for=factors")
    axel.prove("factors")
    codes = set_up(axel, axel.read(NEW))
    assert 'name="code"' in axel.read("/en/staff/prove?for=factors")
    other = half_way(built, "axel.berg")
    other.member = axel.member
    assert other.get("/en/staff/audit").headers["Location"] == STEP
    come_in(other, codes[1])
    other.prove("factors")
    app = re.findall(r'name="factor" value="([0-9a-f]{32})"', other.read(OWN))
    assert "It is taken away." in other.do(f"{OWN}/remove", {"factor": app[0]})
    assert half_way(built, "axel.berg").get("/en/staff/audit").status_code == 200


@pytest.mark.principle("confidentiality")
def test_no_colleague_and_no_administrator_sees_who_has_what(built: Built, team: Team) -> None:
    ada = at_work(built, add_staff(built, team.office, Role.ADMINISTRATOR, "Ada Adeyemi"))
    ben = at_work(built, team.ben)
    for page in (ada.read(f"/en/staff/accounts/{team.amina.staff_id.hex()}"), ben.read("/en/staff/colleagues")):
        assert "uthenticator" not in page


@pytest.mark.req("L5", "ASVS-7.4.3")
def test_i_end_every_session_but_this_one(built: Built, team: Team) -> None:
    here, elsewhere, ben = at_work(built, team.amina), at_work(built, team.amina), at_work(built, team.ben)
    assert "Your other sessions have ended." in here.do("/en/staff/account/sessions/others")
    assert elsewhere.get("/en/staff/inbox").headers["Location"] == SIGN_IN
    assert ben.get("/en/staff/inbox").status_code == 200


def test_a_changed_passphrase_leaves_the_second_factor_as_it_was(built: Built, team: Team) -> None:
    amina, other = at_work(built, team.amina), "harvest canoe walnut drizzle 7"
    amina.prove("passphrase")
    with cheap_passphrases():
        amina.do("/en/staff/account/passphrase", {"passphrase": other, "again": other})
    assert next_code(built, team.amina)
    again = Colleague(built)
    again.sign_in(team.amina, other)
    assert again.get("/en/staff/inbox").status_code == 200
    assert unescape(again.read(OWN)).count("Authenticator app") >= 1


@pytest.mark.req("L5", "ASVS-6.3.3")
def test_a_passkey_is_set_up_and_then_stands_in_for_the_code(built: Built, team: Team) -> None:
    amina, key, site = at_work(built, team.amina), SoftPasskey(), "http://localhost"
    amina.prove("factors")
    made = key.made(challenge_on(amina.read(NEW)), site, "localhost")
    page = amina.do("/en/staff/second-step/passkey", {"credential": made})
    assert "Your second factor is set up." in page
    assert page.count("<strong>Passkey</strong>") == 1
    page = amina.do("/en/staff/second-step/passkey", {"credential": made})
    assert "That passkey could not be set up." in page, "the challenge is gone"
    again = half_way(built, team.amina.username)
    asked = challenge_on(again.read(STEP))
    first = key.shown(asked, site, "localhost")
    again.refused(STEP, {"credential": key.shown(bytes(32), site, "localhost")})
    again.refused(STEP, {"credential": first})
    assert actions(built, 2) == [StaffEvent.SECOND_FACTOR_REFUSED, StaffEvent.SECOND_FACTOR_REFUSED]
    answer = again.post(STEP, {"credential": key.shown(challenge_on(again.read(STEP)), site, "localhost")})
    assert answer.headers["Location"] == "/en/staff"
    asked = challenge_on(again.read("/en/staff/prove?for=vouch"))
    shown = {"passphrase": PASSPHRASE, "credential": key.shown(asked, site, "localhost")}
    with cheap_passphrases():
        answer = again.post("/en/staff/prove?for=vouch", shown)
    assert answer.headers["Location"] == "/en/staff/colleagues"


def challenge_on(page: str) -> bytes:
    """Return what a page asks a passkey to sign."""
    (found,) = re.findall(r'"challenge": "([\w-]+)"', page)
    return base64.urlsafe_b64decode(found + "=" * (-len(found) % 4))


@pytest.mark.principle("safety")
def test_only_a_page_that_asks_for_a_passkey_carries_and_allows_its_script(built: Built, team: Team) -> None:
    amina = at_work(built, team.amina)
    amina.prove("factors")
    for path, carries in ((NEW, True), (OWN, False), ("/en/staff/prove?for=vouch", False)):
        answer = amina.get(path)
        allowed = re.findall(r"script-src ([^;]+)", answer.headers["Content-Security-Policy"])[0].split()
        assert len(allowed) == (2 if carries else 1)
        assert ("navigator.credentials" in answer.text) is carries
        assert not [source for source in allowed if not source.startswith("'sha256-")]
    answer = amina.get(NEW, base_url="http://127.0.0.1")
    assert "data-passkey" not in answer.text
