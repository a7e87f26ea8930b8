"""Create the rest of the graph: what is done with leads."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Take the step forward."""
    op.create_table(
        "campaigns",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("status_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attribution_days", sa.SmallInteger(), nullable=False),
        sa.Column("weights_changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("status <> 'SCHEDULED' OR starts_at IS NOT NULL", name=op.f("ck_campaigns_scheduled_start")),
        sa.CheckConstraint("attribution_days BETWEEN 1 AND 730", name=op.f("ck_campaigns_attribution_days")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], name=op.f("fk_campaigns_workspace_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_campaigns")),
    )
    op.execute("ALTER TABLE campaigns ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE campaigns FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON campaigns USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_index(
        "ix_campaigns_to_end",
        "campaigns",
        ["workspace_id", "ends_at"],
        unique=False,
        postgresql_where=sa.text("status IN ('RUNNING', 'PAUSED')"),
    )
    op.create_index(
        "ix_campaigns_to_start", "campaigns", ["workspace_id", "starts_at"], unique=False, postgresql_where=sa.text("status = 'SCHEDULED'")
    )
    op.create_index(op.f("ix_campaigns_workspace_id_created_at_id"), "campaigns", ["workspace_id", "created_at", "id"], unique=False)
    op.create_index("uq_campaigns_name", "campaigns", ["workspace_id", sa.literal_column("lower(name)")], unique=True)
    op.create_table(
        "contact_rules",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rules", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.workspace_id"], name=op.f("fk_contact_rules_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_contact_rules")),
    )
    op.execute("ALTER TABLE contact_rules ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE contact_rules FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON contact_rules USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_index(op.f("ix_contact_rules_workspace_id_at_id"), "contact_rules", ["workspace_id", "at", "id"], unique=False)
    op.create_index("uq_contact_rules_version", "contact_rules", ["workspace_id", "version"], unique=True)
    op.create_table(
        "custom_fields",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.workspace_id"], name=op.f("fk_custom_fields_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_custom_fields")),
    )
    op.execute("ALTER TABLE custom_fields ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE custom_fields FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON custom_fields USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_index("uq_custom_fields_key", "custom_fields", ["workspace_id", "key"], unique=True)
    op.create_table(
        "message_templates",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("current_version", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.workspace_id"], name=op.f("fk_message_templates_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_message_templates")),
    )
    op.execute("ALTER TABLE message_templates ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE message_templates FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON message_templates USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_index("uq_message_templates_name", "message_templates", ["workspace_id", sa.literal_column("lower(name)")], unique=True)
    op.create_table(
        "outcome_policies",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rules", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.workspace_id"], name=op.f("fk_outcome_policies_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_outcome_policies")),
        sa.UniqueConstraint("workspace_id", "version", name=op.f("uq_outcome_policies_workspace_id_version")),
    )
    op.execute("ALTER TABLE outcome_policies ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE outcome_policies FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON outcome_policies USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_table(
        "queues",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("definition", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("order", sa.Text(), nullable=False),
        sa.Column("chance_a", sa.SmallInteger(), nullable=False),
        sa.Column("chance_b", sa.SmallInteger(), nullable=False),
        sa.Column("chance_c", sa.SmallInteger(), nullable=False),
        sa.Column("chance_d", sa.SmallInteger(), nullable=False),
        sa.Column("default_value", sa.Numeric(precision=18, scale=3), nullable=False),
        sa.Column("rest_minutes", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], name=op.f("fk_queues_workspace_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_queues")),
    )
    op.execute("ALTER TABLE queues ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE queues FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON queues USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_index(
        "uq_queues_name",
        "queues",
        ["workspace_id", sa.literal_column("lower(name)")],
        unique=True,
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_table(
        "scoring_models",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("published_number", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.workspace_id"], name=op.f("fk_scoring_models_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_scoring_models")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_scoring_models_workspace_id_key")),
    )
    op.execute("ALTER TABLE scoring_models ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE scoring_models FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON scoring_models USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_table(
        "scoring_runs",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("position", sa.Uuid(), nullable=True),
        sa.Column("until_id", sa.Uuid(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.workspace_id"], name=op.f("fk_scoring_runs_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_scoring_runs")),
    )
    op.execute("ALTER TABLE scoring_runs ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE scoring_runs FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON scoring_runs USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_index(
        op.f("ix_scoring_runs_workspace_id_version_id_started_at"),
        "scoring_runs",
        ["workspace_id", "version_id", "started_at"],
        unique=False,
    )
    op.create_index(
        "uq_scoring_runs_open",
        "scoring_runs",
        ["workspace_id"],
        unique=True,
        postgresql_where=sa.text("finished_at IS NULL AND superseded_at IS NULL"),
    )
    op.create_table(
        "segments",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("definition", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], name=op.f("fk_segments_workspace_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_segments")),
    )
    op.execute("ALTER TABLE segments ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE segments FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON segments USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_index("uq_segments_name", "segments", ["workspace_id", sa.literal_column("lower(name)")], unique=True)
    op.create_table(
        "sequences",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("draft", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("published_version", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], name=op.f("fk_sequences_workspace_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_sequences")),
    )
    op.execute("ALTER TABLE sequences ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE sequences FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON sequences USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_index("uq_sequences_name", "sequences", ["workspace_id", sa.literal_column("lower(name)")], unique=True)
    op.create_table(
        "webhook_endpoints",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("types", postgresql.ARRAY(sa.Text()), nullable=True),
        sa.Column("selection", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("previous_secret", sa.LargeBinary(), nullable=True),
        sa.Column("previous_secret_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("permissions", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("position_xid", sa.BigInteger(), nullable=False),
        sa.Column("position_id", sa.Uuid(), nullable=False),
        sa.Column("failures", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("broken_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by_kind", sa.Text(), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.workspace_id"], name=op.f("fk_webhook_endpoints_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_webhook_endpoints")),
    )
    op.execute("ALTER TABLE webhook_endpoints ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE webhook_endpoints FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON webhook_endpoints USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_index("uq_webhook_endpoints_name", "webhook_endpoints", ["workspace_id", sa.literal_column("lower(name)")], unique=True)
    op.create_table(
        "campaign_status_changes",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("from_status", sa.Text(), nullable=True),
        sa.Column("to_status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "campaign_id"],
            ["campaigns.workspace_id", "campaigns.id"],
            name=op.f("fk_campaign_status_changes_workspace_id_campaign_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_campaign_status_changes")),
    )
    op.execute("ALTER TABLE campaign_status_changes ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE campaign_status_changes FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON campaign_status_changes USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_index(
        op.f("ix_campaign_status_changes_workspace_id_campaign_id_at_id"),
        "campaign_status_changes",
        ["workspace_id", "campaign_id", "at", "id"],
        unique=False,
    )
    op.create_table(
        "campaign_variants",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("weight BETWEEN 1 AND 1000", name=op.f("ck_campaign_variants_weight")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "campaign_id"],
            ["campaigns.workspace_id", "campaigns.id"],
            name=op.f("fk_campaign_variants_workspace_id_campaign_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_campaign_variants")),
    )
    op.execute("ALTER TABLE campaign_variants ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE campaign_variants FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON campaign_variants USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_index(
        "uq_campaign_variants_name", "campaign_variants", ["workspace_id", "campaign_id", sa.literal_column("lower(name)")], unique=True
    )
    op.create_table(
        "custom_field_options",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("field_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "field_id"],
            ["custom_fields.workspace_id", "custom_fields.id"],
            name=op.f("fk_custom_field_options_workspace_id_field_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "field_id", "key", name=op.f("pk_custom_field_options")),
    )
    op.execute("ALTER TABLE custom_field_options ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE custom_field_options FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON custom_field_options USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_table(
        "message_template_versions",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("template_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_kind", sa.Text(), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "template_id"],
            ["message_templates.workspace_id", "message_templates.id"],
            name=op.f("fk_message_template_versions_workspace_id_template_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_message_template_versions")),
        sa.UniqueConstraint(
            "workspace_id", "template_id", "number", name=op.f("uq_message_template_versions_workspace_id_template_id_number")
        ),
    )
    op.execute("ALTER TABLE message_template_versions ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE message_template_versions FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY workspace ON message_template_versions USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)"
    )
    op.create_table(
        "queue_fillings",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("queue_id", sa.Uuid(), nullable=False),
        sa.Column("filled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("last_rank", sa.Numeric(precision=24, scale=6), nullable=True),
        sa.Column("last_lead_id", sa.Uuid(), nullable=True),
        sa.Column("next_ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "queue_id"],
            ["queues.workspace_id", "queues.id"],
            name=op.f("fk_queue_fillings_workspace_id_queue_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "queue_id", name=op.f("pk_queue_fillings")),
    )
    op.execute("ALTER TABLE queue_fillings ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE queue_fillings FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON queue_fillings USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_table(
        "scoring_model_versions",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("model_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("definition", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("restored_number", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by_kind", sa.Text(), nullable=True),
        sa.Column("published_by_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(number IS NULL) = (published_at IS NULL)", name=op.f("ck_scoring_model_versions_published")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "model_id"],
            ["scoring_models.workspace_id", "scoring_models.id"],
            name=op.f("fk_scoring_model_versions_workspace_id_model_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_scoring_model_versions")),
        sa.UniqueConstraint("workspace_id", "model_id", "number", name=op.f("uq_scoring_model_versions_workspace_id_model_id_number")),
    )
    op.execute("ALTER TABLE scoring_model_versions ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE scoring_model_versions FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON scoring_model_versions USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_index(
        "uq_scoring_model_versions_draft",
        "scoring_model_versions",
        ["workspace_id", "model_id"],
        unique=True,
        postgresql_where=sa.text("number IS NULL"),
    )
    op.create_table(
        "sequence_versions",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("plan", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("triggers", postgresql.JSONB(astext_type=sa.Text()), sa.Computed("plan -> 'triggers'", persisted=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_kind", sa.Text(), nullable=False),
        sa.Column("published_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "sequence_id"],
            ["sequences.workspace_id", "sequences.id"],
            name=op.f("fk_sequence_versions_workspace_id_sequence_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_sequence_versions")),
        sa.UniqueConstraint("workspace_id", "sequence_id", "number", name=op.f("uq_sequence_versions_workspace_id_sequence_id_number")),
    )
    op.execute("ALTER TABLE sequence_versions ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE sequence_versions FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON sequence_versions USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_table(
        "webhook_deliveries",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("endpoint_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("lane", sa.Uuid(), nullable=False),
        sa.Column("xid", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease", sa.Uuid(), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "endpoint_id"],
            ["webhook_endpoints.workspace_id", "webhook_endpoints.id"],
            name=op.f("fk_webhook_deliveries_workspace_id_endpoint_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_webhook_deliveries")),
    )
    op.execute("ALTER TABLE webhook_deliveries ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE webhook_deliveries FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON webhook_deliveries USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_index(
        "ix_webhook_deliveries_due",
        "webhook_deliveries",
        ["workspace_id", "next_attempt_at"],
        unique=False,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "ix_webhook_deliveries_ended",
        "webhook_deliveries",
        ["workspace_id", "ended_at"],
        unique=False,
        postgresql_where=sa.text("ended_at IS NOT NULL"),
    )
    op.create_index(
        "ix_webhook_deliveries_lane",
        "webhook_deliveries",
        ["workspace_id", "endpoint_id", "lane", "xid", "event_id"],
        unique=False,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        op.f("ix_webhook_deliveries_workspace_id_endpoint_id_created_at_id"),
        "webhook_deliveries",
        ["workspace_id", "endpoint_id", "created_at", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_webhook_deliveries_workspace_id_event_id"), "webhook_deliveries", ["workspace_id", "event_id"], unique=False)
    op.create_index(
        "uq_webhook_deliveries_event",
        "webhook_deliveries",
        ["workspace_id", "endpoint_id", "event_id"],
        unique=True,
        postgresql_where=sa.text("kind = 'EVENT'"),
    )
    op.create_table(
        "working_hours",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("time_zone", sa.Text(), nullable=True),
        sa.Column("weekly", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("holidays", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("response_minutes", sa.Integer(), nullable=True),
        sa.Column("response_start", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"],
            ["teams.workspace_id", "teams.id"],
            name=op.f("fk_working_hours_workspace_id_team_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.workspace_id"], name=op.f("fk_working_hours_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_working_hours")),
    )
    op.execute("ALTER TABLE working_hours ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE working_hours FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON working_hours USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_index("uq_working_hours_team", "working_hours", ["workspace_id", "team_id"], unique=True, postgresql_nulls_not_distinct=True)
    op.create_table(
        "campaign_budget_lines",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=18, scale=3), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("variant_id", sa.Uuid(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_campaign_budget_lines_amount")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "campaign_id"],
            ["campaigns.workspace_id", "campaigns.id"],
            name=op.f("fk_campaign_budget_lines_workspace_id_campaign_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "variant_id"],
            ["campaign_variants.workspace_id", "campaign_variants.id"],
            name=op.f("fk_campaign_budget_lines_workspace_id_variant_id"),
            ondelete="SET NULL (variant_id)",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_campaign_budget_lines")),
    )
    op.execute("ALTER TABLE campaign_budget_lines ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE campaign_budget_lines FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON campaign_budget_lines USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_index(
        op.f("ix_campaign_budget_lines_workspace_id_campaign_id_created_at_id"),
        "campaign_budget_lines",
        ["workspace_id", "campaign_id", "created_at", "id"],
        unique=False,
    )
    op.create_table(
        "campaign_costs",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("incurred_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=18, scale=3), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("variant_id", sa.Uuid(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_campaign_costs_amount")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "campaign_id"],
            ["campaigns.workspace_id", "campaigns.id"],
            name=op.f("fk_campaign_costs_workspace_id_campaign_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "variant_id"],
            ["campaign_variants.workspace_id", "campaign_variants.id"],
            name=op.f("fk_campaign_costs_workspace_id_variant_id"),
            ondelete="SET NULL (variant_id)",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_campaign_costs")),
    )
    op.execute("ALTER TABLE campaign_costs ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE campaign_costs FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON campaign_costs USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_index(
        op.f("ix_campaign_costs_workspace_id_campaign_id_incurred_on_id"),
        "campaign_costs",
        ["workspace_id", "campaign_id", "incurred_on", "id"],
        unique=False,
    )
    op.create_table(
        "webhook_attempts",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=True),
        sa.Column("milliseconds", sa.Integer(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("excerpt", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "delivery_id"],
            ["webhook_deliveries.workspace_id", "webhook_deliveries.id"],
            name=op.f("fk_webhook_attempts_workspace_id_delivery_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_webhook_attempts")),
    )
    op.execute("ALTER TABLE webhook_attempts ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE webhook_attempts FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON webhook_attempts USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_index(
        op.f("ix_webhook_attempts_workspace_id_delivery_id_at_id"),
        "webhook_attempts",
        ["workspace_id", "delivery_id", "at", "id"],
        unique=False,
    )
    op.create_table(
        "campaign_members",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("variant_id", sa.Uuid(), nullable=True),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("clicked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("responded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opted_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reported_conversion_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("touches", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("last_touch_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "campaign_id"],
            ["campaigns.workspace_id", "campaigns.id"],
            name=op.f("fk_campaign_members_workspace_id_campaign_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "lead_id"],
            ["leads.workspace_id", "leads.id"],
            name=op.f("fk_campaign_members_workspace_id_lead_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "variant_id"],
            ["campaign_variants.workspace_id", "campaign_variants.id"],
            name=op.f("fk_campaign_members_workspace_id_variant_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_campaign_members")),
        sa.UniqueConstraint("workspace_id", "campaign_id", "lead_id", name=op.f("uq_campaign_members_workspace_id_campaign_id_lead_id")),
    )
    op.execute("ALTER TABLE campaign_members ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE campaign_members FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON campaign_members USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_index(
        op.f("ix_campaign_members_workspace_id_campaign_id_joined_at_id"),
        "campaign_members",
        ["workspace_id", "campaign_id", "joined_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_campaign_members_workspace_id_lead_id_joined_at_id"),
        "campaign_members",
        ["workspace_id", "lead_id", "joined_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_campaign_members_workspace_id_variant_id_joined_at_id"),
        "campaign_members",
        ["workspace_id", "variant_id", "joined_at", "id"],
        unique=False,
    )
    op.create_table(
        "consent_entries",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("claimed", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("evidence_url", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=True),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "lead_id"],
            ["leads.workspace_id", "leads.id"],
            name=op.f("fk_consent_entries_workspace_id_lead_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_consent_entries")),
    )
    op.execute("ALTER TABLE consent_entries ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE consent_entries FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON consent_entries USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_index(
        op.f("ix_consent_entries_workspace_id_lead_id_at_id"), "consent_entries", ["workspace_id", "lead_id", "at", "id"], unique=False
    )
    op.create_table(
        "custom_values",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("field_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(collation="C"), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "field_id"],
            ["custom_fields.workspace_id", "custom_fields.id"],
            name=op.f("fk_custom_values_workspace_id_field_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "lead_id"],
            ["leads.workspace_id", "leads.id"],
            name=op.f("fk_custom_values_workspace_id_lead_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "lead_id", "field_id", "place", name=op.f("pk_custom_values")),
    )
    op.execute("ALTER TABLE custom_values ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE custom_values FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON custom_values USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_index(
        op.f("ix_custom_values_workspace_id_field_id_sort_key_lead_id"),
        "custom_values",
        ["workspace_id", "field_id", "sort_key", "lead_id"],
        unique=False,
    )
    op.create_table(
        "duplicate_keys",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("signal", sa.Text(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("exact", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "lead_id"],
            ["leads.workspace_id", "leads.id"],
            name=op.f("fk_duplicate_keys_workspace_id_lead_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "lead_id", "signal", "key", name=op.f("pk_duplicate_keys")),
    )
    op.execute("ALTER TABLE duplicate_keys ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE duplicate_keys FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON duplicate_keys USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_index("ix_duplicate_keys_shared", "duplicate_keys", ["workspace_id", "signal", "key", "lead_id", "exact"], unique=False)
    op.create_table(
        "enrollments",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("sequence_id", sa.Uuid(), nullable=False),
        sa.Column("sequence_version_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("step_key", sa.Text(), nullable=True),
        sa.Column("step_entered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("enrolled_by_kind", sa.Text(), nullable=False),
        sa.Column("enrolled_by_id", sa.Uuid(), nullable=True),
        sa.Column("trigger", sa.Text(), nullable=True),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("exit_reason", sa.Text(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(ended_at IS NULL) = (state IN ('ACTIVE', 'PAUSED'))", name=op.f("ck_enrollments_ended_or_live")),
        sa.CheckConstraint("(step_key IS NOT NULL) = (state IN ('ACTIVE', 'PAUSED'))", name=op.f("ck_enrollments_step_while_live")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "lead_id"],
            ["leads.workspace_id", "leads.id"],
            name=op.f("fk_enrollments_workspace_id_lead_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "sequence_id"],
            ["sequences.workspace_id", "sequences.id"],
            name=op.f("fk_enrollments_workspace_id_sequence_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "sequence_version_id"],
            ["sequence_versions.workspace_id", "sequence_versions.id"],
            name=op.f("fk_enrollments_workspace_id_sequence_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_enrollments")),
    )
    op.execute("ALTER TABLE enrollments ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE enrollments FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON enrollments USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_index(
        "ix_enrollments_due",
        "enrollments",
        ["workspace_id", "due_at"],
        unique=False,
        postgresql_where=sa.text("state = 'ACTIVE' AND due_at IS NOT NULL"),
    )
    op.create_index(
        "ix_enrollments_running",
        "enrollments",
        ["workspace_id", "sequence_id", "id"],
        unique=False,
        postgresql_where=sa.text("state IN ('ACTIVE', 'PAUSED')"),
    )
    op.create_index(
        op.f("ix_enrollments_workspace_id_lead_id_enrolled_at_id"),
        "enrollments",
        ["workspace_id", "lead_id", "enrolled_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_enrollments_workspace_id_sequence_id_enrolled_at_id"),
        "enrollments",
        ["workspace_id", "sequence_id", "enrolled_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_enrollments_workspace_id_sequence_version_id_state"),
        "enrollments",
        ["workspace_id", "sequence_version_id", "state"],
        unique=False,
    )
    op.create_index(
        "uq_enrollments_live",
        "enrollments",
        ["workspace_id", "lead_id", "sequence_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('ACTIVE', 'PAUSED')"),
    )
    op.create_table(
        "follow_ups",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_local", sa.DateTime(), nullable=False),
        sa.Column("due_zone", sa.Text(), nullable=False),
        sa.Column("due_adjustment", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("resolution", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("snoozes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("told_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=True),
        sa.Column("policy_version", sa.Integer(), nullable=True),
        sa.Column("attempt_number", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_kind", sa.Text(), nullable=True),
        sa.Column("closed_by_id", sa.Uuid(), nullable=True),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agent_id"], ["agents.workspace_id", "agents.id"], name=op.f("fk_follow_ups_workspace_id_agent_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "lead_id"],
            ["leads.workspace_id", "leads.id"],
            name=op.f("fk_follow_ups_workspace_id_lead_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_follow_ups")),
    )
    op.execute("ALTER TABLE follow_ups ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE follow_ups FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON follow_ups USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_index("ix_follow_ups_made", "follow_ups", ["workspace_id", "created_at", "id"], unique=False)
    op.create_index(
        "ix_follow_ups_of_agent",
        "follow_ups",
        ["workspace_id", "agent_id", "due_at", "id"],
        unique=False,
        postgresql_where=sa.text("agent_id IS NOT NULL"),
    )
    op.create_index(
        "ix_follow_ups_open", "follow_ups", ["workspace_id", "due_at", "id"], unique=False, postgresql_where=sa.text("state = 'OPEN'")
    )
    op.create_index(
        "ix_follow_ups_open_of_agent",
        "follow_ups",
        ["workspace_id", "agent_id", "due_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'OPEN'"),
    )
    op.create_index(
        "ix_follow_ups_untold",
        "follow_ups",
        ["workspace_id", "due_at"],
        unique=False,
        postgresql_where=sa.text("state = 'OPEN' AND told_due_at IS NULL"),
    )
    op.create_index(op.f("ix_follow_ups_workspace_id_due_at_id"), "follow_ups", ["workspace_id", "due_at", "id"], unique=False)
    op.create_index(
        op.f("ix_follow_ups_workspace_id_lead_id_due_at_id"), "follow_ups", ["workspace_id", "lead_id", "due_at", "id"], unique=False
    )
    op.create_table(
        "lead_merges",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("loser_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("decisions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("moved", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("unmerged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unmerged_by_kind", sa.Text(), nullable=True),
        sa.Column("unmerged_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "lead_id"],
            ["leads.workspace_id", "leads.id"],
            name=op.f("fk_lead_merges_workspace_id_lead_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "loser_id"],
            ["leads.workspace_id", "leads.id"],
            name=op.f("fk_lead_merges_workspace_id_loser_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "survivor_id"],
            ["leads.workspace_id", "leads.id"],
            name=op.f("fk_lead_merges_workspace_id_survivor_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_lead_merges")),
    )
    op.execute("ALTER TABLE lead_merges ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE lead_merges FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON lead_merges USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_index(op.f("ix_lead_merges_workspace_id_lead_id_at_id"), "lead_merges", ["workspace_id", "lead_id", "at", "id"], unique=False)
    op.create_index(op.f("ix_lead_merges_workspace_id_loser_id"), "lead_merges", ["workspace_id", "loser_id"], unique=False)
    op.create_index(op.f("ix_lead_merges_workspace_id_survivor_id"), "lead_merges", ["workspace_id", "survivor_id"], unique=False)
    op.create_index(
        "uq_lead_merges_standing", "lead_merges", ["workspace_id", "loser_id"], unique=True, postgresql_where=sa.text("unmerged_at IS NULL")
    )
    op.create_table(
        "queue_items",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("queue_id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Numeric(precision=24, scale=6), nullable=False),
        sa.Column("ready_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "lead_id"],
            ["leads.workspace_id", "leads.id"],
            name=op.f("fk_queue_items_workspace_id_lead_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "queue_id"],
            ["queues.workspace_id", "queues.id"],
            name=op.f("fk_queue_items_workspace_id_queue_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "queue_id", "lead_id", name=op.f("pk_queue_items")),
    )
    op.execute("ALTER TABLE queue_items ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE queue_items FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON queue_items USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_index(
        "ix_queue_items_next", "queue_items", ["workspace_id", "queue_id", sa.literal_column("rank DESC"), "lead_id"], unique=False
    )
    op.create_index(op.f("ix_queue_items_workspace_id_lead_id"), "queue_items", ["workspace_id", "lead_id"], unique=False)
    op.create_table(
        "suppressions",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=True),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lift_note", sa.Text(), nullable=True),
        sa.Column("lifted_by_kind", sa.Text(), nullable=True),
        sa.Column("lifted_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'LEAD') = (lead_id IS NOT NULL) AND (kind = 'ADDRESS') = (address IS NOT NULL)", name=op.f("ck_suppressions_target")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "lead_id"],
            ["leads.workspace_id", "leads.id"],
            name=op.f("fk_suppressions_workspace_id_lead_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.workspace_id"], name=op.f("fk_suppressions_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_suppressions")),
    )
    op.execute("ALTER TABLE suppressions ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE suppressions FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON suppressions USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_index(op.f("ix_suppressions_workspace_id_at_id"), "suppressions", ["workspace_id", "at", "id"], unique=False)
    op.create_index(
        op.f("ix_suppressions_workspace_id_lead_id_at_id"), "suppressions", ["workspace_id", "lead_id", "at", "id"], unique=False
    )
    op.create_index(
        "uq_suppressions_address",
        "suppressions",
        ["workspace_id", "address", "channel"],
        unique=True,
        postgresql_where=sa.text("lifted_at IS NULL AND address IS NOT NULL"),
    )
    op.create_index(
        "uq_suppressions_channel",
        "suppressions",
        ["workspace_id", "channel"],
        unique=True,
        postgresql_where=sa.text("lifted_at IS NULL AND kind = 'CHANNEL'"),
    )
    op.create_index(
        "uq_suppressions_lead",
        "suppressions",
        ["workspace_id", "lead_id", "channel"],
        unique=True,
        postgresql_where=sa.text("lifted_at IS NULL AND lead_id IS NOT NULL"),
    )
    op.create_table(
        "claims",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("queue_id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("contact_attempt_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(state = 'ACTIVE') = (ended_at IS NULL)", name=op.f("ck_claims_ended")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_attempt_id"],
            ["contact_attempts.workspace_id", "contact_attempts.id"],
            name=op.f("fk_claims_workspace_id_contact_attempt_id"),
            ondelete="SET NULL (contact_attempt_id)",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "lead_id"], ["leads.workspace_id", "leads.id"], name=op.f("fk_claims_workspace_id_lead_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "queue_id"],
            ["queues.workspace_id", "queues.id"],
            name=op.f("fk_claims_workspace_id_queue_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_claims")),
    )
    op.execute("ALTER TABLE claims ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE claims FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON claims USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_index(
        op.f("ix_claims_workspace_id_actor_id_claimed_at_id"), "claims", ["workspace_id", "actor_id", "claimed_at", "id"], unique=False
    )
    op.create_index(op.f("ix_claims_workspace_id_contact_attempt_id"), "claims", ["workspace_id", "contact_attempt_id"], unique=False)
    op.create_index(
        op.f("ix_claims_workspace_id_lead_id_claimed_at_id"), "claims", ["workspace_id", "lead_id", "claimed_at", "id"], unique=False
    )
    op.create_index(
        op.f("ix_claims_workspace_id_queue_id_claimed_at_id"), "claims", ["workspace_id", "queue_id", "claimed_at", "id"], unique=False
    )
    op.create_index("uq_claims_active", "claims", ["workspace_id", "lead_id"], unique=True, postgresql_where=sa.text("ended_at IS NULL"))
    op.create_table(
        "enrollment_changes",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrollment_id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("sequence_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("exit_reason", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "enrollment_id"],
            ["enrollments.workspace_id", "enrollments.id"],
            name=op.f("fk_enrollment_changes_workspace_id_enrollment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "lead_id"],
            ["leads.workspace_id", "leads.id"],
            name=op.f("fk_enrollment_changes_workspace_id_lead_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "sequence_id"],
            ["sequences.workspace_id", "sequences.id"],
            name=op.f("fk_enrollment_changes_workspace_id_sequence_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_enrollment_changes")),
    )
    op.execute("ALTER TABLE enrollment_changes ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE enrollment_changes FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON enrollment_changes USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_index(
        op.f("ix_enrollment_changes_workspace_id_enrollment_id_at_id"),
        "enrollment_changes",
        ["workspace_id", "enrollment_id", "at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_enrollment_changes_workspace_id_lead_id_at_id"),
        "enrollment_changes",
        ["workspace_id", "lead_id", "at", "id"],
        unique=False,
    )
    op.create_table(
        "enrollment_steps",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrollment_id", sa.Uuid(), nullable=False),
        sa.Column("sequence_version_id", sa.Uuid(), nullable=False),
        sa.Column("step_key", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.CheckConstraint("(left_at IS NULL) = (outcome = 'WAITING')", name=op.f("ck_enrollment_steps_waits_until_left")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "enrollment_id"],
            ["enrollments.workspace_id", "enrollments.id"],
            name=op.f("fk_enrollment_steps_workspace_id_enrollment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "sequence_version_id"],
            ["sequence_versions.workspace_id", "sequence_versions.id"],
            name=op.f("fk_enrollment_steps_workspace_id_sequence_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_enrollment_steps")),
    )
    op.execute("ALTER TABLE enrollment_steps ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE enrollment_steps FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON enrollment_steps USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_index(
        "ix_enrollment_steps_counted", "enrollment_steps", ["workspace_id", "sequence_version_id", "step_key", "outcome"], unique=False
    )
    op.create_index(
        op.f("ix_enrollment_steps_workspace_id_enrollment_id_entered_at_id"),
        "enrollment_steps",
        ["workspace_id", "enrollment_id", "entered_at", "id"],
        unique=False,
    )
    op.create_index(
        "uq_enrollment_steps_current",
        "enrollment_steps",
        ["workspace_id", "enrollment_id"],
        unique=True,
        postgresql_where=sa.text("left_at IS NULL"),
    )
    op.create_table(
        "merge_parts",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("merge_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("through", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("rows", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "merge_id"],
            ["lead_merges.workspace_id", "lead_merges.id"],
            name=op.f("fk_merge_parts_workspace_id_merge_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "merge_id", "position", name=op.f("pk_merge_parts")),
    )
    op.execute("ALTER TABLE merge_parts ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE merge_parts FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON merge_parts USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.add_column("activities", sa.Column("campaign_id", sa.Uuid(), nullable=True))
    op.create_index(
        "ix_activities_touches",
        "activities",
        ["workspace_id", "campaign_id", "occurred_at", "id"],
        unique=False,
        postgresql_where=sa.text("campaign_id IS NOT NULL"),
    )
    op.create_foreign_key(
        op.f("fk_activities_workspace_id_campaign_id"),
        "activities",
        "campaigns",
        ["workspace_id", "campaign_id"],
        ["workspace_id", "id"],
        postgresql_not_valid=True,
    )
    op.alter_column("events", "lead_id", existing_type=sa.UUID(), nullable=True)
    op.alter_column("events", "sequence", existing_type=sa.BIGINT(), nullable=True)
    op.add_column("leads", sa.Column("merged_into_id", sa.Uuid(), nullable=True))
    op.add_column("leads", sa.Column("first_response_started_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("leads", sa.Column("first_response_due_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("leads", sa.Column("first_response_minutes", sa.Integer(), nullable=True))
    op.add_column("leads", sa.Column("live_enrollments", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.create_index(
        "ix_leads_merged", "leads", ["workspace_id", "merged_into_id"], unique=False, postgresql_where=sa.text("merged_into_id IS NOT NULL")
    )
    op.create_index(
        "ix_leads_waiting",
        "leads",
        ["workspace_id", "first_response_due_at", "id"],
        unique=False,
        postgresql_where=sa.text("first_contacted_at IS NULL AND first_response_due_at IS NOT NULL"),
    )
    op.create_foreign_key(
        op.f("fk_leads_workspace_id_merged_into_id"),
        "leads",
        "leads",
        ["workspace_id", "merged_into_id"],
        ["workspace_id", "id"],
        postgresql_not_valid=True,
    )
    op.add_column("workspaces", sa.Column("scoring_version_id", sa.Uuid(), nullable=True))
    op.add_column("workspaces", sa.Column("events_since", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Take the step back."""
    op.drop_column("workspaces", "events_since")
    op.drop_column("workspaces", "scoring_version_id")
    op.drop_constraint(op.f("fk_leads_workspace_id_merged_into_id"), "leads", type_="foreignkey")
    op.drop_index(
        "ix_leads_waiting", table_name="leads", postgresql_where=sa.text("first_contacted_at IS NULL AND first_response_due_at IS NOT NULL")
    )
    op.drop_index("ix_leads_merged", table_name="leads", postgresql_where=sa.text("merged_into_id IS NOT NULL"))
    op.drop_column("leads", "live_enrollments")
    op.drop_column("leads", "first_response_minutes")
    op.drop_column("leads", "first_response_due_at")
    op.drop_column("leads", "first_response_started_at")
    op.drop_column("leads", "merged_into_id")
    op.alter_column("events", "sequence", existing_type=sa.BIGINT(), nullable=False)
    op.alter_column("events", "lead_id", existing_type=sa.UUID(), nullable=False)
    op.drop_constraint(op.f("fk_activities_workspace_id_campaign_id"), "activities", type_="foreignkey")
    op.drop_index("ix_activities_touches", table_name="activities", postgresql_where=sa.text("campaign_id IS NOT NULL"))
    op.drop_column("activities", "campaign_id")
    op.drop_table("merge_parts")
    op.drop_index("uq_enrollment_steps_current", table_name="enrollment_steps", postgresql_where=sa.text("left_at IS NULL"))
    op.drop_index(op.f("ix_enrollment_steps_workspace_id_enrollment_id_entered_at_id"), table_name="enrollment_steps")
    op.drop_index("ix_enrollment_steps_counted", table_name="enrollment_steps")
    op.drop_table("enrollment_steps")
    op.drop_index(op.f("ix_enrollment_changes_workspace_id_lead_id_at_id"), table_name="enrollment_changes")
    op.drop_index(op.f("ix_enrollment_changes_workspace_id_enrollment_id_at_id"), table_name="enrollment_changes")
    op.drop_table("enrollment_changes")
    op.drop_index("uq_claims_active", table_name="claims", postgresql_where=sa.text("ended_at IS NULL"))
    op.drop_index(op.f("ix_claims_workspace_id_queue_id_claimed_at_id"), table_name="claims")
    op.drop_index(op.f("ix_claims_workspace_id_lead_id_claimed_at_id"), table_name="claims")
    op.drop_index(op.f("ix_claims_workspace_id_contact_attempt_id"), table_name="claims")
    op.drop_index(op.f("ix_claims_workspace_id_actor_id_claimed_at_id"), table_name="claims")
    op.drop_table("claims")
    op.drop_index("uq_suppressions_lead", table_name="suppressions", postgresql_where=sa.text("lifted_at IS NULL AND lead_id IS NOT NULL"))
    op.drop_index("uq_suppressions_channel", table_name="suppressions", postgresql_where=sa.text("lifted_at IS NULL AND kind = 'CHANNEL'"))
    op.drop_index(
        "uq_suppressions_address", table_name="suppressions", postgresql_where=sa.text("lifted_at IS NULL AND address IS NOT NULL")
    )
    op.drop_index(op.f("ix_suppressions_workspace_id_lead_id_at_id"), table_name="suppressions")
    op.drop_index(op.f("ix_suppressions_workspace_id_at_id"), table_name="suppressions")
    op.drop_table("suppressions")
    op.drop_index(op.f("ix_queue_items_workspace_id_lead_id"), table_name="queue_items")
    op.drop_index("ix_queue_items_next", table_name="queue_items")
    op.drop_table("queue_items")
    op.drop_index("uq_lead_merges_standing", table_name="lead_merges", postgresql_where=sa.text("unmerged_at IS NULL"))
    op.drop_index(op.f("ix_lead_merges_workspace_id_survivor_id"), table_name="lead_merges")
    op.drop_index(op.f("ix_lead_merges_workspace_id_loser_id"), table_name="lead_merges")
    op.drop_index(op.f("ix_lead_merges_workspace_id_lead_id_at_id"), table_name="lead_merges")
    op.drop_table("lead_merges")
    op.drop_index(op.f("ix_follow_ups_workspace_id_lead_id_due_at_id"), table_name="follow_ups")
    op.drop_index(op.f("ix_follow_ups_workspace_id_due_at_id"), table_name="follow_ups")
    op.drop_index("ix_follow_ups_untold", table_name="follow_ups", postgresql_where=sa.text("state = 'OPEN' AND told_due_at IS NULL"))
    op.drop_index("ix_follow_ups_open_of_agent", table_name="follow_ups", postgresql_where=sa.text("state = 'OPEN'"))
    op.drop_index("ix_follow_ups_open", table_name="follow_ups", postgresql_where=sa.text("state = 'OPEN'"))
    op.drop_index("ix_follow_ups_of_agent", table_name="follow_ups", postgresql_where=sa.text("agent_id IS NOT NULL"))
    op.drop_index("ix_follow_ups_made", table_name="follow_ups")
    op.drop_table("follow_ups")
    op.drop_index("uq_enrollments_live", table_name="enrollments", postgresql_where=sa.text("state IN ('ACTIVE', 'PAUSED')"))
    op.drop_index(op.f("ix_enrollments_workspace_id_sequence_version_id_state"), table_name="enrollments")
    op.drop_index(op.f("ix_enrollments_workspace_id_sequence_id_enrolled_at_id"), table_name="enrollments")
    op.drop_index(op.f("ix_enrollments_workspace_id_lead_id_enrolled_at_id"), table_name="enrollments")
    op.drop_index("ix_enrollments_running", table_name="enrollments", postgresql_where=sa.text("state IN ('ACTIVE', 'PAUSED')"))
    op.drop_index("ix_enrollments_due", table_name="enrollments", postgresql_where=sa.text("state = 'ACTIVE' AND due_at IS NOT NULL"))
    op.drop_table("enrollments")
    op.drop_index("ix_duplicate_keys_shared", table_name="duplicate_keys")
    op.drop_table("duplicate_keys")
    op.drop_index(op.f("ix_custom_values_workspace_id_field_id_sort_key_lead_id"), table_name="custom_values")
    op.drop_table("custom_values")
    op.drop_index(op.f("ix_consent_entries_workspace_id_lead_id_at_id"), table_name="consent_entries")
    op.drop_table("consent_entries")
    op.drop_index(op.f("ix_campaign_members_workspace_id_variant_id_joined_at_id"), table_name="campaign_members")
    op.drop_index(op.f("ix_campaign_members_workspace_id_lead_id_joined_at_id"), table_name="campaign_members")
    op.drop_index(op.f("ix_campaign_members_workspace_id_campaign_id_joined_at_id"), table_name="campaign_members")
    op.drop_table("campaign_members")
    op.drop_index(op.f("ix_webhook_attempts_workspace_id_delivery_id_at_id"), table_name="webhook_attempts")
    op.drop_table("webhook_attempts")
    op.drop_index(op.f("ix_campaign_costs_workspace_id_campaign_id_incurred_on_id"), table_name="campaign_costs")
    op.drop_table("campaign_costs")
    op.drop_index(op.f("ix_campaign_budget_lines_workspace_id_campaign_id_created_at_id"), table_name="campaign_budget_lines")
    op.drop_table("campaign_budget_lines")
    op.drop_index("uq_working_hours_team", table_name="working_hours", postgresql_nulls_not_distinct=True)
    op.drop_table("working_hours")
    op.drop_index("uq_webhook_deliveries_event", table_name="webhook_deliveries", postgresql_where=sa.text("kind = 'EVENT'"))
    op.drop_index(op.f("ix_webhook_deliveries_workspace_id_event_id"), table_name="webhook_deliveries")
    op.drop_index(op.f("ix_webhook_deliveries_workspace_id_endpoint_id_created_at_id"), table_name="webhook_deliveries")
    op.drop_index("ix_webhook_deliveries_lane", table_name="webhook_deliveries", postgresql_where=sa.text("ended_at IS NULL"))
    op.drop_index("ix_webhook_deliveries_ended", table_name="webhook_deliveries", postgresql_where=sa.text("ended_at IS NOT NULL"))
    op.drop_index("ix_webhook_deliveries_due", table_name="webhook_deliveries", postgresql_where=sa.text("ended_at IS NULL"))
    op.drop_table("webhook_deliveries")
    op.drop_table("sequence_versions")
    op.drop_index("uq_scoring_model_versions_draft", table_name="scoring_model_versions", postgresql_where=sa.text("number IS NULL"))
    op.drop_table("scoring_model_versions")
    op.drop_table("queue_fillings")
    op.drop_table("message_template_versions")
    op.drop_table("custom_field_options")
    op.drop_index("uq_campaign_variants_name", table_name="campaign_variants")
    op.drop_table("campaign_variants")
    op.drop_index(op.f("ix_campaign_status_changes_workspace_id_campaign_id_at_id"), table_name="campaign_status_changes")
    op.drop_table("campaign_status_changes")
    op.drop_index("uq_webhook_endpoints_name", table_name="webhook_endpoints")
    op.drop_table("webhook_endpoints")
    op.drop_index("uq_sequences_name", table_name="sequences")
    op.drop_table("sequences")
    op.drop_index("uq_segments_name", table_name="segments")
    op.drop_table("segments")
    op.drop_index(
        "uq_scoring_runs_open", table_name="scoring_runs", postgresql_where=sa.text("finished_at IS NULL AND superseded_at IS NULL")
    )
    op.drop_index(op.f("ix_scoring_runs_workspace_id_version_id_started_at"), table_name="scoring_runs")
    op.drop_table("scoring_runs")
    op.drop_table("scoring_models")
    op.drop_index("uq_queues_name", table_name="queues", postgresql_where=sa.text("archived_at IS NULL"))
    op.drop_table("queues")
    op.drop_table("outcome_policies")
    op.drop_index("uq_message_templates_name", table_name="message_templates")
    op.drop_table("message_templates")
    op.drop_index("uq_custom_fields_key", table_name="custom_fields")
    op.drop_table("custom_fields")
    op.drop_index("uq_contact_rules_version", table_name="contact_rules")
    op.drop_index(op.f("ix_contact_rules_workspace_id_at_id"), table_name="contact_rules")
    op.drop_table("contact_rules")
    op.drop_index("uq_campaigns_name", table_name="campaigns")
    op.drop_index(op.f("ix_campaigns_workspace_id_created_at_id"), table_name="campaigns")
    op.drop_index("ix_campaigns_to_start", table_name="campaigns", postgresql_where=sa.text("status = 'SCHEDULED'"))
    op.drop_index("ix_campaigns_to_end", table_name="campaigns", postgresql_where=sa.text("status IN ('RUNNING', 'PAUSED')"))
    op.drop_table("campaigns")
