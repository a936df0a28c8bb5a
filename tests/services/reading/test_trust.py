"""Vouching: no key receives anything before a colleague has compared it and signed for it."""

from datetime import timedelta

import pytest

from reporting.domain.people import Role
from reporting.services.actors import StaffMember
from reporting.services.errors import NotAllowed, NotFound, WordsDiffer
from reporting.services.organisation import accounts
from reporting.services.reading import trust
from reporting.store.database import reading, writing
from reporting.store.staff import Vouch, find_staff, vouches_for
from tests.builders import PASSPHRASE, Built, Team, add_office, add_reader, add_staff, in_unit, staff_row, vouch_for
from tests.services.acts import tamper
from tests.services.people import enrolled_again, is_trusted, set_columns

COLUMNS = ("display_name", "role", "office_id", "public_key", "signing_key", "key_tag", "state")


@pytest.mark.req("P5", "ASVS-2.3.5")
@pytest.mark.principle("prevention")
def test_a_key_is_trusted_only_after_a_colleague_typed_its_words(built: Built, team: Team) -> None:
    newcomer = add_staff(built, team.office, Role.CASE_MANAGER, "Chen Wei", vouched=False)
    words = trust.fingerprint(staff_row(built, newcomer))
    assert len(words) == 8
    assert not is_trusted(built, newcomer.staff_id)
    with pytest.raises(WordsDiffer):
        in_unit(built, trust.vouch, team.amina, newcomer.staff_id, ("zoo",) * 8)
    assert not is_trusted(built, newcomer.staff_id)
    in_unit(built, trust.vouch, team.amina, newcomer.staff_id, [f" {word.upper()} " for word in words])
    assert is_trusted(built, newcomer.staff_id)


@pytest.mark.req("P5")
def test_only_a_trusted_reader_of_the_same_office_vouches_and_never_for_themselves(built: Built, team: Team) -> None:
    newcomer = add_staff(built, team.office, Role.CASE_MANAGER, "Chen Wei", vouched=False)
    administrator = add_staff(built, team.office, Role.ADMINISTRATOR, "Ada Root")
    words = trust.fingerprint(staff_row(built, newcomer))
    for voucher in (newcomer, administrator):
        with pytest.raises(NotAllowed):
            in_unit(built, trust.vouch, voucher, newcomer.staff_id, words)
    with pytest.raises(NotFound):
        in_unit(built, trust.vouch, team.desk_reader, newcomer.staff_id, words)
    with pytest.raises(NotAllowed):
        in_unit(built, trust.vouch, team.amina, team.amina.staff_id, words)


def test_a_role_that_may_not_vouch_cannot_even_with_a_trusted_key(built: Built, team: Team) -> None:
    newcomer = add_staff(built, team.office, Role.CASE_MANAGER, "Chen Wei", vouched=False)
    words = trust.fingerprint(staff_row(built, newcomer))
    pretender = StaffMember(
        team.amina.staff_id, "amina.diallo", "Amina Diallo", Role.AUDITOR, team.office.id, team.amina.pair
    )
    with pytest.raises(NotAllowed):
        in_unit(built, trust.vouch, pretender, newcomer.staff_id, words)


def test_there_is_nothing_to_vouch_for_without_a_key(built: Built, team: Team) -> None:
    in_unit(built, accounts.renew_code, None, team.ben.staff_id)
    for staff_id in (team.ben.staff_id, bytes(16)):
        with pytest.raises(NotFound):
            in_unit(built, trust.vouch, team.amina, staff_id, ("zoo",) * 8)
    for ask in (trust.fingerprint, trust.statement):
        with pytest.raises(NotFound):
            ask(staff_row(built, team.ben))


@pytest.mark.req("P5")
def test_the_console_vouches_for_the_first_two_readers_of_an_office_and_for_nobody_else(empty: Built) -> None:
    office = add_office(empty)
    for name in ("Amina Diallo", "Ben Okafor"):
        add_reader(empty, office, Role.CASE_MANAGER, name)
    third = add_staff(empty, office, Role.CASE_MANAGER, "Chen Wei", vouched=False)
    administrator = add_staff(empty, add_office(empty, "Nairobi"), Role.ADMINISTRATOR, "Ada Root")
    for member in (third, administrator):
        with writing(empty.stores) as work:
            staff = find_staff(work.main, member.staff_id)
            assert staff is not None
            with pytest.raises(NotAllowed):
                trust.vouch_at_console(work, empty.house, staff)
    with pytest.raises(AssertionError, match="the console vouches for two"):
        vouch_for(empty, third)


