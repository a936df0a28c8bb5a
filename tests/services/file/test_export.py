"""A file that leaves the house: two people, one day, one person, in the record before a byte is there."""

import hashlib
import json
from typing import Any

import pytest

from reporting.domain.case import ItemKind
from reporting.domain.file.export import Export
from reporting.domain.oversight.audit import ReporterEvent, StaffEvent
from reporting.services.actors import Reporter
from reporting.services.casework import messages
from reporting.services.errors import NotAllowed, NotFound, NotIntact
from reporting.services.evidence import pieces
from reporting.services.file import export
from reporting.services.file.export import Also, Taken
from reporting.services.file.export_archive import parts_of
from reporting.services.file.export_files import check_files
from reporting.services.survivor import erasure
from tests.builders import Built, Team, in_unit, send_report
from tests.evidence import MAKER, add_file, alter, photo, secrets_of
from tests.services.acts import called, her_page, items, take_up
from tests.services.holding import agree, listed_ids
from tests.services.together import at_once, meanwhile

TEXT = "He did it in the lift."


def held_by_two(built: Built, team: Team, **more: Any) -> tuple[Reporter, bytes]:
    _, reporter, case_id = send_report(built, team.office, TEXT, **more)
    take_up(built, team.amina, case_id)
    take_up(built, team.ben, case_id)
    return reporter, case_id


def ask(built: Built, team: Team, case_id: bytes, *, identity: bool = False) -> bytes:
    ids = listed_ids(built, team.amina, case_id, ItemKind.DISCLOSURE)
    entry_id = in_unit(built, export.ask, team.amina, case_id, "The tribunal", "Hearing", ids, Also(identity))
    assert isinstance(entry_id, bytes)
    return entry_id


def archived(taken: Taken) -> dict[str, bytes]:
    """Return the files of the archive, each read in its turn."""
    return {part.name: b"".join(part.pieces) for part in parts_of(taken, b"%PDF")}


def take_files(built: Built, team: Team, case_id: bytes, ids: list[bytes], originals: str | None = None) -> Taken:
    """Let Amina ask for things with their files, Ben agree, and Amina take them."""
    entry_id = in_unit(
        built, export.ask, team.amina, case_id, "The tribunal", "Hearing", ids, Also(originals=originals)
    )
    agree(built, team.ben)
    in_unit(built, export.begin, team.amina, case_id, entry_id)
    taken = in_unit(built, export.take, team.amina, case_id, entry_id, built.stores.blobs)
    assert isinstance(taken, Taken)
    return taken


@pytest.mark.req("ASVS-2.3.5", "P1")
@pytest.mark.principle("safety")
def test_an_export_takes_another_persons_yes_and_is_taken_once(built: Built, team: Team) -> None:
    reporter, case_id = held_by_two(built, team)
    entry_id = ask(built, team, case_id)
    with pytest.raises(NotAllowed):
        in_unit(built, export.begin, team.amina, case_id, entry_id)
    with pytest.raises(NotFound):
        in_unit(built, export.take, team.amina, case_id, entry_id)
    agree(built, team.ben)
    outcomes = at_once(lambda _: in_unit(built, export.begin, team.amina, case_id, entry_id), 2)
    assert sorted(type(one).__name__ for one in outcomes) == ["NoneType", "NotAllowed"]
    assert StaffEvent.FILE_TAKEN_OUT in {line.action for line in her_page(built, reporter, case_id).ledger}
    taken = in_unit(built, export.take, team.amina, case_id, entry_id)
    assert taken.identity is None
    assert len(taken.items) == 1
    with pytest.raises(NotFound):
        in_unit(built, export.take, team.ben, case_id, entry_id)
    built.clock.forward(days=1)
    for use in (export.take, export.show_once):
        with pytest.raises(NotFound):
            in_unit(built, use, team.amina, case_id, entry_id)


@pytest.mark.req("P1")
def test_each_taking_is_in_the_record_before(built: Built, team: Team) -> None:
    reporter, case_id = held_by_two(built, team)
    entry_id = ask(built, team, case_id)
    agree(built, team.ben)
    in_unit(built, export.begin, team.amina, case_id, entry_id)
    for count in (2, 3):
        in_unit(built, export.take, team.amina, case_id, entry_id)
        lines = [one for one in her_page(built, reporter, case_id).ledger if one.action is StaffEvent.FILE_TAKEN_OUT]
        assert len(lines) == count


