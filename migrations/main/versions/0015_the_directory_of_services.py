"""The directory of services on the model of HSDS 3.0, and the country of each entry."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

# Each field is text: ! it must be filled, >table it is the id of a row there, + it has an index.
TABLES = {
    "organization": """
        name! alternate_name description! email website tax_status tax_id year_incorporated legal_status logo uri
        parent_organization_id
    """,
    "program": """
        organization_id!>organization+ name! alternate_name description!
    """,
    "taxonomy": """
        name! description! uri version
    """,
    "taxonomy_term": """
        code name! description! parent_id taxonomy language taxonomy_id>taxonomy+ term_uri
    """,
    "location": """
        location_type! url organization_id>organization+ name alternate_name description transportation latitude
        longitude external_identifier external_identifier_type
    """,
    "service": """
        organization_id!>organization+ program_id>program+ name! alternate_name description url email status!
        interpretation_services application_process fees_description wait_time fees accreditations
        eligibility_description minimum_age maximum_age assured_date assurer_email licenses alert last_modified
    """,
    "service_at_location": """
        service_id!>service+ location_id!>location+ description
    """,
    "contact": """
        organization_id>organization+ service_id>service+ service_at_location_id>service_at_location+
        location_id>location+ name title department email
    """,
    "phone": """
        location_id>location+ service_id>service+ organization_id>organization+ contact_id>contact+
        service_at_location_id>service_at_location+ number! extension type description
    """,
    "schedule": """
        service_id>service+ location_id>location+ service_at_location_id>service_at_location+ valid_from valid_to
        dtstart timezone until count wkst freq interval byday byweekno bymonthday byyearday description opens_at
        closes_at schedule_link attending_type notes
    """,
    "language": """
        service_id>service+ location_id>location+ phone_id>phone+ name code note
    """,
    "address": """
        location_id>location+ attention address_1! address_2 city! region state_province! postal_code! country!
        address_type!
    """,
    "accessibility": """
        location_id>location+ description details url
    """,
    "cost_option": """
        service_id!>service+ valid_from valid_to option currency amount amount_description
    """,
    "service_area": """
        service_id>service+ name description extent extent_type uri
    """,
    "required_document": """
        service_id>service+ document uri
    """,
    "funding": """
        organization_id>organization+ service_id>service+ source
    """,
    "organization_identifier": """
        organization_id!>organization+ identifier_scheme identifier_type! identifier!
    """,
    "attribute": """
        link_id!+ taxonomy_term_id!>taxonomy_term+ link_type link_entity! value
    """,
    "metadata": """
        resource_id!+ resource_type! last_action_date! last_action_type! field_name! previous_value!
        replacement_value! updated_by!
    """,
    "meta_table_description": """
        name language character_set
    """,
}


def upgrade() -> None:
    """Go one step forward."""
    for name, fields in TABLES.items():
        op.create_table(
            f"hsds_{name}", sa.Column("id", sa.Text(), nullable=False), sa.PrimaryKeyConstraint("id"), *_rest(fields)
        )
        for field in _indexed(fields):
            op.create_index(f"ix_hsds_{name}_{field}", f"hsds_{name}", [field], unique=False)


def downgrade() -> None:
    """Go one step back."""
    for name, fields in reversed(TABLES.items()):
        for field in _indexed(fields):
            op.drop_index(f"ix_hsds_{name}_{field}", f"hsds_{name}")
        op.drop_table(f"hsds_{name}")


def _rest(fields: str) -> list[sa.Column[str] | sa.ForeignKeyConstraint]:
    found: list[sa.Column[str] | sa.ForeignKeyConstraint] = []
    for field in fields.split():
        name, _, target = field.rstrip("+").partition(">")
        found.append(sa.Column(name.rstrip("!"), sa.Text(), nullable="!" not in name))
        if target:
            found.append(sa.ForeignKeyConstraint([name.rstrip("!")], [f"hsds_{target}.id"]))
    return found


def _indexed(fields: str) -> list[str]:
    return [field.partition(">")[0].rstrip("!+") for field in fields.split() if field.endswith("+")]
