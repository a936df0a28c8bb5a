"""Looking for services among the rows that everybody may read."""

from collections.abc import Iterator
from dataclasses import dataclass

from reporting.domain.casework.search import fold, terms_of
from reporting.domain.directory.listing import WORLDWIDE
from reporting.domain.directory.nested import Nest
from reporting.domain.directory.tables import Row

_TOLD = ("name", "alternate_name", "description", "eligibility_description", "url", "email")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for; what is empty is not asked.

    `taxonomy_term_id` is a word that the service carries, `country` two letters (ISO 3166-1), `language` a code.
    """

    text: str = ""
    taxonomy_term_id: str = ""
    country: str = ""
    language: str = ""


def by_name(nest: Nest, table: str) -> list[str]:
    """Return the ids of every row of a table, in the order of their names."""
    rows = nest.by_id[table].values()
    return [row["id"] for row in sorted(rows, key=lambda row: (fold(row.get("name", "")), row["id"]))]


def services_like(nest: Nest, asked: Asked) -> list[str]:
    """Return the ids of the services that fit everything that is asked, in the order of their names."""
    terms = terms_of(asked.text)
    return [one for one in by_name(nest, "service") if _fits(nest, nest.by_id["service"][one], asked, terms)]


def _fits(nest: Nest, service: Row, asked: Asked, terms: tuple[str, ...]) -> bool:
    words = {row["taxonomy_term_id"] for row in nest.linked("attribute", "link_id", service["id"])}
    areas = {row.get("extent", "") for row in nest.linked("service_area", "service_id", service["id"])}
    codes = {fold(row.get("code", "")) for row in nest.linked("language", "service_id", service["id"])}
    told = [fold(text) for text in _texts(nest, service)] if terms else []
    return (
        (not asked.taxonomy_term_id or asked.taxonomy_term_id.lower() in words)
        and (not asked.country or bool({asked.country.upper(), WORLDWIDE} & areas))
        and (not asked.language or fold(asked.language) in codes)
        and all(any(term in text for text in told) for term in terms)
    )


def _texts(nest: Nest, service: Row) -> Iterator[str]:
    organization = nest.by_id["organization"].get(service["organization_id"], {})
    for row in (service, organization):
        yield from (row[name] for name in _TOLD if name in row)
