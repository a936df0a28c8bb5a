"""Setting aside: together, with a reason, undone by whoever wrote it, looked at once more, and never called false."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from reporting.domain.case import Act, NotPossible, Status
from reporting.domain.casework import aside as words
from reporting.domain.casework.aside import Aside, Reason
from reporting.domain.reading.consent import NewReaders
from reporting.domain.sealed.statistics import NOT_COUNTED
from reporting.services.actors import StaffMember
from reporting.services.casework import aside
from reporting.services.casework.case import take_step
from reporting.services.casework.inbox import Filters, inbox
from reporting.services.casework.messages import write_as_reporter
from reporting.services.errors import NamesFirst, NotAllowed, NotFound, WrittenSince
from reporting.services.reading.assignment import assign, recuse
from reporting.services.sealed.entries import file_of
from reporting.services.sealed.sealing import open_case
from reporting.services.survivor.choosing import close_to
from reporting.services.survivor.erasure import close, erase_later, erase_now
from reporting.store.aside import SetAside, find_aside
from reporting.store.cases import find_case
from reporting.store.database import reading
from tests.builders import Built, Team, add_desk, add_office, add_reader, in_unit, send_report
from tests.services.acts import count, her_page, opens, take_up
from tests.services.sealed.test_facts import fact
from tests.services.together import meanwhile

pytestmark = [pytest.mark.req("P6"), pytest.mark.req("S26")]


def sent(built: Built, team: Team, number: int = 1, **more: Any) -> list[tuple[Any, bytes]]:
    """Send several reports, and let Amina and Ben take them up."""
    found = [send_report(built, team.office, f"Text {place}", **more)[1:] for place in range(number)]
    for member in (team.amina, team.ben):
        take_up(built, member, *(case_id for _, case_id in found))
    return found


def put_aside(
    built: Built, who: StaffMember, *case_ids: bytes, reason: Reason = Reason.TEST, original: str = "", seen: int = 0
) -> int:
    """Set cases aside."""
    return int(in_unit(built, aside.set_aside, who, dict.fromkeys(case_ids, seen), reason, original))


def status_of(built: Built, case_id: bytes) -> Status:
    """Return where a case stands."""
    with reading(built.stores) as work:
        case = find_case(work.main, case_id)
        assert case is not None
        return Status(case.status)


def listed(built: Built, who: StaffMember, status: Status | None = None) -> set[bytes]:
    """Return what somebody's inbox shows."""
    with reading(built.stores) as work:
        return {row.case_id for row in inbox(work, built.house, who, Filters(status))[0]}


def to_look_at(built: Built, who: StaffMember) -> Sequence[bytes]:
    """Return what somebody is to look at once more."""
    with reading(built.stores) as work:
        return aside.waiting_for_check(work, built.house, who)


def entry_of(built: Built, who: StaffMember, case_id: bytes) -> Aside:
    """Return what was noted, as a handler reads it."""
    with reading(built.stores) as work:
        filed = file_of(work, open_case(work, who, built.house, case_id)).last(Aside)
        assert filed is not None
        return filed.entry


def test_what_is_set_aside_leaves_the_inbox_and_the_clocks_and_its_reason_stands_sealed(
    built: Built, team: Team
) -> None:
    ((reporter, case_id),) = sent(built, team)
    assert put_aside(built, team.amina, case_id, reason=Reason.ADVERTISING) == 1
    assert case_id not in listed(built, team.amina)
    assert listed(built, team.amina, Status.SET_ASIDE) == {case_id}
    with reading(built.stores) as work:
        case = find_case(work.main, case_id)
        assert case is not None
        assert (case.due_on, case.due_what, case.waiting) == (None, None, False)
        assert case.keep_until is not None
    noted = entry_of(built, team.ben, case_id)
    assert (noted.author_name, noted.reason) == ("Amina Diallo", Reason.ADVERTISING)
    page = her_page(built, reporter, case_id)
    assert page.stage.now == "We could not follow this. Please tell us more."
    assert page.due_on is None


@pytest.mark.principle("respect")
def test_there_is_no_reason_that_calls_anybody_untruthful() -> None:
    assert {reason.value for reason in Reason} == {"not_understandable", "duplicate", "test", "advertising"}
    assert not any(word in words.__doc__.lower() for word in ("false", "lie", "malicious", "unfounded"))