@pytest.mark.req("P5")
@pytest.mark.principle("prevention")
@pytest.mark.parametrize(
    "column", ["display_name", "role", "office_id", "public_key", "signing_key", "key_tag", "state"]
)
def test_changing_any_part_of_an_account_in_the_database_ends_its_trust(built: Built, team: Team, column: str) -> None:
    other = staff_row(built, team.ben)
    values = {
        "display_name": "Amina Diallo-Smith",
        "role": "investigator",
        "office_id": team.desk.id,
        "public_key": other.public_key,
        "signing_key": other.signing_key,
        "key_tag": other.key_tag,
        "state": "invited",
    }
    assert is_trusted(built, team.amina.staff_id)
    set_columns(built, team.amina.staff_id, **{column: values[column]})
    assert not is_trusted(built, team.amina.staff_id)


@pytest.mark.req("P5")
@pytest.mark.parametrize("column", ["voucher_id", "voucher_key", "signature", "tag", "made_at"])
def test_a_vouch_that_was_altered_holds_no_more(built: Built, team: Team, column: str) -> None:
    """Ines was vouched for by Amina, with a signature."""
    with writing(built.stores) as work:
        (vouch,) = vouches_for(work.main, team.ines.staff_id)
        values = {"voucher_id": team.ben.staff_id, "voucher_key": bytes(32), "signature": bytes(64), "tag": bytes(32)}
        setattr(vouch, column, values.get(column, vouch.made_at - timedelta(days=30)))
    assert not is_trusted(built, team.ines.staff_id)


@pytest.mark.req("P5")
def test_a_vouch_moved_to_another_account_holds_for_nobody(built: Built, team: Team) -> None:
    newcomer = add_staff(built, team.office, Role.INVESTIGATOR, "Chen Wei", vouched=False)
    tamper(
        built, "UPDATE vouches SET staff_id = :new WHERE staff_id = :old", new=newcomer.staff_id, old=team.ines.staff_id
    )
    assert not is_trusted(built, newcomer.staff_id)
    assert not is_trusted(built, team.ines.staff_id)


@pytest.mark.req("P5")
def test_a_console_vouch_cannot_be_given_a_voucher_afterwards_nor_a_signed_one_lose_its_signature(
    built: Built, team: Team
) -> None:
    """Even whoever held the instance key could not make a colleague's vouch without that colleague."""
    with writing(built.stores) as work:
        staff = find_staff(work.main, team.ines.staff_id)
        (vouch,) = vouches_for(work.main, team.ines.staff_id)
        assert staff is not None
        vouch.signature = None
        vouch.tag = built.house.keyring.tag("vouch", *trust._vouch_parts(staff, vouch))
    assert not is_trusted(built, team.ines.staff_id)
    with writing(built.stores) as work:
        staff = find_staff(work.main, team.ines.staff_id)
        (vouch,) = vouches_for(work.main, team.ines.staff_id)
        assert staff is not None
        vouch.signature = bytes(64)
        vouch.tag = built.house.keyring.tag("vouch", *trust._vouch_parts(staff, vouch))
    assert not is_trusted(built, team.ines.staff_id)


@pytest.mark.req("L5")
def test_a_new_key_needs_a_new_vouch(built: Built, team: Team) -> None:
    again = enrolled_again(built, team.ben, PASSPHRASE + " second")
    assert not is_trusted(built, team.ben.staff_id)
    in_unit(built, trust.vouch, team.amina, again.staff_id, trust.fingerprint(staff_row(built, again)))
    assert is_trusted(built, team.ben.staff_id)


def test_a_reader_in_an_office_of_the_wrong_kind_is_not_trusted(built: Built, team: Team) -> None:
    tamper(built, "UPDATE offices SET external = :yes WHERE id = :id", yes=True, id=team.office.id)
    assert not is_trusted(built, team.amina.staff_id)
    with reading(built.stores) as work:
        staff = find_staff(work.main, team.desk_reader.staff_id)
        assert staff is not None
        work.main.expunge(staff)
        staff.office_id = bytes(16)
        assert not trust.is_trusted(work, built.house, staff)
        assert work.main.query(Vouch).count() == 4
