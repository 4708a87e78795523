"""The first tables: frozen as they were, never taken from today's."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table of version 1."""
    op.create_table(
        "matrix",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("likelihoods", sa.Text, nullable=False),
        sa.Column("likelihood_texts", sa.Text, nullable=False),
        sa.Column("impacts", sa.Text, nullable=False),
        sa.Column("impact_texts", sa.Text, nullable=False),
        sa.Column("bands", sa.Text, nullable=False),
        sa.Column("colours", sa.Text, nullable=False),
        sa.Column("cells", sa.Text, nullable=False),
    )
    op.create_table(
        "programme",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("matrix", sa.Uuid, nullable=False),
        _refers("matrix", "matrix.id", "programme_matrix"),
    )
    op.create_index("ix_programme_matrix", "programme", ["matrix"])
    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("programme", sa.Uuid, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("short", sa.Text, nullable=False),
        _refers("programme", "programme.id", "organisation_programme"),
    )
    op.create_index("ix_organisation_programme", "organisation", ["programme"])
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("programme", sa.Uuid, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("organisation", sa.Uuid, nullable=True),
        sa.Column("email", sa.Text, nullable=False),
        _refers("programme", "programme.id", "person_programme"),
        _refers("organisation", "organisation.id", "person_organisation"),
    )
    op.create_index("ix_person_organisation", "person", ["organisation"])
    op.create_index("ix_person_programme", "person", ["programme"])
    op.create_table(
        "board",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("programme", sa.Uuid, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("short", sa.Text, nullable=False),
        sa.Column("parent", sa.Uuid, nullable=True),
        sa.Column("chair", sa.Uuid, nullable=True),
        sa.Column("purpose", sa.Text, nullable=False),
        _refers("programme", "programme.id", "board_programme"),
        _refers("parent", "board.id", "board_parent"),
        _refers("chair", "person.id", "board_chair"),
    )
    op.create_index("ix_board_chair", "board", ["chair"])
    op.create_index("ix_board_parent", "board", ["parent"])
    op.create_index("ix_board_programme", "board", ["programme"])
    op.create_table(
        "category",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("programme", sa.Uuid, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        _refers("programme", "programme.id", "category_programme"),
    )
    op.create_index("ix_category_programme", "category", ["programme"])
    op.create_table(
        "recommendation",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("programme", sa.Uuid, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        _refers("programme", "programme.id", "recommendation_programme"),
    )
    op.create_index("ix_recommendation_programme", "recommendation", ["programme"])
    op.create_table(
        "outcome",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("recommendation", sa.Uuid, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("want", sa.Text, nullable=False),
        sa.Column("will_do", sa.Text, nullable=False),
        sa.Column("where_now", sa.Text, nullable=False),
        sa.Column("will_see", sa.Text, nullable=False),
        sa.Column("difference", sa.Text, nullable=False),
        sa.Column("lead", sa.Uuid, nullable=True),
        sa.Column("board", sa.Uuid, nullable=True),
        _refers("recommendation", "recommendation.id", "outcome_recommendation"),
        _refers("lead", "person.id", "outcome_lead"),
        _refers("board", "board.id", "outcome_board"),
    )
    op.create_index("ix_outcome_board", "outcome", ["board"])
    op.create_index("ix_outcome_lead", "outcome", ["lead"])
    op.create_index("ix_outcome_recommendation", "outcome", ["recommendation"])
    op.create_table(
        "risk",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("programme", sa.Uuid, nullable=False),
        sa.Column("reference", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("cause", sa.Text, nullable=False),
        sa.Column("event", sa.Text, nullable=False),
        sa.Column("effect", sa.Text, nullable=False),
        sa.Column("category", sa.Uuid, nullable=True),
        sa.Column("owner", sa.Uuid, nullable=True),
        sa.Column("workstream", sa.Uuid, nullable=True),
        sa.Column("board", sa.Uuid, nullable=True),
        sa.Column("proximity", sa.Text, nullable=True),
        sa.Column("response", sa.Text, nullable=True),
        sa.Column("raised_on", sa.Date, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("closed_on", sa.Date, nullable=True),
        sa.Column("closing_reason", sa.Text, nullable=False),
        sa.Column("inherent", sa.Uuid, nullable=True),
        sa.Column("current", sa.Uuid, nullable=True),
        sa.Column("target", sa.Uuid, nullable=True),
        _refers("programme", "programme.id", "risk_programme"),
        _refers("category", "category.id", "risk_category"),
        _refers("owner", "person.id", "risk_owner"),
        _refers("workstream", "board.id", "risk_workstream"),
        _refers("board", "board.id", "risk_board"),
        _refers("inherent", "assessment.id", "risk_inherent"),
        _refers("current", "assessment.id", "risk_current"),
        _refers("target", "assessment.id", "risk_target"),
    )
    op.create_index("ix_risk_board", "risk", ["board"])
    op.create_index("ix_risk_category", "risk", ["category"])
    op.create_index("ix_risk_current", "risk", ["current"])
    op.create_index("ix_risk_inherent", "risk", ["inherent"])
    op.create_index("ix_risk_owner", "risk", ["owner"])
    op.create_index("ix_risk_programme", "risk", ["programme"])
    op.create_index("ix_risk_target", "risk", ["target"])
    op.create_index("ix_risk_workstream", "risk", ["workstream"])
    op.create_table(
        "assessment",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("risk", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("likelihood", sa.Integer, nullable=False),
        sa.Column("impact", sa.Integer, nullable=False),
        sa.Column("on", sa.Date, nullable=False),
        sa.Column("by", sa.Date, nullable=True),
        sa.Column("where", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        _refers("risk", "risk.id", "assessment_risk"),
    )
    op.create_index("ix_assessment_risk", "assessment", ["risk"])
    op.create_table(
        "outcome_link",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("risk", sa.Uuid, nullable=False),
        sa.Column("outcome", sa.Uuid, nullable=False),
        _refers("risk", "risk.id", "outcome_link_risk"),
        _refers("outcome", "outcome.id", "outcome_link_outcome"),
    )
    op.create_index("ix_outcome_link_outcome", "outcome_link", ["outcome"])
    op.create_index("ix_outcome_link_risk", "outcome_link", ["risk"])
    op.create_table(
        "control",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("risk", sa.Uuid, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("owner", sa.Uuid, nullable=True),
        sa.Column("effectiveness", sa.Text, nullable=False),
        _refers("risk", "risk.id", "control_risk"),
        _refers("owner", "person.id", "control_owner"),
    )
    op.create_index("ix_control_owner", "control", ["owner"])
    op.create_index("ix_control_risk", "control", ["risk"])
    op.create_table(
        "action",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("programme", sa.Uuid, nullable=False),
        sa.Column("reference", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("owner", sa.Uuid, nullable=True),
        sa.Column("expected", sa.Date, nullable=True),
        sa.Column("delivery", sa.Text, nullable=False),
        sa.Column("percent", sa.Integer, nullable=False),
        sa.Column("actual", sa.Date, nullable=True),
        sa.Column("barrier", sa.Text, nullable=False),
        _refers("programme", "programme.id", "action_programme"),
        _refers("owner", "person.id", "action_owner"),
    )
    op.create_index("ix_action_owner", "action", ["owner"])
    op.create_index("ix_action_programme", "action", ["programme"])
    op.create_table(
        "mitigation",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("action", sa.Uuid, nullable=False),
        sa.Column("risk", sa.Uuid, nullable=False),
        _refers("action", "action.id", "mitigation_action"),
        _refers("risk", "risk.id", "mitigation_risk"),
    )
    op.create_index("ix_mitigation_action", "mitigation", ["action"])
    op.create_index("ix_mitigation_risk", "mitigation", ["risk"])
    op.create_table(
        "update",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("action", sa.Uuid, nullable=False),
        sa.Column("on", sa.Date, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("percent", sa.Integer, nullable=True),
        _refers("action", "action.id", "update_action"),
    )
    op.create_index("ix_update_action", "update", ["action"])
    op.create_table(
        "decision",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("programme", sa.Uuid, nullable=False),
        sa.Column("reference", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("board", sa.Uuid, nullable=False),
        sa.Column("risk", sa.Uuid, nullable=True),
        sa.Column("asked_on", sa.Date, nullable=False),
        sa.Column("needed_by", sa.Date, nullable=True),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("decided_on", sa.Date, nullable=True),
        _refers("programme", "programme.id", "decision_programme"),
        _refers("board", "board.id", "decision_board"),
        _refers("risk", "risk.id", "decision_risk"),
    )
    op.create_index("ix_decision_board", "decision", ["board"])
    op.create_index("ix_decision_programme", "decision", ["programme"])
    op.create_index("ix_decision_risk", "decision", ["risk"])
    op.create_table(
        "edit",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("undoes", sa.Uuid, nullable=True),
    )
    op.create_index("ix_edit_said_at", "edit", ["said_at"])
    op.create_index("ix_edit_undoes", "edit", ["undoes"])
    op.create_table(
        "journal",
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.Uuid, unique=True, nullable=False),
        sa.Column("edit", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("record", sa.Uuid, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("parents", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=True),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["edit"], ["edit.id"]),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_journal_edit", "journal", ["edit"])
    op.create_index("journal_record_field", "journal", ["record", "field", "n"])
    op.create_table(
        "number",
        sa.Column("programme", sa.Uuid, primary_key=True),
        sa.Column("prefix", sa.Text, primary_key=True),
        sa.Column("highest", sa.Integer, nullable=False),
    )


def _refers(column: str, target: str, name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=name, deferrable=True, initially="DEFERRED")
