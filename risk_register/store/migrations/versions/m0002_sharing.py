"""What sharing needs: conflicts, the hub, who sent an edit; audiences and earlier references of records."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables and columns of version 2."""
    op.create_table(
        "conflict",
        sa.Column("entry", sa.Uuid, primary_key=True),
        sa.Column("resolution", sa.Uuid, nullable=True),
    )
    op.create_table(
        "hub",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("epoch", sa.Uuid, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
    )
    op.add_column("edit", sa.Column("by", sa.Text, nullable=False, server_default=""))
    op.add_column("edit", sa.Column("merged", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_index("ix_edit_who", "edit", ["who"])
    op.create_index("journal_gone", "journal", ["record"], sqlite_where=sa.text("field = '-'"))
    op.create_index("journal_state", "journal", ["state"], sqlite_where=sa.text("state = 'local'"))
    for table in ("risk", "action", "decision"):
        op.add_column(table, sa.Column("audience", sa.Text, nullable=False, server_default="partners"))
        op.add_column(table, sa.Column("aliases", sa.Text, nullable=False, server_default="[]"))
