"""A shelter has no address here: whoever hides there is looked for.

Nothing that leads to the door is kept for a service that stands on the way to a safe place: no address, no position,
no directions, no map. Words are looked through as well, with a rule that rather stops one sentence too many.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from reporting.domain.directory.tables import Records, Row
from reporting.domain.directory.taxonomies import Pathway, term_id

Told = tuple[tuple[str, str], str, str]
"""A row (table, id), its field, and what is wrong in a sentence."""

SENTENCE: Final = "A shelter must not be found through this directory: please leave out its address."
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "service": ("name", "alternate_name", "description", "url", "application_process", "alert", "fees_description"),
    "location": ("name", "alternate_name", "description", "url", "transportation"),
    "service_at_location": ("description",),
}
_POSITION: Final = ("latitude", "longitude")
_STREETS: Final = (
    r"street|str|straße|strasse|strada|road|rd|avenue|ave|av|bd|blvd|boulevard|bulevardul|lane|square|rue|calle|"
    r"улица|ул|проспект|شارع"
)
# A kind of street with a number near it, a position in degrees, or a map.
_ADDRESS: Final = re.compile(
    rf"\b(?:{_STREETS})\b\.?[^\n.;,]{{0,40}}?,?\s*\b\d{{1,4}}\b|\b\d{{1,4}},?\s[^\n.;,]{{0,40}}?\b(?:{_STREETS})\b"
    r"|-?\d{1,2}\.\d{3,}\s*[,;/ ]\s*-?\d{1,3}\.\d{3,}"
    r"|\bgeo:|//maps\.|/maps\b|\bgoo\.gl\b|openstreetmap|what3words",
    re.IGNORECASE,
)


def told_addresses(records: Records) -> Iterator[Told]:
    """Yield everything in a directory that would lead to a shelter."""
    shelters = _shelters(records)
    services = [row for row in records.get("service", ()) if row["id"] in shelters]
    places = [row for row in records.get("service_at_location", ()) if row.get("service_id") in shelters]
    there = {row.get("location_id") for row in places} | _of_organizations(records, shelters)
    locations = [row for row in records.get("location", ()) if row["id"] in there]
    for table, rows in (("service", services), ("service_at_location", places), ("location", locations)):
        for row in rows:
            yield from _told(table, row)
    for row in records.get("address", ()):
        if row.get("location_id") in there:
            yield ("address", row["id"]), "address_1", SENTENCE


def says_where(text: str) -> bool:
    """Return whether words seem to say where something is."""
    return _ADDRESS.search(text) is not None


def _told(table: str, row: Row) -> Iterator[Told]:
    named = {"transportation", *_POSITION} & set(row) if table == "location" else set()
    for field in sorted({*named, *(name for name in _WORDS[table] if says_where(row.get(name, "")))}):
        yield (table, row["id"]), field, SENTENCE


def _shelters(records: Records) -> frozenset[str]:
    """Return the ids of services on the way to a safe place."""
    shelter = term_id(Pathway.SHELTER)
    return frozenset(
        row.get("link_id", "") for row in records.get("attribute", ()) if row.get("taxonomy_term_id") == shelter
    )


def _of_organizations(records: Records, shelters: frozenset[str]) -> set[str | None]:
    """Return the locations of organisations that do nothing else: theirs is where the shelter is."""
    services = [(row.get("organization_id"), row["id"]) for row in records.get("service", ())]
    others = {organization for organization, service in services if service not in shelters}
    only = {organization for organization, service in services if service in shelters} - others - {None}
    return {row["id"] for row in records.get("location", ()) if row.get("organization_id") in only}
