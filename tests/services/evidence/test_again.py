"""A working copy that could not be made is made later, once, by whoever may see the piece."""

from dataclasses import replace
from typing import Any

import pytest

from reporting.domain.evidence.evidence import Cleaning
from reporting.domain.oversight.audit import ReporterEvent, StaffEvent
from reporting.services.actors import Actor
from reporting.services.casework.case import declare_no_conflict
from reporting.services.errors import NamesFirst, NotAllowed, NotFound, NotIntact
from reporting.services.evidence import pieces
from reporting.services.evidence.again import can_try_again, make_copy_again
from reporting.services.evidence.cleaning import Report, WorkingCopy, clean
from reporting.services.evidence.custody import custody_of
from reporting.services.evidence.pieces import Piece
from reporting.services.sealed.sealing import open_case
from reporting.store.database import reading
from tests.builders import Built, Team, in_unit, send_report
from tests.evidence import MAKER, MIB, add_file, all_blobs, alter, content_of, keyed_blobs, photo
from tests.services.evidence.stored import away
from tests.services.together import at_once

COPIED = "reporting.services.evidence.receiving.clean"
AGAIN = "reporting.services.evidence.again.clean"


def without_program(*_arguments: Any) -> WorkingCopy:
    """Stand for a machine on which the program is missing."""
    return WorkingCopy(Report(Cleaning.NO_PROGRAM))


@pytest.fixture
def case(built: Built, team: Team, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, bytes, Piece]:
    """Give a reporter, her case and a piece whose copy could not be made."""
    _, reporter, case_id = send_report(built, team.office)
    with monkeypatch.context() as missing:
        missing.setattr(COPIED, without_program)
        piece = add_file(built, reporter, case_id, photo())
    assert piece.evidence.cleaning is Cleaning.NO_PROGRAM
    assert can_try_again(piece.evidence)
    return reporter, case_id, piece


def again(built: Built, actor: Any, case_id: bytes, piece: Piece, most: int = MIB) -> Piece:
    return make_copy_again(built.stores, built.house, actor, case_id, piece.id, most)


def look(built: Built, actor: Actor, case_id: bytes, piece: Piece) -> Piece:
    with reading(built.stores) as work:
        return pieces.piece_of(work, open_case(work, actor, built.house, case_id), piece.id)


def acts(built: Built, case_id: bytes, piece: Piece) -> list[Any]:
    with reading(built.stores) as work:
        return [line.action for line in custody_of(work, built.house, piece.evidence, case_id)]


def test_she_has_it_made_and_it_is_in_the_record_of_the_piece(built: Built, case: tuple[Any, bytes, Piece]) -> None:
    reporter, case_id, piece = case
    made = again(built, reporter, case_id, piece)
    assert made.evidence.cleaning is Cleaning.CLEANED
    assert not can_try_again(made.evidence)
    assert look(built, reporter, case_id, piece) == made
    assert made.evidence.custody_ref == piece.evidence.custody_ref
    assert MAKER.encode() not in content_of(built, reporter, case_id, piece.id, clean=True)
    assert acts(built, case_id, piece).count(ReporterEvent.EVIDENCE_CLEANED) == 1


def test_a_handler_has_it_made_and_she_reads_it_in_her_ledger(
    built: Built, team: Team, case: tuple[Any, bytes, Piece]
) -> None:
    reporter, case_id, piece = case
    declare(built, team, case_id)
    again(built, team.amina, case_id, piece)
    assert content_of(built, reporter, case_id, piece.id, clean=True).startswith(b"\xff\xd8\xff")
    assert acts(built, case_id, piece).count(StaffEvent.WORKING_COPY_MADE) == 1


def declare(built: Built, team: Team, case_id: bytes) -> None:
    in_unit(built, declare_no_conflict, team.amina, case_id)


def test_who_has_not_answered_the_conflict_question_or_has_no_grant_makes_none(
    built: Built, team: Team, case: tuple[Any, bytes, Piece]
) -> None:
    _, case_id, piece = case
    with pytest.raises((NamesFirst, NotAllowed)):
        again(built, team.amina, case_id, piece)
    with pytest.raises(NotFound):
        again(built, team.ines, case_id, piece)
    assert not look(built, team.amina, case_id, piece).evidence.clean


