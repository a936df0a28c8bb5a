"""The duty rota: kept by the people of the office, and whoever does not come is stood in for."""

from datetime import date, timedelta
from typing import Any

import pytest

from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.people import Role
from reporting.services.actors import StaffMember
from reporting.services.errors import DoesNotFit, NotAllowed, NotFound
from reporting.services.organisation import accounts, duty
from reporting.services.sealed.sealing import open_case
from reporting.store.audit import recent_events
from reporting.store.database import reading
from reporting.store.duty import all_stand_ins, rota_of
from reporting.store.grants import Grant
from tests.builders import Built, Team, add_reader, add_staff, add_team, in_unit, send_report

DAY = timedelta(days=1)


def put(built: Built, member: StaffMember, who: StaffMember, first: int, last: int) -> None:
    """Put somebody on duty, in days from today."""
    today = built.house.today()
    in_unit(built, duty.put_on_duty, member, who.staff_id, today + first * DAY, today + last * DAY)


def comes(built: Built, member: StaffMember) -> None:
    """Let somebody sign in."""
    in_unit(built, accounts.note_sign_in, member.staff_id)


def stands_in(built: Built, member: StaffMember) -> list[str]:
    """Return for whom somebody stands in, as the inbox asks."""
    with reading(built.stores) as work:
        return [one.name for one in duty.standing_in_for(work, member)]


def recorded(built: Built, action: StaffEvent) -> list[bytes | None]:
    """Return whom the events of a kind are about, the oldest first."""
    with reading(built.stores) as work:
        return [one.about_id for one in reversed(recent_events(work.main, 100)) if one.action == action]


def next_day(built: Built, team: Team) -> date:
    """Return the day that survivors read."""
    with reading(built.stores) as work:
        return duty.reading_day(work, built.house, team.office)


@pytest.mark.req("S26")
def test_who_is_missing_for_a_working_day_is_stood_in_for_by_the_next_and_then_by_the_desk(
    built: Built, team: Team
) -> None:
    put(built, team.amina, team.amina, 0, 11)
    put(built, team.amina, team.ben, 7, 11)
    assert in_unit(built, duty.watch) == 0, "the first day is not over"
    built.clock.forward(days=1)
    assert in_unit(built, duty.watch) == 1
    assert stands_in(built, team.ben) == ["Amina Diallo"]
    assert stands_in(built, team.desk_reader) == []
    assert in_unit(built, duty.watch) == 1
    assert recorded(built, StaffEvent.STANDS_IN) == [team.ben.staff_id], "a second look changes nothing"
    built.clock.forward(days=1)
    in_unit(built, duty.watch)
    assert stands_in(built, team.desk_reader) == ["Amina Diallo"], "the one who stood in did not come either"
    assert recorded(built, StaffEvent.STANDS_IN) == [team.ben.staff_id, team.desk_reader.staff_id]
    assert recorded(built, StaffEvent.DUTY_MISSED) == [team.amina.staff_id]
    built.clock.forward(days=1)
    in_unit(built, duty.watch)
    assert len(recorded(built, StaffEvent.STANDS_IN)) == 2, "the desk is the end of the line"


@pytest.mark.req("S26")
def test_whoever_stands_in_and_comes_keeps_it_until_the_other_is_back(built: Built, team: Team) -> None:
    put(built, team.amina, team.amina, 0, 11)
    put(built, team.amina, team.ben, 7, 11)
    built.clock.forward(days=1)
    in_unit(built, duty.watch)
    comes(built, team.ben)
    built.clock.forward(days=3)
    in_unit(built, duty.watch)
    assert stands_in(built, team.desk_reader) == []
    comes(built, team.amina)
    assert stands_in(built, team.ben) == [], "at once, before any chore ran"
    in_unit(built, duty.watch)
    with reading(built.stores) as work:
        assert list(all_stand_ins(work.main)) == []


