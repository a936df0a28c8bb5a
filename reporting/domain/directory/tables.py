"""The tables of the directory, as data: the Human Services Data Specification 3.0 (Open Referral), tabular form.

Everything else follows from here: the tables of the store, what an import accepts, the files and the order of an
export. A row is a mapping from field to text; what is empty is left out. Each text below lists the fields of a table in
their order, after `id`: `!` required, `*` unique in the table, `>table` the id of a row there, `:kind` any but plain
text, `=a|b` one of these words (an underscore stands for a space).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

Row = Mapping[str, str]
Records = Mapping[str, Sequence[Row]]
"""Rows by table; a table without rows may be missing."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its kind is string, uuid, email, uri, number, date, datetime or time; `points_to` names a table."""

    name: str
    kind: str = "string"
    required: bool = False
    unique: bool = False
    choices: tuple[str, ...] = ()
    points_to: str = ""


@dataclass(frozen=True, slots=True)
class HsdsTable:
    """One table: its file in the tabular form, and its fields in order, `id` first."""

    path: str
    fields: tuple[Field, ...]


def _field(written: str) -> Field:
    written, _, points_to = written.partition(">")
    written, _, choices = written.partition("=")
    written, _, kind = written.partition(":")
    name = written.rstrip("!*")
    listed = tuple(choice.replace("_", " ") for choice in choices.split("|")) if choices else ()
    kind = "uuid" if points_to else kind or "string"
    return Field(name, kind, "!" in written, "*" in written, listed, points_to)


def _table(path: str, fields: str) -> HsdsTable:
    return HsdsTable(path, (_field("id!*:uuid"), *map(_field, fields.split())))


_TABLES = {
    "organization": _table(
        "organizations.csv",
        """
        name! alternate_name description! email:email website:uri tax_status tax_id year_incorporated:number
        legal_status logo uri:uri parent_organization_id:uuid
        """,
    ),
    "program": _table(
        "programs.csv",
        """
        organization_id!*>organization name! alternate_name description!
        """,
    ),
    "taxonomy": _table(
        "taxonomies.csv",
        """
        name! description! uri:uri version
        """,
    ),
    "taxonomy_term": _table(
        "taxonomy_terms.csv",
        """
        code* name! description! parent_id:uuid taxonomy language taxonomy_id>taxonomy term_uri:uri
        """,
    ),
    "location": _table(
        "locations.csv",
        """
        location_type!=physical|postal|virtual url:uri organization_id>organization name alternate_name
        description transportation latitude:number longitude:number external_identifier
        external_identifier_type
        """,
    ),
    "service": _table(
        "services.csv",
        """
        organization_id!>organization program_id>program name! alternate_name description url:uri
        email:email status!=active|inactive|defunct|temporarily_closed interpretation_services
        application_process fees_description wait_time fees accreditations eligibility_description
        minimum_age:number maximum_age:number assured_date:date assurer_email:email licenses alert
        last_modified:datetime
        """,
    ),
    "service_at_location": _table(
        "service_at_location.csv",
        """
        service_id!>service location_id!>location description
        """,
    ),
    "contact": _table(
        "contacts.csv",
        """
        organization_id>organization service_id>service service_at_location_id>service_at_location
        location_id>location name title department email:email
        """,
    ),
    "phone": _table(
        "phones.csv",
        """
        location_id>location service_id>service organization_id>organization contact_id>contact
        service_at_location_id>service_at_location number! extension:number type description
        """,
    ),
    "schedule": _table(
        "schedules.csv",
        """
        service_id>service location_id>location service_at_location_id>service_at_location valid_from:date
        valid_to:date dtstart:date timezone:number until:date count:number wkst=MO|TU|WE|TH|FR|SA|SU
        freq=WEEKLY|MONTHLY interval:number byday byweekno bymonthday byyearday description opens_at:time
        closes_at:time schedule_link:uri attending_type notes
        """,
    ),
    "language": _table(
        "languages.csv",
        """
        service_id>service location_id>location phone_id>phone name code note
        """,
    ),
    "address": _table(
        "addresses.csv",
        """
        location_id>location attention address_1! address_2 city! region state_province! postal_code!
        country! address_type!=physical|postal|virtual
        """,
    ),
    "accessibility": _table(
        "accessibility.csv",
        """
        location_id>location description details url:uri
        """,
    ),
    "cost_option": _table(
        "cost_options.csv",
        """
        service_id!>service valid_from:date valid_to:date option currency amount:number amount_description
        """,
    ),
    "service_area": _table(
        "service_areas.csv",
        """
        service_id>service name description extent extent_type uri
        """,
    ),
    "required_document": _table(
        "required_documents.csv",
        """
        service_id>service document uri:uri
        """,
    ),
    "funding": _table(
        "funding.csv",
        """
        organization_id>organization service_id>service source
        """,
    ),
    "organization_identifier": _table(
        "organization_identifiers.csv",
        """
        organization_id!>organization identifier_scheme identifier_type! identifier!
        """,
    ),
    "attribute": _table(
        "attributes.csv",
        """
        link_id!:uuid taxonomy_term_id!>taxonomy_term link_type link_entity! value
        """,
    ),
    "metadata": _table(
        "metadata.csv",
        """
        resource_id!:uuid resource_type! last_action_date!:date last_action_type! field_name!
        previous_value! replacement_value! updated_by!
        """,
    ),
    "meta_table_description": _table(
        "meta_table_descriptions.csv",
        """
        name language character_set
        """,
    ),
}
TABLES: Final[Mapping[str, HsdsTable]] = MappingProxyType(_TABLES)
"""Every table, each after those that it points to."""


def filled(**fields: str) -> Row:
    """Return a row without what is empty, as every row of a directory is."""
    return {name: value for name, value in fields.items() if value}


def rows_by(name: str, rows: Iterable[Row]) -> Mapping[str, Sequence[Row]]:
    """Return rows by the value of a field, such as an id to which they point; those without it are left out."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if name in row:
            found[row[name]].append(row)
    return found
