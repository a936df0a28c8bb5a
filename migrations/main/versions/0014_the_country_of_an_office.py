"""The country of an office: whose law counts, and where help is looked for."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.add_column("offices", sa.Column("country", sa.String(length=2), nullable=False, server_default=sa.literal("")))


def downgrade() -> None:
    """Go one step back."""
    op.drop_column("offices", "country")
