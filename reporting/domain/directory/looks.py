"""Which entries of the directory somebody should look at next, the most urgent first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from reporting.domain.directory.essentials import ESSENTIAL
from reporting.domain.directory.listing import WORLDWIDE, Directory, Freshness, Listed
from reporting.domain.directory.showing import SHOWN_DAYS, hidden_in, is_service
from reporting.domain.directory.taxonomies import Pathway
from reporting.domain.words import N_

SOON_DAYS: Final = 30
"""An entry that would be hidden within so many days is named before it happens."""
NOT_NEEDS: Final = (Pathway.KNOWLEDGE, Pathway.DIRECTORIES)
"""Pathways that answer no need of their own."""


class Look(StrEnum):
    """Why an entry needs a look; the order is the order of urgency."""

    HIDDEN = "hidden"
    OLD = "old"
    SOON_HIDDEN = "soon_hidden"
    NEVER = "never"
    NOT_LATELY = "not_lately"
    FINE = "fine"


LOOKS: Mapping[Look, str] = {
    Look.HIDDEN: N_("Hidden from everybody: checked more than a year ago"),
    Look.OLD: N_("Checked more than a year ago, and still shown because it is the last one for somebody"),
    Look.SOON_HIDDEN: N_("Hidden within 30 days unless somebody checks it"),
    Look.NEVER: N_("Never checked as it stands now"),
    Look.NOT_LATELY: N_("Not checked for more than half a year"),
    Look.FINE: N_("Checked within half a year"),
}


@dataclass(frozen=True)
class Unmet:
    """A need for which the directory names no service in a country of our offices; '' is an office without one."""

    country: str
    pathways: tuple[Pathway, ...]


def looks(directory: Directory, today: date) -> dict[Look, list[Listed]]:
    """Return the entries of a dated directory under what they need, those checked longest ago first.

    Of those that nobody has checked, the ones that an office needs before it opens come first, and what is near first.
    """
    hidden, found = hidden_in(directory), dict[Look, list[Listed]]()
    for one in sorted(directory.services, key=_urgency):
        found.setdefault(_look(one, one.id in hidden, today), []).append(one)
    return {look: found[look] for look in Look if look in found}


def _urgency(one: Listed) -> tuple[date, bool, bool]:
    essential = any(is_service(one, need) for need in ESSENTIAL)
    return one.checked_on or date.min, WORLDWIDE in one.areas, not essential


def _look(one: Listed, hidden: bool, today: date) -> Look:
    if one.freshness is Freshness.OLD:
        return Look.HIDDEN if hidden else Look.OLD
    if one.freshness is Freshness.NOT_LATELY and one.checked_on:
        soon = (today - one.checked_on).days > SHOWN_DAYS - SOON_DAYS
        return Look.SOON_HIDDEN if soon else Look.NOT_LATELY
    return Look.FINE if one.freshness is Freshness.FRESH else Look.NEVER


def unmet(directory: Directory, countries: Iterable[str]) -> list[Unmet]:
    """Return the needs, country by country, for which there is no service at all, checked or not."""
    needs = [pathway for pathway in Pathway if pathway not in NOT_NEEDS]
    found = [
        Unmet(country, tuple(need for need in needs if not _met(directory, need, country))) for country in countries
    ]
    return [one for one in found if one.pathways]


def _met(directory: Directory, need: Pathway, country: str) -> bool:
    return any(is_service(one, need) for one in directory.on(need, country))
