"""The first tables of the shred store."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "drafts",
        sa.Column("id_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("expires_hour", sa.DateTime(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id_hash"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_drafts_expires_hour", "drafts", ["expires_hour"], unique=False)

    op.create_table(
        "peppers",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("pepper", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )
    op.create_table(
        "shred_keys",
        sa.Column("grant_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("grant_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "staff_sessions",
        sa.Column("id_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("staff_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id_hash"),
    )
    op.create_index("ix_staff_sessions_staff_id", "staff_sessions", ["staff_id"], unique=False)

    op.create_table(
        "survivor_sessions",
        sa.Column("id_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("expires_hour", sa.DateTime(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id_hash"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_survivor_sessions_expires_hour", "survivor_sessions", ["expires_hour"], unique=False)

    op.create_table(
        "throttles",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_throttles_expires_at", "throttles", ["expires_at"], unique=False)


def downgrade() -> None:
    """Go one step back."""
    op.drop_index("ix_throttles_expires_at", "throttles")

    op.drop_table("throttles")
    op.drop_index("ix_survivor_sessions_expires_hour", "survivor_sessions")

    op.drop_table("survivor_sessions")
    op.drop_index("ix_staff_sessions_staff_id", "staff_sessions")

    op.drop_table("staff_sessions")
    op.drop_table("shred_keys")
    op.drop_table("peppers")
    op.drop_index("ix_drafts_expires_hour", "drafts")

    op.drop_table("drafts")
