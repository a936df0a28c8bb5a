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
from types import UnionType
from typing import Any, ClassVar, Self, cast, get_args, get_origin, get_type_hints

from reporting.domain.words import clean_text


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
        return cast("Self", _typed(cls, cls._upgraded(body), cls.WHAT))

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
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return clean_text(str(value)) if isinstance(value, str) else value


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


def _typed(kind: Any, value: Any, place: str) -> Any:
    """Turn parsed JSON into what the annotation says, or raise Unreadable naming the place."""
    if is_dataclass(kind):
        return _record(kind, value, place)
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind)[0], value, place)
    if get_origin(kind) is UnionType:
        return None if value is None else _typed(get_args(kind)[0], value, place)
    if issubclass(kind, StrEnum):
        return _member(kind, value, place)
    if type(value) is not kind:
        raise Unreadable(f"{place}: wrong type")
    return value


def _tuple(kind: Any, value: Any, place: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise Unreadable(f"{place}: not a list")
    return tuple(_typed(kind, part, f"{place}[{index}]") for index, part in enumerate(value))


def _member(kind: type[StrEnum], value: Any, place: str) -> StrEnum:
    if value not in [member.value for member in kind]:
        raise Unreadable(f"{place}: not one of its values")
    return kind(value)


def _record(kind: Any, value: Any, place: str) -> Any:
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    if not isinstance(value, dict) or sorted(value) != sorted(names):
        raise Unreadable(f"{place}: fields missing or unknown")
    try:
        return kind(**{name: _typed(hints[name], value[name], f"{place}.{name}") for name in names})
    except Unreadable:
        raise
    except ValueError:
        raise Unreadable(f"{place}: values that cannot be") from None
