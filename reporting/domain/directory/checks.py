"""Checking an entry of the directory: what a check is in its rows, and which changes take it away."""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from reporting.domain.directory.listing import CHECKED, Listed, listed_in
from reporting.domain.directory.seed import CHECK_FIRST
from reporting.domain.directory.tables import Records, Row
from reporting.domain.directory.taxonomies import stable_id
from reporting.domain.words import N_

NOBODY_YET = "none"
"""Stands in a record of a check where there was none before."""
_NUMBER = re.compile(r"\d[\d ().*#\u00a0-]*")
_ADDRESS = re.compile(r"\S*(?:@|://|www\.)\S*")
_FEWEST = 3
"""So many digits can be a number that is dialled."""


class How(StrEnum):
    """How somebody checked an entry."""

    CALLED = "called"
    WROTE = "wrote"
    VISITED = "visited"
    WEBSITE = "website"


HOWS: Mapping[How, str] = {
    How.CALLED: N_("I called"),
    How.WROTE: N_("I wrote to them"),
    How.VISITED: N_("I was there"),
    How.WEBSITE: N_("I read their own website"),
}


def still_checked(before: Listed, after: Listed) -> bool:
    """Return whether a check of the one still holds for the other.

    A change to what people dial, write to or visit, to what it is for, whom it serves, how safe it is, or what is told
    about it beforehand takes the check away; so does a number or an address that is written into its words.
    """
    return _checked_facts(before) == _checked_facts(after)


def _checked_facts(one: Listed) -> tuple[object, ...]:
    reach = (one.url, one.email, sorted((n.number, n.note) for n in one.numbers), one.address)
    words = "\n".join((one.name, one.organization, one.what, one.for_whom, one.cost))
    numbers = ["".join(filter(str.isdigit, found)) for found in _NUMBER.findall(words)]
    leads = [*_ADDRESS.findall(words), *(number for number in numbers if len(number) >= _FEWEST)]
    return (*reach, one.areas, frozenset(one.pathways), dict(one.traits), dict(one.tellings), leads)


def checked_rows(service: Row, today: date, name: str, how: How) -> Records:
    """Return the rows that say: this person has checked this service today, in this way."""
    day = today.isoformat()
    row = {**service, "assured_date": day}
    if row.get("alert") == CHECK_FIRST:
        del row["alert"]
    check = {
        "id": stable_id("check", service["id"], day),
        "resource_id": service["id"],
        "resource_type": "service",
        "last_action_date": day,
        "last_action_type": CHECKED,
        "field_name": "assured_date",
        "previous_value": service.get("assured_date", NOBODY_YET),
        "replacement_value": f"{day} {how}",
        "updated_by": name,
    }
    return {"service": [row], "metadata": [check]}


def unchecked(service: Row) -> Row:
    """Return a service without its check; what was recorded about earlier checks stays in `metadata`."""
    row = {name: value for name, value in service.items() if name != "assured_date"}
    return {"alert": CHECK_FIRST, **row}


def how_of(records: Records, service: Listed) -> How | None:
    """Return how the check was made that counts now; nothing where there is none, or a file brought another word."""
    if service.checked_on is None:
        return None
    for row in records.get("metadata", ()):
        if row["resource_id"] == service.id and row["last_action_date"] == service.checked_on.isoformat():
            word = row["replacement_value"].rpartition(" ")[2]
            return How(word) if word in set(How) else None
    return None


def with_checks_that_hold(before: Records, after: Records) -> Records:
    """Return the second directory without checks that its changes took away.

    A check holds on where nothing changed that it covers, or where it follows an earlier check of the same entry.
    """
    were = {one.id: one for one in listed_in(_all_active(before)).services}
    lost = {one.id for one in listed_in(_all_active(after)).services if one.id in were and _lost(were[one.id], one)}
    services = [unchecked(row) if row["id"] in lost else row for row in after.get("service", ())]
    return {**after, "service": services} if services else after


def claimed_checks(before: Records, after: Records) -> tuple[Listed, ...]:
    """Return the services that count as checked only by the second directory, or on another day or by another name."""
    were = {one.id: (one.checked_on, one.checked_by) for one in listed_in(_all_active(before)).services}
    found = (one for one in listed_in(_all_active(after)).services if one.checked_on)
    return tuple(one for one in found if were.get(one.id) != (one.checked_on, one.checked_by))


def _lost(before: Listed, after: Listed) -> bool:
    if after.checked_on is None or still_checked(before, after):
        return False
    return before.checked_on is None or after.checked_on <= before.checked_on


def _all_active(records: Records) -> Records:
    return {**records, "service": [{**row, "status": "active"} for row in records.get("service", ())]}
