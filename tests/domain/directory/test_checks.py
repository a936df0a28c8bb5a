"""Checks of an entry: what makes one, and which changes take it away."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from reporting.domain.directory.checks import (
    How,
    checked_rows,
    how_of,
    still_checked,
    unchecked,
    with_checks_that_hold,
)
from reporting.domain.directory.listing import Listed, Number, listed_in
from reporting.domain.directory.moldova import MOLDOVA
from reporting.domain.directory.seed import CHECK_FIRST, records_of
from reporting.domain.directory.tables import Records, Row
from reporting.domain.directory.taxonomies import Pathway, Telling, Trait, is_id

TODAY = date(2026, 6, 1)
ONE = Listed(id="1", name="Line", what="Listens.", numbers=(Number("1234"),), pathways=(Pathway.CRISIS,))


@pytest.mark.req("P9")
@pytest.mark.parametrize(
    "change",
    [
        {"numbers": (Number("1235"),)},
        {"numbers": ()},
        {"numbers": (Number("1234", "by night"),)},
        {"url": "https://example.org/"},
        {"email": "a@example.org"},
        {"address": "Strada 1, Chisinau"},
        {"areas": frozenset({"MD"})},
        {"pathways": (Pathway.CRISIS, Pathway.LEGAL_AID)},
        {"traits": {Trait.MANDATORY_REPORTER: False}},
        {"tellings": {Telling.MUST_REPORT: "No."}},
        {"what": "Listens. New number: +1 900 555 0100"},
        {"for_whom": "Anybody, at 113."},
        {"cost": "Pay at www.example.org first"},
        {"name": "Line (write to a@example.org)"},
    ],
)
def test_a_change_to_how_it_is_reached_or_what_it_promises_takes_the_check_away(change: dict[str, object]) -> None:
    assert not still_checked(ONE, replace(ONE, **change))  # type: ignore[arg-type]


@pytest.mark.req("P9")
def test_a_better_wording_keeps_the_check() -> None:
    assert still_checked(
        ONE, replace(ONE, what="Someone listens, 24/7.", for_whom="Anybody over 16.", languages=("ro",), cost="Free")
    )


def records() -> Records:
    return records_of(MOLDOVA)


def row_of(rows: Records, name: str = "Women's Law Centre") -> Row:
    return next(row for row in rows["service"] if row["name"] == name)


def checked(rows: Records, day: date = TODAY, how: How = How.CALLED) -> Records:
    service = row_of(rows)
    made = checked_rows(service, day, "Lucia Botezatu", how)
    services = [made["service"][0] if row is service else row for row in rows["service"]]
    return {**rows, "service": services, "metadata": [*rows.get("metadata", ()), *made["metadata"]]}


def listed(rows: Records) -> Listed:
    return next(one for one in listed_in(rows).services if one.name == "Women's Law Centre")


@pytest.mark.req("P9")
def test_a_check_carries_who_when_and_how() -> None:
    rows = checked(records())
    one = listed(rows)
    assert (one.checked_on, one.checked_by) == (TODAY, "Lucia Botezatu")
    assert how_of(rows, one) is How.CALLED
    assert is_id(rows["metadata"][0]["id"])
    assert "alert" not in row_of(rows)
    assert row_of(records())["alert"] == CHECK_FIRST


@pytest.mark.req("P9")
def test_a_day_that_no_check_of_ours_stands_behind_is_no_check() -> None:
    rows = records()
    claimed = {**rows, "service": [{**row, "assured_date": "2026-05-01"} for row in rows["service"]]}
    assert {one.checked_on for one in listed_in(claimed).services} == {None}
    other = checked(rows)
    moved = {**other, "service": [{**row, "assured_date": "2026-05-01"} for row in other["service"]]}
    assert {one.checked_on for one in listed_in(moved).services} == {None}
    assert how_of(rows, listed(rows)) is None


def test_a_check_taken_away_leaves_its_record() -> None:
    rows = checked(records())
    bare = {**rows, "service": [unchecked(row) for row in rows["service"]]}
    assert listed(bare).checked_on is None
    assert row_of(bare)["alert"] == CHECK_FIRST
    assert len(bare["metadata"]) == 1


def dialled(rows: Records, number: str) -> Records:
    service = row_of(rows)["id"]
    return {
        **rows,
        "phone": [{**row, "number": number} if row["service_id"] == service else row for row in rows["phone"]],
    }


@pytest.mark.req("P9")
def test_rows_that_change_what_was_checked_lose_the_check_and_others_keep_theirs() -> None:
    before = checked(records())
    assert with_checks_that_hold(before, before) == before
    after = with_checks_that_hold(before, dialled(before, "+1 900 555 0100"))
    assert listed(after).checked_on is None
    claimed = with_checks_that_hold(records(), dialled(checked(records()), "+1 900 555 0100"))
    assert listed(claimed).checked_on is None


@pytest.mark.req("P9")
def test_a_later_check_that_comes_with_the_change_counts() -> None:
    before = checked(records(), TODAY - timedelta(days=30))
    after = with_checks_that_hold(before, dialled(checked(before, TODAY, How.VISITED), "+373 22 81 19 98"))
    assert listed(after).checked_on == TODAY
    assert how_of(after, listed(after)) is How.VISITED


def test_a_word_that_a_file_brings_is_no_way_of_checking() -> None:
    rows = checked(records())
    other = {**rows, "metadata": [{**rows["metadata"][0], "replacement_value": "2026-06-01 guessed"}]}
    assert how_of(other, listed(other)) is None
    assert with_checks_that_hold({}, {}) == {}
