"""Offices declare no law of their own any more: the profile of their country says it, until a day."""

import sqlalchemy as sa
from alembic import op

from reporting.config import ConfigError

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

COLUMNS = ("identity_duty", "hold_law")
REFUSAL = (
    "These offices declare a law that nobody has signed: {codes}. This release keeps what a law says by country, with "
    "a reviewer and a last day, and carries no such text over in silence. With the release before it, note down what "
    "stands there, empty the two fields on the page of each office, and upgrade again; then enter a legal profile "
    "(docs/OPERATING.md, The law of a country). Nothing was changed."
)


def _refuse_what_would_be_lost() -> None:
    """Refuse while an office declares something.

    :raises ConfigError: naming the offices.
    """
    found = op.get_bind().execute(sa.text("SELECT code FROM offices WHERE identity_duty <> '' OR hold_law <> ''"))
    codes = sorted(found.scalars())
    if codes:
        raise ConfigError(REFUSAL.format(codes=", ".join(codes)))


def upgrade() -> None:
    """Go one step forward."""
    _refuse_what_would_be_lost()
    for name in COLUMNS:
        op.drop_column("offices", name)


def downgrade() -> None:
    """Go one step back."""
    for name in COLUMNS:
        op.add_column("offices", sa.Column(name, sa.Text(), nullable=False, server_default=""))
