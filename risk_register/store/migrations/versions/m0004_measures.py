"""Measures, what is expected of them, and their readings."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables of measures. Values are exact decimals, which SQLite can keep as text alone."""
    op.create_table(
        "measure",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("programme", sa.Uuid, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("definition", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("good", sa.Text, nullable=False),
        sa.Column("outcome", sa.Uuid, nullable=True),
        sa.Column("owner", sa.Uuid, nullable=True),
        sa.Column("board", sa.Uuid, nullable=True),
        sa.Column("cadence", sa.Text, nullable=False),
        sa.Column("baseline", sa.Text, nullable=True),
        sa.Column("baseline_on", sa.Date, nullable=True),
        sa.Column("target", sa.Text, nullable=True),
        sa.Column("target_on", sa.Date, nullable=True),
        _refers("programme", "programme.id", "measure_programme"),
        _refers("outcome", "outcome.id", "measure_outcome"),
        _refers("owner", "person.id", "measure_owner"),
        _refers("board", "board.id", "measure_board"),
    )
    for name in ("programme", "outcome", "owner", "board"):
        op.create_index(f"ix_measure_{name}", "measure", [name])
    for table, more in (("expected_value", []), ("reading", [sa.Column("note", sa.Text, nullable=False)])):
        op.create_table(
            table,
            sa.Column("id", sa.Uuid, primary_key=True),
            sa.Column("measure", sa.Uuid, nullable=False),
            sa.Column("on", sa.Date, nullable=False),
            sa.Column("value", sa.Text, nullable=False),
            *more,
            _refers("measure", "measure.id", f"{table}_measure"),
        )
        op.create_index(f"ix_{table}_measure", table, ["measure"])


def _refers(column: str, target: str, name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=name, deferrable=True, initially="DEFERRED")
