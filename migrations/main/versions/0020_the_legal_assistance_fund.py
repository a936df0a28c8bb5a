"""The legal assistance fund: its books, which are only ever added to, what is asked of it, and who is paid."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

BOOKS = ("fund_transactions", "fund_entries", "fund_redemptions")
REFUSAL = "the books of a fund are only ever added to"


def _protect_books() -> None:
    """Refuse UPDATE and DELETE on the books, whoever asks."""
    if op.get_bind().dialect.name == "sqlite":
        for table in BOOKS:
            for act in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION refuse_fund_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    for table in BOOKS:
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_fund_change()"
        )


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "funds",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("voucher_days", sa.Integer(), nullable=False),
        sa.Column("criteria", sa.String(length=200), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "fund_pledges",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("fund_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("donor", sa.String(length=120), nullable=False),
        sa.Column("pledged_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["fund_id"],
            ["funds.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_fund_pledges_fund_id", "fund_pledges", ["fund_id"], unique=False)
    op.create_table(
        "fund_transactions",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("fund_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("movement", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("subject", sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["fund_id"],
            ["funds.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_fund_transactions_fund", "fund_transactions", ["fund_id", "day"], unique=False)
    op.create_index("ix_fund_transactions_subject", "fund_transactions", ["subject"], unique=False)
    op.create_table(
        "fund_corrections",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("pledge_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("movement", sa.String(length=20), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by"],
            ["staff.id"],
        ),
        sa.ForeignKeyConstraint(
            ["pledge_id"],
            ["fund_pledges.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_fund_corrections_pledge_id", "fund_corrections", ["pledge_id"], unique=False)
    op.create_table(
        "fund_entries",
        sa.Column("transaction_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("account", sa.String(length=20), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["transaction_id"],
            ["fund_transactions.id"],
        ),
        sa.PrimaryKeyConstraint("transaction_id", "account"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "fund_providers",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("added_by", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code", sa.LargeBinary(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["added_by"],
            ["staff.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_table(
        "fund_requests",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("fund_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("claim", sa.LargeBinary(length=32), nullable=False),
        sa.Column("need", sa.String(length=20), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("wanted", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("first_by", sa.LargeBinary(length=16), nullable=True),
        sa.Column("second_by", sa.LargeBinary(length=16), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("voucher", sa.LargeBinary(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["first_by"],
            ["staff.id"],
        ),
        sa.ForeignKeyConstraint(
            ["fund_id"],
            ["funds.id"],
        ),
        sa.ForeignKeyConstraint(
            ["second_by"],
            ["staff.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("voucher"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_fund_requests_fund_id", "fund_requests", ["fund_id"], unique=False)
    op.create_index("ix_fund_requests_state", "fund_requests", ["state"], unique=False)
    op.create_table(
        "fund_redemptions",
        sa.Column("request_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("provider_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("invoice", sa.String(length=20), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["provider_id"],
            ["fund_providers.id"],
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["fund_requests.id"],
        ),
        sa.PrimaryKeyConstraint("request_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_fund_redemptions_provider_id", "fund_redemptions", ["provider_id"], unique=False)
    _protect_books()


def downgrade() -> None:
    """Go one step back."""
    op.drop_index("ix_fund_redemptions_provider_id", table_name="fund_redemptions")
    op.drop_table("fund_redemptions")
    op.drop_index("ix_fund_requests_state", table_name="fund_requests")
    op.drop_index("ix_fund_requests_fund_id", table_name="fund_requests")
    op.drop_table("fund_requests")
    op.drop_table("fund_providers")
    op.drop_table("fund_entries")
    op.drop_index("ix_fund_corrections_pledge_id", table_name="fund_corrections")
    op.drop_table("fund_corrections")
    op.drop_index("ix_fund_transactions_subject", table_name="fund_transactions")
    op.drop_index("ix_fund_transactions_fund", table_name="fund_transactions")
    op.drop_table("fund_transactions")
    op.drop_index("ix_fund_pledges_fund_id", table_name="fund_pledges")
    op.drop_table("fund_pledges")
    op.drop_table("funds")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_fund_change()")
