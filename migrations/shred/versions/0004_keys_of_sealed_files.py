"""Keys without which sealed files are noise, once for each owner."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "blob_keys",
        sa.Column("blob_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("owner", sa.LargeBinary(length=16), nullable=False),
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("blob_id", "owner"),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_blob_keys_owner"), "blob_keys", ["owner"])


def downgrade() -> None:
    """Go one step back."""
    op.drop_index(op.f("ix_blob_keys_owner"), table_name="blob_keys")
    op.drop_table("blob_keys")
