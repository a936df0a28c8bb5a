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
    return () if office.external else missing(_dated(work, house), office.country, demo=is_demo(work))


def gaps(work: Work, house: House) -> Sequence[Gap]:
    """Return every office that lacks something, those that take reports first. They stay open."""
    directory, demo = _dated(work, house), is_demo(work)
    offices = [office for office in all_offices(work.main) if not office.external]
    found = [Gap(office, missing(directory, office.country, demo=demo)) for office in offices]
    return sorted((gap for gap in found if gap.missing), key=lambda gap: not gap.office.is_open)


def _dated(work: Work, house: House) -> Directory:
    return dated(directory_of(work), house.today())