@pytest.mark.req("S26")
def test_a_weekend_is_nobodys_absence(built: Built, team: Team) -> None:
    put(built, team.amina, team.amina, 0, 11)
    built.clock.forward(days=4)
    comes(built, team.amina)  # on Friday
    for _ in range(3):
        built.clock.forward(days=1)
        assert in_unit(built, duty.watch) == 0
    built.clock.forward(days=1)
    assert in_unit(built, duty.watch) == 1, "Monday is over now"
    assert stands_in(built, team.desk_reader) == ["Amina Diallo"], "nobody else is on the rota"


@pytest.mark.req("S26")
def test_two_entries_beside_each_other_are_one_duty(built: Built, team: Team) -> None:
    put(built, team.amina, team.amina, 0, 0)
    put(built, team.amina, team.amina, 1, 1)
    built.clock.forward(days=1)
    assert in_unit(built, duty.watch) == 1


@pytest.mark.req("S26")
def test_a_day_is_that_of_the_office(empty: Built) -> None:
    """In Auckland it is already Tuesday when it is Monday noon in UTC, and a morning there is the evening before."""
    team = add_team(empty, time_zone="Pacific/Auckland")
    empty.clock.forward(hours=10)  # Monday, 19:30 UTC: Tuesday morning there
    put(empty, team.amina, team.amina, 1, 11)
    comes(empty, team.amina)
    empty.clock.forward(hours=23)  # Wednesday morning there; in UTC it is still Tuesday
    assert in_unit(empty, duty.watch) == 0, "Amina came on Tuesday, as the office counts"
    empty.clock.forward(hours=24)
    assert in_unit(empty, duty.watch) == 1, "and did not on Wednesday"


@pytest.mark.req("S26")
def test_holidays_and_another_week_end_are_nobodys_absence(empty: Built) -> None:
    team = add_team(empty, weekend="fri,sat", holidays="2026-03-03 Spring")
    put(empty, team.amina, team.amina, 0, 11)
    comes(empty, team.amina)  # on Monday
    empty.clock.forward(days=2)
    assert in_unit(empty, duty.watch) == 0, "Tuesday was a holiday"
    empty.clock.forward(days=1)
    assert in_unit(empty, duty.watch) == 1
    with reading(empty.stores) as work:
        assert duty.reading_day(work, empty.house, team.office) == date(2026, 3, 5)
    empty.clock.forward(days=1)
    with reading(empty.stores) as work:
        assert duty.reading_day(work, empty.house, team.office) == date(2026, 3, 8), "a Sunday"


@pytest.mark.req("S26")
def test_when_the_duty_ends_so_does_the_standing_in(built: Built, team: Team) -> None:
    put(built, team.amina, team.amina, 0, 1)
    put(built, team.amina, team.ben, 2, 4)
    built.clock.forward(days=1)
    assert in_unit(built, duty.watch) == 1
    built.clock.forward(days=1)
    assert in_unit(built, duty.watch) == 0
    with reading(built.stores) as work:
        assert list(all_stand_ins(work.main)) == []


@pytest.mark.req("S26")
@pytest.mark.principle("confidentiality")
def test_standing_in_gives_nobody_a_key(built: Built, team: Team) -> None:
    case_id = send_report(built, team.office)[2]
    put(built, team.amina, team.amina, 0, 11)
    with reading(built.stores) as work:
        before = {grant.id for grant in work.main.query(Grant)}
    built.clock.forward(days=1)
    in_unit(built, duty.watch)
    assert stands_in(built, team.desk_reader) == ["Amina Diallo"]
    with reading(built.stores) as work:
        assert {grant.id for grant in work.main.query(Grant)} == before
        with pytest.raises(NotFound):
            open_case(work, team.desk_reader, built.house, case_id)