@pytest.mark.principle("respect")
def test_whatever_she_writes_brings_it_back_at_once_with_new_dates(built: Built, team: Team) -> None:
    ((reporter, case_id),) = sent(built, team)
    put_aside(built, team.amina, case_id)
    built.clock.moment += timedelta(days=100)  # longer than staff could
    assert in_unit(built, write_as_reporter, reporter, case_id, "I mean my supervisor.") is Status.RECEIVED
    assert listed(built, team.amina) == listed(built, team.ben) == {case_id}
    with reading(built.stores) as work:
        case = find_case(work.main, case_id)
        assert case is not None
        assert case.due_on is not None
        assert case.due_on > built.house.today()
        assert (case.received_on, case.due_what, case.waiting) == (built.house.today(), "acknowledge", True)
        assert case.keep_until is None
        assert find_aside(work.main, case_id) is None


def test_it_is_not_counted_until_it_is_back(built: Built, team: Team) -> None:
    ((reporter, case_id),) = sent(built, team, statistics=True)

    put_aside(built, team.amina, case_id)
    assert fact(built, reporter, case_id) == NOT_COUNTED
    in_unit(built, write_as_reporter, reporter, case_id, "More")
    assert fact(built, reporter, case_id).counted


def test_it_can_be_undone_for_ninety_days_and_then_stays(built: Built, team: Team) -> None:
    (_, first), (_, second) = sent(built, team, 2)
    put_aside(built, team.amina, first, second)
    for case_id in to_look_at(built, team.ben):
        in_unit(built, aside.check, team.ben, case_id, stays=True)
    built.clock.moment += timedelta(days=90)
    in_unit(built, aside.bring_back, team.ben, first)
    assert status_of(built, first) is Status.RECEIVED
    built.clock.moment += timedelta(days=1)
    with pytest.raises(NotAllowed):
        in_unit(built, aside.bring_back, team.amina, second)
    assert status_of(built, second) is Status.SET_ASIDE


@pytest.mark.parametrize(("number", "looked_at"), [(1, 1), (4, 1), (5, 1), (10, 2), (14, 2)])
def test_one_in_five_and_at_least_one_is_looked_at_by_somebody_else(number: int, looked_at: int) -> None:
    assert words.to_check(number) == looked_at
    assert words.to_check(0) == 0


def test_a_second_person_looks_and_leaves_it_or_takes_it_up(built: Built, team: Team) -> None:
    (_, first), (_, second) = sent(built, team, 2)
    put_aside(built, team.amina, first)
    put_aside(built, team.amina, second)
    assert to_look_at(built, team.amina) == [], "never one's own"
    assert set(to_look_at(built, team.ben)) == {first, second}
    with pytest.raises(NotFound):
        in_unit(built, aside.check, team.amina, first, stays=True)
    in_unit(built, aside.check, team.ben, first, stays=True)
    in_unit(built, aside.check, team.ben, second, stays=False)
    assert (status_of(built, first), status_of(built, second)) == (Status.SET_ASIDE, Status.RECEIVED)
    assert to_look_at(built, team.ben) == []
    with pytest.raises(NotFound):
        in_unit(built, aside.check, team.ben, first, stays=False)


def test_until_somebody_has_looked_it_can_always_be_undone(built: Built, team: Team) -> None:
    ((_, case_id),) = sent(built, team)
    put_aside(built, team.amina, case_id)
    built.clock.moment += timedelta(days=200)
    in_unit(built, aside.check, team.ben, case_id, stays=False)
    assert status_of(built, case_id) is Status.RECEIVED


def test_the_sample_is_taken_from_what_somebody_else_can_open(built: Built, team: Team) -> None:
    found = sent(built, team, 3)
    for _, case_id in found[:2]:
        in_unit(built, recuse, team.ben, case_id)
    put_aside(built, team.amina, *(case_id for _, case_id in found))
    assert to_look_at(built, team.ben) == [found[2][1]]


