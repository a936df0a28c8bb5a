"""Links with which a service opens, once, what she agreed to."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "referral_links",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("referral_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("seed", sa.LargeBinary(length=153), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("session", sa.LargeBinary(length=32), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("word", sa.String(length=10), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_referral_links_case_id", "referral_links", ["case_id"], unique=False)
    op.create_index("ix_referral_links_until_on", "referral_links", ["until_on"], unique=False)


def downgrade() -> None:
    """Go one step back."""
    op.drop_index("ix_referral_links_until_on", "referral_links")
    op.drop_index("ix_referral_links_case_id", "referral_links")
    op.drop_table("referral_links")
