"""The read API of the directory: the form of HSDS 3.0, only what everybody may read, and nothing of who asks."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

import jsonschema
import pytest
from werkzeug.test import TestResponse

from reporting.domain.directory.checks import How, checked_rows
from reporting.domain.directory.nested import INSIDE, ONE
from reporting.domain.directory.tables import TABLES
from reporting.domain.directory.taxonomies import Pathway, term_id
from reporting.services.help.directory import load_shipped
from reporting.store.database import reading, writing
from reporting.store.directory import put_records, read_records
from reporting.store.settings import DEMO_MARK, put_setting
from tests.builders import Built
from tests.domain.directory.drawn import OFFICIAL
from tests.engines import on_sqlite
from tests.sweeps.haystack import found_in_files
from tests.visitor import Visitor

pytestmark = on_sqlite

LISTS: Final = {
    "services": "service",
    "organizations": "organization",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
    "service_at_locations": "service_at_location",
}
WRAPPER: Final = {
    *("total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"),
}


@pytest.fixture
def moldova(empty: Built) -> Built:
    """An instance with everything that ships."""
    with writing(empty.stores) as work:
        load_shipped(work, empty.house, "international")
        load_shipped(work, empty.house, "moldova")
    return empty


def asked(built: Built, path: str, **options: Any) -> TestResponse:
    return Visitor(built).flask.open(path, **options)


def told(built: Built, path: str, **options: Any) -> Any:
    answer = asked(built, path, **options)
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/json"
    return json.loads(answer.text)


def search(built: Built, **fields: Any) -> Any:
    found = told(built, "/hsds/search", method="POST", json=fields)
    assert found == told(built, "/hsds/search", method="POST", data=fields)
    return found


def names(page: Mapping[str, Any]) -> list[str]:
    return [one["name"] for one in page["contents"]]


def fits(table: str, thing: Mapping[str, Any]) -> None:
    """Demand of a thing of the API what the specification demands of it, all the way down."""
    fields = {field.name: field for field in TABLES[table].fields}
    lists = {**INSIDE.get(table, {}), "attributes": "attribute", "metadata": "metadata"}
    assert set(thing) <= {*fields, *lists, *ONE.get(table, {})}, table
    assert all(name in thing for name, field in fields.items() if field.required), table
    assert all(isinstance(thing[name], str) for name in fields if name in thing and fields[name].kind != "number")
    for name, other in ONE.get(table, {}).items():
        if name in thing:
            fits(other, thing[name])
    for name, other in lists.items():
        for one in thing.get(name, ()):
            fits(other, one)


def official(name: str) -> dict[str, Any]:
    """Return an official schema, or one that anything fits where the official files are not."""
    found = json.loads((OFFICIAL / "schema" / name).read_text(encoding="utf-8")) if OFFICIAL else {}
    for told in found.get("properties", {}).values():
        told.pop("$ref", None)  # a single file points to its neighbours
        told.pop("items", None) if "compiled" not in name else None
    return dict(found)


@pytest.mark.req("S4")
def test_what_it_is_and_what_it_offers_is_described(moldova: Built) -> None:
    about = told(moldova, "/hsds/")
    assert set(about) == {"version", "profile", "openapi_url"}
    assert about["version"] == "3.0.0"
    described = told(moldova, about["openapi_url"].removeprefix("http://localhost"))
    rules = [rule for rule in moldova.app.url_map.iter_rules() if rule.endpoint.startswith("hsds.")]
    offered = {rule.rule.removeprefix("/hsds").split("<")[0] + ("{id}" if "<" in rule.rule else "") for rule in rules}
    assert set(described["paths"]) == offered - {"/openapi.json"}
    assert all(told(moldova, f"/hsds{path}") for path in described["paths"] if path != "/search" and "{" not in path)


@pytest.mark.req("S4")
@pytest.mark.parametrize(("path", "table"), LISTS.items())
def test_a_list_stands_in_the_wrapper_of_the_specification(moldova: Built, path: str, table: str) -> None:
    page = told(moldova, f"/hsds/{path}?per_page=7")
    assert set(page) == WRAPPER
    assert page["size"] == len(page["contents"]) == min(7, page["total_items"])
    assert page["total_pages"] == -(-page["total_items"] // 7)
    assert (page["page_number"], page["first_page"], page["empty"]) == (1, True, not page["contents"])
    ids = [
        one["id"]
        for number in range(1, page["total_pages"] + 1)
        for one in told(moldova, f"/hsds/{path}?per_page=7&page={number}")["contents"]
    ]
    assert len(set(ids)) == len(ids) == page["total_items"]
    beyond = told(moldova, f"/hsds/{path}?per_page=7&page={page['total_pages'] + 1}")
    assert (beyond["size"], beyond["empty"], beyond["last_page"]) == (0, True, True)
    schema = official("compiled/service_list.json" if table == "service" else f"{table}.json")
    for one in told(moldova, f"/hsds/{path}?per_page=100")["contents"]:
        fits(table, one)
        jsonschema.Draft202012Validator(schema).validate(one)


@pytest.mark.req("S4")
@pytest.mark.parametrize(("path", "table"), list(LISTS.items())[:4])
def test_one_thing_comes_with_everything_that_belongs_to_it(moldova: Built, path: str, table: str) -> None:
    schema = official(f"compiled/{table}.json" if table in ("service", "organization") else f"{table}.json")
    for one in told(moldova, f"/hsds/{path}?per_page=100")["contents"]:
        whole = told(moldova, f"/hsds/{path}/{one['id']}")
        assert {**whole, **one} == {**one, **whole} or table in ("service", "organization")
        fits(table, whole)
        jsonschema.Draft202012Validator(schema).validate(whole)
    service = told(moldova, f"/hsds/services/{told(moldova, '/hsds/services')['contents'][0]['id']}")
    assert service["organization"]["name"]
    assert {one["taxonomy_term"]["taxonomy_detail"]["name"] for one in service["attributes"]} >= {"pathways"}


@pytest.mark.req("P9", "U14")
def test_help_from_anywhere_is_there_while_the_directory_has_none(empty: Built) -> None:
    nothing = names(told(empty, "/hsds/services?per_page=100"))
    assert "Find A Helpline" in nothing
    with writing(empty.stores) as work:
        load_shipped(work, empty.house, "moldova")
    assert set(names(told(empty, "/hsds/services?per_page=100"))) > {*nothing, "Child line"}
    with writing(empty.stores) as work:
        put_records(work.main, {"service_area": [{"id": term_id("a"), "name": "worldwide", "extent": "worldwide"}]})
    assert "Find A Helpline" not in names(told(empty, "/hsds/services?per_page=100"))


def test_an_id_that_is_not_there_is_answered_as_any_other(moldova: Built) -> None:
    for path in LISTS:
        if path != "service_at_locations":
            answers = {asked(moldova, f"/hsds/{path}/{one}").text for one in ("0", "a" * 5000, term_id("nowhere"))}
            assert len(answers) == 1
            assert asked(moldova, f"/hsds/{path}/0").status_code == 404
    assert json.loads(asked(moldova, "/hsds/services/0").text) == {
        "status": 404,
        "message": "There is no such service.",
    }


@pytest.mark.req("P9")
def test_what_she_looks_for_is_posted_and_the_address_that_carries_it_is_refused(moldova: Built) -> None:
    everything = search(moldova)
    assert everything["total_items"] == told(moldova, "/hsds/services")["total_items"]
    shelter = search(moldova, taxonomy_term_id=term_id(Pathway.SHELTER), country="md")
    assert "La Strada trust line for women" in names(shelter)
    assert len(names(shelter)) < len(names(everything))
    assert names(search(moldova, text="STRADA")) == ["La Strada trust line for women"]
    assert "112" not in names(search(moldova, country="KE"))
    assert search(moldova, text="nothing like it")["empty"]
    assert search(moldova, language="xx")["empty"]
    assert search(moldova, page=2, per_page=5)["page_number"] == 2
    for name in ("search", "taxonomy_term_id", "text", "country", "taxonomy_id", "organization_id", "full"):
        answer = asked(moldova, f"/hsds/services?{name}=x")
        assert answer.status_code == 400
        assert "POST to /hsds/search" in json.loads(answer.text)["message"]
    assert asked(moldova, "/hsds/search?text=x", method="POST").status_code == 400


def test_a_search_leaves_nothing_behind(moldova: Built, caplog: pytest.LogCaptureFixture) -> None:
    word = "Quincunxes"
    with caplog.at_level("DEBUG"):
        search(moldova, text=word, country="MD")
        assert asked(moldova, "/hsds/search", method="POST", json={word: word}).status_code == 400
    assert word not in caplog.text
    moldova.stores.dispose()
    files = [path for path in moldova.settings.data.rglob("*") if path.is_file()]
    assert files
    assert not found_in_files(files, [word])


@pytest.mark.req("P9")
def test_a_number_that_nobody_checked_is_left_out_but_in_the_demo(moldova: Built) -> None:
    def numbers() -> set[str]:
        page = told(moldova, "/hsds/services?per_page=100")
        whole = [told(moldova, f"/hsds/services/{one['id']}") for one in page["contents"]]
        return {phone["number"] for one in whole for phone in one.get("phones", ())}

    assert numbers() == {"112"}, "a number that everybody knows"
    with reading(moldova.stores) as work:
        rows = read_records(work.main)
        phone = next(row for row in rows["phone"] if row["number"] == "078 517 327")
        service = next(row for row in rows["service"] if row["id"] == phone["service_id"])
    with writing(moldova.stores) as work:
        put_records(work.main, checked_rows(service, moldova.house.today(), "Lucia", How.CALLED))
    assert numbers() == {"112", "078 517 327"}
    assert "Lucia" not in asked(moldova, f"/hsds/services/{service['id']}").text, "no colleague is named"
    with writing(moldova.stores) as work:
        put_setting(work.main, DEMO_MARK, b"yes")
    assert numbers() > {"112", "078 517 327", "+373 22 811 999"}


@pytest.mark.req("P9")
def test_what_pages_hide_the_api_hides(moldova: Built) -> None:
    with reading(moldova.stores) as work:
        rows = read_records(work.main)
    service = next(row for row in rows["service"] if row["name"] == "Women's Law Centre")
    path = f"/hsds/services/{service['id']}"
    assert asked(moldova, path).status_code == 200
    others = [row for row in rows["service"] if row["id"] != service["id"]]
    old, today = moldova.house.today() - timedelta(days=366), moldova.house.today()
    for row, day in [(service, old), *((other, today) for other in others)]:
        _check(moldova, row, day)
    assert asked(moldova, path).status_code == 404
    assert service["name"] not in names(search(moldova, per_page=100))
    assert service["id"] not in told_all(moldova)
    with writing(moldova.stores) as work:
        put_records(work.main, {"service": [{**service, "status": "defunct"}]})
    assert asked(moldova, path).status_code == 404


def _check(built: Built, row: Mapping[str, str], day: date) -> None:
    with writing(built.stores) as work:
        put_records(work.main, checked_rows(row, day, "Lucia", How.CALLED))


def told_all(built: Built) -> str:
    page = told(built, "/hsds/organizations?per_page=100")
    return "".join(asked(built, f"/hsds/organizations/{one['id']}").text for one in page["contents"])


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=-1",
        "page=x",
        "page=1e3",
        "page=٣",
        "page=",
        "page=99999999",
        "per_page=0",
        "per_page=101",
        "page=+1",
    ],
)
def test_a_page_that_is_no_number_is_refused_in_a_sentence(moldova: Built, query: str) -> None:
    answer = asked(moldova, f"/hsds/services?{query}")
    assert answer.status_code == 400
    assert "is a whole number from 1 to" in json.loads(answer.text)["message"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b'{"text": []}',
        b'{"text": {"a": 1}}',
        b'{"q": "x"}',
        b'{"\\ud800": "x"}',
        b"\xff",
        b"[" * 9000,
    ],
)
def test_a_search_that_cannot_be_read_is_refused_in_a_sentence(moldova: Built, body: bytes) -> None:
    answer = asked(moldova, "/hsds/search", method="POST", data=body, content_type="application/json")
    assert answer.status_code == 400
    assert json.loads(answer.text)["message"].endswith(".")


def test_a_search_for_what_no_text_can_hold_finds_nothing(moldova: Built) -> None:
    for word in ("\ud800\ud800", "\x00\x00ab", "\u202eab"):
        body = json.dumps({"text": word, "language": word})
        assert told(moldova, "/hsds/search", method="POST", data=body, content_type="application/json")["empty"]
    assert asked(moldova, "/hsds/search", method="POST", data=b"text=%ED%A0%80%00&country=%FF").status_code < 500


def test_a_search_has_an_end(moldova: Built) -> None:
    assert asked(moldova, "/hsds/search", method="POST", json={"text": "x" * 201}).status_code == 400
    for options in ({"json": {"text": "x" * 20_000}}, {"data": {"text": "x" * 20_000}}):
        answer = asked(moldova, "/hsds/search", method="POST", **options)
        assert answer.status_code in (400, 413)
        assert json.loads(answer.text)["message"]


def test_other_sites_may_read_and_search_and_no_cookie_plays_a_part(moldova: Built) -> None:
    for path, method in (("/hsds/", "GET"), ("/hsds/services", "GET"), ("/hsds/search", "POST")):
        elsewhere = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site", "Cookie": "p=x; w=y"}
        answer = asked(moldova, path, method=method, headers=elsewhere)
        assert answer.status_code == 200
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
    first = asked(moldova, "/hsds/search", method="OPTIONS", headers={"Origin": "https://elsewhere.example"})
    assert (first.status_code, first.headers["Access-Control-Allow-Headers"]) == (200, "Content-Type")
    head = asked(moldova, "/hsds/services", method="HEAD")
    assert (head.status_code, head.text) == (200, "")


def test_every_refusal_is_json(moldova: Built) -> None:
    for path, method, status in (
        ("/hsds/nowhere", "GET", 404),
        ("/hsds/services", "POST", 405),
        ("/hsds/services", "DELETE", 405),
        ("/hsds/search", "GET", 405),
        ("/hsds/staff/inbox", "GET", 404),
    ):
        answer = asked(moldova, path, method=method, headers={"Sec-Fetch-Site": "same-origin"})
        assert (answer.status_code, answer.mimetype) == (status, "application/json"), path
        assert json.loads(answer.text)["status"] == status
