"""To whom a member of staff reports, so that the line of a named person can be closed out."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.add_column("staff", sa.Column("supervisor_id", sa.LargeBinary(length=16), nullable=True))


def downgrade() -> None:
    """Go one step back."""
    op.drop_column("staff", "supervisor_id")
