"""Whether rows may stand in the directory: the rules of the official schemas, and our own.

Pure, and every fault is found in one go. Each names the place (file and line, or the path inside nested JSON) and the
field, and says in a whole sentence what is wrong.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from urllib.parse import urlsplit

from reporting.domain.directory.shelters import told_addresses
from reporting.domain.directory.tables import TABLES, Field, Records, Row
from reporting.domain.directory.taxonomies import is_id
from reporting.domain.words import REPLACEMENT

LONGEST: Final = 10_000
"""So many characters fit into one field."""
MOST_ROWS: Final = 50_000
"""So many rows fit into one file, all tables together; whoever reads one stops after so many faults as well."""
MOST_FAULTS: Final = 100
"""More faults than these are only counted: whoever mends so many looks again anyway."""


@dataclass(frozen=True, slots=True)
class Found:
    """One row as it was found; `where` is its place, such as “services.csv, line 12” or “services[3].phones[0]”.

    `shared` says that the same row may stand elsewhere as well, as nested rows do.
    """

    table: str
    row: Row
    where: str
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong, where, and in which field; a fault of a whole file has no field."""

    where: str
    field: str
    sentence: str

    def __str__(self) -> str:
        """Say it in one line; names come from the file, and a terminal would obey what is hidden in them."""
        place = f"{_short(self.where, 120)}, {_short(self.field)}" if self.field else _short(self.where, 120)
        return f"{place}: {''.join(REPLACEMENT if _is_hidden(sign) else sign for sign in self.sentence)}"


