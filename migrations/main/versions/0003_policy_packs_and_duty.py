"""Policy packs with the one that ships, the duty rota with its stand-ins, and the day of the last sign-in."""

import hashlib

import sqlalchemy as sa
from alembic import op

from reporting.resources import folder

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

REFUSAL = "a policy pack is only ever added"


def _protect_packs() -> None:
    """Refuse UPDATE and DELETE of a version, whoever asks."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER packs_no_{act.lower()} BEFORE {act} ON packs "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_other_packs() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER packs_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON packs "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_other_packs()"
    )


def _put_the_shipped_pack(packs: sa.Table) -> None:
    """Put what ships with the program there as version 1, under which every case so far stands."""
    content = (folder("packs") / "standard.toml").read_bytes()
    row = {"number": 1, "content": content, "digest": hashlib.sha256(content).digest()}
    op.bulk_insert(packs, [row])


def upgrade() -> None:
    """Go one step forward."""
    op.add_column("staff", sa.Column("signed_in_on", sa.Date(), nullable=True))
    packs = op.create_table(
        "packs",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("loaded_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["offices.id"]),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "duties",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("office_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("staff_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"]),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_duties_office_id", "duties", ["office_id"], unique=False)
    op.create_table(
        "stand_ins",
        sa.Column("office_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("absent_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("staff_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["absent_id"], ["staff.id"]),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"]),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"]),
        sa.PrimaryKeyConstraint("office_id", "absent_id", "staff_id"),
    )
    op.create_index("ix_stand_ins_staff_id", "stand_ins", ["staff_id"], unique=False)
    _put_the_shipped_pack(packs)
    _protect_packs()


def downgrade() -> None:
    """Go one step back."""
    op.drop_index("ix_stand_ins_staff_id", "stand_ins")
    op.drop_table("stand_ins")
    op.drop_index("ix_duties_office_id", "duties")
    op.drop_table("duties")
    op.drop_table("packs")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_other_packs()")
    op.drop_column("staff", "signed_in_on")
