"""Cases that were set aside: since when, and whether a second person still has to look."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "set_asides",
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("to_check", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_set_asides_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Go one step back; what was set aside is new again."""
    for table in ("cases", "holdings"):
        op.execute(f"UPDATE {table} SET status = 'received' WHERE status = 'set_aside'")  # noqa: S608 - two names above
    op.drop_table("set_asides")
