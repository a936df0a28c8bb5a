"""What an editor may fill in: links, numbers, and hours as lines and as rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.domain.directory.drafts import DAYS, hours_lines, hours_row, is_link, is_number
from reporting.domain.directory.hours import State, hours_at
from reporting.domain.directory.numbers import international
from tests.instance import MONDAY

SHORT = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
clock = st.builds(lambda hour, minute: f"{hour:02}:{minute:02}", st.integers(0, 23), st.integers(0, 59))


@pytest.mark.parametrize(
    ("line", "days", "opens", "closes"),
    [
        ("mon-fri 09:00-17:00", "MO,TU,WE,TH,FR", "09:00:00", "17:00:00"),
        ("Mon, Wed 09:00 - 17:00", "MO,WE", "09:00:00", "17:00:00"),
        ("sat-mon 22:00-06:00", "MO,SA,SU", "22:00:00", "06:00:00"),
        ("mon-sun 00:00-24:00", ",".join(DAYS), "00:00:00", "23:59:59"),
        ("sun 10:00-12:30", "SU", "10:00:00", "12:30:00"),
    ],
)
def test_a_line_of_hours_is_a_row_of_the_schedule(line: str, days: str, opens: str, closes: str) -> None:
    assert hours_row(line) == {"freq": "WEEKLY", "byday": days, "opens_at": opens, "closes_at": closes}


@pytest.mark.parametrize(
    "line",
    ["", "mon", "09:00-17:00", "mon 9-17", "mon 24:00-10:00", "mon 25:00-26:00", "mon- 09:00-10:00", "mon ٠٩:٠٠-10:00"],
)
def test_what_is_no_time_is_refused(line: str) -> None:
    assert hours_row(line) is None


@given(st.lists(st.sampled_from(SHORT), min_size=1, unique=True), clock, clock | st.just("24:00"))
def test_hours_come_back_as_they_were_kept(days: list[str], opens: str, closes: str) -> None:
    row = hours_row(f"{' '.join(days)} {opens}-{closes}")
    if opens == closes:
        assert row is None
        return
    assert row is not None
    lines = hours_lines([{"id": "1", "service_id": "2", **row}])
    assert lines is not None
    assert hours_row(lines[0]) == row


def test_hours_that_say_more_than_a_line_are_left_to_whoever_imported_them() -> None:
    simple = hours_row("mon 09:00-10:00")
    assert simple is not None
    assert hours_lines([simple, {**simple, "valid_to": "2027-01-01"}]) is None
    assert hours_lines([{"freq": "MONTHLY", "bymonthday": "1"}]) is None
    assert hours_lines([]) == ()


def test_what_the_form_keeps_is_what_the_pages_call_open() -> None:
    always = hours_row("mon-sun 00:00-24:00")
    morning = hours_row("mon-fri 08:00-10:00")
    assert always is not None
    assert morning is not None
    assert hours_at([always], "UTC", MONDAY).state is State.ALWAYS
    assert hours_at([morning], "UTC", MONDAY.replace(hour=9)).state is State.OPEN
    assert hours_at([morning], "UTC", MONDAY.replace(hour=10)).state is State.CLOSED


@pytest.mark.parametrize("text", ["https://example.org", "http://example.org/a?b=c#d", "https://пример.example/"])
def test_a_page_of_the_web_is_a_link(text: str) -> None:
    assert is_link(text)


@pytest.mark.parametrize("text", ["", "+", "call", "<b>1", "0" * 41, "112\n113", "tel:112"])
def test_what_cannot_be_dialled_is_no_number(text: str) -> None:
    assert not is_number(text)


@pytest.mark.parametrize(
    ("number", "country", "abroad"),
    [
        ("022 24 06 24", "MD", "+373 22 240 624"),
        ("+373 22 24 06 24", "MD", ""),
        ("112", "MD", ""),
        ("116 111", "MD", ""),
        ("022 24 06 24", "", ""),
        ("x", "MD", ""),
    ],
)
def test_how_a_number_is_dialled_from_abroad_is_offered_where_it_is_certain(
    number: str, country: str, abroad: str
) -> None:
    assert international(number, country) == abroad
