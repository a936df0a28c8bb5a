"""What the law of a country says, in versions that are only ever added."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

REFUSAL = "a legal profile is only ever added"


def _protect_profiles() -> None:
    """Refuse UPDATE and DELETE of a version, whoever asks."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER legal_profiles_no_{act.lower()} BEFORE {act} ON legal_profiles "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_other_legal_profiles() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER legal_profiles_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON legal_profiles "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_other_legal_profiles()"
    )


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "legal_profiles",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_legal_profiles_country", "legal_profiles", ["country"], unique=False)
    _protect_profiles()


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("legal_profiles")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_other_legal_profiles()")