class Faulty(ValueError):  # noqa: N818 - a refusal read aloud, not a fault of the program
    """Rows that cannot stand in the directory; `faults` has the first hundred, `count` says how many there are."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        found = list(faults)
        self.faults, self.count = tuple(found[:MOST_FAULTS]), len(found)
        super().__init__("\n".join(map(str, self.faults)))


def cleaned(table: str, row: Mapping[str, str]) -> Row:
    """Return a row in its normal form.

    No space around a value, one kind of line break, ids in small letters, times with seconds, nothing that is empty.
    """
    kinds = {field.name: field.kind for field in TABLES[table].fields}
    found = {name: value.replace("\r\n", "\n").strip() for name, value in row.items()}
    return {name: _NORMAL.get(kinds.get(name, ""), str)(value) for name, value in found.items() if value}


def faults_of_row(found: Found) -> list[Fault]:
    """Return what is wrong with one row by itself."""
    fields = {field.name: field for field in TABLES[found.table].fields}
    unknown = [
        Fault(found.where, name, f"{found.table} has no such field.") for name in found.row if name not in fields
    ]
    missing = [
        Fault(found.where, name, "this is required and empty.")
        for name, field in fields.items()
        if field.required and not found.row.get(name)
    ]
    told = ((name, wrong_with(field, found.row[name])) for name, field in fields.items() if found.row.get(name))
    if found.table == "phone" and (number := found.row.get("number")) and not is_dialled(number):
        missing.append(Fault(found.where, "number", f"“{_short(number)}” is no number that one can dial."))
    return [*unknown, *missing, *(Fault(found.where, name, sentence) for name, sentence in told if sentence)]


def wrong_with(field: Field, value: str) -> str:
    """Return in a sentence what is wrong with a value of a field, or nothing."""
    if len(value) > LONGEST:
        return f"this has {len(value)} characters; {LONGEST} fit."
    if any(map(_is_hidden, value)):
        return "this has characters that nobody can see; please type it anew."
    if field.choices:
        return "" if value in field.choices else f"“{_short(value)}” is none of: {', '.join(field.choices)}."
    check, said = _KINDS.get(field.kind, (None, ""))
    return "" if check is None or check(value) else f"“{_short(value)}” is not {said}."


def faults_of_whole(records: Records, places: Mapping[tuple[str, str], str]) -> list[Fault]:
    """Return what is wrong with a whole directory: what stands twice, links that lead nowhere, shelters with addresses.

    :param places: where each row (table, id) was found; what is not in it was in the directory before.
    """
    ids = {table: {row["id"] for row in records.get(table, ())} for table in TABLES}
    found: list[Fault] = []
    for table, told in TABLES.items():
        rows = records.get(table, ())
        for field in told.fields:
            if field.unique:
                found += _twice(table, field.name, rows, places)
            if field.points_to:
                found += _astray(table, field, rows, ids[field.points_to], places)
    shelters = told_addresses(records)
    return found + [Fault(place_of(places, *key), field, sentence) for key, field, sentence in shelters]


def place_of(places: Mapping[tuple[str, str], str], table: str, row_id: str) -> str:
    """Return where a row stands, in words."""
    return places.get((table, row_id)) or f"{table} {row_id} (in the directory already)"


def without_hidden(text: str) -> str:
    """Return words without what nobody can see: an editor pastes it in unawares, and a file that has it is refused."""
    return "".join(sign for sign in text if not _is_hidden(sign))


def is_dialled(number: str) -> bool:
    """Return whether somebody can dial this: digits as people write them, however few; `*` and `#` count as digits."""
    keys = sum(sign in "0123456789*#" for sign in number)
    return re.fullmatch(r"\+?[0-9*#(][0-9 ()./*#\u00a0-]*", number) is not None and 2 <= keys <= 20


def _twice(table: str, name: str, rows: Iterable[Row], places: Mapping[tuple[str, str], str]) -> list[Fault]:
    values = Counter(row[name] for row in rows if name in row)
    return [
        Fault(place_of(places, table, row["id"]), name, f"“{_short(row[name])}” stands in more than one row.")
        for row in rows
        if name in row and values[row[name]] > 1
    ]


def _astray(
    table: str, field: Field, rows: Iterable[Row], ids: set[str], places: Mapping[tuple[str, str], str]
) -> list[Fault]:
    return [
        Fault(place_of(places, table, row["id"]), field.name, f"there is no {field.points_to} {row[field.name]}.")
        for row in rows
        if field.name in row and row[field.name] not in ids
    ]


def _is_hidden(sign: str) -> bool:
    """Return whether a character is a control or turns the direction of what follows: it could hide a digit."""
    return (unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t") or sign in _TURNS


_TURNS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_URI: Final = re.compile(r"https?://[!#-;=?-\[\]_a-z~]+", re.IGNORECASE)
_EMAIL: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])")
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME: Final = re.compile(r"[0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_WITHOUT_SECONDS: Final = re.compile(r"([0-9]{2}:[0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?")
_MOMENT: Final = re.compile(
    rf"{_DATE.pattern}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(?:\.[0-9]{{1,6}})?(?:Z|[+-][0-9:]{{5}})"
)


def is_address_of_site(value: str) -> bool:
    """Return whether this is an address of the web (http or https), without a name or passphrase in it."""
    try:
        there = urlsplit(value)
        return bool(_URI.fullmatch(value) and there.hostname and "@" not in there.netloc and (there.port or 1) > 0)
    except ValueError:
        return False


def _is_email(value: str) -> bool:
    return _EMAIL.fullmatch(value) is not None and "." in value.rpartition("@")[2] and ".." not in value


def _is(pattern: re.Pattern[str], read: Callable[[str], object]) -> Callable[[str], bool]:
    def check(value: str) -> bool:
        try:
            return pattern.fullmatch(value) is not None and read(value) is not None
        except ValueError:
            return False

    return check


_KINDS: Final[Mapping[str, tuple[Callable[[str], bool], str]]] = {
    "uuid": (is_id, "an id (a UUID such as 0b8a8e4e-7a3f-4a55-9d0a-3c8c1b5e7f10)"),
    "email": (_is_email, "an address of e-mail"),
    "uri": (is_address_of_site, "an address that begins with https:// or http://"),
    "number": (_is(_NUMBER, str), "a number as JSON writes it, such as 7 or 7.5"),
    "date": (_is(_DATE, date.fromisoformat), "a day such as 2026-03-05"),
    "datetime": (_is(_MOMENT, datetime.fromisoformat), "a moment with its zone, such as 2026-03-05T13:00:00Z"),
    "time": (_is(_TIME, time.fromisoformat), "a time of day such as 09:30"),
}


def _with_seconds(value: str) -> str:
    short = _WITHOUT_SECONDS.fullmatch(value)
    return f"{short[1]}:00{short[2] or ''}" if short else value


_NORMAL: Final[Mapping[str, Callable[[str], str]]] = {"uuid": str.lower, "time": _with_seconds}


def _short(value: str, most: int = 60) -> str:
    line = "".join(REPLACEMENT if _is_hidden(sign) else sign for sign in " ".join(value[: 10 * most].split()))
    return line if len(line) <= most else line[: most - 1] + "…"
