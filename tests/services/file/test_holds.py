"""A legal hold: only where a law was shown before she wrote, only what is listed, and only until its day."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from reporting.domain.case import ItemKind, Status
from reporting.domain.file.hold import DeclaredLaw
from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.questions import Door
from reporting.services.casework import case as casework
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.evidence import pieces
from reporting.services.file import held, holds
from reporting.services.file.listing import listed_in
from reporting.services.oversight import retention
from reporting.services.oversight.audit import staff_ledger
from reporting.services.reading import assignment
from reporting.services.reading.readers import audience_of
from reporting.services.sealed.sealing import open_case
from reporting.services.survivor import choosing, erasure, record
from reporting.store.blobs import keys_before
from reporting.store.cases import Case
from reporting.store.database import reading, writing
from reporting.store.grants import stray_shred_keys
from reporting.store.holds import HeldItem, Hold, HoldGrant
from reporting.store.shred import ShredKeyRow
from tests.builders import Built, Team, in_unit, office_of, send_report, sign_law
from tests.evidence import MAKER, add_file, content_of, keyed_blobs, photo, secrets_of
from tests.services.acts import called, count, her_page, items, opens, take_up, tamper
from tests.services.holding import LAW, agree, ask, case_under_law, declare_law, hold, listed_ids
from tests.services.together import meanwhile


def kept_words(built: Built, team: Team, hold_id: bytes) -> list[str]:
    """Return what Amina reads of a hold."""
    found = in_unit(built, held.open_held, team.amina, hold_id)
    return [passage.text for item in found.items for passage in item.passages]


def shred_keys(built: Built) -> int:
    with reading(built.stores) as work:
        return work.shred.scalar(select(func.count()).select_from(ShredKeyRow)) or 0


@pytest.mark.req("L4", "P7")
@pytest.mark.principle("respect")
def test_she_erases_at_once_and_what_is_listed_alone_stays_until_its_day(built: Built, team: Team) -> None:
    reporter, case_id = case_under_law(built, team)
    hold_id = hold(built, team, case_id, ItemKind.DISCLOSURE)
    (told,) = her_page(built, reporter, case_id).kept
    assert (told.law, told.until, [one.code for one in told.items]) == (LAW, "2026-05-31", ["disclosure"])
    in_unit(built, erasure.erase_now, reporter, case_id)
    assert not opens(built, reporter, case_id)
    assert not opens(built, team.amina, case_id)
    assert (count(built, Case), count(built, HeldItem)) == (0, 1)
    assert kept_words(built, team, hold_id) == ["He did it in the lift."]
    with reading(built.stores) as work:
        assert [line.items for line in held.held_by(work, built.house, team.ben)] == [1]
        assert held.held_by(work, built.house, team.ines) == []
    built.clock.forward(days=90)
    assert in_unit(built, retention.run).holds == 0
    built.clock.forward(days=1)
    with pytest.raises(NotFound):
        in_unit(built, held.open_held, team.amina, hold_id)
    assert in_unit(built, retention.run).holds == 1
    assert [count(built, table) for table in (Hold, HeldItem, HoldGrant)] == [0, 0, 0]
    assert shred_keys(built) == 0


@pytest.mark.req("L4", "P1", "P7")
@pytest.mark.principle("confidentiality")
def test_no_backup_brings_back_what_a_law_kept_until_yesterday(
    built: Built, team: Team, back_up: Callable[[Built], Built]
) -> None:
    reporter, case_id = case_under_law(built, team)
    hold_id = hold(built, team, case_id, ItemKind.DISCLOSURE, days=3)
    in_unit(built, erasure.erase_now, reporter, case_id)
    restored = back_up(built)
    assert kept_words(restored, team, hold_id) == ["He did it in the lift."]
    built.clock.forward(days=4)
    in_unit(built, retention.run)
    with reading(restored.stores) as work:
        kept = work.main.get(Hold, hold_id)
        assert kept is not None
        for member in (team.amina, team.ben):
            assert holds.key_of(work, restored.house, member, kept) is None


@pytest.mark.req("L4", "ASVS-2.3.5")
@pytest.mark.principle("safety")
def test_nothing_is_kept_before_somebody_else_agreed_and_only_once(built: Built, team: Team) -> None:
    _, case_id = case_under_law(built, team)
    entry_id = ask(built, team.amina, case_id, listed_ids(built, team.amina, case_id, ItemKind.DISCLOSURE))
    for member in (team.amina, team.ben):
        with pytest.raises(NotAllowed):
            in_unit(built, holds.begin, member, case_id, entry_id)
    agree(built, team.ben)
    in_unit(built, holds.begin, team.ben, case_id, entry_id)
    with pytest.raises(NotAllowed):
        in_unit(built, holds.begin, team.amina, case_id, entry_id)
    assert count(built, Hold) == 1


@pytest.mark.req("L4")
@pytest.mark.principle("informed_consent")
def test_where_no_law_was_shown_before_she_wrote_nothing_can_be_kept(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    declare_law(built, team.office)  # too late for this case
    ids = listed_ids(built, team.amina, case_id, ItemKind.DISCLOSURE)
    with pytest.raises(NotAllowed):
        ask(built, team.amina, case_id, ids)


@pytest.mark.req("L4", "S12")
@pytest.mark.principle("informed_consent")
def test_what_she_read_counts_for_her_case_after_the_profile_is_over_and_for_no_later_one(
    built: Built, team: Team
) -> None:
    office = sign_law(built, team.office, days=5, hold_law=LAW)
    _, _, before = send_report(built, office)
    built.clock.forward(days=6)
    _, _, after = send_report(built, office, shown=(LAW, ""))
    for case_id in (before, after):
        take_up(built, team.amina, case_id)
    assert ask(built, team.amina, before, listed_ids(built, team.amina, before, ItemKind.DISCLOSURE))
    with pytest.raises(NotAllowed):
        ask(built, team.amina, after, listed_ids(built, team.amina, after, ItemKind.DISCLOSURE))


@pytest.mark.req("L4")
def test_the_law_is_kept_in_the_words_that_she_saw(built: Built, team: Team) -> None:
    _, case_id = case_under_law(built, team)
    declare_law(built, team.office, "Another law, much wider.")
    with reading(built.stores) as work:
        assert holds.declared_law(work, open_case(work, team.amina, built.house, case_id)) == LAW


@pytest.mark.req("L4", "P7")
@pytest.mark.principle("confidentiality")
def test_neither_the_identity_nor_anything_of_another_case_can_be_kept(built: Built, team: Team) -> None:
    office = declare_law(built, team.office)
    _, _, mine = send_report(built, office, identity=called("Nadia", visible=True))
    _, _, other = send_report(built, office)
    for case_id in (mine, other):
        take_up(built, team.amina, case_id)
    (identity,) = items(built, mine, ItemKind.IDENTITY)
    (title,) = items(built, mine, ItemKind.WORKING_TITLE)
    with reading(built.stores) as work:
        listed = listed_in(work, open_case(work, team.amina, built.house, mine))
        assert not {ItemKind.IDENTITY, ItemKind.WORKING_TITLE} & {one.kind for one in listed}
    (own,) = listed_ids(built, team.amina, mine, ItemKind.DISCLOSURE)
    (foreign,) = listed_ids(built, team.amina, other, ItemKind.DISCLOSURE)
    for ids in ([], [identity.id], [title.id], [own, identity.id], [own, foreign], [bytes(16)]):
        with pytest.raises(NotFound):
            ask(built, team.amina, mine, ids)


@pytest.mark.parametrize(("days", "reason"), [(0, "Court"), (-1, "Court"), (367, "Court"), (90, " \n")])
def test_a_hold_has_a_reason_and_an_end_within_a_year(built: Built, team: Team, days: int, reason: str) -> None:
    _, case_id = case_under_law(built, team)
    ids = listed_ids(built, team.amina, case_id, ItemKind.DISCLOSURE)
    with pytest.raises(NotAllowed):
        ask(built, team.amina, case_id, ids, days=days, reason=reason)


@pytest.mark.req("L4", "U5")
@pytest.mark.principle("confidentiality")
def test_a_private_record_and_a_closed_case_are_out_of_reach(built: Built, team: Team) -> None:
    declare_law(built, team.office)
    _, _, private = send_report(built, None)
    with pytest.raises(NotFound):
        ask(built, team.amina, private, [bytes(16)])
    reporter, case_id = case_under_law(built, team)
    entry_id = ask(built, team.amina, case_id, listed_ids(built, team.amina, case_id, ItemKind.DISCLOSURE))
    agree(built, team.ben)
    in_unit(built, erasure.close, reporter, case_id)
    with pytest.raises(NotFound):
        in_unit(built, holds.begin, team.amina, case_id, entry_id)
    assert count(built, Hold) == 0


@pytest.mark.req("L4")
def test_a_record_that_she_opens_to_another_office_stands_under_the_law_that_she_read_there(
    built: Built, team: Team
) -> None:
    reporter, case_id = case_under_law(built, team)
    in_unit(built, erasure.close, reporter, case_id)
    with writing(built.stores) as work:
        people = her_page(built, reporter, case_id).people
        audience = audience_of(work, built.house, office_of(built, team.office.id), people)
        record.open_to_office(work, built.house, reporter, case_id, audience, Door.INFORMAL)
    take_up(built, team.amina, case_id)
    with reading(built.stores) as work:
        assert holds.declared_law(work, open_case(work, team.amina, built.house, case_id)) == ""


@pytest.mark.req("L4", "P7")
def test_while_the_case_is_at_work_there_is_no_held_page_and_when_she_closes_there_is(built: Built, team: Team) -> None:
    reporter, case_id = case_under_law(built, team)
    hold_id = hold(built, team, case_id, ItemKind.DISCLOSURE, ItemKind.NOTE)
    with pytest.raises(NotFound):
        in_unit(built, held.open_held, team.amina, hold_id)
    in_unit(built, erasure.close, reporter, case_id)
    assert not opens(built, team.amina, case_id)
    assert kept_words(built, team, hold_id) == ["He did it in the lift.", "A note for us."]
    assert her_page(built, reporter, case_id).ledger[-1].action is StaffEvent.HELD_OPENED


@pytest.mark.req("L4")
def test_erasing_later_leaves_only_the_copies_on_its_day(built: Built, team: Team) -> None:
    reporter, case_id = case_under_law(built, team)
    hold_id = hold(built, team, case_id, ItemKind.DISCLOSURE)
    in_unit(built, erasure.erase_later, reporter, case_id)
    page = her_page(built, reporter, case_id)
    assert (page.status, len(page.kept)) == (Status.ERASING, 1)
    built.clock.forward(days=7)
    assert in_unit(built, retention.run).cases == 1
    assert kept_words(built, team, hold_id) == ["He did it in the lift."]


@pytest.mark.req("P6", "L4")
@pytest.mark.principle("safety")
def test_whoever_leaves_or_is_closed_out_loses_what_is_kept_too(built: Built, team: Team) -> None:
    reporter, case_id = case_under_law(built, team)
    hold_id = hold(built, team, case_id, ItemKind.DISCLOSURE)
    in_unit(built, choosing.close_to, reporter, case_id, team.ben.staff_id)
    in_unit(built, erasure.erase_now, reporter, case_id)
    with pytest.raises(NotFound):
        in_unit(built, held.open_held, team.ben, hold_id)
    assert kept_words(built, team, hold_id) == ["He did it in the lift."]


@pytest.mark.req("L4")
def test_a_colleague_who_comes_later_gets_the_key_from_a_handler(built: Built, team: Team) -> None:
    reporter, case_id = case_under_law(built, team)
    hold_id = hold(built, team, case_id, ItemKind.DISCLOSURE)
    in_unit(built, assignment.assign, team.amina, case_id, team.ines.staff_id)
    take_up(built, team.ines, case_id)
    with writing(built.stores) as work:
        holds.share(work, built.house, open_case(work, team.amina, built.house, case_id), team.amina)
    in_unit(built, erasure.erase_now, reporter, case_id)
    assert len(in_unit(built, held.open_held, team.ines, hold_id).items) == 1


@pytest.mark.req("L4")
def test_a_hold_may_end_before_its_day_and_never_by_somebody_outside_the_case(built: Built, team: Team) -> None:
    reporter, case_id = case_under_law(built, team)
    hold_id = hold(built, team, case_id, ItemKind.DISCLOSURE)
    _, _, other = send_report(built, team.office)
    take_up(built, team.amina, other)
    for member, where in ((team.amina, other), (team.ines, case_id)):
        with pytest.raises(NotFound):
            in_unit(built, holds.end, member, where, hold_id)
    in_unit(built, holds.end, team.ben, case_id, hold_id)
    assert count(built, Hold) == 0
    assert list(her_page(built, reporter, case_id).kept) == []


@pytest.mark.req("L4")
@pytest.mark.principle("safety")
def test_a_day_that_somebody_wrote_into_the_database_keeps_nothing_longer(built: Built, team: Team) -> None:
    reporter, case_id = case_under_law(built, team)
    hold_id = hold(built, team, case_id, ItemKind.DISCLOSURE)
    in_unit(built, erasure.erase_now, reporter, case_id)
    tamper(built, "UPDATE holds SET until = '2099-01-01'")
    with pytest.raises(NotFound):
        in_unit(built, held.open_held, team.amina, hold_id)
    assert in_unit(built, retention.run).holds == 1


@pytest.mark.req("P1")
def test_the_keys_of_a_hold_are_no_strays(built: Built, team: Team) -> None:
    reporter, case_id = case_under_law(built, team)
    hold(built, team, case_id, ItemKind.DISCLOSURE, days=300)
    in_unit(built, erasure.erase_now, reporter, case_id)
    with reading(built.stores) as work:
        for days in range(85, 100):
            assert stray_shred_keys(work.main, work.shred, built.house.today() + timedelta(days=days)) == []


@pytest.mark.req("P4", "L4")
def test_rows_of_a_hold_carry_no_word(built: Built, team: Team) -> None:
    _, case_id = case_under_law(built, team)
    hold(built, team, case_id, ItemKind.DISCLOSURE)
    with reading(built.stores) as work:
        for table in (Hold, HeldItem, HoldGrant):
            for row in work.main.scalars(select(table)):
                assert b"lift" not in repr(vars(row)).encode()
        sizes = {len(row.sealed) for row in work.main.scalars(select(HeldItem))}
        assert sizes == {len(row.sealed) for row in items(built, case_id, ItemKind.DISCLOSURE)}


@pytest.mark.req("L4")
def test_begun_while_she_erases_there_is_a_copy_or_nothing_and_never_half(built: Built, team: Team) -> None:
    reporter, case_id = case_under_law(built, team)
    entry_id = ask(built, team.amina, case_id, listed_ids(built, team.amina, case_id, ItemKind.DISCLOSURE))
    agree(built, team.ben)
    got = meanwhile(
        built,
        lambda work: erasure.erase_now(work, built.house, reporter, case_id),
        lambda work: holds.begin(work, built.house, team.amina, case_id, entry_id),
    )
    assert isinstance(got, NotFound)
    assert [count(built, table) for table in (Case, Hold, HeldItem)] == [0, 0, 0]


def test_both_names_and_the_hold_stand_in_the_chain(built: Built, team: Team) -> None:
    _, case_id = case_under_law(built, team)
    hold_id = hold(built, team, case_id, ItemKind.DISCLOSURE)
    in_unit(built, holds.end, team.ben, case_id, hold_id)
    with reading(built.stores) as work:
        lines = [(row.action, row.actor_id) for row in staff_ledger(work, built.house, case_id)[-4:]]
    assert lines == [
        (StaffEvent.SECOND_ASKED, team.amina.staff_id),
        (StaffEvent.SECOND_AGREED, team.ben.staff_id),
        (StaffEvent.HOLD_BEGUN, team.amina.staff_id),
        (StaffEvent.HOLD_ENDED, team.ben.staff_id),
    ]


def test_a_step_of_the_case_changes_nothing_in_what_is_kept(built: Built, team: Team) -> None:
    reporter, case_id = case_under_law(built, team)
    hold(built, team, case_id, ItemKind.DISCLOSURE)
    in_unit(built, casework.write_note, team.ben, case_id, "More.")
    assert len(her_page(built, reporter, case_id).kept) == 1


@pytest.mark.req("L4", "S12")
def test_what_was_sealed_before_duties_stood_beside_it_reads_as_it_was() -> None:
    old = (
        b'{"author":"reporter","author_name":"","day":"2026-03-02","format":1,"law":"An act","position":0,'
        b'"what":"declared_law"}'
    )
    assert DeclaredLaw.from_bytes(old) == DeclaredLaw(0, "reporter", "", "2026-03-02", "An act", "")


@pytest.mark.req("L4", "P7")
@pytest.mark.principle("respect")
def test_a_piece_that_a_law_keeps_opens_after_she_erased_and_no_other_does(built: Built, team: Team) -> None:
    reporter, case_id = case_under_law(built, team)
    add_file(built, reporter, case_id, photo("red"), name="not-listed.jpg")
    sent = photo("blue")
    kept = add_file(built, reporter, case_id, sent, name="kept.jpg")
    entry_id = ask(built, team.amina, case_id, [kept.id])
    agree(built, team.ben)
    hold_id = in_unit(built, holds.begin, team.amina, case_id, entry_id)
    (told,) = her_page(built, reporter, case_id).kept
    assert [one.item for one in told.items] == [kept.id.hex()]
    with pytest.raises(NotFound):  # at work it is read in the case
        held_bytes(built, team, hold_id, bytes(16))
    in_unit(built, erasure.erase_now, reporter, case_id)
    found = in_unit(built, held.open_held, team.amina, hold_id)
    ((item_id, _),) = found.pieces.items()
    assert held_bytes(built, team, hold_id, item_id, original=True) == sent
    assert MAKER.encode() not in held_bytes(built, team, hold_id, item_id)
    with reading(built.stores) as work:
        assert keyed_blobs(work.shred) == {file.blob_id for file in kept.evidence.files}
        theirs = [line.action for line in staff_ledger(work, built.house, case_id)]
    assert {StaffEvent.HELD_OPENED, StaffEvent.ORIGINAL_OPENED, StaffEvent.EVIDENCE_SEEN} <= set(theirs)
    built.clock.forward(days=91)
    in_unit(built, holds.end_due)
    with reading(built.stores) as work:
        assert keyed_blobs(work.shred) == set()


@pytest.mark.principle("confidentiality")
def test_what_a_hold_lists_has_no_key_of_a_file(built: Built, team: Team) -> None:
    reporter, case_id = case_under_law(built, team)
    kept = add_file(built, reporter, case_id, photo())
    hold_id = hold(built, team, case_id, ItemKind.EVIDENCE)
    in_unit(built, erasure.erase_now, reporter, case_id)
    found = in_unit(built, held.open_held, team.amina, hold_id)
    said = b"".join(one.content for one in found.items).decode() + str(found.items)
    assert not [secret for secret in secrets_of(kept.evidence) if secret in said]


@pytest.mark.principle("confidentiality")
def test_a_kept_file_opens_for_nobody_who_does_not_hold_it(built: Built, team: Team) -> None:
    reporter, case_id = case_under_law(built, team)
    add_file(built, reporter, case_id, photo())
    hold_id = hold(built, team, case_id, ItemKind.EVIDENCE)
    in_unit(built, erasure.erase_now, reporter, case_id)
    ((item_id, _),) = in_unit(built, held.open_held, team.amina, hold_id).pieces.items()
    for member, named in ((team.ines, item_id), (team.amina, bytes(16))):
        with pytest.raises(NotFound):
            in_unit(built, held.held_file, built.stores.blobs, member, hold_id, named, original=False)


@pytest.mark.req("P7")
def test_ended_early_a_hold_takes_its_keys_and_leaves_those_of_the_case(built: Built, team: Team) -> None:
    reporter, case_id = case_under_law(built, team)
    kept = add_file(built, reporter, case_id, photo())
    hold_id = hold(built, team, case_id, ItemKind.EVIDENCE)
    in_unit(built, holds.end, team.ben, case_id, hold_id)
    assert content_of(built, team.amina, case_id, kept.id)
    with reading(built.stores) as work:
        assert {key.owner for key in keys_before(work.shred, built.house.today() + timedelta(days=1))} == {case_id}


@pytest.mark.req("P7")
def test_taken_away_while_a_hold_begins_a_piece_is_kept_by_nobody(built: Built, team: Team) -> None:
    reporter, case_id = case_under_law(built, team)
    piece = add_file(built, reporter, case_id, photo())
    entry_id = ask(built, team.amina, case_id, [piece.id])
    agree(built, team.ben)
    got = meanwhile(
        built,
        lambda work: pieces.take_away(work, built.house, reporter, case_id, piece.id),
        lambda work: holds.begin(work, built.house, team.amina, case_id, entry_id),
    )
    assert isinstance(got, NotFound)
    with reading(built.stores) as work:
        assert keyed_blobs(work.shred) == set()


def held_bytes(built: Built, team: Team, hold_id: bytes, item_id: bytes, *, original: bool = False) -> bytes:
    """Return what Amina gets of a kept file."""
    found = in_unit(built, held.held_file, built.stores.blobs, team.amina, hold_id, item_id, original=original)
    return b"".join(found.whole())
