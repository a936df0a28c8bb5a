"""Sessions: the database alone opens none, and the cookie is worth nothing once the row is gone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from reporting.crypto.secret import Seed, SessionSecret
from reporting.domain.factors import Authenticator
from reporting.domain.people import Role
from reporting.domain.questions import Door
from reporting.services.organisation import accounts
from reporting.services.signing_in import sessions
from reporting.services.signing_in.boxes import StaffBox
from reporting.services.signing_in.codes import Code
from reporting.services.signing_in.sessions import Ticket
from reporting.services.survivor.drafts import Draft
from reporting.store.database import reading, writing
from reporting.store.shred import StaffSession, SurvivorSession
from tests.builders import Built, Team, in_unit, send_report
from tests.services.people import set_columns, signed_in, staff_name


def hers(built: Built) -> tuple[Ticket, bytes]:
    """Open a session for a reporter; return it and her lookup id."""
    _, reporter, _ = send_report(built, None)
    return in_unit(built, sessions.start_survivor_session, reporter), reporter.lookup_id


def her_lookup(built: Built, ticket: Ticket) -> bytes | None:
    """Return whose session this is."""
    with reading(built.stores) as work:
        found = sessions.find_reporter_of(work, built.house, ticket)
        return found.lookup_id if found else None


def test_a_ticket_survives_the_cookie_and_nothing_else_is_taken_for_one() -> None:
    ticket = Ticket.new()
    assert Ticket.parse(ticket.cookie()) == ticket
    for no_ticket in (None, "", "é", "abc", ticket.cookie()[:-4], ticket.cookie() + "aaaa", "!" * 86):
        assert Ticket.parse(no_ticket) is None


@pytest.mark.req("P1", "P2")
@pytest.mark.principle("confidentiality")
def test_a_session_of_hers_opens_with_id_and_secret_together_and_holds_neither(built: Built) -> None:
    ticket, lookup_id = hers(built)
    assert her_lookup(built, ticket) == lookup_id
    assert her_lookup(built, Ticket(ticket.session_id, SessionSecret.random())) is None
    assert her_lookup(built, Ticket(bytes(32), ticket.secret)) is None
    with reading(built.stores) as work:
        (row,) = work.shred.query(SurvivorSession).all()
        for secret in (ticket.session_id, ticket.secret.raw, lookup_id):
            assert secret not in row.id_hash + row.sealed


@pytest.mark.req("P3")
@pytest.mark.principle("safety")
def test_a_row_of_hers_knows_a_full_hour_and_nothing_finer(built: Built) -> None:
    built.clock.forward(minutes=7, seconds=13)
    hers(built)
    with reading(built.stores) as work:
        (row,) = work.shred.query(SurvivorSession).all()
        assert (row.expires_hour.minute, row.expires_hour.second, row.expires_hour.microsecond) == (0, 0, 0)
        assert timedelta(hours=2) <= row.expires_hour - built.house.now() <= timedelta(hours=3)


def test_a_session_of_hers_ends_by_itself_by_renewal_it_goes_on(built: Built) -> None:
    ticket, lookup_id = hers(built)
    with reading(built.stores) as work:
        assert not sessions.needs_renewal(work, built.house, ticket)
        assert not sessions.needs_renewal(work, built.house, Ticket.new())
    built.clock.forward(hours=1)
    with reading(built.stores) as work:
        assert sessions.needs_renewal(work, built.house, ticket)
    in_unit(built, sessions.renew_survivor_session, ticket)
    in_unit(built, sessions.renew_survivor_session, Ticket.new())
    built.clock.forward(hours=2)
    assert her_lookup(built, ticket) == lookup_id
    built.clock.forward(hours=1)
    assert her_lookup(built, ticket) is None
    assert in_unit(built, sessions.drop_ended) == 1


@pytest.mark.principle("safety")
def test_leaving_destroys_the_row(built: Built) -> None:
    ticket, _ = hers(built)
    with writing(built.stores) as work:
        sessions.end_survivor_session(work, ticket)
    assert her_lookup(built, ticket) is None
    with reading(built.stores) as work:
        assert work.shred.query(SurvivorSession).count() == 0


def test_a_session_goes_on_under_a_new_token_with_the_same_cookie(built: Built) -> None:
    ticket, _ = hers(built)
    _, other, _ = send_report(built, None)
    with writing(built.stores) as work:
        sessions.move_survivor_session(work, ticket, other)
        sessions.move_survivor_session(work, Ticket.new(), other)
    assert her_lookup(built, ticket) == other.lookup_id


@pytest.mark.req("L5")
def test_a_signed_in_colleague_is_who_the_account_says_now(built: Built, team: Team) -> None:
    ticket = signed_in(built, team.amina)
    with reading(built.stores) as work:
        found = sessions.find_staff_of(work, built.house, ticket)
    assert found == replace(team.amina, pair=found.pair if found else team.amina.pair)
    set_columns(built, team.amina.staff_id, role=Role.AUDITOR.value)
    with reading(built.stores) as work:
        again = sessions.find_staff_of(work, built.house, ticket)
    assert again is not None
    assert again.role is Role.AUDITOR


@pytest.mark.req("L5")
def test_a_staff_session_ends_when_idle_and_at_the_latest_after_a_working_day(built: Built, team: Team) -> None:
    ticket = signed_in(built, team.amina)
    for _ in range(20):
        built.clock.forward(minutes=29)
        in_unit(built, sessions.mark_seen, ticket)
        assert staff_name(built, ticket) == "Amina Diallo"
    built.clock.forward(minutes=29)
    assert staff_name(built, ticket) == ""
    idle = signed_in(built, team.amina)
    built.clock.forward(minutes=30)
    in_unit(built, sessions.mark_seen, idle)
    assert staff_name(built, idle) == ""
    assert in_unit(built, sessions.drop_ended) == 2


def test_the_last_seen_time_is_written_once_a_minute(built: Built, team: Team) -> None:
    ticket = signed_in(built, team.amina)
    for seconds, due in ((0, False), (59, False), (1, True)):
        built.clock.forward(seconds=seconds)
        with reading(built.stores) as work:
            assert sessions.staff_session_is_due(work, built.house, ticket) is due
            assert not sessions.staff_session_is_due(work, built.house, Ticket.new())


@pytest.mark.req("P1")
def test_a_staff_session_opens_with_its_own_secret_for_its_own_account(built: Built, team: Team) -> None:
    ticket = signed_in(built, team.amina)
    assert staff_name(built, Ticket(ticket.session_id, SessionSecret.random())) == ""
    assert staff_name(built, Ticket.new()) == ""
    with writing(built.stores) as work:
        work.shred.query(StaffSession).update({"staff_id": team.ben.staff_id})
    assert staff_name(built, ticket) == ""


@pytest.mark.parametrize("end", [accounts.disable, accounts.renew_code])
def test_a_session_without_its_account_is_none(built: Built, team: Team, end: object) -> None:
    ticket = signed_in(built, team.amina)
    set_columns(built, team.amina.staff_id, state="disabled")
    assert staff_name(built, ticket) == ""
    set_columns(built, team.amina.staff_id, state="active")
    in_unit(built, end, None, team.amina.staff_id)  # type: ignore[arg-type]  # one of two services
    assert staff_name(built, ticket) == ""


@pytest.mark.req("L5")
def test_a_person_sees_and_ends_their_own_sessions_and_nobody_elses(built: Built, team: Team) -> None:
    first = signed_in(built, team.amina)
    built.clock.forward(minutes=5)
    second = signed_in(built, team.amina)
    with reading(built.stores) as work:
        rows = sessions.sessions_of(work, built.house, team.amina.staff_id)
        assert [row.id_hash for row in rows] == [second.id_hash, first.id_hash]
    in_unit(built, accounts.end_own_session, team.ben, first.id_hash)
    assert staff_name(built, first) == "Amina Diallo"
    in_unit(built, accounts.end_own_session, team.amina, first.id_hash)
    assert (staff_name(built, first), staff_name(built, second)) == ("", "Amina Diallo")


@pytest.mark.req("P1")
@pytest.mark.principle("confidentiality")
def test_nothing_that_opens_something_stands_in_the_words_python_has_for_a_thing() -> None:
    box = StaffBox(bytes(16), Seed.random(), code="zqx-1", app_secret="zqx-2", challenge=b"zqx-3", recovery=("zqx-4",))
    draft = Draft("zqx-5", "en", Door.PRIVATE)
    for one in (box, draft, Authenticator("zqx-6", 0), Code(bytes(16), "zqx-7")):
        assert "zqx" not in repr(one)
