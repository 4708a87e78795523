"""Tags on risks and actions: none on those from before."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    for table in ("risk", "action"):
        op.add_column(table, sa.Column("tags", sa.Text, nullable=False, server_default="[]"))
