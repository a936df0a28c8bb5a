"""Second factors: a stolen passphrase opens nothing, a code counts once, and nobody but the person has a hand in it."""

from typing import Any

import pytest

from reporting.domain.factors import RECOVERY_CODES, Authenticator, RecoveryCodes, bare_code
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.people import Role
from reporting.services.actors import StaffMember
from reporting.services.errors import NotAllowed, NotFound, TooMany
from reporting.services.organisation import accounts
from reporting.services.signing_in import factors, sessions, throttle
from reporting.services.signing_in.factors import Person, WrongFactor
from reporting.services.signing_in.sessions import Ticket
from reporting.store.database import Work, reading, writing
from reporting.store.factors import FactorRow
from tests.authenticator import code_of, next_code
from tests.builders import SECRET, Built, Team, add_staff, in_unit
from tests.services.people import last_events, set_columns
from tests.services.together import at_once, meanwhile


def person(member: StaffMember) -> Person:
    """Return somebody who has shown the passphrase."""
    return Person(member.staff_id, member.pair.seed)


def show(built: Built, member: StaffMember, code: str) -> None:
    """Show a code."""
    in_unit(built, factors.show_code, person(member), code)


def refused(built: Built, member: StaffMember, code: str) -> None:
    """Show a code that must not count."""
    with pytest.raises(WrongFactor):
        show(built, member, code)


def held(built: Built, member: StaffMember) -> list[factors.Held]:
    """Return what somebody has."""
    with reading(built.stores) as work:
        return factors.factors_of(work, person(member))


def codes(built: Built, member: StaffMember) -> list[str]:
    """Draw recovery codes."""
    drawn = in_unit(built, factors.draw_codes, person(member))
    assert isinstance(drawn, list)
    return drawn


@pytest.mark.req("L5", "ASVS-6.5.1")
def test_a_code_counts_once_and_none_before_it_counts_after_it(built: Built, team: Team) -> None:
    present, before = code_of(built, SECRET), code_of(built, SECRET, steps=-1)
    show(built, team.amina, present)
    refused(built, team.amina, present)
    refused(built, team.amina, before)
    built.clock.forward(seconds=30)
    refused(built, team.amina, present)
    show(built, team.amina, code_of(built, SECRET))


@pytest.mark.req("L5", "ASVS-6.5.5")
@pytest.mark.parametrize(("steps", "counts"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_half_a_minute_off_and_no_more(built: Built, team: Team, steps: int, counts: bool) -> None:
    code = code_of(built, SECRET, steps=steps)
    if counts:
        show(built, team.amina, code)
    else:
        refused(built, team.amina, code)


def test_a_code_is_read_in_the_digits_of_any_script_and_with_spaces(built: Built, team: Team) -> None:
    code = code_of(built, SECRET)
    show(built, team.amina, f" {code[:3]} {code[3:]} ".translate({48 + n: 0x660 + n for n in range(10)}))


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "٠٠٠٠٠٠", "²²²²²²", "\x00" * 6, "x" * 100_000])
def test_nothing_else_counts(built: Built, team: Team, typed: str) -> None:
    refused(built, team.amina, typed)


@pytest.mark.req("L5")
@pytest.mark.principle("confidentiality")
def test_a_thief_of_the_database_has_no_secret_and_cannot_move_one(built: Built, team: Team) -> None:
    with reading(built.stores) as work:
        rows = {row.staff_id: row for row in work.main.query(FactorRow)}
        assert all(SECRET.encode() not in row.sealed and b"authenticator" not in row.sealed for row in rows.values())
        theirs = rows[team.ben.staff_id].sealed
    with writing(built.stores) as work:
        work.main.query(FactorRow).filter_by(staff_id=team.amina.staff_id).update({"sealed": theirs})
    assert held(built, team.amina) == []
    refused(built, team.amina, code_of(built, SECRET))
    with pytest.raises(NotAllowed):  # what does not open does not let anybody set up another one either
        add(built, team.amina, first=True)


def add(built: Built, member: StaffMember, *, first: bool = False, secret: str = SECRET[::-1]) -> None:
    """Set up another app."""
    app = {"secret": secret, "typed": code_of(built, secret)}
    in_unit(built, factors.add_authenticator, person(member), **app, first=first)


