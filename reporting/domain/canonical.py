"""Frozen dataclasses to canonical JSON and back, strictly, without ever repeating her words.

The bytes are UTF-8 JSON with sorted keys and no spaces, so the same content always gives the
same bytes. Each record names what it is and its format version. Reading is strict: an unknown
version, a missing, unknown, doubled or wrongly typed field raises `Unreadable`, whose message
names the place and never the content, because an error message ends in a log.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache, partial
from types import UnionType
from typing import Any, ClassVar, Self, cast, get_args, get_origin, get_type_hints

from reporting.domain.words import clean_text

Reader = Callable[[Any, str], Any]


class Unreadable(ValueError):  # noqa: N818 - a refusal read aloud, not a fault of the program
    """The bytes are not a record of the expected kind."""


class UnknownFormat(Unreadable):
    """The bytes are a record of a version that this program does not know."""


class Record:
    """Base of what is sealed as one item. A subclass is a frozen dataclass with a `WHAT`."""

    WHAT: ClassVar[str]
    FORMAT: ClassVar[int] = 1
    UPGRADES: ClassVar[dict[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {}
    """For each older version, what turns its fields into those of the version after it."""

    def to_bytes(self) -> bytes:
        """Return the canonical JSON of this record; text passes through `clean_text`."""
        body = {"format": self.FORMAT, "what": self.WHAT, **_plain(self)}
        return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read a record back. Raises Unreadable; UnknownFormat when the version is not known."""
        body = _parse(data)
        if body.pop("what", None) != cls.WHAT:
            raise Unreadable(f"this is not a record of kind {cls.WHAT}")
        kind: Any = cls
        return cast("Self", _reader(kind)(cls._upgraded(body), cls.WHAT))

    @staticmethod
    def what_is(data: bytes) -> str:
        """Return the `WHAT` of some record, without reading the rest. Raises Unreadable."""
        what = _parse(data).get("what")
        if not isinstance(what, str):
            raise Unreadable("a record does not say what it is")
        return what

    @classmethod
    def _upgraded(cls, body: dict[str, Any]) -> dict[str, Any]:
        version = body.pop("format", None)
        if type(version) is not int or version not in {*cls.UPGRADES, cls.FORMAT}:
            raise UnknownFormat(f"{cls.WHAT}: this version is not known here")
        try:
            for older in range(version, cls.FORMAT):
                body = cls.UPGRADES[older](body)
        except (LookupError, TypeError, ValueError):
            raise Unreadable(f"{cls.WHAT}: not what its version promises") from None
        return body


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(str(value))
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if is_dataclass(value):
        return {name: _plain(getattr(value, name)) for name in _names(value.__class__)}
    return value


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _parse(data: bytes) -> dict[str, Any]:
    """Parse an object; the original error is dropped because it carries the whole text."""
    try:
        body = json.loads(data.decode("utf-8"), object_pairs_hook=_without_doubles)
    except Unreadable:
        raise
    except (ValueError, RecursionError):
        raise Unreadable("not UTF-8 JSON") from None
    if not isinstance(body, dict):
        raise Unreadable("not a JSON object")
    return body


def _without_doubles(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    pairs = list(pairs)
    if len(pairs) != len(dict(pairs)):
        raise Unreadable("a field stands twice")
    return dict(pairs)


@cache
def _reader(kind: Any) -> Reader:
    """Return what turns parsed JSON into what an annotation says, or raises Unreadable naming the place."""
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return partial(_record, kind, {field.name: _reader(hints[field.name]) for field in fields(kind)})
    if get_origin(kind) is tuple:
        return partial(_tuple, _reader(get_args(kind)[0]))
    if get_origin(kind) is UnionType:
        return partial(_or_none, _reader(get_args(kind)[0]))
    if issubclass(kind, StrEnum):
        return partial(_member, {member.value: member for member in kind})
    return partial(_value, kind)


def _value(kind: type, value: Any, place: str) -> Any:
    if type(value) is not kind:
        raise Unreadable(f"{place}: wrong type")
    return value


def _or_none(read: Reader, value: Any, place: str) -> Any:
    return None if value is None else read(value, place)


def _tuple(read: Reader, value: Any, place: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise Unreadable(f"{place}: not a list")
    return tuple([read(part, f"{place}[{index}]") for index, part in enumerate(value)])


def _member(members: dict[str, StrEnum], value: Any, place: str) -> StrEnum:
    if not isinstance(value, str) or value not in members:
        raise Unreadable(f"{place}: not one of its values")
    return members[value]


def _record(kind: Any, readers: dict[str, Reader], value: Any, place: str) -> Any:
    if not isinstance(value, dict) or value.keys() != readers.keys():
        raise Unreadable(f"{place}: fields missing or unknown")
    try:
        return kind(**{name: read(value[name], f"{place}.{name}") for name, read in readers.items()})
    except Unreadable:
        raise
    except ValueError:
        raise Unreadable(f"{place}: values that cannot be") from None
