"""Create the tables, with a wall around each workspace."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from persistence.row_security import WORKSPACE_IDS, wall
from persistence.tables import Xid8

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Take the step forward."""
    op.create_table(
        "workspaces",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("agent_visibility", sa.Text(), nullable=False),
        sa.Column("scoring_model", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_workspaces")),
    )
    op.create_table(
        "events",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("xid", Xid8(), server_default=sa.text("pg_current_xact_id()"), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("cause_id", sa.Uuid(), nullable=True),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], name=op.f("fk_events_workspace_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_events")),
        sa.UniqueConstraint("workspace_id", "lead_id", "sequence", name=op.f("uq_events_workspace_id_lead_id_sequence")),
    )
    op.create_index(op.f("ix_events_workspace_id_xid_id"), "events", ["workspace_id", "xid", "id"], unique=False)
    op.create_table(
        "idempotency_keys",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("result", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.workspace_id"], name=op.f("fk_idempotency_keys_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "key", name=op.f("pk_idempotency_keys")),
    )
    op.create_index(op.f("ix_idempotency_keys_workspace_id_created_at"), "idempotency_keys", ["workspace_id", "created_at"], unique=False)
    op.create_table(
        "imports",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("mapping", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("mapping_hash", sa.LargeBinary(), nullable=True),
        sa.Column("content_hash", sa.LargeBinary(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("byte_size", sa.BigInteger(), nullable=True),
        sa.Column("encoding", sa.Text(), nullable=True),
        sa.Column("delimiter", sa.Text(), nullable=True),
        sa.Column("upload_secret_hash", sa.LargeBinary(), nullable=True),
        sa.Column("rows_total", sa.Integer(), nullable=True),
        sa.Column("rows_done", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("created", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("updated", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("unchanged", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("duplicates", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("failed", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("warnings", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("permissions", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("lease", sa.Uuid(), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by_kind", sa.Text(), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], name=op.f("fk_imports_workspace_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_imports")),
    )
    op.create_index(op.f("ix_imports_workspace_id_created_at_id"), "imports", ["workspace_id", "created_at", "id"], unique=False)
    op.create_index(
        "uq_imports_unfinished",
        "imports",
        ["workspace_id", "content_hash", "mapping_hash"],
        unique=True,
        postgresql_where=sa.text("status IN ('QUEUED', 'RUNNING')"),
    )
    op.create_table(
        "pipelines",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], name=op.f("fk_pipelines_workspace_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_pipelines")),
        sa.UniqueConstraint("workspace_id", "name", name=op.f("uq_pipelines_workspace_id_name")),
    )
    op.create_table(
        "tags",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("color", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], name=op.f("fk_tags_workspace_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_tags")),
    )
    op.create_index("uq_tags_name", "tags", ["workspace_id", sa.literal_column("lower(name)")], unique=True)
    op.create_table(
        "teams",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("manager_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "manager_id"],
            ["agents.workspace_id", "agents.id"],
            name="fk_teams_manager",
            ondelete="SET NULL (manager_id)",
            use_alter=True,
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], name=op.f("fk_teams_workspace_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_teams")),
    )
    op.create_index("uq_teams_name", "teams", ["workspace_id", sa.literal_column("lower(name)")], unique=True)
    op.create_table(
        "agents",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("availability", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("weight", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("territories", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("languages", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("sources", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("last_assigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("credit", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"],
            ["teams.workspace_id", "teams.id"],
            name=op.f("fk_agents_workspace_id_team_id"),
            ondelete="SET NULL (team_id)",
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], name=op.f("fk_agents_workspace_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_agents")),
    )
    op.create_index(op.f("ix_agents_workspace_id_team_id"), "agents", ["workspace_id", "team_id"], unique=False)
    op.create_index("uq_agents_email", "agents", ["workspace_id", sa.literal_column("lower(email)")], unique=True)
    op.create_table(
        "import_row_errors",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("problems", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("cells", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "import_id"],
            ["imports.workspace_id", "imports.id"],
            name=op.f("fk_import_row_errors_workspace_id_import_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "import_id", "row_number", name=op.f("pk_import_row_errors")),
    )
    op.create_table(
        "stages",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pipeline_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("win_probability", sa.SmallInteger(), nullable=False),
        sa.Column("mapped_status", sa.Text(), nullable=True),
        sa.Column("rotting_days", sa.Integer(), nullable=True),
        sa.Column("required_fields", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("win_probability BETWEEN 0 AND 100", name=op.f("ck_stages_win_probability")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "pipeline_id"],
            ["pipelines.workspace_id", "pipelines.id"],
            name=op.f("fk_stages_workspace_id_pipeline_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_stages")),
    )
    op.create_index(
        "uq_stages_name", "stages", ["workspace_id", "pipeline_id", "name"], unique=True, postgresql_where=sa.text("deleted_at IS NULL")
    )
    op.create_table(
        "api_keys",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=True),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agent_id"], ["agents.workspace_id", "agents.id"], name=op.f("fk_api_keys_workspace_id_agent_id")
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], name=op.f("fk_api_keys_workspace_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_api_keys")),
    )
    op.create_table(
        "leads",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_name", sa.Text(), nullable=True),
        sa.Column("last_name", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_key", sa.Text(), sa.Computed("lower(email)", persisted=True), nullable=True),
        sa.Column("phones", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("company", sa.Text(), nullable=True),
        sa.Column("industry", sa.Text(), nullable=True),
        sa.Column("employees", sa.Integer(), nullable=True),
        sa.Column("annual_revenue", sa.Numeric(precision=18, scale=3), nullable=True),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("street", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("postal_code", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("time_zone", sa.Text(), nullable=True),
        sa.Column("budget", sa.Text(), nullable=True),
        sa.Column("authority", sa.Text(), nullable=True),
        sa.Column("need", sa.Text(), nullable=True),
        sa.Column("timeline", sa.Text(), nullable=True),
        sa.Column("do_not_call", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("do_not_email", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("first_touch_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_touch_detail", sa.Text(), nullable=True),
        sa.Column("first_utm_source", sa.Text(), nullable=True),
        sa.Column("first_utm_medium", sa.Text(), nullable=True),
        sa.Column("first_utm_campaign", sa.Text(), nullable=True),
        sa.Column("first_utm_term", sa.Text(), nullable=True),
        sa.Column("first_utm_content", sa.Text(), nullable=True),
        sa.Column("last_source", sa.Text(), nullable=False),
        sa.Column("last_touch_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_touch_detail", sa.Text(), nullable=True),
        sa.Column("last_utm_source", sa.Text(), nullable=True),
        sa.Column("last_utm_medium", sa.Text(), nullable=True),
        sa.Column("last_utm_campaign", sa.Text(), nullable=True),
        sa.Column("last_utm_term", sa.Text(), nullable=True),
        sa.Column("last_utm_content", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("status_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pipeline_id", sa.Uuid(), nullable=True),
        sa.Column("stage_id", sa.Uuid(), nullable=True),
        sa.Column("stage_entered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deal_value", sa.Numeric(precision=18, scale=3), nullable=True),
        sa.Column("deal_currency", sa.Text(), nullable=True),
        sa.Column("deal_probability", sa.SmallInteger(), nullable=True),
        sa.Column("expected_close_date", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("score_total", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("temperature", sa.Text(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("scored_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rescore_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pinned_priority", sa.Text(), nullable=True),
        sa.Column("pin_reason", sa.Text(), nullable=True),
        sa.Column("pinned_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("website_visits", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("content_downloads", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("page_views", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("email_opens", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("email_clicks", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("social_engagements", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("contact_requested_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outbound_attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("first_contacted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_contacted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_activity_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("event_sequence", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("(stage_id IS NULL) = (pipeline_id IS NULL)", name=op.f("ck_leads_stage_with_pipeline")),
        sa.CheckConstraint("deal_probability BETWEEN 0 AND 100", name=op.f("ck_leads_deal_probability")),
        sa.CheckConstraint("score_total BETWEEN 0 AND 100", name=op.f("ck_leads_score_total")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"], ["agents.workspace_id", "agents.id"], name=op.f("fk_leads_workspace_id_owner_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "pipeline_id"], ["pipelines.workspace_id", "pipelines.id"], name=op.f("fk_leads_workspace_id_pipeline_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "stage_id"], ["stages.workspace_id", "stages.id"], name=op.f("fk_leads_workspace_id_stage_id")
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], name=op.f("fk_leads_workspace_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_leads")),
    )
    op.create_index(
        "ix_leads_due", "leads", ["workspace_id", "rescore_at"], unique=False, postgresql_where=sa.text("rescore_at IS NOT NULL")
    )
    op.create_index(
        "ix_leads_open",
        "leads",
        ["workspace_id", "owner_id"],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NULL AND status NOT IN ('CLOSED_WON', 'CLOSED_LOST', 'DISQUALIFIED')"),
    )
    op.create_index(
        "ix_leads_owned",
        "leads",
        ["workspace_id", "owner_id", "created_at", "id"],
        unique=False,
        postgresql_where=sa.text("owner_id IS NOT NULL"),
    )
    op.create_index(
        "ix_leads_staged", "leads", ["workspace_id", "stage_id", "id"], unique=False, postgresql_where=sa.text("stage_id IS NOT NULL")
    )
    op.create_index(op.f("ix_leads_workspace_id_created_at_id"), "leads", ["workspace_id", "created_at", "id"], unique=False)
    op.create_index(op.f("ix_leads_workspace_id_email_key"), "leads", ["workspace_id", "email_key"], unique=False)
    op.create_index(op.f("ix_leads_workspace_id_last_activity_at_id"), "leads", ["workspace_id", "last_activity_at", "id"], unique=False)
    op.create_index(op.f("ix_leads_workspace_id_score_total_id"), "leads", ["workspace_id", "score_total", "id"], unique=False)
    op.create_index(
        op.f("ix_leads_workspace_id_status_grade_score_total_id"),
        "leads",
        ["workspace_id", "status", "grade", "score_total", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_leads_workspace_id_updated_at_id"), "leads", ["workspace_id", "updated_at", "id"], unique=False)
    op.create_table(
        "activities",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_event_id", sa.Text(), nullable=True),
        sa.Column("asset", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("agent_id", sa.Uuid(), nullable=True),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agent_id"], ["agents.workspace_id", "agents.id"], name=op.f("fk_activities_workspace_id_agent_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "lead_id"],
            ["leads.workspace_id", "leads.id"],
            name=op.f("fk_activities_workspace_id_lead_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_activities")),
        sa.UniqueConstraint("workspace_id", "source", "source_event_id", name=op.f("uq_activities_workspace_id_source_source_event_id")),
    )
    op.create_index(
        "ix_activities_downloads",
        "activities",
        ["workspace_id", "lead_id", "asset"],
        unique=False,
        postgresql_where=sa.text("type = 'CONTENT_DOWNLOADED'"),
    )
    op.create_index(
        op.f("ix_activities_workspace_id_agent_id_occurred_at_id"),
        "activities",
        ["workspace_id", "agent_id", "occurred_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_activities_workspace_id_lead_id_occurred_at_id"),
        "activities",
        ["workspace_id", "lead_id", "occurred_at", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_activities_workspace_id_occurred_at_id"), "activities", ["workspace_id", "occurred_at", "id"], unique=False)
    op.create_table(
        "assignments",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("from_agent_id", sa.Uuid(), nullable=True),
        sa.Column("agent_id", sa.Uuid(), nullable=True),
        sa.Column("strategy", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agent_id"], ["agents.workspace_id", "agents.id"], name=op.f("fk_assignments_workspace_id_agent_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "from_agent_id"], ["agents.workspace_id", "agents.id"], name=op.f("fk_assignments_workspace_id_from_agent_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "lead_id"],
            ["leads.workspace_id", "leads.id"],
            name=op.f("fk_assignments_workspace_id_lead_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_assignments")),
    )
    op.create_index(
        op.f("ix_assignments_workspace_id_agent_id_at_id"), "assignments", ["workspace_id", "agent_id", "at", "id"], unique=False
    )
    op.create_index(op.f("ix_assignments_workspace_id_lead_id_at_id"), "assignments", ["workspace_id", "lead_id", "at", "id"], unique=False)
    op.create_table(
        "close_date_slips",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=True),
        sa.Column("to_date", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "lead_id"],
            ["leads.workspace_id", "leads.id"],
            name=op.f("fk_close_date_slips_workspace_id_lead_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_close_date_slips")),
    )
    op.create_index(
        op.f("ix_close_date_slips_workspace_id_lead_id_at_id"), "close_date_slips", ["workspace_id", "lead_id", "at", "id"], unique=False
    )
    op.create_table(
        "contact_attempts",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("social_network", sa.Text(), nullable=True),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("duration_seconds", sa.Integer(), nullable=True),
        sa.Column("agent_id", sa.Uuid(), nullable=True),
        sa.Column("provider", sa.Text(), nullable=True),
        sa.Column("provider_id", sa.Text(), nullable=True),
        sa.Column("recording_url", sa.Text(), nullable=True),
        sa.Column("transcript_url", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "agent_id"], ["agents.workspace_id", "agents.id"], name=op.f("fk_contact_attempts_workspace_id_agent_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "lead_id"],
            ["leads.workspace_id", "leads.id"],
            name=op.f("fk_contact_attempts_workspace_id_lead_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_contact_attempts")),
        sa.UniqueConstraint("workspace_id", "provider", "provider_id", name=op.f("uq_contact_attempts_workspace_id_provider_provider_id")),
    )
    op.create_index(
        op.f("ix_contact_attempts_workspace_id_agent_id_occurred_at_id"),
        "contact_attempts",
        ["workspace_id", "agent_id", "occurred_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contact_attempts_workspace_id_lead_id_occurred_at_id"),
        "contact_attempts",
        ["workspace_id", "lead_id", "occurred_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contact_attempts_workspace_id_occurred_at_id"), "contact_attempts", ["workspace_id", "occurred_at", "id"], unique=False
    )
    op.create_table(
        "external_references",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("system", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "lead_id"],
            ["leads.workspace_id", "leads.id"],
            name=op.f("fk_external_references_workspace_id_lead_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "system", "external_id", name=op.f("pk_external_references")),
    )
    op.create_index(op.f("ix_external_references_workspace_id_lead_id"), "external_references", ["workspace_id", "lead_id"], unique=False)
    op.create_table(
        "initial_counts",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("website_visits", sa.Integer(), nullable=True),
        sa.Column("content_downloads", sa.Integer(), nullable=True),
        sa.Column("page_views", sa.Integer(), nullable=True),
        sa.Column("email_opens", sa.Integer(), nullable=True),
        sa.Column("email_clicks", sa.Integer(), nullable=True),
        sa.Column("social_engagements", sa.Integer(), nullable=True),
        sa.Column("outbound_attempts", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "lead_id"],
            ["leads.workspace_id", "leads.id"],
            name=op.f("fk_initial_counts_workspace_id_lead_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "lead_id", name=op.f("pk_initial_counts")),
    )
    op.create_table(
        "lead_scores",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("total", sa.SmallInteger(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("temperature", sa.Text(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("model_key", sa.Text(), nullable=False),
        sa.Column("model_version", sa.Integer(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("breakdown", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "lead_id"],
            ["leads.workspace_id", "leads.id"],
            name=op.f("fk_lead_scores_workspace_id_lead_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "lead_id", name=op.f("pk_lead_scores")),
    )
    op.create_table(
        "lead_tags",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("tag_id", sa.Uuid(), nullable=False),
        sa.Column("tagged_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "lead_id"],
            ["leads.workspace_id", "leads.id"],
            name=op.f("fk_lead_tags_workspace_id_lead_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "tag_id"], ["tags.workspace_id", "tags.id"], name=op.f("fk_lead_tags_workspace_id_tag_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "lead_id", "tag_id", name=op.f("pk_lead_tags")),
    )
    op.create_index(op.f("ix_lead_tags_workspace_id_tag_id_lead_id"), "lead_tags", ["workspace_id", "tag_id", "lead_id"], unique=False)
    op.create_table(
        "score_entries",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("from_total", sa.SmallInteger(), nullable=True),
        sa.Column("total", sa.SmallInteger(), nullable=False),
        sa.Column("from_grade", sa.Text(), nullable=True),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("model_key", sa.Text(), nullable=False),
        sa.Column("model_version", sa.Integer(), nullable=False),
        sa.Column("breakdown", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=True),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "lead_id"],
            ["leads.workspace_id", "leads.id"],
            name=op.f("fk_score_entries_workspace_id_lead_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_score_entries")),
    )
    op.create_index(
        op.f("ix_score_entries_workspace_id_lead_id_at_id"), "score_entries", ["workspace_id", "lead_id", "at", "id"], unique=False
    )
    op.create_table(
        "search_terms",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("term", sa.Text(collation="C"), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "lead_id"],
            ["leads.workspace_id", "leads.id"],
            name=op.f("fk_search_terms_workspace_id_lead_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "term", "lead_id", name=op.f("pk_search_terms")),
    )
    op.create_index(op.f("ix_search_terms_workspace_id_lead_id"), "search_terms", ["workspace_id", "lead_id"], unique=False)
    op.create_table(
        "stage_stays",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("pipeline_id", sa.Uuid(), nullable=False),
        sa.Column("stage_id", sa.Uuid(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by_kind", sa.Text(), nullable=False),
        sa.Column("entered_by_id", sa.Uuid(), nullable=True),
        sa.Column("left_by_kind", sa.Text(), nullable=True),
        sa.Column("left_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "lead_id"],
            ["leads.workspace_id", "leads.id"],
            name=op.f("fk_stage_stays_workspace_id_lead_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "pipeline_id"],
            ["pipelines.workspace_id", "pipelines.id"],
            name=op.f("fk_stage_stays_workspace_id_pipeline_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "stage_id"], ["stages.workspace_id", "stages.id"], name=op.f("fk_stage_stays_workspace_id_stage_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_stage_stays")),
    )
    op.create_index(
        op.f("ix_stage_stays_workspace_id_lead_id_entered_at_id"),
        "stage_stays",
        ["workspace_id", "lead_id", "entered_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_stage_stays_workspace_id_stage_id_entered_at_id"),
        "stage_stays",
        ["workspace_id", "stage_id", "entered_at", "id"],
        unique=False,
    )
    op.create_index(
        "uq_stage_stays_current", "stage_stays", ["workspace_id", "lead_id"], unique=True, postgresql_where=sa.text("left_at IS NULL")
    )
    op.create_table(
        "status_changes",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("from_status", sa.Text(), nullable=True),
        sa.Column("to_status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("forced", sa.Boolean(), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seconds_in_previous", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "lead_id"],
            ["leads.workspace_id", "leads.id"],
            name=op.f("fk_status_changes_workspace_id_lead_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_status_changes")),
    )
    op.create_index(
        op.f("ix_status_changes_workspace_id_lead_id_at_id"), "status_changes", ["workspace_id", "lead_id", "at", "id"], unique=False
    )
    op.create_foreign_key(
        "fk_teams_manager", "teams", "agents", ["workspace_id", "manager_id"], ["workspace_id", "id"], ondelete="SET NULL (manager_id)"
    )
    for table in (
        "activities",
        "agents",
        "api_keys",
        "assignments",
        "close_date_slips",
        "contact_attempts",
        "events",
        "external_references",
        "idempotency_keys",
        "import_row_errors",
        "imports",
        "initial_counts",
        "lead_scores",
        "lead_tags",
        "leads",
        "pipelines",
        "score_entries",
        "search_terms",
        "stage_stays",
        "stages",
        "status_changes",
        "tags",
        "teams",
        "workspaces",
    ):
        for statement in wall(table):
            op.execute(statement)
    for statement in WORKSPACE_IDS:
        op.execute(statement)


def downgrade() -> None:
    """Take the step back."""
    op.execute("DROP FUNCTION workspace_ids()")
    op.drop_constraint("fk_teams_manager", "teams")
    op.drop_index(op.f("ix_status_changes_workspace_id_lead_id_at_id"), table_name="status_changes")
    op.drop_table("status_changes")
    op.drop_index("uq_stage_stays_current", table_name="stage_stays", postgresql_where=sa.text("left_at IS NULL"))
    op.drop_index(op.f("ix_stage_stays_workspace_id_stage_id_entered_at_id"), table_name="stage_stays")
    op.drop_index(op.f("ix_stage_stays_workspace_id_lead_id_entered_at_id"), table_name="stage_stays")
    op.drop_table("stage_stays")
    op.drop_index(op.f("ix_search_terms_workspace_id_lead_id"), table_name="search_terms")
    op.drop_table("search_terms")
    op.drop_index(op.f("ix_score_entries_workspace_id_lead_id_at_id"), table_name="score_entries")
    op.drop_table("score_entries")
    op.drop_index(op.f("ix_lead_tags_workspace_id_tag_id_lead_id"), table_name="lead_tags")
    op.drop_table("lead_tags")
    op.drop_table("lead_scores")
    op.drop_table("initial_counts")
    op.drop_index(op.f("ix_external_references_workspace_id_lead_id"), table_name="external_references")
    op.drop_table("external_references")
    op.drop_index(op.f("ix_contact_attempts_workspace_id_occurred_at_id"), table_name="contact_attempts")
    op.drop_index(op.f("ix_contact_attempts_workspace_id_lead_id_occurred_at_id"), table_name="contact_attempts")
    op.drop_index(op.f("ix_contact_attempts_workspace_id_agent_id_occurred_at_id"), table_name="contact_attempts")
    op.drop_table("contact_attempts")
    op.drop_index(op.f("ix_close_date_slips_workspace_id_lead_id_at_id"), table_name="close_date_slips")
    op.drop_table("close_date_slips")
    op.drop_index(op.f("ix_assignments_workspace_id_lead_id_at_id"), table_name="assignments")
    op.drop_index(op.f("ix_assignments_workspace_id_agent_id_at_id"), table_name="assignments")
    op.drop_table("assignments")
    op.drop_index(op.f("ix_activities_workspace_id_occurred_at_id"), table_name="activities")
    op.drop_index(op.f("ix_activities_workspace_id_lead_id_occurred_at_id"), table_name="activities")
    op.drop_index(op.f("ix_activities_workspace_id_agent_id_occurred_at_id"), table_name="activities")
    op.drop_index("ix_activities_downloads", table_name="activities", postgresql_where=sa.text("type = 'CONTENT_DOWNLOADED'"))
    op.drop_table("activities")
    op.drop_index(op.f("ix_leads_workspace_id_updated_at_id"), table_name="leads")
    op.drop_index(op.f("ix_leads_workspace_id_status_grade_score_total_id"), table_name="leads")
    op.drop_index(op.f("ix_leads_workspace_id_score_total_id"), table_name="leads")
    op.drop_index(op.f("ix_leads_workspace_id_last_activity_at_id"), table_name="leads")
    op.drop_index(op.f("ix_leads_workspace_id_email_key"), table_name="leads")
    op.drop_index(op.f("ix_leads_workspace_id_created_at_id"), table_name="leads")
    op.drop_index("ix_leads_staged", table_name="leads", postgresql_where=sa.text("stage_id IS NOT NULL"))
    op.drop_index("ix_leads_owned", table_name="leads", postgresql_where=sa.text("owner_id IS NOT NULL"))
    op.drop_index(
        "ix_leads_open",
        table_name="leads",
        postgresql_where=sa.text("deleted_at IS NULL AND status NOT IN ('CLOSED_WON', 'CLOSED_LOST', 'DISQUALIFIED')"),
    )
    op.drop_index("ix_leads_due", table_name="leads", postgresql_where=sa.text("rescore_at IS NOT NULL"))
    op.drop_table("leads")
    op.drop_table("api_keys")
    op.drop_index("uq_stages_name", table_name="stages", postgresql_where=sa.text("deleted_at IS NULL"))
    op.drop_table("stages")
    op.drop_table("import_row_errors")
    op.drop_index("uq_agents_email", table_name="agents")
    op.drop_index(op.f("ix_agents_workspace_id_team_id"), table_name="agents")
    op.drop_table("agents")
    op.drop_index("uq_teams_name", table_name="teams")
    op.drop_table("teams")
    op.drop_index("uq_tags_name", table_name="tags")
    op.drop_table("tags")
    op.drop_table("pipelines")
    op.drop_index("uq_imports_unfinished", table_name="imports", postgresql_where=sa.text("status IN ('QUEUED', 'RUNNING')"))
    op.drop_index(op.f("ix_imports_workspace_id_created_at_id"), table_name="imports")
    op.drop_table("imports")
    op.drop_index(op.f("ix_idempotency_keys_workspace_id_created_at"), table_name="idempotency_keys")
    op.drop_table("idempotency_keys")
    op.drop_index(op.f("ix_events_workspace_id_xid_id"), table_name="events")
    op.drop_table("events")
    op.drop_table("workspaces")