@pytest.mark.req("P1", "U3")
@pytest.mark.principle("confidentiality")
def test_who_she_is_leaves_only_where_it_opens_and_was_chosen(built: Built, team: Team) -> None:
    _, closed = held_by_two(built, team, identity=called("Nadia"))
    with pytest.raises(NotFound):
        ask(built, team, closed, identity=True)
    (own,) = items(built, closed, ItemKind.IDENTITY)
    with pytest.raises(NotFound):
        in_unit(built, export.ask, team.amina, closed, "Somebody", "Why", [own.id])
    _, case_id = held_by_two(built, team, identity=called("Nadia", visible=True))
    entry_id = ask(built, team, case_id, identity=True)
    agree(built, team.ben)
    in_unit(built, export.begin, team.amina, case_id, entry_id)
    taken = in_unit(built, export.take, team.amina, case_id, entry_id)
    assert taken.identity is not None
    assert b"Nadia" in archived(taken)["items/identity.json"]


@pytest.mark.principle("confidentiality")
def test_things_of_another_case_are_not_found_and_nothing_is_nobodys(built: Built, team: Team) -> None:
    _, mine = held_by_two(built, team)
    _, other = held_by_two(built, team)
    foreign = listed_ids(built, team.amina, other, ItemKind.DISCLOSURE)
    for ids in (foreign, [], [bytes(16)]):
        with pytest.raises(NotFound):
            in_unit(built, export.ask, team.amina, mine, "Somebody", "Why", ids)
    own = listed_ids(built, team.amina, mine, ItemKind.DISCLOSURE)
    for whom, why in (("", "Why"), ("Somebody", " ")):
        with pytest.raises(NotAllowed):
            in_unit(built, export.ask, team.amina, mine, whom, why, own)
    entry_id = ask(built, team, other)
    agree(built, team.ben)
    with pytest.raises(NotFound):
        in_unit(built, export.begin, team.amina, mine, entry_id)


@pytest.mark.req("P1")
def test_the_list_names_every_file_with_its_hash(built: Built, team: Team) -> None:
    _, case_id = held_by_two(built, team)
    entry_id = ask(built, team, case_id)
    agree(built, team.ben)
    in_unit(built, export.begin, team.amina, case_id, entry_id)
    files = archived(in_unit(built, export.take, team.amina, case_id, entry_id))
    lines = files.pop("SHA256SUMS").decode().splitlines()
    assert lines == [f"{hashlib.sha256(content).hexdigest()}  {name}" for name, content in files.items()]
    body = json.loads(files["items/0001.json"])
    assert (body["what"], body["content"]["answers"][0]["text"]) == ("disclosure", TEXT)


@pytest.mark.req("L4", "P7")
def test_taken_while_she_erases_there_is_nothing_to_take(built: Built, team: Team) -> None:
    reporter, case_id = held_by_two(built, team)
    entry_id = ask(built, team, case_id)
    agree(built, team.ben)
    in_unit(built, export.begin, team.amina, case_id, entry_id)
    got = meanwhile(
        built,
        lambda work: erasure.erase_now(work, built.house, reporter, case_id),
        lambda work: export.take(work, built.house, team.amina, case_id, entry_id),
    )
    assert isinstance(got, NotFound)


def test_the_passphrase_is_shown_once(built: Built, team: Team) -> None:
    _, case_id = held_by_two(built, team)
    entry_id = ask(built, team, case_id)
    agree(built, team.ben)
    in_unit(built, export.begin, team.amina, case_id, entry_id)
    shown = [in_unit(built, export.show_once, team.amina, case_id, entry_id)[1] for _ in range(3)]
    assert shown == [True, False, False]


@pytest.mark.principle("confidentiality")
def test_a_message_that_a_colleague_has_only_begun_leaves_with_nothing(built: Built, team: Team) -> None:
    _, case_id = held_by_two(built, team)
    in_unit(built, messages.keep_draft, team.amina, case_id, "Dear you,")
    (draft,) = items(built, case_id, ItemKind.ENTRY)
    with pytest.raises(NotFound):
        in_unit(built, export.ask, team.ben, case_id, "The tribunal", "Hearing", [draft.id])


@pytest.mark.req("P1")
@pytest.mark.principle("confidentiality")
def test_of_a_piece_the_working_copy_leaves_and_no_original_unless_the_export_says_so(built: Built, team: Team) -> None:
    reporter, case_id = held_by_two(built, team)
    piece = add_file(built, reporter, case_id, photo(), name="../../Nadia.jpg")
    files = archived(take_files(built, team, case_id, [piece.id]))
    assert [name for name in files if name.startswith("files/")] == ["files/0001-copy.jpg"]
    assert MAKER.encode() not in files["files/0001-copy.jpg"]
    assert "Nadia" not in "".join(files)
    ledger = [line.action for line in her_page(built, reporter, case_id).ledger]
    assert StaffEvent.EVIDENCE_EXPORTED in ledger
    assert StaffEvent.ORIGINAL_OPENED not in ledger