def test_nothing_is_made_twice_and_two_at_once_make_one(built: Built, case: tuple[Any, bytes, Piece]) -> None:
    reporter, case_id, piece = case
    made = at_once(lambda _: again(built, reporter, case_id, piece), 2)
    copies = {one.evidence.clean for one in made if isinstance(one, Piece)}
    assert len(copies) == 1
    with pytest.raises(NotFound):
        again(built, reporter, case_id, piece)
    with reading(built.stores) as work:
        known = {row.id for row in all_blobs(work.main)}
        assert known == keyed_blobs(work.shred) == {stored.id for stored in built.stores.blobs.all()}
        assert len(known) == 2


def test_a_piece_that_went_meanwhile_keeps_no_copy(
    built: Built, case: tuple[Any, bytes, Piece], monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter, case_id, piece = case

    def and_she_takes_it_away(*arguments: Any) -> WorkingCopy:
        copy = clean(*arguments)
        in_unit(built, pieces.take_away, reporter, case_id, piece.id)
        return copy

    monkeypatch.setattr(AGAIN, and_she_takes_it_away)
    with pytest.raises(NotFound):
        again(built, reporter, case_id, piece)
    with reading(built.stores) as work:
        assert keyed_blobs(work.shred) == set()
    assert list(built.stores.blobs.all()) == []


def test_a_copy_that_nobody_wants_hides_nothing_where_the_blob_store_goes_away(
    built: Built, case: tuple[Any, bytes, Piece], monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter, case_id, piece = case

    def and_somebody_was_faster(*arguments: Any) -> WorkingCopy:
        copy = clean(*arguments)
        monkeypatch.setattr(AGAIN, clean)
        again(built, reporter, case_id, piece)
        monkeypatch.setattr(built.stores.blobs, "remove", away)
        return copy

    monkeypatch.setattr(AGAIN, and_somebody_was_faster)
    made = again(built, reporter, case_id, piece)
    assert look(built, reporter, case_id, piece) == made


def test_a_second_failure_says_why_and_can_be_tried_again(
    built: Built, case: tuple[Any, bytes, Piece], monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter, case_id, piece = case
    monkeypatch.setattr(AGAIN, lambda *_: WorkingCopy(Report(Cleaning.TOO_MUCH)))
    failed = again(built, reporter, case_id, piece)
    assert failed.evidence == replace(piece.evidence, cleaning=Cleaning.TOO_MUCH)
    assert ReporterEvent.EVIDENCE_CLEANED not in acts(built, case_id, piece)
    monkeypatch.undo()
    assert again(built, reporter, case_id, piece).evidence.cleaning is Cleaning.CLEANED


@pytest.mark.parametrize("at", [-40, 0])
def test_of_an_original_that_was_altered_or_cut_off_no_copy_is_made(
    built: Built, case: tuple[Any, bytes, Piece], at: int
) -> None:
    reporter, case_id, piece = case
    assert piece.evidence.original is not None
    alter(built, piece.evidence.original.blob, at)
    with pytest.raises(NotIntact):
        again(built, reporter, case_id, piece)
    assert look(built, reporter, case_id, piece) == piece
    assert len(list(built.stores.blobs.all())) == 1


def test_a_copy_larger_than_a_file_may_be_is_said_to_be_too_large(built: Built, case: tuple[Any, bytes, Piece]) -> None:
    reporter, case_id, piece = case
    assert again(built, reporter, case_id, piece, most=100).evidence.cleaning is Cleaning.TOO_LARGE
    assert len(list(built.stores.blobs.all())) == 1


def test_what_has_no_hidden_data_or_is_already_clean_is_left_alone(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    for content in (b"only words", photo()):
        piece = add_file(built, reporter, case_id, content)
        assert not can_try_again(piece.evidence)
        with pytest.raises(NotFound):
            again(built, reporter, case_id, piece)
