"""What of the directory is shown to everybody: one rule for help pages, the read API, referrals and posters.

An entry says when somebody of ours checked it. What was checked too long ago is hidden, unless nothing better is left
for somebody who needs it; numbers that nobody has checked are kept back, except in the demo, where they are marked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from reporting.domain.directory.listing import WORLDWIDE, Directory, Freshness, Listed, Number, listed_in
from reporting.domain.directory.tables import Records, Row
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
    return Directory(tuple(_for_everybody(one, demo) for one in everything.services if one.id not in hidden))


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


def _for_everybody(service: Listed, demo: bool) -> Listed:
    if demo or service.freshness is not Freshness.NEVER:
        return replace(service, checked_by="")
    numbers = tuple(one for one in service.numbers if is_short(one.number))
    return replace(service, checked_by="", numbers=numbers, withheld=numbers != service.numbers)


def shown_records(records: Records, today: date, *, demo: bool = False) -> Records:
    """Return the rows of the directory as everybody may read them, by the same rule as `shown`.

    Left out: what is hidden or not active with all that points to it, numbers that are kept back, numbers that belong
    to no service (a check does not cover them), and `metadata`, which names colleagues.
    """
    services = {one.id: one for one in shown(listed_in(records), today, demo=demo).services}
    kept = {table: [row for row in rows if _of_shown(table, row, services)] for table, rows in records.items()}
    kept["phone"] = [row for row in kept.get("phone", ()) if demo or _may_dial(row, services)]
    phones = {row["id"] for row in kept["phone"]}
    kept["language"] = [row for row in kept.get("language", ()) if row.get("phone_id", "") in phones | {""}]
    at = {row["id"] for row in kept.get("service_at_location", ())} | {""}
    contacts = {row["id"] for row in kept.get("contact", ())} | {""}
    pairs = {"service_at_location_id": at, "contact_id": contacts}
    for table in ("contact", "phone", "schedule"):
        kept[table] = [
            row for row in kept.get(table, ()) if all(row.get(name, "") in ids for name, ids in pairs.items())
        ]
    return {table: rows for table, rows in kept.items() if rows and table != "metadata"}


def _of_shown(table: str, row: Row, services: Mapping[str, Listed]) -> bool:
    if table == "service":
        return row["id"] in services
    if table == "attribute" and row.get("link_entity") == "service":
        return row["link_id"] in services
    return row.get("service_id", "") in services or "service_id" not in row


def _may_dial(row: Row, services: Mapping[str, Listed]) -> bool:
    number = Number(row["number"], row.get("description", ""))
    return is_short(number.number) or ("service_id" in row and number in services[row["service_id"]].numbers)
