"""Legal holds: a law that an office declares, and copies of listed items under a key of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.add_column("offices", sa.Column("hold_law", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "holds",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_holds_case_id", "holds", ["case_id"], unique=False)
    op.create_index("ix_holds_until", "holds", ["until"], unique=False)
    op.create_table(
        "held_items",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("hold_id", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["hold_id"], ["holds.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_held_items_hold_id", "held_items", ["hold_id"], unique=False)
    op.create_table(
        "hold_grants",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("hold_id", sa.LargeBinary(), nullable=False),
        sa.Column("holder", sa.LargeBinary(length=17), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["hold_id"], ["holds.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("hold_id", "holder", name="uq_hold_grants_once"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_hold_grants_holder", "hold_grants", ["holder"], unique=False)


def downgrade() -> None:
    """Go one step back."""
    for table in ("hold_grants", "held_items", "holds"):
        op.drop_table(table)
    op.drop_column("offices", "hold_law")
