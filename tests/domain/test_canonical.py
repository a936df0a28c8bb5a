"""Canonical bytes out; nothing but a known record in; and no refusal repeats her words."""

import json
import sys
import traceback
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest

from reporting.domain.canonical import Record, UnknownFormat, Unreadable
from reporting.domain.sealed.disclosure import Disclosure, WorkingTitle
from tests.domain.examples import ACCOUNT, RECORDS


def fields_of(record: Record) -> dict[str, Any]:
    return dict(json.loads(record.to_bytes()))


def bytes_of(body: object) -> bytes:
    return json.dumps(body).encode()


def test_the_bytes_are_canonical_json_and_name_kind_and_version() -> None:
    assert WorkingTitle("é").to_bytes() == '{"format":1,"text":"é","what":"working_title"}'.encode()
    assert list(fields_of(ACCOUNT)) == sorted(fields_of(ACCOUNT))


def without(name: str) -> dict[str, Any]:
    body = fields_of(ACCOUNT)
    del body[name]
    return body


BROKEN: list[tuple[str, bytes]] = [
    ("no JSON", b"{"),
    ("no UTF-8", b'{"what":"\xff"}'),
    ("no object", b"[]"),
    ("nested too deep", b"[" * (sys.getrecursionlimit() * 60)),
    ("a field twice", b'{"what":"disclosure","what":"disclosure"}'),
    ("another kind", RECORDS[1].to_bytes()),
    ("no kind", bytes_of(without("what"))),
    ("a field missing", bytes_of(without("door"))),
    ("a field unknown", bytes_of(fields_of(ACCOUNT) | {"ip": "x"})),
    ("a list that is none", bytes_of(fields_of(ACCOUNT) | {"answers": "x"})),
    ("an answer that is none", bytes_of(fields_of(ACCOUNT) | {"answers": [3]})),
    ("text that is a number", bytes_of(fields_of(ACCOUNT) | {"language": 3})),
    ("a number that is a truth value", bytes_of(fields_of(ACCOUNT) | {"catalogue": True})),
    ("a truth value that is a number", bytes_of(fields_of(ACCOUNT) | {"unfinished": 0})),
    ("a door that is none", bytes_of(fields_of(ACCOUNT) | {"door": "window"})),
    ("a door that is a list", bytes_of(fields_of(ACCOUNT) | {"door": []})),
    ("a time of day", bytes_of(fields_of(ACCOUNT) | {"written_on": "2024-02-29T10:11"})),
    ("a day in another notation", bytes_of(fields_of(ACCOUNT) | {"written_on": "20240229"})),
    ("no version", bytes_of(without("format"))),
]


@pytest.mark.parametrize("data", [data for _, data in BROKEN], ids=[name for name, _ in BROKEN])
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        Disclosure.from_bytes(data)


@pytest.mark.parametrize("version", [0, 2, "1", None, True, 1.0])
def test_a_version_from_elsewhere_is_refused_by_name(version: object) -> None:
    with pytest.raises(UnknownFormat):
        Disclosure.from_bytes(bytes_of(fields_of(ACCOUNT) | {"format": version}))


@pytest.mark.principle("confidentiality")
def test_a_refusal_never_repeats_her_words() -> None:
    canary = "zebrafish-canary"
    for body in (b'{"text":"' + canary.encode(), bytes_of({"what": "working_title", "format": 1, "text": [canary]})):
        with pytest.raises(Unreadable) as caught:
            WorkingTitle.from_bytes(body)
        error: BaseException = caught.value
        assert canary not in "".join(traceback.format_exception(error))
        assert error.__cause__ is None
        assert canary not in str(vars(error))


@dataclass(frozen=True)
class Renamed(Record):
    """A record whose first version called its field `name`."""

    WHAT: ClassVar[str] = "renamed"
    FORMAT: ClassVar[int] = 2
    UPGRADES: ClassVar[Any] = {1: lambda old: {"title": old["name"]}}

    title: str | None


def test_an_older_version_is_read_through_its_upgrade() -> None:
    assert Renamed.from_bytes(bytes_of({"what": "renamed", "format": 1, "name": "x"})) == Renamed("x")
    assert Renamed.from_bytes(Renamed(None).to_bytes()) == Renamed(None)
    assert Renamed.from_bytes(Renamed("y").to_bytes()) == Renamed("y")
    with pytest.raises(Unreadable, match="promises"):
        Renamed.from_bytes(bytes_of({"what": "renamed", "format": 1}))
