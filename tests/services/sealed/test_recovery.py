"""A quorum gives one reader's access back, and nothing of a reporter's; fewer shares give nothing."""

import pytest
from sqlalchemy import select, text

from reporting.crypto.errors import NotAShare, WrongPassphrase
from reporting.crypto.keys import KeyPair
from reporting.crypto.passphrases import seal_seed
from reporting.crypto.recovery import CopyContext, seal_copy
from reporting.crypto.secret import Seed
from reporting.crypto.shares import Shares, split_seed
from reporting.domain.people import Role
from reporting.services.actors import Reporter, StaffMember
from reporting.services.casework import case as casework
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.organisation import accounts
from reporting.services.sealed import recovery
from reporting.services.sealed.granting import open_key
from reporting.services.sealed.sealing import open_case
from reporting.services.signing_in.codes import draw_code, plain_code
from reporting.store.database import reading
from reporting.store.factors import has_factors
from reporting.store.grants import Grant
from reporting.store.recovery import RecoveryCopy, RecoveryKey, RecoveryShredKey, all_copies
from reporting.store.reporters import Reporter as ReporterRow
from reporting.store.staff import find_staff
from tests.builders import (
    PASSPHRASE,
    Built,
    Team,
    add_reader,
    add_staff,
    cheap_passphrases,
    in_unit,
    send_report,
    staff_row,
)
from tests.services.people import is_trusted, last_events, sign_in, signed_in, staff_name

pytestmark = pytest.mark.req("P1")
NEW = "another lantern under quarry 77"


def begin(built: Built) -> KeyPair:
    """Turn recovery on and return the key that the shares would give."""
    pair = KeyPair.from_seed(Seed.random())
    in_unit(built, recovery.begin, pair.public_key, 2, 3)
    return pair


def sealed(built: Built, member: StaffMember) -> None:
    """Let somebody seal their key to the quorum, as the page of their account does."""
    in_unit(built, recovery.seal_own, member)


def seed_of(built: Built, pair: KeyPair, member: StaffMember) -> Seed:
    """Open the copy of somebody's seed with the recovery key."""
    with reading(built.stores) as work:
        return recovery.seed_from_copy(work, built.house, pair, member.staff_id)


def restore(built: Built, pair: KeyPair, member: StaffMember) -> str:
    """Restore somebody and return the code."""
    seed, code = seed_of(built, pair, member), draw_code()
    with cheap_passphrases():
        under_code = seal_seed(plain_code(code), seed)
    in_unit(built, recovery.restore, member.staff_id, seed, code, under_code)
    return code


def enrol(built: Built, member: StaffMember, code: str) -> Seed:
    """Set a new passphrase with a code, as the page does."""
    with reading(built.stores) as work:
        staff = accounts.find_invited(work, built.house, member.username, code)
        assert staff is not None
        waiting = recovery.restored_seal(staff)
    kept = recovery.seed_under_code(waiting, code) if waiting else None
    with cheap_passphrases():
        seed, fresh = accounts.prepare_key(member.username, member.display_name, NEW, kept)
    in_unit(built, accounts.enrol, member.username, code, seed, fresh)
    return seed


def test_whoever_was_restored_keeps_key_vouches_and_cases(built: Built, team: Team) -> None:
    pair = begin(built)
    _, _, case_id = send_report(built, team.office, "Only for those who hold it.")
    sealed(built, team.amina)
    code = restore(built, pair, team.amina)
    assert enrol(built, team.amina, code) == team.amina.pair.seed
    assert is_trusted(built, team.amina.staff_id)
    in_unit(built, casework.declare_no_conflict, team.amina, case_id)
    shown = in_unit(built, casework.view_case, team.amina, case_id)
    assert "Only for those who hold it." in str(shown.disclosure)
    assert sign_in(built, team.amina.username, NEW) == team.amina.staff_id
    with pytest.raises(WrongPassphrase):
        sign_in(built, team.amina.username, PASSPHRASE)


