"""How a case moves, what she reads on the way, and what nobody can do to it."""

import itertools

import pytest

from reporting.domain.case import (
    COMPARTMENT_OF,
    FIRST_ITEMS,
    MACRO_STATES,
    SENTENCES,
    TRANSITIONS,
    WITH_ORGANISATION,
    Act,
    Compartment,
    ItemKind,
    MacroState,
    NotPossible,
    Side,
    Status,
    acts,
    after_undo,
    diagram,
    first_status,
    next_status,
)
from reporting.domain.people import READERS, Role
from reporting.domain.questions import Door

HERS_ALONE = {Status.PRIVATE, Status.WITHDRAWN, Status.ERASING}


def test_a_report_goes_from_received_to_closed_step_by_step() -> None:
    status, handler = Status.RECEIVED, Role.CASE_MANAGER
    for act in (Act.ACKNOWLEDGE, Act.BEGIN, Act.CONCLUDE, Act.CLOSE):
        status = next_status(status, act, handler)
    assert status is Status.CLOSED
    assert next_status(status, Act.REOPEN, handler) is Status.ASSESSING


@pytest.mark.req("U4")
@pytest.mark.principle("respect")
def test_a_private_record_is_moved_by_her_alone() -> None:
    assert next_status(Status.PRIVATE, Act.OPEN, Role.SURVIVOR) is Status.RECEIVED
    assert acts(Status.PRIVATE, Role.SURVIVOR) == (Act.OPEN, Act.ERASE_LATER)
    assert all(acts(Status.PRIVATE, role) == () for role in READERS)


@pytest.mark.principle("respect")
@pytest.mark.parametrize("status", WITH_ORGANISATION)
def test_she_can_close_it_at_every_stage_and_come_back(status: Status) -> None:
    assert next_status(status, Act.WITHDRAW, Role.SURVIVOR) is Status.WITHDRAWN
    assert next_status(Status.WITHDRAWN, Act.REOPEN, Role.SURVIVOR) is Status.RECEIVED


def test_she_can_reopen_what_the_team_has_closed() -> None:
    assert next_status(Status.CLOSED, Act.REOPEN, Role.SURVIVOR) is Status.ASSESSING


@pytest.mark.principle("safety")
@pytest.mark.parametrize("status", set(Status) - {Status.ERASING})
def test_she_can_ask_to_erase_in_every_status_and_undo_it(status: Status) -> None:
    assert next_status(status, Act.ERASE_LATER, Role.SURVIVOR) is Status.ERASING
    after = next_status(Status.ERASING, Act.UNDO_ERASE, Role.SURVIVOR, had=status)
    assert after is after_undo(status)
    assert after in HERS_ALONE, "erasing closes at once, so undoing gives nobody a key back"
    assert (after is Status.PRIVATE) == (status is Status.PRIVATE)


def test_undoing_needs_to_know_what_was_before() -> None:
    with pytest.raises(NotPossible):
        next_status(Status.ERASING, Act.UNDO_ERASE, Role.SURVIVOR)


@pytest.mark.principle("confidentiality")
@pytest.mark.parametrize("status", HERS_ALONE)
@pytest.mark.parametrize("role", set(Role) - {Role.SURVIVOR})
def test_nobody_else_moves_a_case_that_is_hers_alone(status: Status, role: Role) -> None:
    assert acts(status, role) == ()


@pytest.mark.parametrize("role", set(Role) - READERS - {Role.SURVIVOR})
def test_a_role_that_cannot_read_cannot_move_a_case(role: Role) -> None:
    for status, act in itertools.product(Status, Act):
        with pytest.raises(NotPossible):
            next_status(status, act, role, had=Status.PRIVATE)


def test_whatever_is_not_in_the_table_is_refused() -> None:
    rows = {(row.status, row.act, row.side) for row in TRANSITIONS}
    for status, act, (role, side) in itertools.product(
        Status, Act, ((Role.SURVIVOR, Side.SURVIVOR), (Role.INVESTIGATOR, Side.HANDLER))
    ):
        if (status, act, side) in rows:
            assert next_status(status, act, role, had=Status.PRIVATE) in Status
        else:
            with pytest.raises(NotPossible, match=rf"{role} cannot {act} a case that is {status}"):
                next_status(status, act, role, had=Status.PRIVATE)


def test_the_table_never_gives_two_answers() -> None:
    keys = [(row.status, row.act, row.side) for row in TRANSITIONS if row.act is not Act.UNDO_ERASE]
    assert len(keys) == len(set(keys))


def test_only_a_private_record_begins_without_readers() -> None:
    assert {door for door in Door if first_status(door) is Status.PRIVATE} == {Door.PRIVATE}
    assert {first_status(door) for door in Door} == {Status.PRIVATE, Status.RECEIVED}


def test_every_status_can_be_reached_and_left() -> None:
    reached = {row.next for row in TRANSITIONS} | {first_status(door) for door in Door}
    assert reached == set(Status)
    assert {row.status for row in TRANSITIONS} == set(Status)


@pytest.mark.principle("support")
def test_every_status_tells_her_where_it_stands_and_what_comes_next() -> None:
    assert set(SENTENCES) == set(Status)
    for stage in SENTENCES.values():
        assert stage.now.endswith(".")
        assert stage.next.endswith(".")
        assert "%" not in stage.now
        assert stage.next.count("%(date)s") == (1 if stage.clock else 0)
        assert stage.next.count("%") == stage.next.count("%(date)s")


@pytest.mark.req("L2")
def test_the_four_stages_cover_every_status_that_others_can_read() -> None:
    assert set(MACRO_STATES) == set(WITH_ORGANISATION)
    assert set(MACRO_STATES.values()) == set(MacroState)
    assert set(WITH_ORGANISATION) == set(Status) - HERS_ALONE


@pytest.mark.req("U3")
def test_every_kind_of_item_has_its_compartment() -> None:
    assert set(COMPARTMENT_OF) == set(ItemKind)
    in_identity = {kind for kind, where in COMPARTMENT_OF.items() if where is Compartment.IDENTITY}
    in_casework = {kind for kind, where in COMPARTMENT_OF.items() if where is Compartment.CASEWORK}
    assert in_identity == {ItemKind.IDENTITY}
    assert in_casework == {ItemKind.WORKING_TITLE, ItemKind.NOTE, ItemKind.ENTRY}


@pytest.mark.principle("confidentiality")
def test_every_case_begins_with_an_item_in_each_compartment() -> None:
    assert {COMPARTMENT_OF[kind] for kind in FIRST_ITEMS} == set(Compartment)
    assert set(ItemKind) - set(FIRST_ITEMS) == {
        *(ItemKind.MESSAGE, ItemKind.NOTE, ItemKind.ENTRY, ItemKind.SHARED, ItemKind.EVIDENCE)
    }


def test_the_diagram_draws_every_row_once() -> None:
    lines = [line.strip() for line in diagram().splitlines()]
    for row in TRANSITIONS:
        assert lines.count(f"{row.status} --> {row.next}: {row.act} ({row.side})") == 1
    assert lines[0] == "stateDiagram-v2"
    assert sum(line.startswith("[*] -->") for line in lines) == 2
