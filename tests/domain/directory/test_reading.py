"""Files that people bring, and what is said about those that cannot be read."""

import json
import time

import pytest

from reporting.domain.directory.checking import MOST_ROWS, Fault, Faulty, Found
from reporting.domain.directory.difference import difference
from reporting.domain.directory.tables import Records, Row
from reporting.domain.directory.tabular import Files, read_tables, write_tables
from reporting.domain.directory.taxonomies import stable_id
from reporting.domain.directory.unnesting import COVERED, read_nested

A, B, C = (stable_id(name) for name in "abc")
ORGANIZATION: Row = {"id": A, "name": "A", "description": "A."}


def told(files: Files) -> list[str]:
    return [str(fault) for fault in read_tables(files)[1]]


def told_nested(value: object) -> list[str]:
    text = value if isinstance(value, str) else json.dumps(value)
    return [str(fault) for fault in read_nested(text.encode(), "a.json")[1]]


def described(path: object, name: str = "service") -> dict[str, bytes]:
    return {"datapackage.json": json.dumps({"resources": [{"name": name, "path": path}]}).encode()}


@pytest.mark.parametrize(
    "path", ["../services.csv", "/etc/passwd", "a/b.csv", "https://x.example/a.csv", ".a.csv", ["a.csv"]]
)
def test_a_description_names_only_files_of_its_folder(path: object) -> None:
    assert told(described(path)) == ["datapackage.json, service: the path must be a file of this folder."]


def test_a_description_says_which_file_is_which_table() -> None:
    files = {**described("mine.csv", "organization"), "mine.csv": f"id,name\n{A},A\n".encode()}
    assert read_tables(files)[0] == [Found("organization", {"id": A, "name": "A"}, "mine.csv, line 2")]
    assert told(described("gone.csv")) == ["datapackage.json, service: there is no file gone.csv."]
    assert told(described("a.csv", "people"))[0] == "datapackage.json, people: HSDS 3.0 has no such table."
    for broken in (b"[]", b"{", b"\xff", b'{"resources": [1]}', b"[" * 100_000):
        assert told({"datapackage.json": broken}) == ["datapackage.json: this is no description of a data package."]


def test_what_is_wrong_with_a_table_is_told_with_file_and_line() -> None:
    assert told({"services.csv": b"id,nmae,id\n"}) == [
        "services.csv, line 1, nmae: service has no such field.",
        "services.csv, line 1, id: this column is there twice.",
    ]
    assert told({"services.csv": b"name\n"}) == ["services.csv, line 1, id: this column is missing."]
    assert told({"services.csv": b""}) == ["services.csv, line 1, id: this column is missing."]
    assert told({"services.csv": b"id\n\xff\n"}) == [
        "services.csv: this is not UTF-8 (byte 3); please save it as UTF-8."
    ]
    assert told({"services.csv": b"id,name\na,b,c\n"}) == [
        "services.csv, line 2: this has 3 values, and the first line names 2."
    ]
    assert told({"services.csv": b'id,name\na,"b'})[0].startswith("services.csv, line 2: this is no CSV (")
    assert told({"readme.csv": b"id\n"}) == ["the folder: there is no table of HSDS here, such as services.csv."]


def test_a_row_is_named_by_the_line_on_which_it_begins() -> None:
    text = f'id,name,description\n{A},A,"one\ntwo"\n\n{B},B,b\n'
    found = read_tables({"organizations.csv": text.encode()})[0]
    assert [one.where for one in found] == ["organizations.csv, line 2", "organizations.csv, line 5"]


def test_the_same_row_twice_in_tables_is_a_fault() -> None:
    text = f"id,name,description\n{A},A,a\n{A},A,a\n"
    found, faults, covers = read_tables({"organizations.csv": text.encode()})
    with pytest.raises(Faulty) as refused:
        difference({}, found, faults, covers, removing=False)
    assert str(refused.value) == (
        "organizations.csv, line 3, id: this is the organization that stands at organizations.csv, line 2 already."
    )


def test_what_is_wrong_in_nested_json_is_told_with_its_path() -> None:
    service = {"id": B, "name": "B", "status": "active", "organization_id": A, "minimum_age": "18", "name2": "x"}
    phones = [{"id": C, "number": 112}, "112"]
    assert told_nested({"services": [{**service, "phones": phones, "languages": {}}]}) == [
        "services[0], minimum_age: this must be a number, without quotation marks.",
        "services[0], name2: service has no such field.",
        "services[0].phones[0], number: this must be text, in quotation marks.",
        "services[0].phones[1]: this must be an object: a row of phone.",
        "services[0], languages: this must be a list.",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "a.json: this is no JSON (Expecting property name"),
        ('{"id": 1, "id": 2}', "a.json: this is no JSON (“id” stands twice in one object)."),
        ("[NaN]", "a.json: this is no JSON (NaN is no number)."),
        ("7", "a.json: this is neither a service, an organization nor a list of them."),
        ("[" * 100_000, "a.json: this is nested too deeply."),
        ('{"services": {}}', "a.json, services: HSDS has no such list."),
    ],
)
def test_what_is_no_nested_json_is_told(text: str, said: str) -> None:
    assert told_nested(text)[0].startswith(said)


