"""A one-time code waits under the seal of one session, and so does the proof of a passphrase."""

from dataclasses import replace

import pytest

from reporting.services.errors import NotFound
from reporting.services.organisation import accounts
from reporting.services.signing_in import codes, proof, sessions
from reporting.services.signing_in.boxes import StaffBox, Stage
from reporting.services.signing_in.sessions import Ticket
from reporting.store.database import reading, writing
from reporting.store.shred import StaffSession
from tests.builders import Built, Team, in_unit
from tests.services import people

CODE = "abcde-fghjk-mnpqr-stuvw"


def signed_in(built: Built, team: Team) -> Ticket:
    """Open a session and return its ticket."""
    return people.signed_in(built, team.amina)


def waiting(built: Built, ticket: Ticket) -> codes.Code | None:
    """Return the code that waits in a session."""
    with reading(built.stores) as work:
        return codes.waiting_code(work, built.house, ticket)


def row(built: Built, ticket: Ticket) -> bytes:
    """Return what is stored of a session."""
    with reading(built.stores) as work:
        return work.shred.get_one(StaffSession, ticket.id_hash).sealed


@pytest.mark.principle("confidentiality")
def test_a_code_waits_in_its_session_until_it_is_handed_over(built: Built, team: Team) -> None:
    ticket, other = signed_in(built, team), signed_in(built, team)
    before = row(built, ticket)
    in_unit(built, codes.keep_code, ticket, team.ben.staff_id, CODE)
    assert waiting(built, ticket) == codes.Code(team.ben.staff_id, CODE)
    assert waiting(built, other) is None
    assert len(row(built, ticket)) == len(before), "the row does not tell that a code waits"
    in_unit(built, codes.forget_code, ticket)
    assert waiting(built, ticket) is None


def test_a_newer_code_takes_the_place_of_the_older(built: Built, team: Team) -> None:
    ticket = signed_in(built, team)
    in_unit(built, codes.keep_code, ticket, team.ben.staff_id, CODE)
    in_unit(built, codes.keep_code, ticket, team.ines.staff_id, CODE[::-1])
    assert waiting(built, ticket) == codes.Code(team.ines.staff_id, CODE[::-1])


def test_a_session_that_is_over_keeps_and_proves_nothing(built: Built, team: Team) -> None:
    ticket = signed_in(built, team)
    built.clock.forward(hours=11)
    for use in (codes.forget_code, proof.note_proof):
        with pytest.raises(NotFound):
            in_unit(built, use, ticket)
    with pytest.raises(NotFound):
        in_unit(built, codes.keep_code, ticket, team.ben.staff_id, CODE)
    assert waiting(built, ticket) is None
    with reading(built.stores) as work:
        assert not proof.is_proved(work, built.house, ticket)


@pytest.mark.req("ASVS-7.5.3")
def test_a_proof_lasts_five_minutes_in_its_own_session(built: Built, team: Team) -> None:
    ticket, other = signed_in(built, team), signed_in(built, team)
    in_unit(built, codes.keep_code, ticket, team.ben.staff_id, CODE)
    with reading(built.stores) as work:
        assert not proof.is_proved(work, built.house, ticket), "signing in is not showing it again"
    in_unit(built, proof.note_proof, ticket)
    for minutes, proved in ((0, True), (4.9, True), (0.2, False)):
        built.clock.forward(minutes=minutes)
        with reading(built.stores) as work:
            assert proof.is_proved(work, built.house, ticket) is proved
            assert not proof.is_proved(work, built.house, other)
    assert waiting(built, ticket) is not None, "what else waits there stays"


@pytest.mark.principle("confidentiality")
def test_another_sessions_box_opens_nothing(built: Built, team: Team) -> None:
    """Rows swapped in the shred store by somebody who cannot open them."""
    ticket, other = signed_in(built, team), signed_in(built, team)
    in_unit(built, proof.note_proof, other)
    stolen = row(built, other)
    with writing(built.stores) as work:
        work.shred.get_one(StaffSession, ticket.id_hash).sealed = stolen
    with reading(built.stores) as work:
        assert sessions.open_staff_box(work, built.house, ticket) is None
        assert sessions.find_staff_of(work, built.house, ticket) is None


def test_a_row_that_was_given_to_somebody_else_opens_nothing(built: Built, team: Team) -> None:
    ticket = signed_in(built, team)
    with writing(built.stores) as work:
        work.shred.get_one(StaffSession, ticket.id_hash).staff_id = team.ben.staff_id
    with reading(built.stores) as work:
        assert sessions.find_staff_of(work, built.house, ticket) is None


def test_what_a_session_keeps_is_read_back_whole(team: Team) -> None:
    box = StaffBox(team.amina.staff_id, team.amina.pair.seed, 1_900_000_000, team.ben.staff_id, CODE)
    waiting = replace(box, stage=Stage.BOTH, app_secret="ABCD", challenge=bytes(range(32)), recovery=("a-b", "c-d"))
    for kept in (box, waiting, replace(box, code=""), replace(box, proved_at=0)):
        assert StaffBox.from_bytes(kept.to_bytes()) == kept


def test_ending_ones_own_session_leaves_those_of_others_alone(built: Built, team: Team) -> None:
    ticket = signed_in(built, team)
    in_unit(built, accounts.end_own_session, team.ben, ticket.id_hash)
    with reading(built.stores) as work:
        assert len(sessions.sessions_of(work, built.house, team.amina.staff_id)) == 1
    in_unit(built, accounts.end_own_session, team.amina, ticket.id_hash)
    with reading(built.stores) as work:
        assert sessions.sessions_of(work, built.house, team.amina.staff_id) == []
