"""Governance: who sits on boards, when they meet, who has left, what follows from decisions; issues and the like."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
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
    _create_log()
    for column, target in (("decided_by", "person"), ("meeting", "meeting")):
        # By hand: Alembic adds a foreign key by a statement of its own, which SQLite has not.
        op.execute(
            f"ALTER TABLE decision ADD COLUMN {column} CHAR(32) CONSTRAINT decision_{column} "
            f"REFERENCES {target} (id) DEFERRABLE INITIALLY DEFERRED"
        )
        op.create_index(f"ix_decision_{column}", "decision", [column])


def _create_log() -> None:
    op.create_table(
        "issue",
        *_head("issue"),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        _reference("issue", "risk", "risk", nullable=True),
        _reference("issue", "owner", "person", nullable=True),
        _reference("issue", "board", "board", nullable=True),
        sa.Column("raised_on", sa.Date, nullable=False),
        sa.Column("resolved_on", sa.Date, nullable=True),
        sa.Column("resolution", sa.Text, nullable=False),
        *_tail(),
    )
    op.create_table(
        "assumption",
        *_head("assumption"),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        _reference("assumption", "risk", "risk", nullable=True),
        _reference("assumption", "owner", "person", nullable=True),
        sa.Column("check_by", sa.Date, nullable=True),
        *_tail(),
    )
    op.create_table(
        "dependency",
        *_head("dependency"),
        sa.Column("detail", sa.Text, nullable=False),
        _reference("dependency", "waiting", "organisation", nullable=True),
        _reference("dependency", "giving", "organisation", nullable=True),
        _reference("dependency", "owner", "person", nullable=True),
        _reference("dependency", "board", "board", nullable=True),
        sa.Column("needed_by", sa.Date, nullable=True),
        sa.Column("state", sa.Text, nullable=False),
        *_tail(),
    )


def _head(table: str) -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.Uuid, primary_key=True),
        _reference(table, "programme", "programme"),
        sa.Column("reference", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
    ]


def _tail() -> list[sa.Column[Any]]:
    return [sa.Column("audience", sa.Text, nullable=False), sa.Column("aliases", sa.Text, nullable=False)]


def _reference(table: str, name: str, target: str, *, nullable: bool = False) -> sa.Column[UUID]:
    key = sa.ForeignKey(f"{target}.id", name=f"{table}_{name}", deferrable=True, initially="DEFERRED")
    return sa.Column(name, sa.Uuid, key, nullable=nullable, index=True)
