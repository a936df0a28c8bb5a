"""The entries that ship, written down shortly, and how they become rows of a directory.

Facts only, and none of them checked by us: an entry says when somebody checked it only after somebody did. The words
that describe a service are translated where they are shown; names, numbers and addresses never are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from reporting.domain.directory.listing import WORLDWIDE
from reporting.domain.directory.tables import Records, Row, filled
from reporting.domain.directory.taxonomies import Pathway, Trait, own_taxonomies, stable_id, term_id
from reporting.domain.words import N_

CHECK_FIRST = N_("Not checked by us yet. Please check it before you rely on it.")


@dataclass(frozen=True, slots=True)
class Entry:
    """One service of one organisation, as it ships.

    `area` is a country (ISO 3166-1) or worldwide; `numbers` gives each number with a note, which may be empty;
    `around_the_clock` is set only where that is certain.
    """

    name: str
    what: str
    pathways: tuple[Pathway, ...]
    url: str = ""
    numbers: tuple[tuple[str, str], ...] = ()
    area: str = WORLDWIDE
    for_whom: str = ""
    yes: tuple[Trait, ...] = ()
    no: tuple[Trait, ...] = ()
    languages: tuple[str, ...] = ()
    around_the_clock: bool = False
    time_zone: str = ""
    tellings: Mapping[str, str] = field(default_factory=dict)


def records_of(entries: Iterable[Entry]) -> Records:
    """Return the rows of these entries, with our taxonomies; the ids follow from the names."""
    found: dict[str, list[Row]] = {table: list(rows) for table, rows in own_taxonomies().items()}
    for entry in entries:
        for table, rows in _rows(entry).items():
            found.setdefault(table, []).extend(rows)
    return found


def service_id_of(entry: Entry) -> str:
    """Return the id of the service that an entry becomes."""
    return stable_id("service", entry.area, entry.name)


def _rows(entry: Entry) -> dict[str, list[Row]]:
    key = (entry.area, entry.name)
    service_id, organization_id = service_id_of(entry), stable_id("organization", *key)
    of = {"service_id": service_id}
    return {
        "organization": [filled(id=organization_id, name=entry.name, description=entry.what, website=entry.url)],
        "service": [
            filled(
                id=service_id,
                organization_id=organization_id,
                name=entry.name,
                description=entry.what,
                url=entry.url,
                status="active",
                eligibility_description=entry.for_whom,
                alert=CHECK_FIRST,
            )
        ],
        "phone": [
            filled(id=stable_id("phone", *key, number), number=number, description=note, **of)
            for number, note in entry.numbers
        ],
        "schedule": [{"id": stable_id("schedule", *key), **_ALWAYS, **of}] if entry.around_the_clock else [],
        "language": [{"id": stable_id("language", *key, code), "code": code, **of} for code in entry.languages],
        "service_area": [_area(entry, stable_id("area", *key), service_id)],
        "attribute": [
            filled(
                id=stable_id("attribute", *key, code),
                link_id=service_id,
                taxonomy_term_id=term_id(code),
                link_entity="service",
                value=value,
            )
            for code, value in _words(entry)
        ],
    }


_ALWAYS: Row = {"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR,SA,SU", "opens_at": "00:00:00", "closes_at": "23:59:59"}


def _words(entry: Entry) -> list[tuple[str, str]]:
    words = [(str(pathway), "") for pathway in entry.pathways]
    words += [(str(trait), "yes") for trait in entry.yes] + [(str(trait), "no") for trait in entry.no]
    words += [("time_zone", entry.time_zone)] if entry.time_zone else []
    return words + list(entry.tellings.items())


def _area(entry: Entry, area_id: str, service_id: str) -> Row:
    kind = "other" if entry.area == WORLDWIDE else "country"
    return {"id": area_id, "service_id": service_id, "name": entry.area, "extent": entry.area, "extent_type": kind}
