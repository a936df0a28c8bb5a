"""Accounts belong to whoever sets the passphrase: nobody else knows it, and nobody can reset it."""

import pytest

from reporting.crypto.passphrases import Weakness
from reporting.domain.people import Role
from reporting.services.errors import DoesNotFit, NameTaken, NotAllowed, NotAName, NotFound
from reporting.services.organisation import accounts
from reporting.services.organisation.account_list import account_lines
from reporting.store.database import reading
from reporting.store.grants import grants_of_holder
from reporting.store.staff import Staff, find_staff_by_username
from tests.builders import (
    PASSPHRASE,
    Built,
    Team,
    add_office,
    add_staff,
    cheap_passphrases,
    in_unit,
    send_report,
    staff_row,
)
from tests.services.acts import holders, opens
from tests.services.people import last_events, session_count, sign_in, signed_in

NEW = {"username": "chen.wei", "display_name": "Chen Wei", "role": Role.CASE_MANAGER}


def create(built: Built, office_id: bytes, **facts: object) -> str:
    """Create an account and return its code."""
    return str(in_unit(built, accounts.create_account, office_id=office_id, **(NEW | facts)))


def enrol(built: Built, username: str, code: str) -> None:
    """Redeem a code with the passphrase of these tests."""
    with cheap_passphrases():
        seed, sealed = accounts.prepare_key(username, "Chen Wei", PASSPHRASE)
    in_unit(built, accounts.enrol, username, code, seed, sealed)


@pytest.mark.req("L5")
def test_an_invited_person_redeems_a_code_and_signs_in_with_their_own_passphrase(built: Built, team: Team) -> None:
    code = create(built, team.office.id)
    assert [len(part) for part in code.split("-")] == [5, 5, 5, 5]
    enrol(built, " Chen.Wei ", code.upper().replace("-", " "))
    row = find(built, "chen.wei")
    assert row is not None
    assert sign_in(built, "CHEN.WEI ") == row.id
    assert (row.state, row.code_hash, row.code_expires_on) == ("active", None, None)
    assert last_events(built, 2) == [("account_created", "case_manager"), ("account_enrolled", "")]


def find(built: Built, username: str) -> Staff | None:
    """Return an account apart from the database."""
    with reading(built.stores) as work:
        staff = find_staff_by_username(work.main, username)
        work.main.expunge_all()
        return staff


@pytest.mark.req("L5", "ASVS-6.3.8")
@pytest.mark.parametrize("attempt", ["wrong code", "wrong name", "a day late", "redeemed already"])
def test_a_code_that_does_not_fit_is_one_answer_whatever_is_wrong(built: Built, team: Team, attempt: str) -> None:
    code, name = create(built, team.office.id), "chen.wei"
    if attempt == "a day late":
        built.clock.forward(days=accounts.CODE_DAYS + 1)
    if attempt == "redeemed already":
        enrol(built, name, code)
    tried = {"wrong code": (name, "a" * 20), "wrong name": ("chen", code)}.get(attempt, (name, code))
    with pytest.raises(NotFound):
        enrol(built, *tried)


def test_a_code_is_good_on_its_last_day(built: Built, team: Team) -> None:
    code = create(built, team.office.id)
    built.clock.forward(days=accounts.CODE_DAYS)
    enrol(built, "chen.wei", code)


@pytest.mark.req("P1")
def test_the_code_is_stored_hashed(built: Built, team: Team) -> None:
    code = create(built, team.office.id)
    row = find(built, "chen.wei")
    assert row is not None
    assert row.code_hash is not None
    assert code.replace("-", "").encode() not in row.code_hash
    assert len(row.code_hash) == 32


@pytest.mark.req("L5")
@pytest.mark.parametrize(
    ("passphrase", "why"),
    [
        ("short", Weakness.TOO_SHORT),
        ("a" * 257, Weakness.TOO_LONG),
        ("chen.weichen.wei", Weakness.COMMON),
        ("password password", Weakness.COMMON),
    ],
)
def test_a_weak_passphrase_is_refused_with_its_reason(passphrase: str, why: Weakness) -> None:
    with pytest.raises(accounts.WeakPassphrase) as refusal:
        accounts.prepare_key("chen.wei", "Chen Wei", passphrase)
    assert refusal.value.why is why


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"username": "Chen Wei"}, NotAName),
        ({"username": "1chen"}, NotAName),
        ({"username": "c"}, NotAName),
        ({"display_name": "  "}, NotAName),
        ({"username": "amina.diallo"}, NameTaken),
        ({"role": Role.OUTSIDE_DESK}, DoesNotFit),
        ({"role": Role.SURVIVOR}, DoesNotFit),
        ({"office_id": bytes(16)}, DoesNotFit),
    ],
)
def test_an_account_that_cannot_be_is_refused(
    built: Built, team: Team, facts: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        create(built, **({"office_id": team.office.id} | facts))  # type: ignore[arg-type]  # facts of many types


@pytest.mark.req("U7")
def test_a_case_manager_does_not_exist_at_the_outside_desk(built: Built, team: Team) -> None:
    with pytest.raises(DoesNotFit):
        create(built, team.desk.id)
    create(built, team.desk.id, role=Role.OUTSIDE_DESK)


@pytest.mark.req("L5", "P5")
@pytest.mark.principle("safety")
def test_a_renewed_code_ends_key_grants_and_sessions_at_once(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    signed_in(built, team.ben)
    in_unit(built, accounts.renew_code, None, team.ben.staff_id)
    row = staff_row(built, team.ben)
    assert (row.state, row.sealed_seed, row.public_key, row.signing_key, row.key_tag) == ("invited",) + (None,) * 4
    assert session_count(built) == 0
    assert not opens(built, team.ben, case_id)
    with reading(built.stores) as work:
        assert grants_of_holder(work.main, team.ben.holder) == []
    assert team.ben.staff_id in holders(built, case_id)
    assert last_events(built, 1) == [("code_issued", "")]


@pytest.mark.req("L5")
@pytest.mark.principle("safety")
def test_disabling_an_account_ends_its_sessions_and_its_sign_in_at_once(built: Built, team: Team) -> None:
    signed_in(built, team.ben)
    in_unit(built, accounts.disable, team.amina.staff_id, team.ben.staff_id)
    assert session_count(built) == 0
    with pytest.raises(NotFound):
        sign_in(built, team.ben.username)
    for act in (accounts.renew_code, accounts.disable):
        with pytest.raises(NotFound):
            in_unit(built, act, None, team.ben.staff_id if act is accounts.renew_code else bytes(16))


def test_nobody_disables_their_own_account(built: Built, team: Team) -> None:
    administrator = add_staff(built, team.office, Role.ADMINISTRATOR, "Ada Root")
    with pytest.raises(NotAllowed):
        in_unit(built, accounts.disable, administrator.staff_id, administrator.staff_id)


def test_the_administrator_sees_every_account_and_nothing_of_what_it_holds(built: Built, team: Team) -> None:
    add_staff(built, add_office(built, "Nairobi"), Role.AUDITOR, "Zoe Audit")
    with reading(built.stores) as work:
        lines = account_lines(work, built.house)
        assert [(line.staff.username, line.office, line.trusted) for line in lines] == [
            ("amina.diallo", "Geneva", True),
            ("ben.okafor", "Geneva", True),
            ("ines.moreau", "Geneva", True),
            ("olga.petrenko", "Outside desk", True),
            ("zoe.audit", "Nairobi", False),
        ]
    assert team.office.name == "Geneva"
