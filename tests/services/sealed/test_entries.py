"""The case file: what the handlers write, what is shared with her, and what the rows tell about it."""

from dataclasses import dataclass
from typing import ClassVar

import pytest
from sqlalchemy import select

from reporting.domain.case import ItemKind
from reporting.domain.sealed.entry import Entry
from reporting.policy import Permission
from reporting.services.actors import Actor, StaffMember
from reporting.services.casework.case import open_to_work
from reporting.services.errors import NotFound
from reporting.services.reading import consent
from reporting.services.sealed import entries
from reporting.services.sealed.entries import CaseFile, Filed, file_of
from reporting.services.sealed.sealing import open_case
from reporting.store.cases import Item
from reporting.store.database import reading, writing
from tests.builders import Built, Team, send_report
from tests.services.acts import take_up


@dataclass(frozen=True)
class Thought(Entry):
    """Something for the handlers."""

    WHAT = "thought"

    text: str = ""


@dataclass(frozen=True)
class Offer(Entry):
    """Something that she reads, too."""

    WHAT = "offer"
    SEALED_AS: ClassVar[ItemKind] = ItemKind.SHARED

    text: str = ""


def write(built: Built, member: StaffMember, case_id: bytes, entry: Entry) -> Filed[Entry]:
    with writing(built.stores) as work:
        opened = open_to_work(work, built.house, member, case_id, Permission.WRITE_NOTE)
        return entries.add(work, built.house, opened, member, entry)


def read_by(built: Built, actor: Actor, case_id: bytes) -> CaseFile:
    with reading(built.stores) as work:
        return file_of(work, open_case(work, actor, built.house, case_id))


def test_entries_stand_in_their_order_with_who_wrote_them_and_when(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    take_up(built, team.ben, case_id)
    forged = Thought(99, "0" * 32, "Somebody else", "1999-01-01", "first")
    write(built, team.amina, case_id, forged)
    write(built, team.ben, case_id, Offer(0, "", "", "1999-01-01", "second"))
    write(built, team.ben, case_id, Thought(0, "", "", "1999-01-01", "third"))
    found = read_by(built, team.amina, case_id)
    assert [(one.entry.text, one.entry.author_name, one.entry.day) for one in found.all(Thought)] == [
        ("first", "Amina Diallo", "2026-03-02"),
        ("third", "Ben Okafor", "2026-03-02"),
    ]
    last = found.last(Thought)
    assert last is not None
    assert (last.entry.position, last.entry.author) == (2, team.ben.staff_id.hex())


@pytest.mark.req("P5")
def test_she_reads_what_is_shared_and_nothing_else(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    write(built, team.amina, case_id, Thought(0, "", "", "2026-03-02", "for us"))
    write(built, team.amina, case_id, Offer(0, "", "", "2026-03-02", "for both"))
    hers = read_by(built, reporter, case_id)
    assert [one.entry.text for one in hers.all(Offer)] == ["for both"]
    assert hers.all(Thought) == []


@pytest.mark.req("P4")
def test_rows_do_not_tell_what_an_entry_is(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    for text in ("", "a" * 3000):
        write(built, team.amina, case_id, Thought(0, "", "", "2026-03-02", text))
    with reading(built.stores) as work:
        rows = work.main.scalars(select(Item).where(Item.kind == ItemKind.ENTRY)).all()
    assert len({len(row.sealed) for row in rows}) == 1
    assert all(b"thought" not in row.sealed for row in rows)


def test_an_entry_of_another_case_cannot_be_named_or_changed(built: Built, team: Team) -> None:
    _, _, mine = send_report(built, team.office)
    _, _, other = send_report(built, team.office)
    take_up(built, team.amina, mine)
    take_up(built, team.amina, other)
    foreign = write(built, team.amina, other, Thought(0, "", "", "2026-03-02", "elsewhere"))
    with pytest.raises(NotFound):
        read_by(built, team.amina, mine).one(Thought, foreign.id)
    with writing(built.stores) as work:
        opened = open_to_work(work, built.house, team.amina, mine, Permission.WRITE_NOTE)
        with pytest.raises(NotFound):
            entries.change(work, opened, foreign)


def test_a_changed_entry_is_sealed_for_those_who_stay(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    take_up(built, team.ben, case_id)
    filed = write(built, team.amina, case_id, Thought(0, "", "", "2026-03-02", "before"))
    with writing(built.stores) as work:
        opened = open_to_work(work, built.house, team.amina, case_id, Permission.WRITE_NOTE)
        consent.take_back(work, built.house, opened, team.ben.staff_id)
        entries.change(work, opened, Filed(filed.id, Thought(0, "", "", "2026-03-02", "after")))
    (changed,) = read_by(built, team.amina, case_id).all(Thought)
    assert changed.entry.text == "after"
    with pytest.raises(NotFound):
        read_by(built, team.ben, case_id)
