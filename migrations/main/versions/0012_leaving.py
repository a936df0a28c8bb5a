"""The day on which a member of staff leaves, entered by the administrator."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.add_column("staff", sa.Column("leaving_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Go one step back."""
    op.drop_column("staff", "leaving_on")
