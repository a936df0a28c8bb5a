"""Guests of hers: what a representative and a translator open, until when, and what they can never do."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import make_transient

from reporting.crypto.keys import KeyPair
from reporting.crypto.secret import Seed
from reporting.crypto.token import draw
from reporting.domain.case import Compartment
from reporting.domain.oversight.audit import ReporterEvent
from reporting.domain.reading.guests import TRANSLATOR_DAYS, Guest, GuestKind, GuestState
from reporting.domain.sealed.disclosure import GUEST, Identity
from reporting.services.actors import GuestReader, Reporter, StaffMember
from reporting.services.casework import case as casework
from reporting.services.casework import messages
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.oversight import retention
from reporting.services.oversight.audit import reporter_ledger
from reporting.services.reading import assignment, beside, consent, guests
from reporting.services.reading.beside import GuestPage
from reporting.services.reading.guests import Keys
from reporting.services.sealed.entries import file_of
from reporting.services.sealed.sealing import open_case
from reporting.services.survivor import erasure
from reporting.services.survivor.tokens import come_back
from reporting.store.cases import find_case
from reporting.store.database import reading, writing
from reporting.store.grants import grants_held
from reporting.store.guests import find_guest
from tests.builders import Built, Team, in_unit, send_report
from tests.services.acts import called, take_up, tamper

GRANT = "INSERT INTO grants (id, case_id, compartment, generation, part, holder, sealed, tag)"
GRANT += " VALUES (:i, :c, 'story', 1, 'whole', :h, :t, :t)"
GUEST_ROW = "INSERT INTO guests (lookup_id, case_id, public_key, until_on, ended, tag)"
GUEST_ROW += " VALUES (:l, :c, :k, :u, false, :t)"
STORY = "He keeps sending me messages at night."


def invited(built: Built, reporter: Reporter, case_id: bytes, days: int = 30) -> GuestReader:
    """Let somebody from the union in; they come with their token at once."""
    keys, until = guests.keys_of(built.house, draw("en")), built.house.today() + timedelta(days=days)
    in_unit(built, lambda w, h: guests.invite(w, h, reporter, case_id, name="Rosa, union", until=until, keys=keys))
    return come(built, keys)


def come(built: Built, keys: Keys) -> GuestReader:
    with reading(built.stores) as work:
        return guests.come_as_guest(work, built.house, keys.lookup_id, keys.pair)


def read_by(built: Built, guest: GuestReader) -> GuestPage:
    page: GuestPage = in_unit(built, beside.read_as_guest, guest)
    return page


def the_guest(built: Built, reader: Reporter | StaffMember, case_id: bytes) -> tuple[bytes, Guest]:
    with reading(built.stores) as work:
        (filed,) = file_of(work, open_case(work, reader, built.house, case_id)).all(Guest)
    return filed.id, filed.entry


@pytest.mark.req("L3")
@pytest.mark.principle("support")
def test_a_representative_reads_all_of_the_story_and_writes(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, STORY)
    take_up(built, team.amina, case_id)
    in_unit(built, messages.write_as_reporter, reporter, case_id, "before")
    rosa = invited(built, reporter, case_id)
    page = read_by(built, rosa)
    assert page.disclosure.answers[0].text == STORY
    assert [message.text for _, message in page.messages] == ["before"]
    in_unit(built, beside.write_as_guest, rosa, "I write for her.")
    in_unit(built, casework.view_case, team.amina, case_id)
    with reading(built.stores) as work:
        said = messages.thread(work, open_case(work, team.amina, built.house, case_id))[-1]
        waiting = find_case(work.main, case_id)
        assert waiting is not None
        assert waiting.waiting
    assert (said.author, said.author_name, said.text) == (GUEST, "Rosa, union", "I write for her.")
    assert not said.from_team


@pytest.mark.req("L3", "U3")
@pytest.mark.principle("confidentiality")
def test_a_guest_has_no_key_of_anything_else(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, STORY, identity=called("Nadia Haddad"))
    _, _, other = send_report(built, team.office, "Another case.")
    rosa = invited(built, reporter, case_id)
    with reading(built.stores) as work:
        held = {grant.compartment for grant in grants_held(work.main, case_id, rosa.holder)}
        opened = open_case(work, rosa, built.house, case_id)
        with pytest.raises(NotFound):
            open_case(work, rosa, built.house, other)
    assert held == {Compartment.STORY}
    assert not opened.holds(Compartment.IDENTITY)
    assert not opened.holds(Compartment.CASEWORK)


@pytest.mark.req("L3", "P7")
@pytest.mark.principle("informed_consent")
def test_she_ends_it_at_once_and_what_comes_later_is_closed_even_to_whoever_kept_the_key(
    built: Built, team: Team
) -> None:
    _, reporter, case_id = send_report(built, team.office, STORY)
    rosa = invited(built, reporter, case_id)
    with reading(built.stores) as work:
        kept = dict(open_case(work, rosa, built.house, case_id).keys)
    in_unit(built, guests.end, reporter, case_id, the_guest(built, reporter, case_id)[0])
    for act in (beside.read_as_guest, beside.leave_as_guest):
        with pytest.raises(NotFound):
            in_unit(built, act, rosa)
    with pytest.raises(NotFound):
        in_unit(built, beside.write_as_guest, rosa, "still here?")
    with reading(built.stores) as work:
        opened = open_case(work, reporter, built.house, case_id)
        assert (Compartment.STORY, opened.current[Compartment.STORY]) not in kept
        assert find_guest(work.main, rosa.lookup_id) is None
    with pytest.raises(NotFound):
        in_unit(built, guests.end, reporter, case_id, the_guest(built, reporter, case_id)[0])


@pytest.mark.req("L3")
def test_a_last_day_ends_it_without_anybody(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, STORY)
    take_up(built, team.amina, case_id)
    rosa = invited(built, reporter, case_id, days=30)
    built.clock.forward(days=30)
    assert read_by(built, rosa).guest.name == "Rosa, union", "the last day counts"
    built.clock.forward(days=1)
    with pytest.raises(NotFound):
        in_unit(built, beside.read_as_guest, rosa)
    with reading(built.stores) as work:
        before = open_case(work, reporter, built.house, case_id).current[Compartment.STORY]
    in_unit(built, retention.run)
    with reading(built.stores) as work:
        assert not grants_held(work.main, case_id, rosa.holder)
    in_unit(built, casework.view_case, team.amina, case_id)
    with reading(built.stores) as work:
        assert open_case(work, reporter, built.house, case_id).current[Compartment.STORY] == before + 1
        assert find_guest(work.main, rosa.lookup_id) is None


def test_a_guest_reads_what_comes_after_a_handler_left(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, STORY)
    rosa = invited(built, reporter, case_id)
    in_unit(built, lambda w, h: consent.take_back(w, h, open_case(w, reporter, h, case_id), team.ben.staff_id))
    in_unit(built, messages.write_as_reporter, reporter, case_id, "after")
    assert [message.text for _, message in read_by(built, rosa).messages] == ["after"]


@pytest.mark.req("L3")
def test_closing_and_erasing_end_it_too(built: Built, team: Team) -> None:
    for way in (erasure.close, erasure.erase_later, erasure.erase_now):
        _, reporter, case_id = send_report(built, team.office, STORY)
        rosa = invited(built, reporter, case_id)
        in_unit(built, way, reporter, case_id)
        with pytest.raises(NotFound):
            in_unit(built, beside.read_as_guest, rosa)
        with reading(built.stores) as work:
            assert find_guest(work.main, rosa.lookup_id) is None


def test_nobody_is_invited_to_what_is_hers_alone_without_a_name_or_for_ever(built: Built, team: Team) -> None:
    _, reporter, private = send_report(built, None, STORY)
    _, sender, case_id = send_report(built, team.office, STORY)
    keys, soon = guests.keys_of(built.house, draw("en")), built.house.today() + timedelta(days=5)
    for who, case, name, until in (
        (reporter, private, "Rosa", soon),
        (sender, case_id, " \n\t", soon),
        (sender, case_id, "", soon),
        (sender, case_id, "Rosa", built.house.today()),
        (sender, case_id, "Rosa", built.house.today() + timedelta(days=367)),
    ):
        with pytest.raises(NotAllowed):
            in_unit(built, lambda w, h: guests.invite(w, h, who, case, name=name, until=until, keys=keys))  # noqa: B023 - called at once


@pytest.mark.req("P2", "U11")
def test_a_guests_token_is_no_token_of_hers(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, STORY)
    rosa = invited(built, reporter, case_id)
    with reading(built.stores) as work, pytest.raises(NotFound):
        come_back(work, Reporter(rosa.lookup_id, rosa.pair))
    pretending = Reporter(rosa.lookup_id, rosa.pair)
    for act in (erasure.close, erasure.erase_now, erasure.erase_later):
        with pytest.raises(NotFound):
            in_unit(built, act, pretending, case_id)


@pytest.mark.req("P1")
@pytest.mark.parametrize("change", ["until_on = '2099-01-01'", "ended = false, until_on = '2099-01-01'"])
def test_a_day_written_into_the_database_lets_nobody_in(built: Built, team: Team, change: str) -> None:
    _, reporter, case_id = send_report(built, team.office, STORY)
    rosa = invited(built, reporter, case_id, days=3)
    built.clock.forward(days=4)
    with built.stores.main.begin() as connection:
        connection.execute(text(f"UPDATE guests SET {change}"))  # noqa: S608 - our own words
    with pytest.raises(NotFound):
        in_unit(built, beside.read_as_guest, rosa)


@pytest.mark.principle("informed_consent")
def test_a_translator_comes_only_after_her_yes_and_for_two_weeks(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, STORY)
    take_up(built, team.amina, case_id)
    in_unit(built, guests.ask_for_translator, team.amina, case_id, "Tariq Aziz")
    item_id, asked = the_guest(built, reporter, case_id)
    assert (asked.kind, asked.state, asked.author_name) == (GuestKind.TRANSLATOR, GuestState.ASKED, "Amina Diallo")
    keys = guests.keys_of(built.house, draw("en"))
    with pytest.raises(NotFound):
        in_unit(built, guests.let_translator_in, team.amina, case_id, item_id, keys)
    in_unit(built, guests.answer_translator, reporter, case_id, item_id, yes=True)
    with pytest.raises(NotFound):
        in_unit(built, guests.answer_translator, reporter, case_id, item_id, yes=False)
    in_unit(built, guests.let_translator_in, team.amina, case_id, item_id, keys)
    with pytest.raises(NotFound):
        in_unit(built, guests.let_translator_in, team.amina, case_id, item_id, guests.keys_of(built.house, draw("en")))
    tariq = come(built, keys)
    in_unit(built, beside.translate, tariq, "", "ar", "نص")
    assert read_by(built, tariq).translations[""].text == "نص"
    with pytest.raises(NotAllowed):
        in_unit(built, beside.write_as_guest, tariq, "I have an opinion.")
    with pytest.raises(NotFound):
        in_unit(built, beside.translate, tariq, "00" * 16, "ar", "of nothing")
    built.clock.forward(days=TRANSLATOR_DAYS + 1)
    with pytest.raises(NotFound):
        come(built, keys)


def test_her_no_is_a_no_and_her_yes_can_be_taken_back(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, STORY, identity=Identity())
    take_up(built, team.amina, case_id)
    in_unit(built, guests.ask_for_translator, team.amina, case_id, "Tariq Aziz")
    with pytest.raises(NotAllowed):
        in_unit(built, guests.ask_for_translator, team.amina, case_id, "Another")
    item_id, _ = the_guest(built, reporter, case_id)
    in_unit(built, guests.answer_translator, reporter, case_id, item_id, yes=True)
    in_unit(built, guests.end, reporter, case_id, item_id)
    with pytest.raises(NotFound):
        in_unit(built, guests.let_translator_in, team.amina, case_id, item_id, guests.keys_of(built.house, draw("en")))


def test_what_a_guest_did_stands_in_her_record_by_day(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, STORY)
    rosa = invited(built, reporter, case_id)
    read_by(built, rosa)
    in_unit(built, beside.leave_as_guest, rosa)
    with reading(built.stores) as work:
        told = {row.action for row in reporter_ledger(work, built.house, case_id)}
    assert {ReporterEvent.GUEST_INVITED, ReporterEvent.GUEST_READ, ReporterEvent.GUEST_ENDED} <= told


@pytest.mark.req("P1", "L3")
@pytest.mark.principle("confidentiality")
def test_a_guest_or_a_key_of_one_written_into_the_database_gets_no_later_key(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, STORY)
    take_up(built, team.amina, case_id)
    rosa = invited(built, reporter, case_id)
    thief, stranger = (KeyPair.from_seed(Seed.random()) for _ in range(2))
    tamper(built, "UPDATE guests SET public_key = :k", k=thief.public_key)
    lookup = b"x" * 16
    tamper(built, GUEST_ROW, l=lookup, c=case_id, k=stranger.public_key, u="2099-01-01", t=bytes(32))
    tamper(built, GRANT, i=b"g" * 16, c=case_id, h=b"g" + lookup, t=bytes(32))
    in_unit(built, assignment.recuse, team.ben, case_id)  # a new key of the story, for everyone who still counts
    with reading(built.stores) as work:
        for holder in (rosa.holder, b"g" + lookup):
            assert {grant.generation for grant in grants_held(work.main, case_id, holder)} == {1}


@pytest.mark.req("P1", "L3")
@pytest.mark.principle("confidentiality")
def test_a_guest_who_was_ended_and_is_put_back_from_a_copy_gets_no_later_key(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office, STORY)
    rosa = invited(built, reporter, case_id)
    with reading(built.stores) as work:
        (grant,) = grants_held(work.main, case_id, rosa.holder)
        row, kept = find_guest(work.main, rosa.lookup_id), grant.id
        assert row is not None
        work.main.expunge_all()
    in_unit(built, guests.end, reporter, case_id, the_guest(built, reporter, case_id)[0])
    with writing(built.stores) as work:
        for one in (row, grant):
            make_transient(one)
            work.main.add(one)
    in_unit(built, assignment.recuse, team.ben, case_id)
    with reading(built.stores) as work:
        assert [one.id for one in grants_held(work.main, case_id, rosa.holder)] == [kept]
    with pytest.raises(NotFound):
        in_unit(built, beside.read_as_guest, rosa)
