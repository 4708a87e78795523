"""Appetite, reviews and their cadence, escalations, links between risks, and what was learnt when one was closed."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables and columns of this part."""
    levels = '["Averse", "Minimal", "Cautious", "Open", "Eager"]'
    op.add_column("programme", sa.Column("appetites", sa.Text, nullable=False, server_default=levels))
    op.add_column("matrix", sa.Column("cadences", sa.Text, nullable=False, server_default="[]"))
    op.add_column("category", sa.Column("appetite", sa.Text, nullable=True))
    op.add_column("category", sa.Column("optimal", sa.Integer, nullable=True))
    op.add_column("category", sa.Column("tolerable", sa.Integer, nullable=True))
    op.add_column("risk", sa.Column("lessons", sa.Text, nullable=False, server_default=""))
    op.create_table(
        "review",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("risk", sa.Uuid, nullable=False),
        sa.Column("on", sa.Date, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("where", sa.Text, nullable=False),
        _refers("risk", "risk.id", "review_risk"),
    )
    op.create_index("ix_review_risk", "review", ["risk"])
    # Alembic can't add a column with its key to a table of SQLite without making the table anew; SQLite itself can.
    op.execute(
        "ALTER TABLE risk ADD COLUMN reviewed CHAR(32) "
        "CONSTRAINT risk_reviewed REFERENCES review (id) DEFERRABLE INITIALLY DEFERRED"
    )
    op.create_index("ix_risk_reviewed", "risk", ["reviewed"])
    op.create_table(
        "escalation",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("risk", sa.Uuid, nullable=False),
        sa.Column("from_board", sa.Uuid, nullable=True),
        sa.Column("to_board", sa.Uuid, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("on", sa.Date, nullable=False),
        sa.Column("where", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=True),
        sa.Column("answered_on", sa.Date, nullable=True),
        sa.Column("words", sa.Text, nullable=False),
        _refers("risk", "risk.id", "escalation_risk"),
        _refers("from_board", "board.id", "escalation_from_board"),
        _refers("to_board", "board.id", "escalation_to_board"),
    )
    for name in ("risk", "from_board", "to_board"):
        op.create_index(f"ix_escalation_{name}", "escalation", [name])
    op.create_table(
        "risk_link",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("risk", sa.Uuid, nullable=False),
        sa.Column("affected", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        _refers("risk", "risk.id", "risk_link_risk"),
        _refers("affected", "risk.id", "risk_link_affected"),
    )
    for name in ("risk", "affected"):
        op.create_index(f"ix_risk_link_{name}", "risk_link", [name])


def _refers(column: str, target: str, name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=name, deferrable=True, initially="DEFERRED")