@pytest.mark.req("L5", "ASVS-6.4.1")
def test_half_way_in_nobody_adds_a_factor_to_those_that_are_there(built: Built, team: Team) -> None:
    with pytest.raises(NotAllowed):
        add(built, team.amina, first=True)
    add(built, team.amina)
    assert [event for event, _ in last_events(built, 1)] == [StaffEvent.SECOND_FACTOR_ADDED]
    show(built, team.amina, code_of(built, SECRET[::-1], steps=1))
    show(built, team.amina, code_of(built, SECRET))


def test_an_app_that_shows_a_wrong_code_is_not_set_up(built: Built, team: Team) -> None:
    with pytest.raises(WrongFactor):
        in_unit(built, factors.add_authenticator, person(team.amina), SECRET[::-1], "000000", first=False)
    assert len(held(built, team.amina)) == 1


def test_there_is_an_end_to_how_many_one_person_sets_up(built: Built, team: Team) -> None:
    for _ in range(10):
        add(built, team.amina)
    with pytest.raises(NotAllowed):
        add(built, team.amina)


@pytest.mark.req("L5", "ASVS-6.5.1")
def test_ten_recovery_codes_stand_in_once_each_and_are_stored_hashed(built: Built, team: Team) -> None:
    drawn = codes(built, team.amina)
    assert len(set(drawn)) == RECOVERY_CODES
    (kept,) = [one.factor for one in held(built, team.amina) if isinstance(one.factor, RecoveryCodes)]
    assert not any(bare_code(code) in str(kept) for code in drawn)
    show(built, team.amina, drawn[3].upper().replace("-", " "))
    refused(built, team.amina, drawn[3])
    assert factors.codes_left(held(built, team.amina)) == 9
    assert [event for event, _ in last_events(built, 1)] == [StaffEvent.RECOVERY_CODE_USED]
    codes(built, team.amina)
    refused(built, team.amina, drawn[4])
    assert factors.codes_left(held(built, team.amina)) == 10


def test_the_recovery_codes_of_one_person_are_nothing_for_another(built: Built, team: Team) -> None:
    drawn = codes(built, team.amina)
    codes(built, team.ben)
    refused(built, team.ben, drawn[0])


@pytest.mark.req("L5")
def test_a_code_that_two_sessions_send_at_once_counts_for_one_of_them(built: Built, team: Team) -> None:
    code, spare = code_of(built, SECRET), codes(built, team.amina)[0]
    for typed in (code, spare):
        got = at_once(lambda _, typed=typed: show(built, team.amina, typed), 2)  # type: ignore[misc]
        assert sorted(type(one).__name__ for one in got) == ["NoneType", "WrongFactor"]


@pytest.mark.req("L5")
def test_of_two_who_set_up_the_first_factor_at_once_one_is_refused(built: Built, team: Team) -> None:
    """A thief who has the passphrase of somebody newly enrolled, and that person."""
    with writing(built.stores) as work:
        work.main.query(FactorRow).delete()

    def first(work: Work) -> Any:
        typed = code_of(built, SECRET)
        return factors.add_authenticator(work, built.house, person(team.amina), SECRET, typed, first=True)

    assert isinstance(meanwhile(built, first, first), NotAllowed)
    assert len(held(built, team.amina)) == 1


def test_the_last_factor_stays_where_the_role_needs_one(built: Built, team: Team) -> None:
    (only,) = held(built, team.amina)
    with pytest.raises(NotAllowed):
        in_unit(built, factors.remove, person(team.amina), only.id)
    add(built, team.amina)
    in_unit(built, factors.remove, person(team.amina), only.id)
    refused(built, team.amina, code_of(built, SECRET))
    for nobodys in (only.id, bytes(16), b""):
        with pytest.raises(NotFound):
            in_unit(built, factors.remove, person(team.amina), nobodys)


def test_nobody_takes_away_the_factor_of_somebody_else_or_the_recovery_codes(built: Built, team: Team) -> None:
    codes(built, team.ben)
    for one in held(built, team.ben):
        with pytest.raises((NotFound, NotAllowed)):
            in_unit(built, factors.remove, person(team.amina), one.id)
        if isinstance(one.factor, RecoveryCodes):
            with pytest.raises(NotFound):
                in_unit(built, factors.remove, person(team.ben), one.id)
    assert len(held(built, team.ben)) == 2


