"""The action plan: what the BRAG statuses mean, milestones, resources, evidence; how outcomes stand; actions for them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables and columns of the plan."""
    op.create_table(
        "brag_level",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("programme", sa.Uuid, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("word", sa.Text, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("colour", sa.Text, nullable=False),
        _refers("programme", "programme.id", "brag_level_programme"),
    )
    op.create_index("ix_brag_level_programme", "brag_level", ["programme"])
    op.create_table(
        "milestone",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("outcome", sa.Uuid, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("lead", sa.Uuid, nullable=True),
        sa.Column("workstream", sa.Uuid, nullable=True),
        sa.Column("baseline", sa.Date, nullable=True),
        sa.Column("forecast", sa.Date, nullable=True),
        sa.Column("actual", sa.Date, nullable=True),
        sa.Column("barrier", sa.Text, nullable=False),
        _refers("outcome", "outcome.id", "milestone_outcome"),
        _refers("lead", "person.id", "milestone_lead"),
        _refers("workstream", "board.id", "milestone_workstream"),
    )
    for column in ("outcome", "lead", "workstream"):
        op.create_index(f"ix_milestone_{column}", "milestone", [column])
    op.create_table(
        "resource",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("outcome", sa.Uuid, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("asked", sa.Text, nullable=False),
        sa.Column("given", sa.Text, nullable=False),
        _refers("outcome", "outcome.id", "resource_outcome"),
    )
    op.create_index("ix_resource_outcome", "resource", ["outcome"])
    op.create_table(
        "evidence",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("outcome", sa.Uuid, nullable=False),
        sa.Column("shows", sa.Text, nullable=False),
        sa.Column("link", sa.Text, nullable=False),
        sa.Column("on", sa.Date, nullable=True),
        _refers("outcome", "outcome.id", "evidence_outcome"),
    )
    op.create_index("ix_evidence_outcome", "evidence", ["outcome"])
    _add_reference("outcome", "workstream", "board")
    op.add_column("outcome", sa.Column("status", sa.Text, nullable=True))
    op.add_column("outcome", sa.Column("status_reason", sa.Text, nullable=False, server_default=""))
    op.add_column("action", sa.Column("impact", sa.Text, nullable=False, server_default="not_known"))
    _add_reference("action", "outcome", "outcome")


def _refers(column: str, target: str, name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=name, deferrable=True, initially="DEFERRED")


def _add_reference(table: str, column: str, target: str) -> None:
    """Add a column that names another table's row: SQLite takes the key with its column, Alembic only afterwards."""
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {column} CHAR(32) "
        f"CONSTRAINT {table}_{column} REFERENCES {target} (id) DEFERRABLE INITIALLY DEFERRED"
    )
    op.create_index(f"ix_{table}_{column}", table, [column])
