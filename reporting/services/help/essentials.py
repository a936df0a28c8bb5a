"""Whether urgent help is in the directory for an office: asked before it opens, and watched ever after."""

from collections.abc import Sequence
from dataclasses import dataclass

from reporting.domain.directory.essentials import missing
from reporting.domain.directory.listing import Directory
from reporting.domain.directory.showing import dated
from reporting.domain.directory.taxonomies import Pathway
from reporting.services.help.directory import directory_of, is_demo
from reporting.services.house import House
from reporting.store.database import Work
from reporting.store.offices import Office, all_offices


@dataclass(frozen=True)
class Gap:
    """An office that lacks essential services; `office.is_open` says whether it takes reports already."""

    office: Office
    missing: tuple[Pathway, ...]


def missing_for(work: Work, house: House, office: Office) -> tuple[Pathway, ...]:
    """Return the essential services that are not in the directory for an office; none for an outside desk."""
    return () if office.external else _missing(work, house, directory_of(work), office)


def gaps(work: Work, house: House) -> Sequence[Gap]:
    """Return every office that lacks something, those that take reports first. They stay open."""
    directory = directory_of(work)
    offices = [office for office in all_offices(work.main) if not office.external]
    found = [Gap(office, _missing(work, house, directory, office)) for office in offices]
    return sorted((gap for gap in found if gap.missing), key=lambda gap: not gap.office.is_open)


def _missing(work: Work, house: House, directory: Directory, office: Office) -> tuple[Pathway, ...]:
    return missing(dated(directory, house.today()), office.country, demo=is_demo(work))
