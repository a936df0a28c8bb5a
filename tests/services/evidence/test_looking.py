"""Who sees evidence and how: in the copy without hidden data, in her ledger first, the original on purpose alone."""

import secrets
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from reporting.domain.case import Compartment
from reporting.domain.oversight.audit import ReporterEvent, StaffEvent
from reporting.domain.people import Role
from reporting.domain.reading.conflict import Tie
from reporting.services.actors import StaffMember
from reporting.services.casework import case as casework
from reporting.services.casework.search import Where, search
from reporting.services.errors import NamesFirst, NeedsWhy, NotAllowed, NotFound, NotIntact
from reporting.services.evidence import looking, pieces
from reporting.services.evidence.adding import add_for_team
from reporting.services.evidence.looking import Amount, Seen
from reporting.services.evidence.pieces import Piece, new_piece
from reporting.services.oversight.audit import staff_ledger
from reporting.services.reading import assignment, conflict
from reporting.services.sealed.sealing import open_case
from reporting.services.signing_in.tickets import Ticket
from reporting.services.survivor.erasure import erase_now
from reporting.store.database import reading, writing
from tests.builders import Built, Team, add_staff, in_unit, send_report
from tests.evidence import MIB, add_file, alter, photo
from tests.services.acts import take_up
from tests.services.together import meanwhile


def listed(built: Built, member: StaffMember, case_id: bytes) -> list[Seen]:
    """Open the list of evidence."""
    found: list[Seen] = in_unit(built, looking.list_evidence, member, case_id)[1]
    return found


def copy_of(built: Built, member: StaffMember, case_id: bytes, piece_id: bytes) -> bytes:
    """Open a working copy and fetch it."""
    with writing(built.stores) as work:
        opened = looking.open_copy(work, built.house, built.stores.blobs, member, case_id, piece_id)
    return b"".join(opened.whole())


def fetched(built: Built, member: StaffMember, ticket: Ticket, case_id: bytes, entry_id: bytes) -> bytes:
    """Fetch an original that was opened."""
    with writing(built.stores) as work:
        opened = looking.take_original(work, built.house, built.stores.blobs, member, ticket, case_id, entry_id)
    return b"".join(opened.whole())


def actions(built: Built, case_id: bytes, piece: Piece | None = None) -> list[str]:
    """Return what staff did in a case, or to one piece of it."""
    with reading(built.stores) as work:
        rows = staff_ledger(work, built.house, case_id)
    name = piece.evidence.custody_ref.hex() if piece else None
    return [row.action for row in rows if name is None or row.detail == name]


def sent(built: Built, team: Team) -> tuple[Any, bytes, Piece]:
    """Let her send a report with one photo, and let Amina take it up."""
    _, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    return reporter, case_id, add_file(built, reporter, case_id, photo())


@pytest.mark.req("P7")
def test_looking_stands_in_her_ledger_once_for_each_person_piece_and_day(built: Built, team: Team) -> None:
    reporter, case_id, piece = sent(built, team)
    other = add_file(built, reporter, case_id, photo("blue"))
    take_up(built, team.ben, case_id)
    for member in (team.amina, team.amina, team.ben):
        assert copy_of(built, member, case_id, piece.id).startswith(b"\xff\xd8\xff")
    assert actions(built, case_id, piece) == [StaffEvent.EVIDENCE_SEEN] * 2
    assert actions(built, case_id, other) == []
    built.clock.moment += timedelta(days=1)
    in_unit(built, looking.look_at, team.amina, case_id, piece.id)
    assert actions(built, case_id, piece) == [StaffEvent.EVIDENCE_SEEN] * 3


@pytest.mark.req("P7")
def test_a_look_is_recorded_even_if_the_file_then_turns_out_to_be_broken(built: Built, team: Team) -> None:
    _, case_id, piece = sent(built, team)
    assert piece.evidence.clean is not None
    alter(built, piece.evidence.clean.blob)
    with pytest.raises(NotIntact):
        copy_of(built, team.amina, case_id, piece.id)
    assert actions(built, case_id, piece) == [StaffEvent.EVIDENCE_SEEN]


