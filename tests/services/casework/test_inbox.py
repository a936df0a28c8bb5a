"""An inbox shows what I hold and my key opens, page by page, and nothing of what it does not."""

from datetime import date

import pytest

from reporting.domain.case import Act, CaseKind, Status
from reporting.services.actors import StaffMember
from reporting.services.casework import case as casework
from reporting.services.casework import inbox as inboxes
from reporting.services.casework import messages
from reporting.services.casework.inbox import Filters, InboxRow
from reporting.services.survivor import choosing
from reporting.store.database import reading
from tests.builders import Built, Team, in_unit, send_report
from tests.services.acts import take_up, tamper


def inbox(built: Built, member: StaffMember, filters: Filters | None = None) -> list[InboxRow]:
    """Return every row of somebody's inbox, page after page."""
    rows: list[InboxRow] = []
    more = None
    with reading(built.stores) as work:
        while True:
            page, more = inboxes.inbox(work, built.house, member, filters or Filters(), more)
            rows += page
            if more is None:
                return rows


@pytest.mark.req("S26", "S18")
def test_the_inbox_shows_what_i_hold_the_most_overdue_first(built: Built, team: Team) -> None:
    first = send_report(built, team.office)[2]
    built.clock.forward(days=1)
    second = send_report(built, team.office)[2]
    built.clock.forward(days=1)
    complaint = send_report(built, team.office, kind=CaseKind.COMPLAINT)[2]
    assert [row.case_id for row in inbox(built, team.amina)] == [first, second]
    assert [(row.case_id, row.kind) for row in inbox(built, team.desk_reader)] == [(complaint, CaseKind.COMPLAINT)]
    row = inbox(built, team.amina)[0]
    assert (row.title, row.office, row.status, row.received_on) == ("", "Geneva", Status.RECEIVED, date(2026, 3, 2))


def test_filters_narrow_the_inbox(built: Built, team: Team) -> None:
    old = send_report(built, team.office)[2]
    built.clock.forward(days=7)
    new = send_report(built, team.office)[2]
    take_up(built, team.amina, new)
    in_unit(built, casework.take_step, team.amina, new, Act.ACKNOWLEDGE)
    in_unit(built, messages.write_as_staff, team.amina, new, "We have read it.")
    for filters, expected in (
        (Filters(), [old, new]),
        (Filters(status=Status.RECEIVED), [old]),
        (Filters(status=Status.CLOSED), []),
        (Filters(overdue=True), [old]),
        (Filters(waiting=True), [old]),
        (Filters(status=Status.ASSESSING, overdue=True), []),
    ):
        assert [row.case_id for row in inbox(built, team.amina, filters)] == expected


def test_the_inbox_comes_in_pages_without_a_gap_or_a_double(
    built: Built, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inboxes, "PAGE", 3)
    cases = {send_report(built, team.office)[2] for _ in range(7)}
    with reading(built.stores) as work:
        page, more = inboxes.inbox(work, built.house, team.amina, Filters())
        assert (len(page), more is not None) == (3, True)
    found = [row.case_id for row in inbox(built, team.amina)]
    assert (len(found), set(found)) == (7, cases)


@pytest.mark.req("P6")
@pytest.mark.principle("confidentiality")
def test_a_case_that_my_key_does_not_open_is_not_even_a_grey_row(built: Built, team: Team) -> None:
    _, reporter, gone = send_report(built, team.office)
    _, _, forged = send_report(built, team.office)
    in_unit(built, choosing.close_to, reporter, gone, team.amina.staff_id)
    tamper(built, "DELETE FROM grants WHERE case_id = :c AND holder = :h", c=forged, h=team.amina.holder)
    assert inbox(built, team.amina) == []
    assert len(inbox(built, team.ben)) == 2


@pytest.mark.req("P6")
@pytest.mark.principle("confidentiality")
def test_neither_a_short_page_nor_the_place_where_it_ends_stands_for_a_case_that_does_not_open(
    built: Built, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inboxes, "PAGE", 3)
    for _ in range(9):
        send_report(built, team.office)
    order = [row.case_id for row in inbox(built, team.amina)]
    shut, left = order[2:7], order[:2] + order[7:]
    for case_id in shut:
        tamper(built, "DELETE FROM grants WHERE case_id = :c AND holder = :h", c=case_id, h=team.amina.holder)
    with reading(built.stores) as work:
        page, more = inboxes.inbox(work, built.house, team.amina, Filters())
        assert [row.case_id for row in page] == left[:3]
        assert more is not None
        assert more[1] == left[2], "the address of the next page names the last row of this one"
        rest, end = inboxes.inbox(work, built.house, team.amina, Filters(), more)
        assert ([row.case_id for row in rest], end) == (left[3:], None)