@pytest.mark.parametrize(
    "wrapped", [lambda one: one, lambda one: [one], lambda one: {"contents": [one], "empty": False}]
)
def test_a_service_a_list_and_a_page_of_the_api_are_read(wrapped: object) -> None:
    term = {"id": C, "name": "T", "description": "T.", "taxonomy_detail": {"id": A, "name": "X", "description": "X."}}
    service: dict[str, object] = {
        "id": B,
        "name": "B",
        "status": "active",
        "minimum_age": 18,
        "organization": ORGANIZATION,
        "phones": [{"id": C, "number": "112", "languages": [{"id": C, "code": "ro"}]}],
        "attributes": [{"id": C, "taxonomy_term": term}],
    }
    found, faults = read_nested(json.dumps(wrapped(service)).encode(), "a.json")  # type: ignore[operator]
    assert difference({}, found, faults, COVERED, removing=False).added == {
        "organization": [ORGANIZATION],
        "taxonomy": [{"id": A, "name": "X", "description": "X."}],
        "taxonomy_term": [{"id": C, "name": "T", "description": "T.", "taxonomy_id": A}],
        "service": [
            {"id": B, "name": "B", "status": "active", "minimum_age": "18", "organization_id": A},
        ],
        "phone": [{"id": C, "number": "112", "service_id": B}],
        "language": [{"id": C, "code": "ro", "phone_id": C}],
        "attribute": [{"id": C, "link_id": B, "link_entity": "service", "taxonomy_term_id": C}],
    }


def test_what_contradicts_the_place_where_it_stands_is_told() -> None:
    phone = {"id": C, "number": "112", "service_id": A}
    service: dict[str, object] = {
        "id": B,
        "name": "B",
        "status": "active",
        "organization": ORGANIZATION,
        "phones": [phone],
    }
    other: dict[str, object] = {**service, "id": C, "phones": [], "organization": {**ORGANIZATION, "name": "Other"}}
    assert told_nested([service]) == [
        f"services[0].phones[0], service_id: this says {A}, but what it stands with says {B}."
    ]
    found, faults = read_nested(json.dumps([{**service, "phones": []}, other]).encode(), "a.json")
    with pytest.raises(
        Faulty, match=r"services\[1\].organization, name: this is the organization that stands at services"
    ):
        difference({}, found, faults, COVERED, removing=False)


def test_a_difference_is_told_field_by_field_and_named_by_what_it_does() -> None:
    before: Records = {"organization": [ORGANIZATION, {"id": B, "name": "B", "description": "B."}]}
    after: Records = {
        "organization": [{"id": A, "name": "A2", "description": "A.", "email": "a@example.org"}],
        "taxonomy": [{"id": A, "name": "T", "description": "T."}],
    }
    found, faults, covers = read_tables(write_tables(after))
    kept = difference(before, found, faults, covers, removing=False)
    gone = difference(before, found, faults, covers, removing=True)
    assert [list(one.fields()) for one in kept.changed] == [[("name", "A", "A2"), ("email", "", "a@example.org")]]
    assert kept.added == {"taxonomy": after["taxonomy"]}
    assert (kept.unchanged, gone.unchanged) == (1, 0)
    assert kept.missing == gone.gone == {"organization": (before["organization"][1],)}
    assert not kept.gone
    assert kept.digest != gone.digest
    assert kept.digest == difference(before, found, faults, covers, removing=False).digest


def test_rows_of_a_table_that_the_file_does_not_cover_are_never_missing() -> None:
    before: Records = {"organization": [ORGANIZATION], "taxonomy": [{"id": A, "name": "T", "description": "T."}]}
    found, faults, covers = read_tables({"organizations.csv": b"id,name,description\n"})
    assert difference(before, found, faults, covers, removing=True).gone == {"organization": (ORGANIZATION,)}


def test_a_row_that_something_points_to_is_not_removed() -> None:
    before: Records = {
        "organization": [ORGANIZATION],
        "service": [{"id": B, "organization_id": A, "name": "B", "status": "active"}],
    }
    with pytest.raises(Faulty) as refused:
        difference(before, [], [], frozenset({"organization"}), removing=True)
    assert refused.value.faults == (
        Fault(f"service {B} (in the directory already)", "organization_id", f"there is no organization {A}."),
    )


@pytest.mark.principle("safety")
def test_what_is_said_of_a_hostile_file_is_one_short_line_that_no_terminal_obeys() -> None:
    evil = "\x1b[2J\u202e" + "x" * 5000
    said = [
        *told({"services.csv": f"id,{evil}\n".encode()}),
        *told(described("a.csv", evil)),
        *told(described(f"{evil}.csv")),
        *told_nested({"id": A, evil: 1}),
        *told_nested(f'{{"{evil[4:]}": 1, "{evil[4:]}": 2}}'),
        *told_nested({"id": A, "\ud800": 1}),
    ]
    assert len(said) == 6
    for line in said:
        assert len(line) < 300
        assert not set("\x1b\u202e\ud800") & set(line)


@pytest.mark.principle("safety")
def test_a_file_that_is_wrong_everywhere_does_not_fill_the_memory_and_is_told_at_once() -> None:
    assert len(told({"services.csv": b"id\n" + b",\n" * 3 * MOST_ROWS})) <= MOST_ROWS + 2
    assert len(told({"services.csv": b"id" + b",a" * 3 * MOST_ROWS})) == 1
    assert len(read_nested(b"[" + b"1," * 3 * MOST_ROWS + b"1]", "a.json")[1]) <= MOST_ROWS + 2
    many = {f"a{number}": 1 for number in range(3 * MOST_ROWS)}
    assert len(read_nested(json.dumps({"id": A, **many}).encode(), "a.json")[1]) <= MOST_ROWS + 2
    before = time.monotonic()
    pairs = ",".join(f'"a{number}":1' for number in range(20_000))
    assert "stands twice" in told_nested("{" + pairs + ',"z":1,"z":2}')[0]
    assert time.monotonic() - before < 5