def test_all_of_a_batch_or_none_and_what_one_does_not_hold_does_not_exist(built: Built, team: Team) -> None:
    other = add_office(built, "Nairobi", desk=add_desk(built, "Second desk"), is_open=True)
    stranger = add_reader(built, other, team.amina.role, "Carla Santos")
    add_reader(built, other, team.amina.role, "Dan Mwangi")
    _, _, foreign = send_report(built, other)
    (_, first), (_, second) = sent(built, team, 2)
    in_unit(built, take_step, team.amina, second, Act.ACKNOWLEDGE)
    in_unit(built, take_step, team.amina, second, Act.BEGIN)
    with pytest.raises(NotPossible):
        put_aside(built, team.amina, first, second, foreign)
    assert status_of(built, first) is Status.RECEIVED
    assert put_aside(built, team.amina, first, foreign, b"x" * 16) == 1
    assert status_of(built, foreign) is Status.RECEIVED
    assert opens(built, stranger, foreign)
    assert put_aside(built, stranger, first) == 0


def test_the_names_come_first(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    with pytest.raises(NamesFirst):
        put_aside(built, team.amina, case_id)


def test_no_step_sets_aside_without_a_reason(built: Built, team: Team) -> None:
    ((_, case_id),) = sent(built, team)
    for act in (Act.SET_ASIDE, Act.BRING_BACK):
        with pytest.raises(NotAllowed):
            in_unit(built, take_step, team.amina, case_id, act)


def test_a_duplicate_names_another_case_that_i_hold_and_who_does_not_hold_it_learns_nothing(
    built: Built, team: Team
) -> None:
    (_, first), (her, second) = sent(built, team, 2)
    in_unit(built, close_to, her, second, team.ben.staff_id)
    for wrong in ("", "12", "0" * 8, first.hex(), first.hex()[:8]):
        with pytest.raises(NotFound):
            put_aside(built, team.amina, first, reason=Reason.DUPLICATE, original=wrong)
    reference = f"{second.hex()[:4].upper()}-{second.hex()[4:8].upper()}"
    put_aside(built, team.amina, first, reason=Reason.DUPLICATE, original=reference)
    with reading(built.stores) as work:
        mine, bens = (
            aside.view(work, built.house, who, open_case(work, who, built.house, first))
            for who in (team.amina, team.ben)
        )
    assert mine.duplicate_of == second
    assert bens.duplicate_of is None


@pytest.mark.parametrize("act", [close, erase_later, erase_now])
def test_what_is_hers_again_cannot_be_set_aside_or_taken_up(built: Built, team: Team, act: Any) -> None:
    (her, first), (_, second) = sent(built, team, 2)
    put_aside(built, team.amina, first)
    in_unit(built, act, her, first)
    assert count(built, SetAside) == 0
    assert put_aside(built, team.amina, first) == 0
    with pytest.raises(NotFound):
        in_unit(built, aside.bring_back, team.amina, first)
    with pytest.raises(NotFound):
        in_unit(built, aside.bring_back, team.amina, second)


@pytest.mark.principle("safety")
def test_what_she_writes_meanwhile_is_never_set_aside_unseen(built: Built, team: Team) -> None:
    ((her, case_id),) = sent(built, team)
    got = meanwhile(
        built,
        lambda work: write_as_reporter(work, built.house, her, case_id, "One more thing"),
        lambda work: aside.set_aside(work, built.house, team.amina, {case_id: 0}, Reason.TEST),
    )
    assert isinstance(got, WrittenSince)
    assert status_of(built, case_id) is Status.RECEIVED
    assert put_aside(built, team.amina, case_id, seen=1) == 1
    assert in_unit(built, write_as_reporter, her, case_id, "And another") is Status.RECEIVED


@pytest.mark.principle("safety")
def test_what_she_writes_while_it_is_set_aside_brings_it_back(built: Built, team: Team) -> None:
    ((her, case_id),) = sent(built, team)
    got = meanwhile(
        built,
        lambda work: aside.set_aside(work, built.house, team.amina, {case_id: 0}, Reason.TEST),
        lambda work: write_as_reporter(work, built.house, her, case_id, "One more thing"),
    )
    assert got is Status.RECEIVED
    assert case_id in listed(built, team.amina)


def test_whoever_joins_later_reads_why(built: Built, team: Team) -> None:
    ((_, case_id),) = sent(built, team, new_readers=NewReaders.TELL)
    put_aside(built, team.amina, case_id, reason=Reason.NOT_UNDERSTANDABLE)
    in_unit(built, assign, team.amina, case_id, team.ines.staff_id)
    take_up(built, team.ines, case_id)
    assert entry_of(built, team.ines, case_id).reason is Reason.NOT_UNDERSTANDABLE
