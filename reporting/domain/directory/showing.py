"""What of the directory is shown to everybody: one rule for help pages, the read API, referrals and posters.

An entry says when somebody of ours checked it. What was checked too long ago is hidden, unless nothing better is left
for somebody who needs it; numbers that nobody has checked are kept back, except in the demo, where they are marked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from reporting.domain.directory.listing import WORLDWIDE, Directory, Freshness, Listed, Number, listed_in
from reporting.domain.directory.tables import TABLES, Records, Row
from reporting.domain.directory.taxonomies import Pathway
from reporting.domain.words import N_

FRESH_DAYS: Final = 180
"""An entry counts as checked on the day of its check and so many days after."""
SHOWN_DAYS: Final = 365
"""So many days after its check it is still shown, where something better is there; the day after, it is not."""
SHORT: Final = 3
"""A number of at most so many digits is one of those that everybody knows, such as 112: it is never kept back."""

SAID: Mapping[Freshness, str] = {
    Freshness.FRESH: N_("Checked by us on %(day)s."),
    Freshness.NOT_LATELY: N_("Not checked lately: the last time on %(day)s."),
    Freshness.OLD: N_("Not checked for more than a year: the last time on %(day)s. Details may have changed."),
    Freshness.NEVER: N_("Not checked by us yet. Please check it before you rely on it."),
}
"""What stands beside an entry; `day` is the day of its check."""
WITHHELD = N_("We show its telephone numbers once we have checked them.")
"""What stands beside an entry whose numbers are kept back."""


def freshness_of(service: Listed, today: date) -> Freshness:
    """Return how long ago an entry was checked. A check on a day that has not come yet is none."""
    if service.checked_on is None or service.checked_on > today:
        return Freshness.NEVER
    days = (today - service.checked_on).days
    if days > SHOWN_DAYS:
        return Freshness.OLD
    return Freshness.NOT_LATELY if days > FRESH_DAYS else Freshness.FRESH


def dated(directory: Directory, today: date) -> Directory:
    """Return every entry with how long ago it was checked: what the editor sees, with nothing hidden."""
    return Directory(tuple(replace(one, freshness=freshness_of(one, today)) for one in directory.services))


def shown(directory: Directory, today: date, *, demo: bool = False) -> Directory:
    """Return the directory as everybody sees it: old entries hidden, unchecked numbers kept back, nobody's name."""
    everything = dated(directory, today)
    hidden = hidden_in(everything)
    return Directory(tuple(for_everybody(one, demo=demo) for one in everything.services if one.id not in hidden))


def hidden_in(directory: Directory) -> frozenset[str]:
    """Return the ids of dated entries that are too old to show, and not the last one for any need.

    The last one is the one checked latest where nobody in that place has a fresher entry for that need. An entry that
    nobody ever checked, or a list of other services, never stands in for one that was.
    """
    old = {one.id for one in directory.services if one.freshness is Freshness.OLD}
    places = {area for one in directory.services for area in one.areas if area != WORLDWIDE} | {""}
    return frozenset(
        old - {last for place in places for pathway in Pathway for last in _last(directory, pathway, place)}
    )


def _last(directory: Directory, pathway: Pathway, place: str) -> Iterable[str]:
    there = directory.on(pathway, place)
    found = [one for one in there if is_service(one, pathway)] or there
    if any(one.freshness in (Freshness.FRESH, Freshness.NOT_LATELY) for one in found):
        return ()
    days = [one.checked_on for one in found if one.freshness is Freshness.OLD and one.checked_on]
    return (one.id for one in found if one.freshness is Freshness.OLD and one.checked_on == max(days))


def is_service(entry: Listed, pathway: Pathway) -> bool:
    """Return whether an entry serves a need itself, and does not only list others who do."""
    return pathway in entry.pathways and (pathway is Pathway.DIRECTORIES or Pathway.DIRECTORIES not in entry.pathways)


def is_short(number: str) -> bool:
    """Return whether this is a number that everybody knows, such as 112."""
    digits = [sign for sign in number if sign.isdigit()]
    return 0 < len(digits) <= SHORT and "+" not in number


def for_everybody(service: Listed, *, demo: bool) -> Listed:
    """Return a dated entry without the name of who checked it, and without numbers that nobody has checked."""
    if demo or service.freshness is not Freshness.NEVER:
        return replace(service, checked_by="")
    numbers = tuple(one for one in service.numbers if is_short(one.number))
    return replace(service, checked_by="", numbers=numbers, withheld=numbers != service.numbers)


def shown_records(records: Records, today: date, *, demo: bool = False) -> Records:
    """Return the rows of the directory as everybody may read them, by the same rule as `shown`.

    Left out: what is hidden or not active with all that points to it, organisations and places all of whose services
    are, numbers that are kept back, numbers that belong to no service (a check does not cover them), and what names
    colleagues: `metadata` and `assurer_email`.
    """
    services = {one.id: one for one in shown(listed_in(records), today, demo=demo).services}
    organizations, locations = _deserted(records, services)
    gone: dict[str, set[str]] = {table: set() for table in TABLES}
    gone |= {"organization": organizations, "location": locations, "metadata": _ids(records.get("metadata", ()))}
    gone["service"] = _ids(records.get("service", ())) - services.keys()
    if not demo:
        gone["phone"] = {row["id"] for row in records.get("phone", ()) if not _may_dial(row, services)}
    kept: dict[str, list[Row]] = {}
    for table in TABLES:  # each after those that it points to
        gone[table] |= {row["id"] for row in records.get(table, ()) if _hangs_on(table, row, gone)}
        kept[table] = [_without_names(table, row) for row in records.get(table, ()) if row["id"] not in gone[table]]
    return {table: rows for table, rows in kept.items() if rows}


def _deserted(records: Records, services: Mapping[str, Listed]) -> tuple[set[str], set[str]]:
    """Return the ids of organisations and of locations that are there for services, none of which is shown."""
    every, at = records.get("service", ()), records.get("service_at_location", ())
    organizations = {row["organization_id"] for row in every}
    organizations -= {row["organization_id"] for row in every if row["id"] in services}
    locations = {row["location_id"] for row in at}
    locations |= {row["id"] for row in records.get("location", ()) if row.get("organization_id") in organizations}
    return organizations, locations - {row["location_id"] for row in at if row["service_id"] in services}


def _hangs_on(table: str, row: Row, gone: Mapping[str, set[str]]) -> bool:
    """Return whether a row belongs to something that is left out; what a service has goes with the service alone."""
    if table == "attribute" and row["link_id"] in gone.get(row["link_entity"], ()):
        return True
    beside = {"organization", "location"} if "service_id" in row or table == "location" else set()
    links = [field for field in TABLES[table].fields if field.points_to and field.points_to not in beside]
    return any(row.get(field.name, "") in gone[field.points_to] for field in links)


def _without_names(table: str, row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "assurer_email"} if table == "service" else row


def _ids(rows: Iterable[Row]) -> set[str]:
    return {row["id"] for row in rows}


def _may_dial(row: Row, services: Mapping[str, Listed]) -> bool:
    number = Number(row["number"], row.get("description", ""))
    service = services.get(row.get("service_id", ""))
    return is_short(number.number) or (service is not None and number in service.numbers)
