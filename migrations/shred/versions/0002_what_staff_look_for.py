"""What a member of staff looks for stands sealed with the session, and in no address."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.add_column("staff_sessions", sa.Column("query", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Go one step back."""
    op.drop_column("staff_sessions", "query")
