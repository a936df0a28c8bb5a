"""The first tables of the main database, and the triggers that keep the audit chains as written."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


CHAINS = ("audit_events", "audit_days")
REFUSAL = "an audit chain is only ever appended to"


def _protect_chains() -> None:
    """Refuse UPDATE and DELETE on both chains, whoever asks."""
    if op.get_bind().dialect.name == "sqlite":
        for chain in CHAINS:
            for act in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {chain}_no_{act.lower()} BEFORE {act} ON {chain} "
                    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    for chain in CHAINS:
        op.execute(
            f"CREATE TRIGGER {chain}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {chain} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "audit_days",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("ref", sa.LargeBinary(length=16), nullable=True),
        sa.Column("previous", sa.LargeBinary(length=32), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("ix_audit_days_ref", "audit_days", ["ref"], unique=False)

    op.create_table(
        "audit_heads",
        sa.Column("chain", sa.String(length=20), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("chain"),
    )
    op.create_table(
        "audit_pending",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("ref", sa.LargeBinary(length=16), nullable=True),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_audit_pending_ref", "audit_pending", ["ref"], unique=False)

    op.create_table(
        "chores",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("leased_until", sa.DateTime(), nullable=True),
        sa.Column("outcome", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "offices",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("parent_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("desk_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("external", sa.Boolean(), nullable=False),
        sa.Column("head_count", sa.Integer(), nullable=False),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("reader_languages", sa.String(length=100), nullable=False),
        sa.Column("emergency", sa.String(length=60), nullable=False),
        sa.Column("identity_duty", sa.Text(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["desk_id"],
            ["offices.id"],
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["offices.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_table(
        "reporters",
        sa.Column("lookup_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("public_key", sa.LargeBinary(length=1216), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("lookup_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "settings",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("office_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("status_before", sa.String(length=20), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_what", sa.String(length=20), nullable=True),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("fact", sa.LargeBinary(), nullable=False),
        sa.Column("erase_on", sa.Date(), nullable=True),
        sa.Column("keep_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["offices.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_cases_due_on", "cases", ["due_on"], unique=False)
    op.create_index("ix_cases_erase_on", "cases", ["erase_on"], unique=False)
    op.create_index("ix_cases_keep_until", "cases", ["keep_until"], unique=False)
    op.create_index("ix_cases_status", "cases", ["status"], unique=False)

    op.create_table(
        "staff",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("username", sa.String(length=80), nullable=False),
        sa.Column("display_name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("office_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("code_expires_on", sa.Date(), nullable=True),
        sa.Column("sealed_seed", sa.LargeBinary(), nullable=True),
        sa.Column("public_key", sa.LargeBinary(length=1216), nullable=True),
        sa.Column("signing_key", sa.LargeBinary(length=32), nullable=True),
        sa.Column("key_tag", sa.LargeBinary(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["offices.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("username"),
    )
    op.create_table(
        "audit_events",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("ref", sa.LargeBinary(length=16), nullable=True),
        sa.Column("detail", sa.String(length=60), nullable=False),
        sa.Column("about_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("previous", sa.LargeBinary(length=32), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["about_id"],
            ["staff.id"],
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"],
            ["staff.id"],
        ),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("ix_audit_events_actor_id", "audit_events", ["actor_id"], unique=False)
    op.create_index("ix_audit_events_ref", "audit_events", ["ref"], unique=False)

    op.create_table(
        "compartments",
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("compartment", sa.String(length=20), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
        ),
        sa.PrimaryKeyConstraint("case_id", "compartment"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "grants",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("compartment", sa.String(length=20), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("holder", sa.LargeBinary(length=17), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "compartment", "generation", "part", "holder", name="uq_grants_once"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_grants_holder", "grants", ["holder", "case_id"], unique=False)

    op.create_table(
        "holdings",
        sa.Column("staff_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
        ),
        sa.PrimaryKeyConstraint("staff_id", "case_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_holdings_case_id", "holdings", ["case_id"], unique=False)
    inbox = ["staff_id", "due_on", "case_id", "status", "waiting"]
    op.create_index("ix_holdings_inbox", "holdings", inbox, unique=False)

    op.create_table(
        "items",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("compartment", sa.String(length=20), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_items_case_id", "items", ["case_id"], unique=False)

    op.create_table(
        "requests",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("asked_by", sa.LargeBinary(length=16), nullable=False),
        sa.Column("about_staff", sa.LargeBinary(length=16), nullable=False),
        sa.Column("ground", sa.String(length=30), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["about_staff"],
            ["staff.id"],
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"],
            ["staff.id"],
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_requests_case_id", "requests", ["case_id"], unique=False)
    op.create_index("ix_requests_state", "requests", ["state"], unique=False)

    op.create_table(
        "vouches",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("staff_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("voucher_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("voucher_key", sa.LargeBinary(length=32), nullable=True),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=True),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
        ),
        sa.ForeignKeyConstraint(
            ["voucher_id"],
            ["staff.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_vouches_staff_id", "vouches", ["staff_id"], unique=False)

    op.create_table(
        "approvals",
        sa.Column("request_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("approver_id", sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["approver_id"],
            ["staff.id"],
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["requests.id"],
        ),
        sa.PrimaryKeyConstraint("request_id", "part"),
        sqlite_with_rowid=False,
    )
    _protect_chains()


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("approvals")
    op.drop_index("ix_vouches_staff_id", "vouches")

    op.drop_table("vouches")
    op.drop_index("ix_requests_state", "requests")
    op.drop_index("ix_requests_case_id", "requests")

    op.drop_table("requests")
    op.drop_index("ix_items_case_id", "items")

    op.drop_table("items")
    op.drop_index("ix_holdings_inbox", "holdings")
    op.drop_index("ix_holdings_case_id", "holdings")

    op.drop_table("holdings")
    op.drop_index("ix_grants_holder", "grants")

    op.drop_table("grants")
    op.drop_table("compartments")
    op.drop_index("ix_audit_events_ref", "audit_events")
    op.drop_index("ix_audit_events_actor_id", "audit_events")

    op.drop_table("audit_events")
    op.drop_table("staff")
    op.drop_index("ix_cases_status", "cases")
    op.drop_index("ix_cases_keep_until", "cases")
    op.drop_index("ix_cases_erase_on", "cases")
    op.drop_index("ix_cases_due_on", "cases")

    op.drop_table("cases")
    op.drop_table("settings")
    op.drop_table("reporters")
    op.drop_table("offices")
    op.drop_table("chores")
    op.drop_index("ix_audit_pending_ref", "audit_pending")

    op.drop_table("audit_pending")
    op.drop_table("audit_heads")
    op.drop_index("ix_audit_days_ref", "audit_days")

    op.drop_table("audit_days")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")
