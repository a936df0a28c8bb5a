"""What of the directory everybody sees: the days, the last entry for a need, and numbers that nobody has checked."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.domain.directory.checks import How, checked_rows
from reporting.domain.directory.international import INTERNATIONAL
from reporting.domain.directory.listing import WORLDWIDE, Directory, Freshness, Listed, Number, listed_in
from reporting.domain.directory.moldova import MOLDOVA
from reporting.domain.directory.seed import records_of
from reporting.domain.directory.showing import (
    SAID,
    dated,
    freshness_of,
    is_service,
    is_short,
    shown,
    shown_records,
)
from reporting.domain.directory.tables import Records
from reporting.domain.directory.taxonomies import Pathway

TODAY = date(2026, 6, 1)
NUMBER = Number("+373 22 811 999", "by day")


def entry(name: str, days: int | None = None, *areas: str, pathways: tuple[Pathway, ...] = (Pathway.CRISIS,)) -> Listed:
    checked_on = None if days is None else TODAY - timedelta(days=days)
    return Listed(
        id=name,
        name=name,
        what="Listens.",
        numbers=(NUMBER,),
        areas=frozenset(areas or (WORLDWIDE,)),
        pathways=pathways,
        checked_on=checked_on,
        checked_by="" if days is None else "Lucia Botezatu",
    )


def seen(*entries: Listed, demo: bool = False) -> list[str]:
    return [one.name for one in shown(Directory(entries), TODAY, demo=demo).services]


@pytest.mark.req("P9")
@pytest.mark.parametrize(
    ("days", "freshness"),
    [
        (-1, Freshness.NEVER),
        (0, Freshness.FRESH),
        (180, Freshness.FRESH),
        (181, Freshness.NOT_LATELY),
        (365, Freshness.NOT_LATELY),
        (366, Freshness.OLD),
        (None, Freshness.NEVER),
    ],
)
def test_day_180_is_fine_and_day_365_is_shown(days: int | None, freshness: Freshness) -> None:
    one = entry("one", days)
    assert freshness_of(one, TODAY) is freshness
    assert dated(Directory((one,)), TODAY).services[0].freshness is freshness
    assert set(SAID) == set(Freshness)


@pytest.mark.req("P9")
def test_on_day_366_an_entry_is_hidden_where_a_fresher_one_is_there() -> None:
    assert seen(entry("one", 365), entry("two", 10)) == ["one", "two"]
    assert seen(entry("one", 366), entry("two", 10)) == ["two"]
    assert seen(entry("one", 366), entry("two", 365)) == ["two"]


@pytest.mark.req("P9")
def test_the_last_entry_for_a_need_is_dated_and_never_hidden() -> None:
    one = shown(Directory((entry("one", 4000),)), TODAY).services[0]
    assert one.freshness is Freshness.OLD
    assert one.numbers == (NUMBER,)
    assert not one.withheld


@pytest.mark.req("P9")
def test_of_several_old_entries_the_one_checked_latest_stays() -> None:
    assert seen(entry("one", 500), entry("two", 400), entry("three", 450)) == ["two"]
    assert seen(entry("one", 400), entry("two", 400)) == ["one", "two"]


@pytest.mark.req("P9")
def test_a_need_is_looked_at_in_every_country_and_under_every_pathway() -> None:
    assert seen(entry("near", 400, "MD"), entry("far", 10, "KE")) == ["near", "far"]
    assert seen(entry("near", 400, "MD"), entry("for all", 10)) == ["for all"]
    assert seen(entry("for all", 400), entry("near", 10, "MD")) == ["for all", "near"]
    both = (Pathway.CRISIS, Pathway.LEGAL_AID)
    assert seen(entry("both", 400, pathways=both), entry("one", 10)) == ["both", "one"]


@pytest.mark.req("P9")
def test_nothing_unchecked_and_no_mere_list_stands_in_for_what_was_checked_once() -> None:
    a_list = entry("list", 10, pathways=(Pathway.CRISIS, Pathway.DIRECTORIES))
    assert not is_service(a_list, Pathway.CRISIS)
    assert is_service(a_list, Pathway.DIRECTORIES)
    assert seen(entry("old", 400), entry("never")) == ["old", "never"]
    assert seen(entry("old", 400), a_list) == ["old", "list"]


@pytest.mark.req("P9")
def test_numbers_that_nobody_has_checked_are_kept_back_and_marked_in_the_demo() -> None:
    one = shown(Directory((entry("one"),)), TODAY).services[0]
    assert (one.numbers, one.withheld) == ((), True)
    assert one.freshness is Freshness.NEVER
    one = shown(Directory((entry("one"),)), TODAY, demo=True).services[0]
    assert (one.numbers, one.withheld) == ((NUMBER,), False)
    assert one.freshness is Freshness.NEVER


@pytest.mark.req("P9")
def test_a_number_that_everybody_knows_is_never_kept_back() -> None:
    emergency = replace(entry("112"), numbers=(Number("112"), NUMBER))
    one = shown(Directory((emergency,)), TODAY).services[0]
    assert (one.numbers, one.withheld) == ((Number("112"),), True)
    one = shown(Directory((replace(emergency, numbers=(Number("112"),)),)), TODAY).services[0]
    assert not one.withheld
    assert [number for number in ("112", "9-1-1", "15", "+37", "1234", "116 111", "", "call") if is_short(number)] == [
        "112",
        "9-1-1",
        "15",
    ]


def test_nobody_reads_who_of_us_checked_an_entry() -> None:
    for demo in (False, True):
        assert {one.checked_by for one in shown(Directory((entry("a", 1), entry("b"))), TODAY, demo=demo).services} == {
            ""
        }


entries = st.builds(
    entry,
    st.uuids().map(str),
    st.none() | st.integers(-5, 800) | st.sampled_from([180, 181, 365, 366]),
    st.sampled_from(["MD", "KE", WORLDWIDE]),
    st.sampled_from(["MD", "CH", WORLDWIDE]),
    pathways=st.sets(st.sampled_from(Pathway), min_size=1, max_size=4).map(tuple),
)


@pytest.mark.req("P9")
@given(st.lists(entries, max_size=12), st.booleans())
def test_whoever_had_an_entry_for_a_need_still_has_one(made: list[Listed], demo: bool) -> None:
    before, after = Directory(tuple(made)), shown(Directory(tuple(made)), TODAY, demo=demo)
    for place in ("MD", "KE", "CH", "FJ", ""):
        for pathway in Pathway:
            had = before.on(pathway, place)
            has = after.on(pathway, place)
            assert bool(had) == bool(has)
            assert any(is_service(one, pathway) for one in had) == any(is_service(one, pathway) for one in has)
            assert any(one.checked_on and one.checked_on <= TODAY for one in had if is_service(one, pathway)) == any(
                one.freshness is not Freshness.NEVER for one in has if is_service(one, pathway)
            )
    recent = [one.id for one in made if freshness_of(one, TODAY) is not Freshness.OLD]
    assert {one.id for one in after.services} >= set(recent)


def shipped() -> Records:
    return records_of((*INTERNATIONAL, *MOLDOVA))


def checked(records: Records, name: str, day: date) -> Records:
    service = next(row for row in records["service"] if row["name"] == name)
    rows = checked_rows(service, day, "Lucia Botezatu", How.CALLED)
    services = [rows["service"][0] if row is service else row for row in records["service"]]
    return {**records, "service": services, "metadata": [*records.get("metadata", ()), *rows["metadata"]]}


@pytest.mark.req("P9")
@pytest.mark.parametrize("demo", [False, True])
def test_rows_are_read_by_the_same_rule_as_pages(demo: bool) -> None:
    records = checked(shipped(), "Women's Law Centre", TODAY - timedelta(days=400))
    records = checked(records, "La Strada trust line for women", TODAY)
    records = checked(records, "Family Justice Centre", TODAY)
    rows = shown_records(records, TODAY, demo=demo)
    expected = shown(listed_in(records), TODAY, demo=demo)
    assert {row["id"] for row in rows["service"]} == {one.id for one in expected.services}
    assert "Women's Law Centre" not in {row["name"] for row in rows["service"]}
    assert sorted(row["number"] for row in rows["phone"]) == sorted(
        number.number for one in expected.services for number in one.numbers
    )
    assert "metadata" not in rows
    assert "Lucia" not in str(rows)


@pytest.mark.req("P9")
def test_a_number_that_hangs_on_no_service_is_covered_by_no_check() -> None:
    records = checked(shipped(), "La Strada trust line for women", TODAY)
    service = next(row for row in records["service"] if row["name"] == "La Strada trust line for women")
    stray = {"id": "stray", "organization_id": service["organization_id"], "number": "+1 900 555 0100"}
    spoken = {"id": "spoken", "phone_id": "stray", "code": "en"}
    records = {**records, "phone": [*records["phone"], stray], "language": [spoken]}
    rows = shown_records(records, TODAY)
    assert "stray" not in {row["id"] for row in rows["phone"]}
    assert "language" not in rows
    rows = shown_records(records, TODAY, demo=True)
    assert "stray" in {row["id"] for row in rows["phone"]}


def test_what_points_to_a_hidden_service_is_not_read_either() -> None:
    records = shipped()
    gone = records["service"][0]["id"]
    contact = {"id": "c", "service_id": gone, "email": "a@example.org"}
    place = {"id": "p", "service_id": gone, "location_id": "l"}
    at = {"id": "t", "service_at_location_id": "p", "freq": "WEEKLY"}
    call = {"id": "n", "contact_id": "c", "number": "112"}
    services = [{**row, "status": "inactive"} if row["id"] == gone else row for row in records["service"]]
    more = {"contact": [contact], "service_at_location": [place], "schedule": [at]}
    records = {**records, **more, "service": services, "phone": [*records["phone"], call]}
    rows = shown_records(records, TODAY, demo=True)
    assert gone not in str(rows)
    assert not {"contact", "service_at_location", "schedule"} & set(rows)
    assert "n" not in {row["id"] for row in rows["phone"]}


@pytest.mark.req("P9")
@pytest.mark.principle("safety")
def test_the_place_and_the_organisation_of_what_was_taken_out_are_not_read_either() -> None:
    """An entry was taken out because its address must not be known any more, or because it proved a trap."""
    records = shipped()
    service = next(row for row in records["service"] if row["name"] == "Family Justice Centre")
    ours = {row["id"] for row in records["service"] if row["organization_id"] == service["organization_id"]}
    services = [{**row, "status": "inactive"} if row["id"] in ours else row for row in records["service"]]
    where = {"id": "l", "location_type": "physical", "organization_id": service["organization_id"], "name": "Gate 7"}
    door = {"id": "d", "location_id": "l", "address_1": "Hidden Lane 1", "address_type": "physical"}
    at = {"id": "p", "service_id": service["id"], "location_id": "l"}
    word = {"id": "w", "link_entity": "location", "link_id": "l", "taxonomy_term_id": "t", "value": "Blue door"}
    who = {"id": "c", "organization_id": service["organization_id"], "name": "Director"}
    more = {"location": [where], "address": [door], "service_at_location": [at], "contact": [who]}
    records = {**records, **more, "service": services, "attribute": [*records["attribute"], word]}
    rows = shown_records(records, TODAY, demo=True)
    assert service["organization_id"] not in str(rows)
    assert not {"location", "address", "contact"} & set(rows)
    assert "Blue door" not in str(rows)
    shared = next(row for row in services if row["id"] not in ours)
    both = [at, {"id": "q", "service_id": shared["id"], "location_id": "l"}]
    rows = shown_records({**records, "service_at_location": both}, TODAY, demo=True)
    assert [row["id"] for row in rows["service_at_location"]] == ["q"]
    assert [row["address_1"] for row in rows["address"]] == ["Hidden Lane 1"]


@pytest.mark.req("P9")
def test_who_assures_an_entry_is_named_to_nobody() -> None:
    records = shipped()
    services = [{**row, "assurer_email": "lucia@un.example"} for row in records["service"]]
    rows = shown_records({**records, "service": services}, TODAY, demo=True)
    assert "lucia" not in str(rows)
    assert len(rows["service"]) == len(services)
