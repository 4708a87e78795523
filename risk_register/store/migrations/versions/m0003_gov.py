"""Governance: who sits on boards, when they meet, who has left; what is asked of boards and what follows."""

from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0003_gov"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables and columns of version 3."""
    op.add_column("person", sa.Column("left_on", sa.Date, nullable=True))
    op.add_column("board", sa.Column("cadence", sa.Text, nullable=True))
    op.add_column("decision", sa.Column("options", sa.Text, nullable=False, server_default=""))
    op.add_column("decision", sa.Column("followed", sa.Text, nullable=False, server_default=""))
    op.create_table(
        "membership",
        sa.Column("id", sa.Uuid, primary_key=True),
        _reference("membership", "board", "board"),
        _reference("membership", "person", "person"),
        sa.Column("role", sa.Text, nullable=False),
    )
    op.create_table(
        "meeting",
        sa.Column("id", sa.Uuid, primary_key=True),
        _reference("meeting", "board", "board"),
        sa.Column("on", sa.Date, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("cancelled", sa.Boolean, nullable=False),
        sa.Column("notes", sa.Text, nullable=False),
    )
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Uuid, primary_key=True),
        _reference("follow_up", "decision", "decision"),
        _reference("follow_up", "action", "action"),
    )
    for column, target in (("decided_by", "person"), ("meeting", "meeting")):
        # By hand: Alembic adds a foreign key by a statement of its own, which SQLite has not.
        op.execute(
            f"ALTER TABLE decision ADD COLUMN {column} CHAR(32) CONSTRAINT decision_{column} "
            f"REFERENCES {target} (id) DEFERRABLE INITIALLY DEFERRED"
        )
        op.create_index(f"ix_decision_{column}", "decision", [column])


def _reference(table: str, name: str, target: str) -> sa.Column[UUID]:
    key = sa.ForeignKey(f"{target}.id", name=f"{table}_{name}", deferrable=True, initially="DEFERRED")
    return sa.Column(name, sa.Uuid, key, nullable=False, index=True)