def test_from_the_moment_of_the_restoring_the_old_passphrase_and_sessions_end(built: Built, team: Team) -> None:
    pair = begin(built)
    sealed(built, team.amina)
    ticket = signed_in(built, team.amina)
    with reading(built.stores) as work:
        assert has_factors(work.main, team.amina.staff_id)
    code = restore(built, pair, team.amina)
    assert staff_name(built, ticket) == ""
    for passphrase in (PASSPHRASE, plain_code(code), code):
        with pytest.raises(NotFound):
            sign_in(built, team.amina.username, passphrase)
    with reading(built.stores) as work:
        assert not has_factors(work.main, team.amina.staff_id)
    assert not is_trusted(built, team.amina.staff_id), "nothing new is sealed before they are back"


def test_a_code_gives_the_seed_to_whoever_has_it_and_to_nobody_else(built: Built, team: Team) -> None:
    pair = begin(built)
    sealed(built, team.amina)
    code = restore(built, pair, team.amina)
    waiting = recovery.restored_seal(staff_row(built, team.amina))
    assert waiting is not None
    with pytest.raises(NotFound):
        recovery.seed_under_code(waiting, draw_code())
    assert recovery.seed_under_code(waiting, code.upper().replace("-", " ")) == team.amina.pair.seed
    assert recovery.restored_seal(staff_row(built, team.ben)) is None, "an active account has none"


def test_another_key_cannot_be_slipped_into_a_restored_account(built: Built, team: Team) -> None:
    pair = begin(built)
    sealed(built, team.amina)
    code = restore(built, pair, team.amina)
    with cheap_passphrases():
        other, fresh = accounts.prepare_key(team.amina.username, team.amina.display_name, NEW, Seed.random())
    with pytest.raises(NotFound):
        in_unit(built, accounts.enrol, team.amina.username, code, other, fresh)
    assert enrol(built, team.amina, code) == team.amina.pair.seed
    with pytest.raises(NotFound):
        in_unit(built, accounts.enrol, team.amina.username, code, other, fresh)


def test_a_code_that_was_lost_is_made_again_by_the_quorum(built: Built, team: Team) -> None:
    pair = begin(built)
    sealed(built, team.amina)
    first = restore(built, pair, team.amina)
    built.clock.forward(days=8)
    second = restore(built, pair, team.amina)
    with reading(built.stores) as work:
        assert accounts.find_invited(work, built.house, team.amina.username, first) is None
    assert enrol(built, team.amina, second) == team.amina.pair.seed


@pytest.mark.principle("confidentiality")
def test_with_quorum_database_keys_and_shred_store_a_private_record_stays_closed(built: Built, team: Team) -> None:
    pair = begin(built)
    people = (team.amina, team.ben, team.ines, team.desk_reader)
    for member in people:
        sealed(built, member)
    _, reporter, private = send_report(built, None, "Only for me.")
    _, _, reported = send_report(built, team.office, "For the team.")
    with reading(built.stores) as work:
        copies = {copy.staff_id for copy in all_copies(work.main)}
        assert copies == {member.staff_id for member in people}, "staff, and nobody else"
        assert not copies & {row.lookup_id for row in work.main.scalars(select(ReporterRow))}
    for member in people:
        pair_of_theirs = KeyPair.from_seed(seed_of(built, pair, member))
        restored = StaffMember(
            member.staff_id, member.username, member.display_name, member.role, member.office_id, pair_of_theirs
        )
        with reading(built.stores) as work:
            with pytest.raises(NotFound):
                open_case(work, restored, built.house, private)
            grants = list(work.main.scalars(select(Grant).where(Grant.case_id == private)))
            assert grants
            for grant in grants:
                for actor in (
                    restored,
                    Reporter(reporter.lookup_id, pair_of_theirs),
                    Reporter(reporter.lookup_id, pair),
                ):
                    assert open_key(work, actor, built.house, grant) is None
    with reading(built.stores) as work:
        assert open_case(work, team.amina, built.house, reported).id == reported


