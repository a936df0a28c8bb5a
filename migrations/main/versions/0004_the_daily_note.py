"""Where the daily note of somebody who handles cases goes, and the last day on which it went out."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.add_column("staff", sa.Column("mail_address", sa.String(length=254), nullable=True))
    op.add_column("staff", sa.Column("mailed_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Go one step back."""
    op.drop_column("staff", "mailed_on")
    op.drop_column("staff", "mail_address")
