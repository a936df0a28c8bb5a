"""Tokens of people whom she lets read beside her."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "guests",
        sa.Column("lookup_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("public_key", sa.LargeBinary(length=1216), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"]),
        sa.PrimaryKeyConstraint("lookup_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_guests_case_id", "guests", ["case_id"], unique=False)
    op.create_index("ix_guests_until_on", "guests", ["until_on"], unique=False)


def downgrade() -> None:
    """Go one step back."""
    op.drop_index("ix_guests_until_on", "guests")
    op.drop_index("ix_guests_case_id", "guests")
    op.drop_table("guests")