def test_without_the_shred_store_a_copy_is_noise(built: Built, team: Team) -> None:
    pair = begin(built)
    sealed(built, team.amina)
    in_unit(built, lambda work, _house: work.shred.execute(text("DELETE FROM recovery_shred_keys")))
    with pytest.raises(NotFound):
        seed_of(built, pair, team.amina)


@pytest.mark.parametrize("how", ["renew", "end", "new code", "disabled"])
def test_a_copy_that_was_destroyed_does_not_come_back_with_a_backup(built: Built, team: Team, how: str) -> None:
    pair = begin(built)
    sealed(built, team.amina)
    with reading(built.stores) as work:
        backup = [work.main.scalars(select(RecoveryKey)).one(), *all_copies(work.main)]
        work.main.expunge_all()
    if how == "renew":
        in_unit(built, recovery.renew, KeyPair.from_seed(Seed.random()).public_key, 2, 2)
        in_unit(built, recovery.end)
    elif how == "end":
        in_unit(built, recovery.end)
    elif how == "new code":
        in_unit(built, accounts.renew_code, None, team.amina.staff_id)
    else:
        in_unit(built, accounts.disable, None, team.amina.staff_id)
    with reading(built.stores) as work:
        assert work.shred.query(RecoveryShredKey).count() == 0
        assert work.main.query(RecoveryCopy).count() == 0

    def put_back(work, _house):  # type: ignore[no-untyped-def]  # a unit and a house
        for row in backup:
            work.main.merge(row)

    in_unit(built, put_back)
    with pytest.raises(NotFound):
        seed_of(built, pair, team.amina)


def test_enrolling_seals_the_key_of_a_reader_and_of_nobody_else(built: Built, team: Team) -> None:
    pair = begin(built)
    member = add_staff(built, team.office, Role.INVESTIGATOR, "Nadia Haddad", vouched=False)
    add_staff(built, team.office, Role.ADMINISTRATOR, "Ana Ciobanu")
    add_staff(built, team.office, Role.AUDITOR, "Axel Lindqvist")
    with reading(built.stores) as work:
        assert [copy.staff_id for copy in all_copies(work.main)] == [member.staff_id]
        assert recovery.has_copy(work, built.house, member.staff_id)
        assert not recovery.has_copy(work, built.house, team.amina.staff_id), "who enrolled before is asked, not taken"
    assert seed_of(built, pair, member) == member.pair.seed


def test_without_recovery_nothing_is_sealed(built: Built, team: Team) -> None:
    add_reader(built, team.desk, Role.OUTSIDE_DESK, "Otto Brandt")
    sealed(built, team.amina)
    with reading(built.stores) as work:
        assert recovery.quorum(work, built.house) is None
        assert recovery.copies(work) == 0
        assert work.shred.query(RecoveryShredKey).count() == 0


def test_a_key_that_was_put_there_past_the_program_gets_no_seed(built: Built, team: Team) -> None:
    begin(built)
    thief = KeyPair.from_seed(Seed.random())
    for values in ({"public_key": thief.public_key}, {"threshold": 1}, {"shares": 9}):
        with reading(built.stores) as work:
            before = {name: getattr(work.main.scalars(select(RecoveryKey)).one(), name) for name in values}

        def put(work, _house, values=values):  # type: ignore[no-untyped-def]  # a unit and a house
            for name, value in values.items():
                setattr(work.main.scalars(select(RecoveryKey)).one(), name, value)

        in_unit(built, put)
        sealed(built, team.amina)
        with reading(built.stores) as work:
            assert recovery.quorum(work, built.house) is None
            assert recovery.copies(work) == 0
        in_unit(built, put, before)


