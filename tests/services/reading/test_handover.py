"""Leaving the team: passed on within her choice, stepped out of, or counted in bands where nobody is left."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from reporting.domain.oversight.audit import StaffEvent
from reporting.domain.reading.conflict import Tie
from reporting.domain.reading.consent import NewReaders
from reporting.services.actors import StaffMember
from reporting.services.casework.case import handlers_of
from reporting.services.errors import LastHolder, NotAllowed, NotFound
from reporting.services.organisation import accounts
from reporting.services.reading import conflict, handover
from reporting.services.reading.assignment import assign, candidates, recuse
from reporting.services.reading.handover import Carried, Passed, Unread
from reporting.services.reading.requests import answer
from reporting.services.sealed.sealing import open_case
from reporting.services.survivor.choosing import close_to, open_to
from reporting.services.survivor.follow import ledger
from reporting.store.database import reading
from tests.builders import Built, Team, add_desk, add_office, add_reader, in_unit, send_report
from tests.services.acts import her_page, holders, opens, read_case, story_holders, take_up, waiting_requests

pytestmark = [pytest.mark.req("S26")]


def alone(built: Built, team: Team, **more: Any) -> tuple[Any, bytes]:
    """Send a report that only Amina can open, who leaves in a week."""
    _, her, case_id = send_report(built, team.office, **more)
    take_up(built, team.amina, case_id)
    in_unit(built, close_to, her, case_id, team.ben.staff_id)
    leaves(built, team.amina)
    return her, case_id


def leaves(built: Built, member: StaffMember) -> None:
    """Enter that somebody leaves in a week."""
    in_unit(built, handover.set_leaving, None, member.staff_id, built.house.today() + timedelta(days=7))


def listed(built: Built, member: StaffMember) -> list[Carried]:
    """Return what somebody's page of handing over lists."""
    with reading(built.stores) as work:
        return handover.carried(work, built.house, member)


def told(built: Built, case_id: bytes) -> Sequence[tuple[StaffEvent, str, str]]:
    """Return what she reads about who came and went."""
    new = (StaffEvent.HANDED_OVER, StaffEvent.STEPPED_OUT, StaffEvent.DEPARTED)
    with reading(built.stores) as work:
        return [
            (line.action, line.who, line.about) for line in ledger(work, built.house, case_id) if line.action in new
        ]


def unread(built: Built, desk: bytes | None = None) -> list[Unread]:
    """Return in which offices nobody opens some cases any more."""
    with reading(built.stores) as work:
        return handover.unread(work, built.house, watched_by=desk)


@pytest.mark.principle("support")
def test_what_only_the_leaver_opens_goes_to_whom_they_choose_and_she_reads_both(built: Built, team: Team) -> None:
    her, case_id = alone(built, team, new_readers=NewReaders.TELL)
    (row,) = listed(built, team.amina)
    assert row.others == []
    assert [one.display_name for one in row.takers] == ["Ines Moreau", "Olga Petrenko"], "never whom she closed out"
    assert in_unit(built, handover.hand_over, team.amina, case_id, team.ines.staff_id) is Passed.GIVEN
    assert holders(built, case_id) == story_holders(built, case_id) == {team.ines.staff_id}
    assert not opens(built, team.amina, case_id)
    read_case(built, team.ines, case_id)
    assert told(built, case_id) == [
        (StaffEvent.HANDED_OVER, "Amina Diallo", "Ines Moreau"),
        (StaffEvent.STEPPED_OUT, "Amina Diallo", ""),
    ]
    assert [one.display_name for one in her_page(built, her, case_id).readers] == ["Ines Moreau"]


@pytest.mark.principle("informed_consent")
def test_where_she_wants_to_be_asked_the_question_waits_and_outlives_the_account(built: Built, team: Team) -> None:
    her, case_id = alone(built, team, new_readers=NewReaders.ASK)
    assert in_unit(built, handover.hand_over, team.amina, case_id, team.ines.staff_id) is Passed.ASKED
    assert opens(built, team.amina, case_id), "the key stays until she answers"
    assert listed(built, team.amina)[0].asked == ["Ines Moreau"]
    in_unit(built, accounts.disable, None, team.amina.staff_id)
    (asked,) = waiting_requests(built, her, case_id)
    assert (asked.asked_by, asked.about, asked.ground) == ("Amina Diallo", "Ines Moreau", "handover")
    in_unit(built, answer, her, case_id, asked.request_id, yes=True)
    read_case(built, team.ines, case_id)
    assert told(built, case_id) == [(StaffEvent.DEPARTED, "", "Amina Diallo")]


def test_what_others_can_open_is_only_stepped_out_of_and_not_for_ever(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, new_readers=NewReaders.TELL)
    take_up(built, team.ben, case_id)
    leaves(built, team.amina)
    assert listed(built, team.amina)[0].others == ["Ben Okafor"]
    assert in_unit(built, handover.hand_over, team.amina, case_id, None) is Passed.LEFT
    assert holders(built, case_id) == {team.ben.staff_id}
    in_unit(built, assign, team.ben, case_id, team.amina.staff_id)  # came back after all: unlike after a conflict
    assert opens(built, team.amina, case_id)


