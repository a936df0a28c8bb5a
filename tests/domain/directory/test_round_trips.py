"""Files of the directory, there and back: what was written is read as it was, whichever form it took."""

import json
from collections.abc import Mapping
from typing import Any, Final

import frictionless
import jsonschema
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from reporting.domain.directory.difference import difference
from reporting.domain.directory.international import INTERNATIONAL
from reporting.domain.directory.moldova import MOLDOVA
from reporting.domain.directory.nested import INSIDE, ONE, Nest, as_json, document
from reporting.domain.directory.seed import records_of
from reporting.domain.directory.tables import TABLES, Records
from reporting.domain.directory.tabular import Files, package, read_tables, write_tables
from reporting.domain.directory.unnesting import COVERED, read_nested
from tests.domain.directory.drawn import OFFICIAL, directories

SHIPPED: Final = records_of((*INTERNATIONAL, *MOLDOVA))
MANY: Final = settings(suppress_health_check=list(HealthCheck))
FEW: Final = settings(MANY, max_examples=8, phases=[Phase.explicit, Phase.generate])
"""Each example takes long: what fails is told as it was drawn, and not made smaller."""


def from_tables(files: Files) -> Records:
    found, faults, covers = read_tables(files)
    return difference({}, found, faults, covers, removing=False).added


def from_nested(text: str) -> Records:
    found, faults = read_nested(text.encode(), "a.json")
    return difference({}, found, faults, COVERED, removing=False).added


def ordered(records: Records) -> Records:
    return {table: sorted(rows, key=lambda row: row["id"]) for table, rows in records.items() if rows}


@pytest.mark.req("S4")
@MANY
@given(directories())
def test_tables_written_and_read_are_the_same_and_byte_for_byte_the_second_time(records: Records) -> None:
    files = write_tables(records)
    assert ordered(from_tables(files)) == records
    assert write_tables(from_tables(files)) == files


@MANY
@given(directories())
def test_nested_and_read_again_is_the_same_and_each_row_stands_once(records: Records) -> None:
    text = as_json(document(records))
    found, _ = read_nested(text.encode(), "a.json")
    assert len(found) == sum(len(rows) for rows in records.values())
    assert ordered(from_nested(text)) == records
    assert as_json(document(from_nested(text))) == text
    json.loads(text)


@MANY
@given(directories())
def test_from_tables_to_nested_and_back_gives_the_same_files(records: Records) -> None:
    files = write_tables(records)
    text = as_json(document(from_tables(files)))
    assert write_tables(from_nested(text)) == files


@MANY
@given(directories(most=2))
def test_a_whole_service_or_organization_of_the_api_can_be_read_again(records: Records) -> None:
    nest = Nest(records)
    for table in ("service", "organization"):
        for row in records.get(table, ()):
            found, faults = read_nested(as_json(nest.whole(table, row["id"])).encode(), "a.json")
            assert not faults
            read = difference(records, found, faults, COVERED, removing=False)
            assert read.is_empty, "nothing of it differs from the directory"


def test_windows_files_with_a_mark_at_the_start_are_read_as_any_other() -> None:
    files = write_tables(SHIPPED)
    marked = {name: b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n") for name, content in files.items()}
    assert ordered(from_tables(marked)) == ordered(SHIPPED)


def test_a_folder_without_description_is_read_by_the_names_of_its_files() -> None:
    files = {name: content for name, content in write_tables(SHIPPED).items() if name != "datapackage.json"}
    assert ordered(from_tables(files)) == ordered(SHIPPED)


@FEW
@given(records=directories())
def test_frictionless_finds_nothing_wrong_with_what_is_written(
    tmp_path_factory: pytest.TempPathFactory, records: Records
) -> None:
    assert problems_of(write_tables(records), tmp_path_factory) == []


def test_frictionless_finds_nothing_wrong_with_what_ships(tmp_path_factory: pytest.TempPathFactory) -> None:
    assert problems_of(write_tables(SHIPPED), tmp_path_factory) == []
    broken = write_tables({**SHIPPED, "service": []})
    assert problems_of(broken, tmp_path_factory), "a link that leads nowhere is found"


def problems_of(files: Files, folders: pytest.TempPathFactory) -> list[str]:
    """Return what frictionless says about a package."""
    folder = folders.mktemp("package")
    for name, content in files.items():
        (folder / name).write_bytes(content)
    report = frictionless.validate(str(folder / "datapackage.json"))
    return [str(error) for error in report.flatten(["title", "rowNumber", "message"])]


def test_our_tables_are_those_of_the_official_package() -> None:
    if OFFICIAL is None:
        return  # compared where the official files are; what must hold is TABLES itself
    told = json.loads((OFFICIAL / "datapackage.json").read_text(encoding="utf-8"))
    theirs = {one["name"]: one for one in told["resources"]}
    ours = {one["name"]: one for one in package()["resources"]}
    assert set(theirs) == set(ours)
    for name, resource in ours.items():
        assert resource["path"] == theirs[name]["path"]
        assert _fields(resource) == _fields(theirs[name]), name
        assert _links(resource) == _links(theirs[name]), name


def _fields(resource: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    return [(one["name"], one["type"], one.get("format"), one["constraints"]) for one in resource["schema"]["fields"]]


def _links(resource: Mapping[str, Any]) -> set[tuple[str, str]]:
    return {(one["fields"], one["reference"]["resource"]) for one in resource["schema"].get("foreignKeys", ())}


def test_things_stand_inside_each_other_as_the_official_schemas_say() -> None:
    if OFFICIAL is None:
        return  # compared where the official files are
    for table in TABLES:
        schema = json.loads((OFFICIAL / "schema" / f"{table}.json").read_text(encoding="utf-8"))["properties"]
        lists = {name for name, told in schema.items() if told.get("type") == "array"}
        ones = {name for name, told in schema.items() if "type" not in told}
        assert lists - {"attributes", "metadata"} == set(INSIDE.get(table, {})) - {"services"}, table
        assert ones == set(ONE.get(table, {})), table


@FEW
@given(directories(most=2))
def test_whole_services_and_organizations_fit_the_official_schemas(records: Records) -> None:
    if OFFICIAL is None:
        return  # compared where the official files are
    nest = Nest(records)
    for table in ("service", "organization"):
        told = json.loads((OFFICIAL / "schema" / "compiled" / f"{table}.json").read_text(encoding="utf-8"))
        validator = jsonschema.Draft202012Validator(told)
        things = [nest.whole(table, row["id"]) for row in records.get(table, ())]
        things += document(records).get(TABLES[table].path.removesuffix(".csv"), [])
        for thing in things:
            validator.validate(json.loads(as_json(thing)))
