"""Clocks of each case, who was told of a day that has passed, what lies still, and the calendar of an office."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward. The clocks of cases that are there already are set by the chore that watches them."""
    op.add_column("offices", sa.Column("weekend", sa.String(length=20), nullable=False, server_default="sat,sun"))
    op.add_column("offices", sa.Column("holidays", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "clocks",
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("clock", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("declined", sa.Boolean(), nullable=False),
        sa.Column("breached_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"]),
        sa.PrimaryKeyConstraint("case_id", "clock"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_clocks_due_on", "clocks", ["due_on"], unique=False)
    op.create_table(
        "escalations",
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("clock", sa.String(length=20), nullable=False),
        sa.Column("staff_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"]),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"]),
        sa.PrimaryKeyConstraint("case_id", "clock", "staff_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_escalations_staff_id", "escalations", ["staff_id"], unique=False)
    op.create_table(
        "inactions",
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("sign", sa.String(length=20), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"]),
        sa.PrimaryKeyConstraint("case_id", "sign"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "inaction_bands",
        sa.Column("place", sa.LargeBinary(length=16), nullable=False),
        sa.Column("sign", sa.String(length=20), nullable=False),
        sa.Column("week_of", sa.Date(), nullable=False),
        sa.Column("at_least", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("place", "sign"),
    )


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("inaction_bands")
    op.drop_table("inactions")
    op.drop_index("ix_escalations_staff_id", "escalations")
    op.drop_table("escalations")
    op.drop_index("ix_clocks_due_on", "clocks")
    op.drop_table("clocks")
    op.drop_column("offices", "holidays")
    op.drop_column("offices", "weekend")
