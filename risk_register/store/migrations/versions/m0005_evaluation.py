"""The self-evaluation: themes, and the steps of the forward work programme."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables of the self-evaluation."""
    op.create_table(
        "theme",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("programme", sa.Uuid, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("lead", sa.Uuid, nullable=True),
        sa.Column("grade", sa.Text, nullable=False),
        sa.Column("judged_on", sa.Date, nullable=True),
        sa.Column("strengths", sa.Text, nullable=False),
        sa.Column("areas", sa.Text, nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        _refers("programme", "programme.id", "theme_programme"),
        _refers("lead", "person.id", "theme_lead"),
    )
    op.create_index("ix_theme_programme", "theme", ["programme"])
    op.create_index("ix_theme_lead", "theme", ["lead"])
    op.create_table(
        "forward_step",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("theme", sa.Uuid, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("owner", sa.Uuid, nullable=True),
        sa.Column("due", sa.Date, nullable=True),
        sa.Column("outcome", sa.Uuid, nullable=True),
        sa.Column("delivery", sa.Text, nullable=False),
        sa.Column("done_on", sa.Date, nullable=True),
        _refers("theme", "theme.id", "forward_step_theme"),
        _refers("owner", "person.id", "forward_step_owner"),
        _refers("outcome", "outcome.id", "forward_step_outcome"),
    )
    for name in ("theme", "owner", "outcome"):
        op.create_index(f"ix_forward_step_{name}", "forward_step", [name])


def _refers(column: str, target: str, name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=name, deferrable=True, initially="DEFERRED")
