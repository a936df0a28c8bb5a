"""One entry of the directory as rows: what an editor reads of it, and what changes in the rows when it is kept.

Rows and fields that no form shows, such as those of an import, stay as they are.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reporting.domain.directory.drafts import Draft, Place, hours_lines, hours_row
from reporting.domain.directory.listing import WORLDWIDE, Listed, listed_in
from reporting.domain.directory.tables import Records, Row, filled
from reporting.domain.directory.taxonomies import CODE_OF, term_id

NewId = Callable[[], str]
NOT_SAID = "-"
"""Stands where HSDS wants a part of an address that nobody gave."""


@dataclass(frozen=True)
class Change:
    """Rows to put, and the ids of rows to remove, by table."""

    put: Records
    gone: Mapping[str, frozenset[str]]


def service_row(records: Records, service_id: str) -> Row | None:
    """Return the row of a service, whatever its status."""
    return next((row for row in records.get("service", ()) if row["id"] == service_id), None)


def entry_in(records: Records, service_id: str) -> Listed | None:
    """Return one service put together, whether it is active or not."""
    service = service_row(records, service_id)
    if service is None:
        return None
    return listed_in({**records, "service": [{**service, "status": "active"}]}).services[0]


def draft_of(records: Records, entry: Listed) -> Draft:
    """Return an entry as the form shows it."""
    address = _address(records, entry.id)
    place = Place(*(address.get(name, "") for name in ("address_1", "postal_code", "city"))) if address else Place()
    return Draft(
        name=entry.name,
        what=entry.what,
        organization=entry.organization,
        for_whom=entry.for_whom,
        url=entry.url,
        email=entry.email,
        numbers=entry.numbers,
        languages=entry.languages,
        areas=entry.areas,
        pathways=entry.pathways,
        traits=entry.traits,
        tellings=entry.tellings,
        hours=hours_lines(entry.hours),
        time_zone=entry.time_zone,
        cost=entry.cost,
        place=place,
    )


def change_to(records: Records, service_id: str, draft: Draft, new_id: NewId) -> Change:
    """Return what to write so that this entry says what the draft says; a service that is not there yet is added."""
    before = service_row(records, service_id) or {"id": service_id, "status": "active"}
    organizations, organization_id = _organization(records, before, draft, new_id)
    put: dict[str, Sequence[Row]] = {
        "organization": organizations,
        "service": [_service(before, organization_id, draft)],
    }
    gone: dict[str, frozenset[str]] = {}
    for table, wanted in _wanted(draft).items():
        link = "link_id" if table == "attribute" else "service_id"
        ours = [row for row in records.get(table, ()) if row.get(link) == service_id and _is_ours(table, row)]
        put[table], gone[table] = _fitted(ours, wanted, _KEYS[table], {link: service_id}, new_id)
    gone["language"] |= _spoken_on(records, gone["phone"])
    _put_place(records, service_id, organization_id, draft, new_id, put, gone)
    return Change(put, gone)


def changed(records: Records, change: Change) -> Records:
    """Return the records as they stand after a change."""
    found = {}
    for table in {**records, **change.put}:
        fresh = {row["id"]: row for row in change.put.get(table, ())}
        gone = change.gone.get(table, frozenset()) | fresh.keys()
        found[table] = [row for row in records.get(table, ()) if row["id"] not in gone] + list(fresh.values())
    return found


def rows_of(records: Records, service_id: str) -> list[tuple[str, Row]]:
    """Return every row that says something about a service, in a fixed order."""
    service = service_row(records, service_id) or {}
    ids = {service_id, service.get("organization_id", "")} | _places(records, service_id)
    links = ("id", "service_id", "link_id", "resource_id", "location_id")
    found = [(table, row) for table, rows in records.items() for row in rows if any(row.get(n) in ids for n in links)]
    return sorted(found, key=lambda pair: (pair[0], pair[1]["id"]))


def _service(before: Row, organization_id: str, draft: Draft) -> Row:
    said = {
        "name": draft.name,
        "description": draft.what,
        "url": draft.url,
        "email": draft.email,
        "eligibility_description": draft.for_whom,
        "fees_description": draft.cost,
        "organization_id": organization_id,
    }
    return filled(**{**before, **said})


def _organization(records: Records, service: Row, draft: Draft, new_id: NewId) -> tuple[list[Row], str]:
    """Return the organisation to write, if any, and its id: one of that name, its own renamed, or a new one."""
    name = draft.organization or draft.name
    own = service.get("organization_id", "")
    rows = {row["id"]: row for row in records.get("organization", ())}
    if own and rows[own]["name"] == name:
        return [], own
    same = next((row["id"] for row in rows.values() if row["name"] == name), "")
    if same:
        return [], same
    shared = [row for row in records.get("service", ()) if row["organization_id"] == own]
    if own and len(shared) == 1:
        return [{**rows[own], "name": name}], own
    made = new_id()
    return [{"id": made, "name": name, "description": draft.what}], made


def _wanted(draft: Draft) -> dict[str, list[Row]]:
    words = [(str(pathway), "") for pathway in draft.pathways]
    words += [(str(trait), "yes" if yes else "no") for trait, yes in draft.traits.items()]
    words += [(str(telling), text) for telling, text in draft.tellings.items() if text]
    words += [("time_zone", draft.time_zone)] if draft.time_zone else []
    wanted: dict[str, list[Row]] = {
        "phone": [filled(number=one.number, description=one.note) for one in draft.numbers],
        "language": [{"code": code} for code in draft.languages],
        "service_area": [
            {"name": area, "extent": area, "extent_type": "other" if area == WORLDWIDE else "country"}
            for area in sorted(draft.areas)
        ],
        "attribute": [
            filled(taxonomy_term_id=term_id(code), link_entity="service", value=value) for code, value in words
        ],
    }
    if draft.hours is not None:
        rows = [hours_row(line) for line in draft.hours]
        wanted["schedule"] = [row for row in rows if row is not None]
    return wanted


_KEYS: Mapping[str, tuple[str, ...]] = {
    "phone": ("number", "description"),
    "language": ("code",),
    "service_area": ("extent",),
    "attribute": ("taxonomy_term_id", "value"),
    "schedule": ("freq", "byday", "opens_at", "closes_at"),
}


def _is_ours(table: str, row: Row) -> bool:
    """Return whether a row is one that the form shows; words of other taxonomies are not ours to take away."""
    return table != "attribute" or row["taxonomy_term_id"] in CODE_OF


def _fitted(
    ours: Sequence[Row], wanted: Sequence[Row], names: tuple[str, ...], link: Row, new_id: NewId
) -> tuple[list[Row], frozenset[str]]:
    """Return new rows and the ids of rows to remove; a row that says what is wanted stays untouched."""

    def key(row: Row) -> tuple[str, ...]:
        said = {**row, "code": row.get("code") or row.get("name", "")} if names == ("code",) else row
        return tuple(said.get(name, "") for name in names)

    wanted_keys, known = {key(row) for row in wanted}, {key(row) for row in ours}
    fresh = {key(row): row for row in wanted if key(row) not in known}
    gone = frozenset(row["id"] for row in ours if key(row) not in wanted_keys)
    return [{"id": new_id(), **row, **link} for row in fresh.values()], gone


def _spoken_on(records: Records, phones: frozenset[str]) -> frozenset[str]:
    return frozenset(row["id"] for row in records.get("language", ()) if row.get("phone_id") in phones)


def _address(records: Records, service_id: str) -> Row | None:
    return next(iter(_addresses(records, service_id)), None)


def _addresses(records: Records, service_id: str) -> list[Row]:
    places = _places(records, service_id)
    return [row for row in records.get("address", ()) if row.get("location_id") in places]


def _places(records: Records, service_id: str) -> frozenset[str]:
    """Return the ids of the locations of a service."""
    links = records.get("service_at_location", ())
    return frozenset(row["location_id"] for row in links if row["service_id"] == service_id)


def _put_place(
    records: Records,
    service_id: str,
    organization_id: str,
    draft: Draft,
    new_id: NewId,
    put: dict[str, Sequence[Row]],
    gone: dict[str, frozenset[str]],
) -> None:
    old, place = _address(records, service_id), draft.place
    if not place:
        _forget_places(records, service_id, put, gone)
        return
    said = {"address_1": place.street, "postal_code": place.postal_code or NOT_SAID, "city": place.city}
    if old is not None:
        put["address"] = [{**old, **said}]
        return
    country = next((area for area in sorted(draft.areas) if area != WORLDWIDE), NOT_SAID)
    location_id = new_id()
    rest = {"state_province": NOT_SAID, "country": country, "address_type": "physical", "location_id": location_id}
    put["location"] = [{"id": location_id, "location_type": "physical", "organization_id": organization_id}]
    put["service_at_location"] = [{"id": new_id(), "service_id": service_id, "location_id": location_id}]
    put["address"] = [{"id": new_id(), **said, **rest}]


def _forget_places(
    records: Records, service_id: str, put: dict[str, Sequence[Row]], gone: dict[str, frozenset[str]]
) -> None:
    """Remove every address of a service, and what else would show on a map where it is."""
    places = _places(records, service_id)
    gone["address"] = frozenset(row["id"] for row in _addresses(records, service_id))
    put["location"] = [
        {name: value for name, value in row.items() if name not in ("latitude", "longitude")}
        for row in records.get("location", ())
        if row["id"] in places and ("latitude" in row or "longitude" in row)
    ]