@pytest.mark.req("S26")
def test_a_disabled_colleague_is_asked_no_more_and_counts_for_no_reading_day(built: Built, team: Team) -> None:
    put(built, team.amina, team.amina, 0, 11)
    put(built, team.amina, team.ben, 0, 11)
    built.clock.forward(days=1)
    in_unit(built, duty.watch)
    in_unit(built, accounts.disable, None, team.ben.staff_id)
    in_unit(built, duty.watch)
    assert stands_in(built, team.desk_reader) == ["Amina Diallo"]
    in_unit(built, accounts.disable, None, team.amina.staff_id)
    assert next_day(built, team) == built.house.today(), "as if no rota were kept"


@pytest.mark.req("S26")
def test_the_next_reading_day_comes_from_the_rota_or_else_from_the_calendar(built: Built, team: Team) -> None:
    today = built.house.today()
    assert next_day(built, team) == today
    put(built, team.amina, team.ben, 2, 4)
    assert next_day(built, team) == today + 2 * DAY
    built.clock.forward(days=5)
    assert next_day(built, team) == today + 7 * DAY, "the rota is over: the next working day"


@pytest.mark.req("S26")
@pytest.mark.parametrize("who", ["ines", "auditor", "administrator"])
def test_only_case_managers_and_the_desk_keep_a_rota(built: Built, team: Team, who: str) -> None:
    put(built, team.amina, team.amina, 0, 1)
    with reading(built.stores) as work:
        (entry,) = rota_of(work.main, team.office.id, built.house.today())
    member = team.ines if who == "ines" else add_staff(built, team.office, Role(who), "Person X")
    with pytest.raises(NotAllowed):
        put(built, member, team.amina, 0, 4)
    with pytest.raises(NotAllowed):
        in_unit(built, duty.take_off_duty, member, entry.id)


@pytest.mark.req("S26")
def test_a_rota_is_kept_for_ones_own_office_and_with_its_own_readers(built: Built, team: Team) -> None:
    put(built, team.desk_reader, team.desk_reader, 0, 1)
    auditor = add_staff(built, team.office, Role.AUDITOR, "Aude Auditor")
    unvouched = add_staff(built, team.office, Role.INVESTIGATOR, "Una Vouched", vouched=False)
    for stranger in (team.desk_reader, auditor, unvouched):
        with pytest.raises(NotFound):
            put(built, team.amina, stranger, 0, 1)
    with reading(built.stores) as work:
        (entry,) = rota_of(work.main, team.desk.id, built.house.today())
    for forged in (entry.id, bytes(16)):
        with pytest.raises(NotFound):
            in_unit(built, duty.take_off_duty, team.amina, forged)
    in_unit(built, duty.take_off_duty, team.desk_reader, entry.id)
    assert recorded(built, StaffEvent.DUTY_CHANGED) == [team.desk_reader.staff_id] * 2


def test_what_is_sent_twice_stands_there_once_and_no_rota_grows_without_end(
    built: Built, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        put(built, team.amina, team.ben, 0, 4)
    with reading(built.stores) as work:
        assert len(duty.rota(work, built.house, team.amina)) == 1
    monkeypatch.setattr(duty, "MOST_ENTRIES", 1)
    with pytest.raises(NotAllowed):
        put(built, team.amina, team.ben, 1, 4)
    with pytest.raises(DoesNotFit):
        put(built, team.amina, team.ben, -1, 4)


def test_entries_are_gone_ninety_days_after_their_last_day(built: Built, team: Team) -> None:
    put(built, team.amina, team.ben, 0, 4)
    first = built.house.today()
    for forward, kept in ((94, 1), (1, 0)):
        built.clock.forward(days=forward)
        in_unit(built, duty.watch)
        with reading(built.stores) as work:
            assert len(rota_of(work.main, team.office.id, first)) == kept


def test_the_desk_stands_in_for_its_own_people_only_by_its_rota(built: Built, team: Team) -> None:
    second: Any = add_reader(built, team.desk, Role.OUTSIDE_DESK, "Otto Brandt")
    put(built, team.desk_reader, team.desk_reader, 0, 4)
    built.clock.forward(days=1)
    assert in_unit(built, duty.watch) == 1
    assert stands_in(built, second) == []