@pytest.mark.req("P1")
def test_an_original_leaves_as_it_came_with_a_reason_that_the_second_person_reads(built: Built, team: Team) -> None:
    reporter, case_id = held_by_two(built, team)
    sent = photo()
    piece = add_file(built, reporter, case_id, sent)
    for nothing in ("", "  "):
        with pytest.raises(NotAllowed):
            in_unit(built, export.ask, team.amina, case_id, "The tribunal", "Why", [piece.id], Also(originals=nothing))
    taken = take_files(built, team, case_id, [piece.id], "An expert looks at the original.")
    assert taken.export.originals == "An expert looks at the original."
    files = archived(taken)
    assert files["files/0001-original.jpg"] == sent
    assert {StaffEvent.EVIDENCE_EXPORTED, StaffEvent.ORIGINAL_OPENED} <= {
        line.action for line in her_page(built, reporter, case_id).ledger
    }


@pytest.mark.req("P1")
@pytest.mark.principle("confidentiality")
def test_what_leaves_says_what_happened_to_each_piece_and_has_no_key_of_it(built: Built, team: Team) -> None:
    reporter, case_id = held_by_two(built, team)
    piece = add_file(built, reporter, case_id, photo())
    taken = take_files(built, team, case_id, [piece.id], "An expert looks at the original.")
    files = archived(taken)
    (told,) = json.loads(files["custody.json"])
    assert told["files"] == ["files/0001-copy.jpg", "files/0001-original.jpg"]
    assert (told["sha256"], told["record"]) == (piece.evidence.digest, piece.evidence.custody_ref.hex())
    assert {line["action"] for line in told["custody"]} == {
        ReporterEvent.EVIDENCE_RECEIVED,
        ReporterEvent.EVIDENCE_CLEANED,
        StaffEvent.EVIDENCE_EXPORTED,
        StaffEvent.ORIGINAL_OPENED,
    }
    sums = [line.split("  ")[1] for line in files["SHA256SUMS"].decode().splitlines()]
    assert sums == [name for name in files if name != "SHA256SUMS"]
    said = b"".join(content for name, content in files.items() if not name.startswith("files/")).decode()
    assert not [secret for secret in secrets_of(piece.evidence) if secret in said]


@pytest.mark.req("P7")
def test_taken_away_before_it_is_taken_a_piece_does_not_leave(built: Built, team: Team) -> None:
    reporter, case_id = held_by_two(built, team)
    piece = add_file(built, reporter, case_id, photo())
    entry_id = in_unit(built, export.ask, team.amina, case_id, "The tribunal", "Hearing", [piece.id])
    agree(built, team.ben)
    in_unit(built, export.begin, team.amina, case_id, entry_id)
    got = meanwhile(
        built,
        lambda work: pieces.take_away(work, built.house, reporter, case_id, piece.id),
        lambda work: export.take(work, built.house, team.amina, case_id, entry_id, built.stores.blobs),
    )
    assert isinstance(got, NotFound)


@pytest.mark.parametrize("at", [-40, 0])
def test_a_file_that_is_not_what_was_sealed_is_named_before_an_archive_begins(
    built: Built, team: Team, at: int
) -> None:
    reporter, case_id = held_by_two(built, team)
    sound, broken = (add_file(built, reporter, case_id, photo(colour)) for colour in ("red", "blue"))
    assert broken.evidence.clean is not None
    check_files(take_files(built, team, case_id, [sound.id, broken.id]).pieces)
    alter(built, broken.evidence.clean.blob, at)
    with pytest.raises(NotIntact):
        check_files(take_files(built, team, case_id, [sound.id, broken.id]).pieces)


def test_the_document_alone_takes_no_file_out(built: Built, team: Team) -> None:
    reporter, case_id = held_by_two(built, team)
    piece = add_file(built, reporter, case_id, photo())
    entry_id = in_unit(built, export.ask, team.amina, case_id, "The tribunal", "Hearing", [piece.id])
    agree(built, team.ben)
    in_unit(built, export.begin, team.amina, case_id, entry_id)
    taken = in_unit(built, export.take, team.amina, case_id, entry_id)
    assert taken.pieces[piece.id].files == ()
    assert StaffEvent.EVIDENCE_EXPORTED not in {line.action for line in her_page(built, reporter, case_id).ledger}


def test_an_export_of_an_earlier_release_is_read_without_originals() -> None:
    body = json.loads(Export(0, "", "", "2026-03-02", "Whom", "Why").to_bytes())
    body.pop("originals")
    old = json.dumps(body | {"format": 1}).encode()
    assert Export.from_bytes(old).originals == ""