def test_nobody_steps_out_of_a_case_that_nobody_else_opens(built: Built, team: Team) -> None:
    _, case_id = alone(built, team)
    with pytest.raises(LastHolder):
        in_unit(built, handover.hand_over, team.amina, case_id, None)
    assert opens(built, team.amina, case_id)


def test_only_somebody_who_leaves_hands_over_and_only_to_those_on_offer(built: Built, team: Team) -> None:
    other = add_office(built, "Nairobi", desk=add_desk(built, "Second desk"))
    stranger = add_reader(built, other, team.amina.role, "Carla Santos")
    _, case_id = alone(built, team, new_readers=NewReaders.TELL)
    for to in (b"x" * 16, stranger.staff_id, team.ben.staff_id, team.amina.staff_id):
        with pytest.raises(NotFound):
            in_unit(built, handover.hand_over, team.amina, case_id, to)
    for member in (team.ben, team.desk_reader, stranger):
        with pytest.raises(NotFound):
            in_unit(built, handover.hand_over, member, case_id, team.ines.staff_id)
    in_unit(built, handover.set_leaving, None, team.amina.staff_id, None)
    with pytest.raises(NotAllowed):
        in_unit(built, handover.hand_over, team.amina, case_id, team.ines.staff_id)
    assert holders(built, case_id) == {team.amina.staff_id}


@pytest.mark.req("U7")
def test_neither_who_is_linked_nor_who_recused_or_leaves_too_is_offered(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office, named=("Somebody",), new_readers=NewReaders.TELL)
    take_up(built, team.amina, case_id)
    in_unit(built, conflict.link, team.amina, case_id, Tie.ACCOUNT, team.desk_reader.staff_id, 0)
    in_unit(built, recuse, team.ben, case_id)
    for member in (team.amina, team.ines):
        leaves(built, member)
    assert listed(built, team.amina)[0].takers == []


def test_colleagues_see_that_somebody_has_left_and_end_the_keys(built: Built, team: Team) -> None:
    _, _, case_id = send_report(built, team.office)
    for member in (team.amina, team.ben):
        take_up(built, member, case_id)
    with pytest.raises(NotFound):
        in_unit(built, handover.end_access, team.ben, case_id, team.amina.staff_id)
    in_unit(built, accounts.disable, None, team.amina.staff_id)
    with reading(built.stores) as work:
        assert [one.display_name for one in handlers_of(work, case_id) if one.left] == ["Amina Diallo"]
    with pytest.raises(NotFound):
        in_unit(built, handover.end_access, team.desk_reader, case_id, team.amina.staff_id)
    in_unit(built, handover.end_access, team.ben, case_id, team.amina.staff_id)
    assert story_holders(built, case_id) == {team.ben.staff_id}
    assert not opens(built, team.amina, case_id)


@pytest.mark.req("U9")
@pytest.mark.principle("informed_consent")
def test_where_nobody_is_left_she_is_told_who_left_and_lets_somebody_in(built: Built, team: Team) -> None:
    her, case_id = alone(built, team)
    in_unit(built, accounts.disable, None, team.amina.staff_id)
    page = her_page(built, her, case_id)
    assert page.readers == []
    assert told(built, case_id) == [(StaffEvent.DEPARTED, "", "Amina Diallo")]
    assert {one.display_name for one in page.others} >= {"Olga Petrenko"}
    in_unit(built, open_to, her, case_id, team.desk_reader.staff_id)
    read_case(built, team.desk_reader, case_id)
    assert unread(built) == []


def test_cases_that_nobody_opens_are_counted_in_bands_and_by_office(built: Built, team: Team) -> None:
    assert unread(built) == []
    _, case_id = alone(built, team)
    for _ in range(5):
        her, more = send_report(built, team.office)[1:]
        in_unit(built, close_to, her, more, team.ben.staff_id)
    with reading(built.stores) as work:
        assert handover.only_theirs(work, built.house, team.amina.staff_id) == 5, "six cases are told as five or more"
        assert handover.only_theirs(work, built.house, team.ben.staff_id) == 0
        assert handover.only_theirs(work, built.house, b"x" * 16) == 0
    in_unit(built, accounts.disable, None, team.amina.staff_id)
    assert unread(built) == unread(built, team.desk.id) == [Unread(team.office.name, 5)]
    assert unread(built, b"x" * 16) == []
    assert case_id.hex() not in repr(unread(built))


def test_a_new_key_counts_as_nobody_and_a_colleague_who_still_opens_it_counts(built: Built, team: Team) -> None:
    _, case_id = alone(built, team)
    in_unit(built, accounts.renew_code, None, team.amina.staff_id)
    assert unread(built) == [Unread(team.office.name, 1)]
    send_report(built, team.office)
    assert unread(built) == [Unread(team.office.name, 1)], "Ben opens the second"
    with reading(built.stores) as work, pytest.raises(NotFound):
        candidates(work, built.house, team.amina, open_case(work, team.amina, built.house, case_id))


def test_a_day_can_be_entered_only_for_who_is_still_there(built: Built, team: Team) -> None:
    in_unit(built, accounts.disable, None, team.ben.staff_id)
    for staff_id in (team.ben.staff_id, b"x" * 16):
        with pytest.raises(NotFound):
            in_unit(built, handover.set_leaving, None, staff_id, built.house.today())