@pytest.mark.req("P6", "U7")
@pytest.mark.principle("confidentiality")
def test_evidence_does_not_exist_for_whoever_holds_no_grant(built: Built, team: Team) -> None:
    _, case_id, piece = sent(built, team)
    editor = add_staff(built, team.office, Role.DIRECTORY_EDITOR, "Edith Lang")
    admin = add_staff(built, team.office, Role.ADMINISTRATOR, "Adam Wolf")
    auditor = add_staff(built, team.office, Role.AUDITOR, "Aude Roy")
    focal = add_staff(built, team.office, Role.FOCAL_POINT, "Fay Kim")
    for member in (team.ines, team.desk_reader, editor, admin, auditor, focal):
        for attempt in (
            lambda member=member: listed(built, member, case_id),
            lambda member=member: copy_of(built, member, case_id, piece.id),
            lambda member=member: opened_original(built, member, case_id, piece.id),
        ):
            with pytest.raises(NotFound):
                attempt()
    with pytest.raises(NotFound):
        copy_of(built, team.amina, secrets.token_bytes(16), piece.id)


def test_the_conflict_question_comes_first(built: Built, team: Team) -> None:
    _, case_id, piece = sent(built, team)
    with pytest.raises(NamesFirst):
        listed(built, team.ben, case_id)
    with pytest.raises(NamesFirst):
        copy_of(built, team.ben, case_id, piece.id)


