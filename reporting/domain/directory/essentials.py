"""What must be in the directory before an office takes reports: help for the hours in which a report cannot help."""

from typing import Final

from reporting.domain.directory.listing import Directory, Freshness, Listed
from reporting.domain.directory.showing import is_service
from reporting.domain.directory.taxonomies import Pathway

ESSENTIAL: Final = (Pathway.HEALTH_ACUTE, Pathway.CRISIS, Pathway.LEGAL_AID)


def missing(directory: Directory, country: str, *, demo: bool = False) -> tuple[Pathway, ...]:
    """Return the essential needs that a dated directory leaves open for somebody in a country.

    An office that says no country has worldwide services only. The demo counts entries that nobody has checked.
    """
    there = {pathway: directory.on(pathway, country) for pathway in ESSENTIAL}
    return tuple(pathway for pathway, found in there.items() if not any(counts(one, pathway, demo) for one in found))


def counts(entry: Listed, pathway: Pathway, demo: bool) -> bool:
    """Return whether an entry is help that can be relied on: no mere list, reachable, and checked at least once."""
    return is_service(entry, pathway) and entry.is_reachable and (demo or entry.freshness is not Freshness.NEVER)
