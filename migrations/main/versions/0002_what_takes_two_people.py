"""Requests that expire, name the entry they are about, and are authenticated by the instance.

What was waiting or agreed before has no tag and could have been written by anybody: it lapses, and staff ask again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.execute("UPDATE requests SET state = 'lapsed' WHERE state IN ('waiting', 'agreed')")
    op.add_column("requests", sa.Column("expires_on", sa.Date(), nullable=True))
    op.add_column("requests", sa.Column("item_id", sa.LargeBinary(length=16), nullable=True))
    for table in ("requests", "approvals"):
        untagged = sa.Column("tag", sa.LargeBinary(length=32), nullable=False, server_default=sa.literal(b""))
        op.add_column(table, untagged)


def downgrade() -> None:
    """Go one step back."""
    op.execute("UPDATE requests SET state = 'lapsed' WHERE kind = 'second_person'")
    op.drop_column("approvals", "tag")
    for name in ("tag", "item_id", "expires_on"):
        op.drop_column("requests", name)
