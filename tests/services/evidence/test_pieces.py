"""What she adds is sealed as it came, opens for whoever reads her case, and is noise once its keys are gone."""

import hashlib
import secrets
from collections.abc import Iterator

import pytest

from reporting.crypto.errors import CannotOpen
from reporting.domain.case import ItemKind
from reporting.domain.evidence.evidence import Cleaning
from reporting.domain.oversight.audit import ReporterEvent
from reporting.services.errors import NotFound, TooLarge
from reporting.services.evidence import pieces, receiving
from reporting.services.evidence.custody import custody_of
from reporting.services.evidence.keeping import keep, share_kept
from reporting.services.house import House
from reporting.services.sealed.sealing import open_case
from reporting.services.survivor.erasure import erase_now
from reporting.store.cases import items_of
from reporting.store.database import Work, reading
from reporting.store.objects import NO_ROOM, BlobsUnreachable
from tests.builders import Built, Team, in_unit, send_report
from tests.evidence import MAKER, MIB, add_file, all_blobs, content_of, keyed_blobs, photo


def test_the_original_is_untouched_and_the_copy_has_no_hidden_data(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    sent = photo()
    piece = add_file(built, reporter, case_id, sent)
    assert piece.evidence.original is not None
    assert piece.evidence.original.sha256 == hashlib.sha256(sent).hexdigest()
    assert piece.evidence.cleaning is Cleaning.CLEANED
    for actor in (reporter, team.amina):
        assert content_of(built, actor, case_id, piece.id) == sent
        copy = content_of(built, actor, case_id, piece.id, clean=True)
        assert MAKER.encode() in sent
        assert MAKER.encode() not in copy
        assert copy.startswith(b"\xff\xd8\xff")


def test_whoever_has_no_grant_opens_no_file(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    piece = add_file(built, reporter, case_id, photo())
    with pytest.raises(NotFound):
        content_of(built, team.ines, case_id, piece.id)


def test_a_piece_is_one_of_this_very_case_and_nothing_else_that_is_sealed_in_it(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    _, other, other_id = send_report(built, team.office)
    piece = add_file(built, reporter, case_id, photo())
    with reading(built.stores) as work:
        opened = open_case(work, reporter, built.house, case_id)
        assert pieces.piece_of(work, opened, piece.id) == piece
        (words,) = items_of(work.main, case_id, ItemKind.DISCLOSURE)
        for wrong in (words.id, secrets.token_bytes(16), b""):
            with pytest.raises(NotFound):
                pieces.piece_of(work, opened, wrong)
        with pytest.raises(NotFound):
            pieces.piece_of(work, open_case(work, other, built.house, other_id), piece.id)


def test_nothing_of_a_file_lies_anywhere_in_clear(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    canary = secrets.token_bytes(40).hex().encode()
    add_file(built, reporter, case_id, b"a note: " + canary, name="named-canary.txt")
    folder = built.settings.data
    there = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert len(list(built.stores.blobs.all())) == 1
    assert canary not in there
    assert b"named-canary" not in there


@pytest.mark.req("P7")
def test_a_piece_that_she_takes_away_opens_for_nobody_and_says_so(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    one, other = (add_file(built, reporter, case_id, photo(colour)) for colour in ("red", "blue"))
    in_unit(built, pieces.take_away, reporter, case_id, one.id)
    for actor in (reporter, team.amina):
        with pytest.raises(NotFound):
            content_of(built, actor, case_id, one.id)
        assert content_of(built, actor, case_id, other.id)
    with reading(built.stores) as work:
        kept = {file.blob_id for file in other.evidence.files}
        assert keyed_blobs(work.shred) == kept == {one.id for one in built.stores.blobs.all()}
        assert ReporterEvent.EVIDENCE_REMOVED in [
            line.action for line in custody_of(work, built.house, one.evidence, case_id)
        ]


@pytest.mark.req("P7")
def test_erasing_a_case_destroys_the_key_and_the_bytes_of_every_file(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    add_file(built, reporter, case_id, photo())
    in_unit(built, erase_now, reporter, case_id)
    with reading(built.stores) as work:
        assert keyed_blobs(work.shred) == set()
    assert list(built.stores.blobs.all()) == []


def test_the_bytes_stay_while_anybody_else_has_a_key_of_them(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    piece = add_file(built, reporter, case_id, photo())
    assert piece.evidence.original is not None
    in_unit(built, share_kept, piece.evidence.original, case_id, b"h" * 16)
    in_unit(built, erase_now, reporter, case_id)
    assert [one.id for one in built.stores.blobs.all()] == [piece.evidence.original.blob_id]


def test_what_a_unit_gives_up_is_not_deleted_where_the_unit_fails(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    piece = add_file(built, reporter, case_id, photo())

    def fail(work: Work, house: House) -> None:
        pieces.take_away(work, house, reporter, case_id, piece.id)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        in_unit(built, fail)
    assert content_of(built, reporter, case_id, piece.id) == photo()


def test_a_file_that_is_too_large_is_refused_and_leaves_nothing(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    with pytest.raises(TooLarge):
        add_file(built, reporter, case_id, bytes(2 * MIB))
    assert list(built.stores.blobs.all()) == []
    with reading(built.stores) as work:
        assert list(all_blobs(work.main)) == []


def test_all_files_of_a_report_together_have_a_limit(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    for _ in range(2):
        add_file(built, reporter, case_id, secrets.token_bytes(400_000), name="x")
    with pytest.raises(TooLarge):
        add_file(built, reporter, case_id, secrets.token_bytes(400_000), name="x")


def test_an_upload_that_breaks_off_leaves_nothing(built: Built) -> None:
    def broken() -> Iterator[bytes]:
        yield bytes(300_000)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        keep(built.stores.blobs, built.house, broken(), MIB)
    assert list(built.stores.blobs.all()) == []
    assert built.settings.blobs is not None
    assert [path for path in built.settings.blobs.rglob("*") if path.is_file()] == []


def test_what_lies_in_the_place_of_another_file_does_not_open(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    one, other = (add_file(built, reporter, case_id, photo(colour)) for colour in ("red", "blue"))
    assert built.settings.blobs is not None
    names = [piece.evidence.files[0].blob for piece in (one, other)]
    first, second = (built.settings.blobs / name[:2] / name for name in names)
    first.write_bytes(second.read_bytes())
    with pytest.raises(CannotOpen):
        content_of(built, team.amina, case_id, one.id)


def test_the_record_commits_to_a_piece_without_telling_what_it_is(built: Built, team: Team) -> None:
    sent = photo()
    (reporter, case_id), other = (send_report(built, team.office)[1:] for _ in range(2))
    piece, same = (add_file(built, *whose, sent) for whose in ((reporter, case_id), other))
    assert piece.evidence.digest == same.evidence.digest
    assert piece.evidence.custody_ref != same.evidence.custody_ref
    with reading(built.stores) as work:
        lines = custody_of(work, built.house, piece.evidence, case_id)
    assert [line.action for line in lines] == [ReporterEvent.EVIDENCE_RECEIVED, ReporterEvent.EVIDENCE_CLEANED] or [
        line.action for line in lines
    ] == [ReporterEvent.EVIDENCE_CLEANED, ReporterEvent.EVIDENCE_RECEIVED]


@pytest.mark.principle("safety")
def test_where_there_is_no_room_for_the_copy_the_original_does_not_stay_either(
    built: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise BlobsUnreachable(NO_ROOM)

    monkeypatch.setattr(receiving, "clean", full)
    with pytest.raises(BlobsUnreachable):
        receiving.receive(built.stores.blobs, built.house, pieces.new_piece(built.house), [photo()], MIB)
    assert list(built.stores.blobs.all()) == []
