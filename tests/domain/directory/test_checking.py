"""Rules for rows: each that is broken is told with place, field and a sentence, all of them at once."""

import pytest

from reporting.domain.directory.checking import (
    LONGEST,
    MOST_FAULTS,
    Fault,
    Faulty,
    Found,
    cleaned,
    faults_of_row,
    faults_of_whole,
    is_address_of_site,
    is_dialled,
)
from reporting.domain.directory.moldova import MOLDOVA
from reporting.domain.directory.seed import records_of
from reporting.domain.directory.taxonomies import stable_id

ID = stable_id("a")
SERVICE = {"id": ID, "organization_id": ID, "name": "A", "status": "active"}
WHERE = "services.csv, line 2"


def wrong(table: str, **values: str) -> list[tuple[str, str]]:
    known = {"service": SERVICE, "phone": {"id": ID, "number": "112"}, "schedule": {"id": ID}}[table]
    found = faults_of_row(Found(table, {**known, **values}, WHERE))
    assert all(fault.where == WHERE and fault.sentence.endswith(".") for fault in found)
    return [(fault.field, fault.sentence) for fault in found]


def test_what_ships_breaks_no_rule() -> None:
    records = records_of(MOLDOVA)
    found = [Found(table, row, "x") for table, rows in records.items() for row in rows]
    assert not [fault for one in found for fault in faults_of_row(one)]
    assert not faults_of_whole(records, {})
    assert not wrong("service")


def test_each_broken_rule_of_a_row_is_told_at_once() -> None:
    row = {"id": "7", "nmae": "A", "status": "open", "url": "javascript:alert(1)", "email": "a@b", "minimum_age": "ten"}
    told = {fault.field: fault.sentence for fault in faults_of_row(Found("service", row, WHERE))}
    assert told == {
        "nmae": "service has no such field.",
        "organization_id": "this is required and empty.",
        "name": "this is required and empty.",
        "id": "“7” is not an id (a UUID such as 0b8a8e4e-7a3f-4a55-9d0a-3c8c1b5e7f10).",
        "status": "“open” is none of: active, inactive, defunct, temporarily closed.",
        "url": "“javascript:alert(1)” is not an address that begins with https:// or http://.",
        "email": "“a@b” is not an address of e-mail.",
        "minimum_age": "“ten” is not a number as JSON writes it, such as 7 or 7.5.",
    }


@pytest.mark.parametrize(
    ("table", "field", "good", "bad"),
    [
        ("service", "assured_date", ["2026-03-05", "2024-02-29"], ["2026-02-29", "5.3.2026", "20260305", "2026-3-5"]),
        ("service", "last_modified", ["2026-03-05T13:00:00Z"], ["2026-03-05", "2026-03-05T13:00:00", "now"]),
        ("service", "minimum_age", ["0", "18", "7.5", "-1"], ["018", "1e3", "NaN", "٣", "1,5", ".5", "5."]),
        ("service", "email", ["a@example.org"], ["a@example..org", "a b@example.org", "a@", "@example.org", "a@b@c.d"]),
        ("schedule", "opens_at", ["09:30:00", "10:00:00Z"], ["24:00:00", "9:30", "half past"]),
        ("schedule", "freq", ["WEEKLY"], ["weekly", "DAILY"]),
        ("phone", "extension", ["12"], ["x12"]),
    ],
)
def test_a_value_has_to_be_of_its_kind(table: str, field: str, good: list[str], bad: list[str]) -> None:
    assert not [value for value in good if wrong(table, **{field: value})]
    assert not [value for value in bad if not wrong(table, **{field: value})]


@pytest.mark.parametrize("value", ["https://example.org/", "http://example.org:80/a?b=%20#c", "https://a-b.example"])
def test_an_address_of_the_web_may_be_followed(value: str) -> None:
    assert is_address_of_site(value)


@pytest.mark.parametrize(
    "value",
    [
        *("javascript:alert(1)", "data:text/html,x", "ftp://example.org", "//example.org", "example.org", "https://"),
        *("https://user:word@example.org", "https://bank.example@evil.example", "https://example.org/a b"),
        *("https://example.org:99999", "https://example.org/\n", 'https://example.org/"onclick=', "https://[::1"),
        *("https://example.org/<script>", "https://bеst.example"),
    ],
)
def test_nothing_else_passes_for_an_address_of_the_web(value: str) -> None:
    assert not is_address_of_site(value)


@pytest.mark.parametrize(
    "number", ["112", "+373 22 24 06 24", "0 8008 8008", "(022) 811-999", "*16", "116 111", "#31#12"]
)
def test_a_number_is_what_one_can_dial_short_ones_too(number: str) -> None:
    assert is_dialled(number)
    assert not wrong("phone", number=number)


@pytest.mark.parametrize("number", ["call us", "1", "", "+", "112;ext=1", "tel:112", "١١٢", "1" * 21, "112\n", "-112"])
def test_what_cannot_be_dialled_is_told(number: str) -> None:
    assert not is_dialled(number)
    assert wrong("phone", number=number)


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x7f", "\u202e", "\u2066", "\ud800"])
def test_what_nobody_can_see_is_refused(sign: str) -> None:
    assert wrong("service", name=f"A{sign}B") == [
        ("name", "this has characters that nobody can see; please type it anew.")
    ]
    assert not wrong("service", name="سطر \u200f one\n\ttwo")


def test_a_field_has_an_end() -> None:
    assert not wrong("service", description="x" * LONGEST)
    assert wrong("service", description="x" * (LONGEST + 1)) == [
        ("description", "this has 10001 characters; 10000 fit.")
    ]


def test_a_row_is_brought_into_its_normal_form() -> None:
    row = {"id": ID.upper(), "opens_at": " 09:30", "closes_at": "18:00Z", "notes": "\r\n one\r\ntwo ", "until": " "}
    normal = {"id": ID, "opens_at": "09:30:00", "closes_at": "18:00:00Z", "notes": "one\ntwo"}
    assert cleaned("schedule", row) == normal
    assert cleaned("schedule", normal) == normal


def test_what_stands_twice_and_what_leads_nowhere_is_told_with_its_place() -> None:
    term = {"id": ID, "code": "a", "name": "A", "description": "A.", "taxonomy_id": stable_id("nowhere")}
    other = {"id": stable_id("b"), "code": "a", "name": "B", "description": "B."}
    told = faults_of_whole({"taxonomy_term": [term, other]}, {("taxonomy_term", ID): "terms, line 2"})
    assert told == [
        Fault("terms, line 2", "code", "“a” stands in more than one row."),
        Fault(f"taxonomy_term {other['id']} (in the directory already)", "code", "“a” stands in more than one row."),
        Fault("terms, line 2", "taxonomy_id", f"there is no taxonomy {stable_id('nowhere')}."),
    ]


def test_after_a_hundred_faults_they_are_only_counted() -> None:
    faulty = Faulty(Fault("a", "b", "c.") for _ in range(MOST_FAULTS + 5))
    assert (len(faulty.faults), faulty.count) == (MOST_FAULTS, MOST_FAULTS + 5)