def test_a_role_that_may_do_without_takes_everything_away_at_once(built: Built, team: Team) -> None:
    auditor = add_staff(built, team.office, Role.AUDITOR, "Axel Berg")
    with pytest.raises(NotAllowed):
        codes(built, auditor)
    add(built, auditor)
    codes(built, auditor)
    (app,) = [one for one in held(built, auditor) if isinstance(one.factor, Authenticator)]
    in_unit(built, factors.remove, person(auditor), app.id)
    assert held(built, auditor) == []


@pytest.mark.req("L5")
def test_a_new_code_from_the_administrator_leaves_no_factor(built: Built, team: Team) -> None:
    in_unit(built, accounts.renew_code, None, team.ben.staff_id)
    with reading(built.stores) as work:
        assert work.main.query(FactorRow).filter_by(staff_id=team.ben.staff_id).count() == 0
        assert work.main.query(FactorRow).filter_by(staff_id=team.amina.staff_id).count() == 1


def test_an_account_that_is_gone_shows_nothing(built: Built, team: Team) -> None:
    with pytest.raises(NotFound):
        in_unit(built, factors.show_code, Person(bytes(16), team.amina.pair.seed), "123456")


def start(built: Built, member: StaffMember) -> Ticket:
    """Show the passphrase."""
    ticket = in_unit(built, sessions.start_staff_session, member.staff_id, member.pair.seed)
    assert isinstance(ticket, Ticket)
    return ticket


def state(built: Built, ticket: Ticket) -> tuple[bool, bool]:
    """Return whether somebody is signed in, and whether somebody is half way there."""
    with reading(built.stores) as work:
        found = sessions.find_staff_of(work, built.house, ticket), sessions.find_arriving(work, built.house, ticket)
        return found[0] is not None, found[1] is not None


@pytest.mark.req("L5", "ASVS-6.3.3")
@pytest.mark.principle("confidentiality")
def test_the_passphrase_of_a_reader_makes_no_actor(built: Built, team: Team) -> None:
    for member in (team.amina, team.ines, team.desk_reader):
        ticket = start(built, member)
        assert state(built, ticket) == (False, True)
        opened = in_unit(built, sessions.open_fully, ticket)
        assert state(built, ticket) == (False, False), "the old cookie is worth nothing"
        assert state(built, opened) == (True, False)


@pytest.mark.req("L5")
def test_a_role_without_grants_needs_one_only_once_it_has_one(built: Built, team: Team) -> None:
    ada = add_staff(built, team.office, Role.ADMINISTRATOR, "Ada Adeyemi")
    before = start(built, ada)
    assert state(built, before) == (True, False)
    add(built, ada)
    assert state(built, start(built, ada)) == (False, True)


@pytest.mark.req("L5")
def test_whoever_becomes_a_reader_while_signed_in_is_half_way_in_again(built: Built, team: Team) -> None:
    ada = add_staff(built, team.office, Role.ADMINISTRATOR, "Ada Adeyemi")
    ticket = start(built, ada)
    set_columns(built, ada.staff_id, role=Role.INVESTIGATOR.value)
    assert state(built, ticket) == (False, True)


def test_half_way_in_lasts_a_quarter_of_an_hour(built: Built, team: Team) -> None:
    ticket = start(built, team.amina)
    built.clock.forward(minutes=14)
    assert state(built, ticket) == (False, True)
    built.clock.forward(minutes=1)
    assert state(built, ticket) == (False, False)
    built.clock.forward(hours=1)
    with pytest.raises(NotFound):
        in_unit(built, sessions.open_fully, ticket)


@pytest.mark.req("L5", "ASVS-6.3.1")
def test_tries_are_counted_against_the_account_before_they_are_made(built: Built, team: Team) -> None:
    counter, client = throttle.Throttle(built.stores, built.house), team.amina.staff_id.hex()
    for _ in range(10):
        counter.count_try(throttle.SECOND_FACTOR, client)
    with pytest.raises(TooMany):
        counter.count_try(throttle.SECOND_FACTOR, client)
    counter.count_try(throttle.SECOND_FACTOR, team.ben.staff_id.hex())
    counter.forget_tries(throttle.SECOND_FACTOR, client)
    counter.count_try(throttle.SECOND_FACTOR, client)


def test_the_phone_of_a_test_shows_what_comes_next(built: Built, team: Team) -> None:
    shown = [next_code(built, team.amina)]
    for _ in range(4):
        show(built, team.amina, shown[-1])
        shown.append(next_code(built, team.amina))
    assert len(set(shown)) == 5