def test_a_copy_that_was_exchanged_gives_nobody_another_key(built: Built, team: Team) -> None:
    pair = begin(built)
    sealed(built, team.amina)
    sealed(built, team.ben)
    thief = Seed.random()

    def forge(work, house):  # type: ignore[no-untyped-def]  # a unit and a house
        copy = work.main.get_one(RecoveryCopy, team.amina.staff_id)
        found = recovery.quorum(work, house)
        assert found is not None
        copy.sealed, shred_key = seal_copy(thief, found.public_key, CopyContext(found.key_id, team.amina.staff_id))
        work.shred.get_one(RecoveryShredKey, copy.id).key = shred_key.raw

    in_unit(built, forge)
    with pytest.raises(NotAllowed):
        seed_of(built, pair, team.amina)

    def swap(work, _house):  # type: ignore[no-untyped-def]  # a unit and a house
        amina, ben = (work.main.get_one(RecoveryCopy, one.staff_id) for one in (team.amina, team.ben))
        amina.sealed, amina_key = ben.sealed, work.shred.get_one(RecoveryShredKey, ben.id).key
        work.shred.get_one(RecoveryShredKey, amina.id).key = amina_key

    in_unit(built, swap)
    with pytest.raises(NotAllowed):
        seed_of(built, pair, team.amina)
    with pytest.raises(NotAllowed):
        seed_of(built, KeyPair.from_seed(Seed.random()), team.ben)


def test_a_key_pair_that_was_exchanged_in_the_account_is_not_restored(built: Built, team: Team) -> None:
    pair = begin(built)
    sealed(built, team.amina)
    in_unit(built, lambda work, _house: setattr(find_staff(work.main, team.amina.staff_id), "key_tag", b"t" * 32))
    with pytest.raises(NotAllowed):
        seed_of(built, pair, team.amina)


def test_all_of_it_is_recorded(built: Built, team: Team) -> None:
    pair = begin(built)
    sealed(built, team.amina)
    enrol(built, team.amina, restore(built, pair, team.amina))
    in_unit(built, recovery.note_drill)
    in_unit(built, recovery.note_refusal, team.amina.staff_id)
    in_unit(built, recovery.renew, pair.public_key, 2, 3)
    in_unit(built, recovery.end)
    assert [action for action, _ in last_events(built, 9)] == [
        "recovery_begun",
        "seed_sealed_to_quorum",
        "seed_restored",
        "account_enrolled",
        "seed_sealed_to_quorum",
        "recovery_drilled",
        "recovery_refused",
        "recovery_renewed",
        "recovery_ended",
    ]


def test_there_is_one_key_and_a_disabled_account_is_not_restored(built: Built, team: Team) -> None:
    pair = begin(built)
    with pytest.raises(NotAllowed):
        in_unit(built, recovery.begin, pair.public_key, 2, 3)
    sealed(built, team.amina)
    seed = seed_of(built, pair, team.amina)
    in_unit(built, accounts.disable, None, team.amina.staff_id)
    with cheap_passphrases():
        under_code = seal_seed("code", seed)
    with pytest.raises(NotFound):
        in_unit(built, recovery.restore, team.amina.staff_id, seed, "code", under_code)
    in_unit(built, recovery.end)
    for use in (recovery.end, lambda work, house: recovery.renew(work, house, pair.public_key, 2, 3)):
        with pytest.raises(NotFound):
            in_unit(built, use)


def test_a_started_anew_account_is_not_restored_to_the_old_key(built: Built, team: Team) -> None:
    pair = begin(built)
    sealed(built, team.amina)
    seed = seed_of(built, pair, team.amina)
    in_unit(built, accounts.renew_code, None, team.amina.staff_id)
    with cheap_passphrases():
        under_code = seal_seed("code", seed)
    with pytest.raises(NotFound):
        in_unit(built, recovery.restore, team.amina.staff_id, seed, "code", under_code)


def test_any_quorum_of_shares_gives_the_key_and_fewer_give_nothing() -> None:
    seed = Seed.random()
    notes = split_seed(seed, 3, 5)
    for chosen in ((0, 1, 2), (4, 2, 0), (1, 3, 4)):
        shares = Shares()
        for one in chosen[:2]:
            shares.add(notes[one])
        with pytest.raises(NotAShare):
            shares.seed()
        shares.add(notes[chosen[2]])
        assert shares.needed == 0
        assert shares.seed() == seed
        assert seed.raw.hex() not in repr(shares)