def test_a_handler_of_another_role_may_not_more_than_the_policy_says(
    built: Built, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, case_id, piece = sent(built, team)
    monkeypatch.setattr("reporting.services.casework.case.allowed", lambda *_: False)
    for attempt in (
        lambda: listed(built, team.amina, case_id),
        lambda: copy_of(built, team.amina, case_id, piece.id),
        lambda: opened_original(built, team.amina, case_id, piece.id),
    ):
        with pytest.raises(NotAllowed):
            attempt()


@pytest.mark.principle("confidentiality")
def test_a_piece_of_another_case_is_not_found_through_mine(built: Built, team: Team) -> None:
    _, case_id, piece = sent(built, team)
    _, other, foreign = sent(built, team)
    for attempt in (
        lambda: copy_of(built, team.amina, case_id, foreign.id),
        lambda: opened_original(built, team.amina, other, piece.id),
        lambda: in_unit(built, looking.look_at, team.amina, case_id, foreign.id),
        lambda: copy_of(built, team.amina, case_id, secrets.token_bytes(16)),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert actions(built, case_id, foreign) == actions(built, other, foreign) == []


def opened_original(built: Built, member: StaffMember, case_id: bytes, piece_id: bytes, **more: Any) -> bytes:
    """Open an original on purpose."""
    ticket, reason = more.get("ticket") or Ticket.new(), more.get("reason", "The time of the message is cut off.")
    found: bytes = in_unit(built, looking.open_original, member, ticket, case_id, piece_id, reason)
    return found


@pytest.mark.req("P7")
def test_an_original_opens_on_purpose_each_time_in_her_ledger_with_a_reason_for_the_team(
    built: Built, team: Team
) -> None:
    reporter, case_id, piece = sent(built, team)
    ticket = Ticket.new()
    for _ in range(2):
        entry_id = opened_original(built, team.amina, case_id, piece.id, ticket=ticket)
        assert fetched(built, team.amina, ticket, case_id, entry_id) == photo()
    assert actions(built, case_id, piece) == [StaffEvent.ORIGINAL_OPENED] * 2
    (seen,) = listed(built, team.amina, case_id)
    assert [one.reason for one in seen.openings] == ["The time of the message is cut off."] * 2
    with reading(built.stores) as work:
        assert not open_case(work, reporter, built.house, case_id).holds(Compartment.CASEWORK)


def test_without_a_reason_no_original_opens_and_nothing_is_recorded(built: Built, team: Team) -> None:
    _, case_id, piece = sent(built, team)
    for reason in ("", "  \n "):
        with pytest.raises(NeedsWhy):
            opened_original(built, team.amina, case_id, piece.id, reason=reason)
    assert actions(built, case_id, piece) == []


@pytest.mark.principle("confidentiality")
def test_an_opened_original_is_for_this_person_this_session_and_ten_minutes(built: Built, team: Team) -> None:
    _, case_id, piece = sent(built, team)
    take_up(built, team.ben, case_id)
    ticket = Ticket.new()
    entry_id = opened_original(built, team.amina, case_id, piece.id, ticket=ticket)
    for member, other in ((team.amina, Ticket.new()), (team.ben, ticket), (team.ben, Ticket.new())):
        with pytest.raises(NotFound):
            fetched(built, member, other, case_id, entry_id)
    with pytest.raises(NotFound):
        fetched(built, team.amina, ticket, case_id, piece.id)
    built.clock.moment += timedelta(minutes=10)
    assert fetched(built, team.amina, ticket, case_id, entry_id) == photo()
    built.clock.moment += timedelta(seconds=1)
    with pytest.raises(NotFound):
        fetched(built, team.amina, ticket, case_id, entry_id)


@pytest.mark.req("P5", "U7")
@pytest.mark.principle("confidentiality")
def test_whoever_left_or_is_linked_to_a_named_person_sees_nothing_more(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, named=("Somebody Else",))
    take_up(built, team.amina, case_id)
    take_up(built, team.ben, case_id)
    reporter, left, piece = sent(built, team)
    take_up(built, team.ben, left)
    ticket = Ticket.new()
    entry_id = opened_original(built, team.ben, left, piece.id, ticket=ticket)
    in_unit(built, assignment.recuse, team.ben, left)
    for attempt in (
        lambda: copy_of(built, team.ben, left, piece.id),
        lambda: fetched(built, team.ben, ticket, left, entry_id),
        lambda: listed(built, team.ben, left),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert in_unit(built, conflict.link, team.amina, case_id, Tie.ACCOUNT, team.ben.staff_id, 0)
    with pytest.raises(NotFound):
        listed(built, team.ben, case_id)
    assert add_file(built, reporter, left, photo("green")).id in {
        one.piece.id for one in listed(built, team.amina, left)
    }


@pytest.mark.req("P7")
def test_what_she_takes_away_or_erases_opens_for_nobody(built: Built, team: Team) -> None:
    reporter, case_id, piece = sent(built, team)
    ticket = Ticket.new()
    entry_id = opened_original(built, team.amina, case_id, piece.id, ticket=ticket)
    in_unit(built, pieces.take_away, reporter, case_id, piece.id)
    with pytest.raises(NotFound):
        copy_of(built, team.amina, case_id, piece.id)
    with pytest.raises(NotFound):
        fetched(built, team.amina, ticket, case_id, entry_id)
    assert listed(built, team.amina, case_id) == []
    in_unit(built, erase_now, reporter, case_id)
    with pytest.raises(NotFound):
        listed(built, team.amina, case_id)


def test_taking_away_and_looking_at_the_same_moment_come_one_after_the_other(built: Built, team: Team) -> None:
    reporter, case_id, piece = sent(built, team)

    def look(work: Any) -> Any:
        return looking.open_copy(work, built.house, built.stores.blobs, team.amina, case_id, piece.id)

    got = meanwhile(built, lambda work: pieces.take_away(work, built.house, reporter, case_id, piece.id), look)
    assert isinstance(got, NotFound)
    assert actions(built, case_id, piece) == []


@pytest.mark.parametrize("at", [-40, 0])
def test_a_file_that_was_altered_or_cut_off_is_named_so_and_not_shown(built: Built, team: Team, at: int) -> None:
    _, case_id, piece = sent(built, team)
    ticket = Ticket.new()
    entry_id = opened_original(built, team.amina, case_id, piece.id, ticket=ticket)
    for file in piece.evidence.files:
        alter(built, file.blob, at)
    with pytest.raises(NotIntact):
        copy_of(built, team.amina, case_id, piece.id)
    with pytest.raises(NotIntact):
        fetched(built, team.amina, ticket, case_id, entry_id)
    assert piece.evidence.original is not None
    built.stores.blobs.remove(piece.evidence.original.blob_id)
    with pytest.raises(NotIntact):
        fetched(built, team.amina, ticket, case_id, entry_id)


def test_a_file_that_vanishes_after_it_was_opened_is_named_so_and_not_shown(built: Built, team: Team) -> None:
    _, case_id, piece = sent(built, team)
    assert piece.evidence.clean is not None
    with writing(built.stores) as work:
        opened = looking.open_copy(work, built.house, built.stores.blobs, team.amina, case_id, piece.id)
    built.stores.blobs.remove(piece.evidence.clean.blob_id)
    for attempt in (opened.whole, lambda: opened.part(0, 10)):
        with pytest.raises(NotIntact):
            attempt()


def test_a_part_is_opened_without_the_rest(built: Built, team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    reporter, case_id, _ = sent(built, team)
    content, ticket = secrets.token_bytes(700_000), Ticket.new()
    piece = add_file(built, reporter, case_id, content, name="x")
    entry_id = opened_original(built, team.amina, case_id, piece.id, ticket=ticket)
    asked, read = list[int](), built.stores.blobs.read

    def watched(blob_id: bytes, start: int, end: int) -> bytes:
        asked.append(end - start)
        return read(blob_id, start, end)

    monkeypatch.setattr(built.stores.blobs, "read", watched)
    with writing(built.stores) as work:
        opened = looking.take_original(work, built.house, built.stores.blobs, team.amina, ticket, case_id, entry_id)
    assert b"".join(opened.part(300_000, 300_100)) == content[300_000:300_100]
    assert b"".join(opened.part(0, 0)) == b""
    assert sum(asked) < 2 * (65_536 + 16)


def test_the_page_of_a_case_knows_how_many_pieces_came_since_i_was_last_here(built: Built, team: Team) -> None:
    reporter, case_id, piece = sent(built, team)

    def held(member: StaffMember) -> Amount:
        with reading(built.stores) as work:
            return looking.amount(work, built.house, member, open_case(work, member, built.house, case_id))

    assert held(team.amina) == Amount(1, 0), "on the first visit nothing came since the last"
    in_unit(built, casework.view_case, team.amina, case_id)
    built.clock.moment += timedelta(days=2)
    add_file(built, reporter, case_id, photo("blue"))
    assert held(team.amina) == Amount(2, 2), "the day of the last visit counts whole"
    copy_of(built, team.amina, case_id, piece.id)
    assert held(team.amina) == Amount(2, 1), "what was looked at is not new"
    assert [one.is_new for one in listed(built, team.amina, case_id)] == [False, True]
    built.clock.moment += timedelta(days=1)
    listed(built, team.amina, case_id)
    built.clock.moment += timedelta(days=1)
    assert held(team.amina) == Amount(2, 0)


def test_what_a_colleague_added_is_new_to_the_others_alone(built: Built, team: Team) -> None:
    _, case_id, _ = sent(built, team)
    take_up(built, team.ben, case_id)
    built.clock.moment += timedelta(days=1)
    for member in (team.amina, team.ben):
        in_unit(built, casework.view_case, member, case_id)
    built.clock.moment += timedelta(days=1)
    with writing(built.stores) as work:
        add_for_team(work, built.house, team.amina, case_id, new_piece(built.house, says="On paper"), MIB)
    assert [one.is_new for one in listed(built, team.amina, case_id)] == [False, False]
    assert [one.is_new for one in listed(built, team.ben, case_id)] == [False, True]


def test_what_happened_to_a_piece_on_one_day_stands_in_the_order_in_which_it_can_only_have_happened(
    built: Built, team: Team
) -> None:
    reporter, case_id, _ = sent(built, team)
    for count in range(6):
        add_file(built, reporter, case_id, photo("red", 40 + count))
    for one in listed(built, team.amina, case_id):
        assert [line.action for line in one.custody] == [
            ReporterEvent.EVIDENCE_RECEIVED,
            ReporterEvent.EVIDENCE_CLEANED,
        ]


def test_search_finds_what_is_said_of_a_piece_and_no_key_or_code(built: Built, team: Team) -> None:
    reporter, case_id, piece = sent(built, team)
    told = replace(
        new_piece(built.house),
        says="He writes at midnight",
        name="Wintergreen.png",
        link="https://chat.example/zinnia",
        platform="Thistlegram",
        handle="@bluebell",
    )
    with writing(built.stores) as work:
        pieces.add(work, built.house, reporter, case_id, told, MIB)

    def found(member: StaffMember, words: str) -> list[Any]:
        with reading(built.stores) as work:
            return [hit.where for hit in search(work, built.house, member, words).hits]

    for words in ("midnight", "wintergreen", "zinnia", "thistlegram", "bluebell"):
        assert found(team.amina, words) == [(Where.EVIDENCE,)], words
        assert found(team.ines, words) == [], words
    assert piece.evidence.original is not None
    original = piece.evidence.original
    for code in (original.key, original.blob, original.sha256, piece.evidence.salt, "image", "cleaned", "not_asked"):
        assert found(team.amina, code) == [], code
