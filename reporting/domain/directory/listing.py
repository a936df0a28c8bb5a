"""Services as a page shows them: what the rows of the directory say about each, put together.

Pure: rows in, services out. So the services that ship can be shown when no database answers.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from reporting.domain.directory.tables import Records, Row, rows_by
from reporting.domain.directory.taxonomies import CODE_OF, Pathway, Telling, Trait

WORLDWIDE = "worldwide"
"""The extent of a service that anybody may turn to, wherever they are."""
CHECKED = "check"
"""The kind of entry in `metadata` that says who checked a service, and when."""
_PLAIN = re.compile(r"[+(]?[0-9][0-9 ().\u00a0-]*")
_MOST_DIGITS = 15
"""The longest number there is (ITU-T E.164); what has more are two."""


class Freshness(StrEnum):
    """How long ago somebody of ours checked a service; `showing` says where one ends and the next begins."""

    FRESH = "fresh"
    NOT_LATELY = "not_lately"
    OLD = "old"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone number as it is dialled, and a note such as “from abroad”."""

    number: str
    note: str = ""

    @property
    def dial(self) -> str:
        """Return what a phone dials, or '' where one tap could do something else.

        That is so for two numbers in one, for letters, and for codes with `*` or `#`, some of which set the phone.
        """
        number = self.number.replace("(0)", "") if self.number.startswith("+") else self.number
        digits = "".join(sign for sign in number if sign in "+0123456789")
        return digits if _PLAIN.fullmatch(number) and len(digits.lstrip("+")) <= _MOST_DIGITS else ""


@dataclass(frozen=True, slots=True)
class Listed:
    """One service.

    `areas` are codes of countries (ISO 3166-1) or `WORLDWIDE`; `languages` are codes; `hours` are rows of `schedule`;
    `traits` holds what is known, yes or no; `checked_on` is empty while nobody of ours has checked the entry as it
    stands. `freshness` and `withheld` (numbers are kept back) are set by `showing`.
    """

    id: str
    name: str
    what: str
    organization: str = ""
    for_whom: str = ""
    url: str = ""
    email: str = ""
    numbers: tuple[Number, ...] = ()
    languages: tuple[str, ...] = ()
    areas: frozenset[str] = frozenset()
    pathways: tuple[Pathway, ...] = ()
    traits: Mapping[Trait, bool] = field(default_factory=dict)
    tellings: Mapping[Telling, str] = field(default_factory=dict)
    hours: tuple[Row, ...] = ()
    time_zone: str = ""
    cost: str = ""
    address: str = ""
    checked_on: date | None = None
    checked_by: str = ""
    freshness: Freshness = Freshness.NEVER
    withheld: bool = False

    @property
    def is_reachable(self) -> bool:
        """Return whether a page can say how to turn to it: numbers may be kept back until they were checked."""
        return bool(self.numbers or self.url or self.email or self.address)

    def serves(self, country: str) -> bool:
        """Return whether somebody in this country may turn to it."""
        return WORLDWIDE in self.areas or country in self.areas

    def says(self, trait: Trait) -> bool | None:
        """Return yes, no, or nothing where it is not known."""
        return self.traits.get(trait)


@dataclass(frozen=True, slots=True)
class Directory:
    """Every active service, by name."""

    services: tuple[Listed, ...]

    def on(self, pathway: Pathway, country: str = "") -> list[Listed]:
        """Return the services of a pathway: those of the country first, then those for anybody."""
        found = [one for one in self.services if pathway in one.pathways]
        near = [one for one in found if country and country in one.areas]
        return near + [one for one in found if WORLDWIDE in one.areas and one not in near]

    def find(self, service_id: str) -> Listed | None:
        """Return the service with this id."""
        return next((one for one in self.services if one.id == service_id), None)


def listed_in(records: Records) -> Directory:
    """Put the rows of a directory together: what is not active is left out."""
    rows = _Rows(records)
    found = [_listed(rows, service) for service in records.get("service", ()) if service["status"] == "active"]
    return Directory(tuple(sorted(found, key=lambda one: (one.name.casefold(), one.id))))


class _Rows:
    """The rows of a directory by what they point to."""

    def __init__(self, records: Records) -> None:
        self.names = {row["id"]: row["name"] for row in records.get("organization", ())}
        tables = ("phone", "schedule", "language", "cost_option", "service_area")
        self.of = {table: rows_by("service_id", records.get(table, ())) for table in tables}
        self.attributes = rows_by("link_id", records.get("attribute", ()))
        self.checks = rows_by("resource_id", (row for row in records.get("metadata", ()) if _is_check(row)))
        self.addresses = rows_by("location_id", records.get("address", ()))
        self.places = rows_by("service_id", records.get("service_at_location", ()))


def _is_check(row: Row) -> bool:
    return row.get("resource_type") == "service" and row.get("last_action_type") == CHECKED


def _listed(rows: _Rows, service: Row) -> Listed:
    of = {table: by.get(service["id"], ()) for table, by in rows.of.items()}
    words = _words(rows.attributes.get(service["id"], ()))
    checked_on, checked_by = _check(service, rows.checks.get(service["id"], ()))
    return Listed(
        id=service["id"],
        name=service["name"],
        what=service.get("description", ""),
        organization=rows.names.get(service["organization_id"], ""),
        for_whom=service.get("eligibility_description", ""),
        url=service.get("url", ""),
        email=service.get("email", ""),
        numbers=tuple(Number(row["number"], row.get("description", "")) for row in of["phone"]),
        languages=tuple(row.get("code") or row.get("name", "") for row in of["language"]),
        areas=frozenset(row.get("extent", "") for row in of["service_area"]),
        pathways=tuple(pathway for pathway in Pathway if pathway in words),
        traits={trait: words[trait] == "yes" for trait in Trait if words.get(trait) in ("yes", "no")},
        tellings={telling: words[telling] for telling in Telling if words.get(telling)},
        hours=tuple(of["schedule"]),
        time_zone=words.get("time_zone", ""),
        cost=service.get("fees_description", ""),
        address=_address(rows, service["id"]),
        checked_on=checked_on,
        checked_by=checked_by,
    )


def _check(service: Row, checks: Sequence[Row]) -> tuple[date | None, str]:
    """Return when and by whom: a day that a file claims and that no check of ours stands behind is none."""
    day = service.get("assured_date", "")
    names = [row["updated_by"] for row in checks if day and row["last_action_date"] == day and row["updated_by"]]
    return (date.fromisoformat(day), names[-1]) if names else (None, "")


def _words(attributes: Iterable[Row]) -> dict[str, str]:
    """Return the value of each word of ours that a service carries; other taxonomies say nothing to us."""
    known = ((CODE_OF.get(row["taxonomy_term_id"]), row.get("value", "")) for row in attributes)
    return {code: value for code, value in known if code is not None}


def _address(rows: _Rows, service_id: str) -> str:
    """Return the first address in one line."""
    for place in rows.places.get(service_id, ()):
        for row in rows.addresses.get(place["location_id"], ()):
            parts = (row.get(name, "") for name in ("address_1", "address_2", "postal_code", "city"))
            return ", ".join(part for part in parts if part)
    return ""
