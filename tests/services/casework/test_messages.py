"""Messages both ways: in their order, by day, sealed where her story is, and nobody else's."""

import pytest

from reporting.crypto.errors import TooLong
from reporting.domain.case import ItemKind
from reporting.domain.sealed.disclosure import REPORTER
from reporting.services.casework import messages
from reporting.services.errors import NotAllowed, NotFound
from reporting.services.survivor import choosing, erasure
from tests.builders import Built, Team, in_unit, send_report
from tests.services.acts import her_page, items, take_up


@pytest.mark.req("L1")
@pytest.mark.principle("support")
def test_she_and_the_team_write_to_each_other_in_order(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    in_unit(built, messages.write_as_staff, team.amina, case_id, "We have read it.")
    assert not her_page(built, reporter, case_id).opened.row.waiting
    in_unit(built, messages.write_as_reporter, reporter, case_id, "Thank you. \u200f👩🏽")
    page = her_page(built, reporter, case_id)
    assert page.opened.row.waiting
    assert [(m.position, m.author_name, m.from_reporter, m.text) for m in page.messages] == [
        (0, "Amina Diallo", False, "We have read it."),
        (1, "", True, "Thank you. \u200f👩🏽"),
    ]
    assert page.messages[1].author == REPORTER


@pytest.mark.req("P3")
@pytest.mark.principle("safety")
def test_a_message_knows_its_day_and_no_time(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    built.clock.forward(days=1, hours=3)
    in_unit(built, messages.write_as_reporter, reporter, case_id, "Today.")
    assert her_page(built, reporter, case_id).messages[0].day == "2026-03-03"


@pytest.mark.req("P4")
def test_a_short_and_a_long_message_are_the_same_size(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    for text in ("Yes.", "No. " * 500):
        in_unit(built, messages.write_as_reporter, reporter, case_id, text)
    assert len({len(item.sealed) for item in items(built, case_id, ItemKind.MESSAGE)}) == 1


@pytest.mark.req("P8")
def test_a_double_tap_says_it_once_and_the_next_day_says_it_again(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    for days in (0, 0, 1):
        built.clock.forward(days=days)
        in_unit(built, messages.write_as_reporter, reporter, case_id, "Are you there?")
    assert len(her_page(built, reporter, case_id).messages) == 2


@pytest.mark.req("P8")
def test_nothing_and_too_much_are_refused(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    for write, who in ((messages.write_as_reporter, reporter), (messages.write_as_staff, team.amina)):
        with pytest.raises(NotAllowed):
            in_unit(built, write, who, case_id, " \n ")
        with pytest.raises(TooLong):
            in_unit(built, write, who, case_id, "a" * (1024 * 1024))
    assert her_page(built, reporter, case_id).messages == []


@pytest.mark.req("P6", "U7")
def test_who_holds_no_key_and_who_has_not_answered_the_conflict_question_writes_nothing(
    built: Built, team: Team
) -> None:
    _, reporter, case_id = send_report(built, team.office)
    with pytest.raises(NotAllowed):
        in_unit(built, messages.write_as_staff, team.amina, case_id, "Hello.")
    with pytest.raises(NotFound):
        in_unit(built, messages.write_as_staff, team.desk_reader, case_id, "Hello.")
    take_up(built, team.amina, case_id)
    in_unit(built, choosing.close_to, reporter, case_id, team.amina.staff_id)
    with pytest.raises(NotFound):
        in_unit(built, messages.write_as_staff, team.amina, case_id, "Hello.")


@pytest.mark.principle("respect")
def test_in_what_is_hers_alone_she_writes_on_and_nobody_is_told_to_answer(built: Built, team: Team) -> None:
    _, reporter, private = send_report(built, None)
    _, other, withdrawn = send_report(built, team.office)
    in_unit(built, erasure.close, other, withdrawn)
    for who, case_id in ((reporter, private), (other, withdrawn)):
        in_unit(built, messages.write_as_reporter, who, case_id, "A note to myself.")
        page = her_page(built, who, case_id)
        assert (len(page.messages), page.opened.row.waiting) == (1, False)


@pytest.mark.req("P8")
def test_an_answer_that_was_sent_twice_stands_there_once(built: Built, team: Team) -> None:
    _, reporter, case_id = send_report(built, team.office)
    take_up(built, team.amina, case_id)
    for _ in range(2):
        in_unit(built, messages.write_as_staff, team.amina, case_id, "We have read it.")
    assert len(her_page(built, reporter, case_id).messages) == 1
