"""Accounts: made with a one-time code that nobody else sees, renewed, and disabled for good."""

import re

import pytest
from sqlalchemy import select

from reporting.domain.people import Role
from reporting.store.database import reading
from reporting.store.shred import StaffSession
from reporting.store.staff import find_staff_by_username
from reporting.store.tables import MAIN, SHRED
from tests.builders import Built, Team, add_staff, send_report, staff_row
from tests.engines import on_sqlite
from tests.web.colleague import Colleague, at_work

pytestmark = on_sqlite
ACCOUNTS, OFFICES = "/en/staff/accounts", "/en/staff/offices"
CODE = re.compile(r"[a-z2-9]{5}(?:-[a-z2-9]{5}){3}")


def new_account(team: Team, **other: str) -> dict[str, str]:
    """Return what the form for a new account sends."""
    return {
        "display_name": "Noor Rahman",
        "username": "noor.rahman",
        "role": "investigator",
        "office": team.office.id.hex(),
        **other,
    }


def everything_stored(built: Built) -> bytes:
    """Return every value in both stores, one after the other."""
    found = []
    with reading(built.stores) as work:
        for session, metadata in ((work.main, MAIN), (work.shred, SHRED)):
            for table in metadata.sorted_tables:
                found += [repr(tuple(row)).encode() for row in session.execute(select(table))]
    return b"".join(found)


@pytest.mark.req("L5", "ASVS-14.2.1")
@pytest.mark.principle("confidentiality")
def test_a_one_time_code_waits_on_its_page_and_nowhere_else(built: Built, team: Team, ada: Colleague) -> None:
    answer = ada.post(f"{ACCOUNTS}/new", new_account(team))
    assert answer.status_code == 303
    assert not CODE.search(answer.headers["Location"])
    assert "Set-Cookie" not in answer.headers
    where = answer.headers["Location"]
    (code,) = CODE.findall(ada.read(where))
    assert CODE.findall(ada.read(where)) == [code], "a reload shows it again"
    stored = everything_stored(built)
    assert code.encode() not in stored
    assert code.replace("-", "").encode() not in stored
    other = at_work(built, add_staff(built, team.office, Role.ADMINISTRATOR, "Other Admin"))
    assert not CODE.search(other.do(where.replace("/code", "/code/handed-over"))), "not in another session"
    assert CODE.findall(ada.read(where)) == [code]
    assert "The code is gone from here." in ada.do(where + "/handed-over")
    assert ada.get(where).headers["Location"] == where.removesuffix("/code")


def test_a_code_is_gone_with_the_session(built: Built, team: Team, ada: Colleague) -> None:
    ada.post(f"{ACCOUNTS}/new", new_account(team))
    ada.post("/en/staff/sign-out")
    with reading(built.stores) as work:
        assert work.shred.scalars(select(StaffSession)).all() == []


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"username": "amina.diallo"}, "Somebody has this user name already."),
        ({"username": "Ü"}, "Use small letters a to z"),
        ({"username": "a" * 300}, "This is too long: at most 200 characters."),
        ({"display_name": ""}, "Please fill this in."),
        ({"role": "outside_desk"}, "This role does not exist in this kind of office."),
        ({"role": "survivor"}, "Please choose one."),
        ({"role": ""}, "Please choose one."),
        ({"office": "0" * 32}, "Please choose one."),
        ({"office": "x"}, "Please choose one."),
    ],
)
def test_an_account_that_cannot_be_is_refused_beside_its_field(
    built: Built, team: Team, ada: Colleague, other: dict[str, str], told: str
) -> None:
    page = ada.refused(f"{ACCOUNTS}/new", new_account(team, **other))
    assert told in page
    with reading(built.stores) as work:
        assert find_staff_by_username(work.main, "noor.rahman") is None


def test_an_account_is_renewed_and_disabled_and_says_what_that_does(built: Built, team: Team, ada: Colleague) -> None:
    one = f"{ACCOUNTS}/{team.ben.staff_id.hex()}"
    assert "Vouched for" in ada.read(one)
    assert "/en/staff/prove?for=new-code" in ada.post(f"{one}/code").headers["Location"]
    assert staff_row(built, team.ben).state == "active", "not before the administrator has shown who it is"
    assert ada.prove("new-code", team.ben.staff_id).headers["Location"] == one
    answer = ada.post(f"{one}/code")
    assert CODE.search(ada.read(answer.headers["Location"]))
    assert staff_row(built, team.ben).state == "invited"
    assert "Not vouched for yet" in ada.read(one)
    assert "The account is disabled" in ada.do(f"{one}/disable")
    page = ada.read(one)
    assert "A disabled account stays disabled." in page
    ada.refused(f"{one}/code", status=404)


def test_nobody_disables_themselves(built: Built, team: Team) -> None:
    admin = add_staff(built, team.office, Role.ADMINISTRATOR, "Ada Adeyemi")
    ada, one = at_work(built, admin), f"{ACCOUNTS}/{admin.staff_id.hex()}"
    assert "Disable this account" not in ada.read(one)
    ada.refused(f"{one}/disable")
    ada.refused(f"{ACCOUNTS}/{'0' * 32}/disable", status=404)
    assert ada.get(f"{ACCOUNTS}/{'0' * 32}").status_code == 404


@pytest.mark.req("U7")
@pytest.mark.principle("confidentiality")
def test_an_administrator_sees_no_case_and_cannot_vouch(built: Built, team: Team, ada: Colleague) -> None:
    _, _, case_id = send_report(built, team.office, "Only for those who hold it.")
    for path in ("/en/staff/inbox", f"/en/staff/cases/{case_id.hex()}", "/en/staff/colleagues", "/en/staff/audit"):
        assert ada.get(path).status_code == 404, path
    for page in (ACCOUNTS, OFFICES, "/en/staff/settings", "/en/staff/account"):
        assert case_id.hex() not in ada.read(page)
    ada.refused(f"/en/staff/colleagues/{team.ben.staff_id.hex()}", {}, 404)
