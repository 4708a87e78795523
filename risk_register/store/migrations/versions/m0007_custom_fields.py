"""Fields of a programme's own, and what stands in them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables of custom fields."""
    op.create_table(
        "custom_field",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("programme", sa.Uuid, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("holds", sa.Text, nullable=False),
        sa.Column("choices", sa.Text, nullable=False),
        _refers("programme", "programme.id", "custom_field_programme"),
    )
    op.create_index("ix_custom_field_programme", "custom_field", ["programme"])
    for name in ("risk", "action"):
        table = f"{name}_value"
        op.create_table(
            table,
            sa.Column("id", sa.Uuid, primary_key=True),
            sa.Column(name, sa.Uuid, nullable=False),
            sa.Column("field", sa.Uuid, nullable=False),
            sa.Column("text", sa.Text, nullable=False),
            _refers(name, f"{name}.id", f"{table}_{name}"),
            _refers("field", "custom_field.id", f"{table}_field"),
        )
        op.create_index(f"ix_{table}_{name}", table, [name])
        op.create_index(f"ix_{table}_field", table, ["field"])


def _refers(column: str, target: str, name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=name, deferrable=True, initially="DEFERRED")
