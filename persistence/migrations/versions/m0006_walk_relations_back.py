"""Walk relations back: the indexes that lead from a cause, a variant, a sequence and a model's version to what belongs to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Take the step forward."""
    op.create_index(
        "ix_campaign_budget_lines_of_variant",
        "campaign_budget_lines",
        ["workspace_id", "variant_id"],
        unique=False,
        postgresql_where=sa.text("variant_id IS NOT NULL"),
    )
    op.create_index(
        "ix_campaign_costs_of_variant",
        "campaign_costs",
        ["workspace_id", "variant_id", "incurred_on", "id"],
        unique=False,
        postgresql_where=sa.text("variant_id IS NOT NULL"),
    )
    op.create_index(
        "ix_consent_entries_of_cause",
        "consent_entries",
        ["workspace_id", "cause_id"],
        unique=False,
        postgresql_where=sa.text("cause_id IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_enrollment_changes_workspace_id_sequence_id_at_id"),
        "enrollment_changes",
        ["workspace_id", "sequence_id", "at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_follow_ups_of_cause",
        "follow_ups",
        ["workspace_id", "cause_id"],
        unique=False,
        postgresql_where=sa.text("cause_id IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_lead_scores_workspace_id_model_key_model_version_lead_id"),
        "lead_scores",
        ["workspace_id", "model_key", "model_version", "lead_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_score_entries_workspace_id_model_key_model_version_at_id"),
        "score_entries",
        ["workspace_id", "model_key", "model_version", "at", "id"],
        unique=False,
    )


def downgrade() -> None:
    """Take the step back."""
    op.drop_index(op.f("ix_score_entries_workspace_id_model_key_model_version_at_id"), table_name="score_entries")
    op.drop_index(op.f("ix_lead_scores_workspace_id_model_key_model_version_lead_id"), table_name="lead_scores")
    op.drop_index("ix_follow_ups_of_cause", table_name="follow_ups", postgresql_where=sa.text("cause_id IS NOT NULL"))
    op.drop_index(op.f("ix_enrollment_changes_workspace_id_sequence_id_at_id"), table_name="enrollment_changes")
    op.drop_index("ix_consent_entries_of_cause", table_name="consent_entries", postgresql_where=sa.text("cause_id IS NOT NULL"))
    op.drop_index("ix_campaign_costs_of_variant", table_name="campaign_costs", postgresql_where=sa.text("variant_id IS NOT NULL"))
    op.drop_index(
        "ix_campaign_budget_lines_of_variant", table_name="campaign_budget_lines", postgresql_where=sa.text("variant_id IS NOT NULL")
    )
