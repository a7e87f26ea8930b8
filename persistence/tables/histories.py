"""What was: scores, statuses, owners, stages and closing dates, each with its instant."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, SmallInteger, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from persistence.tables.columns import INSTANT, actor, key, refers, table

lead_scores = table(
    "lead_scores",
    Column("lead_id", Uuid, nullable=False),
    Column("total", SmallInteger, nullable=False),
    Column("grade", Text, nullable=False),
    Column("temperature", Text, nullable=False),
    Column("priority", Text, nullable=False),
    Column("model_key", Text, nullable=False),
    Column("model_version", Integer, nullable=False),
    Column("computed_at", INSTANT, nullable=False),
    Column("breakdown", JSONB, nullable=False),
    key("lead_id"),
    refers("lead_id", "leads", ondelete="CASCADE"),
    Index(None, "workspace_id", "model_key", "model_version", "lead_id"),
)

score_entries = table(
    "score_entries",
    Column("id", Uuid, nullable=False),
    Column("lead_id", Uuid, nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("from_total", SmallInteger),
    Column("total", SmallInteger, nullable=False),
    Column("from_grade", Text),
    Column("grade", Text, nullable=False),
    Column("model_key", Text, nullable=False),
    Column("model_version", Integer, nullable=False),
    Column("breakdown", JSONB, nullable=False),
    Column("cause", Text, nullable=False),
    Column("cause_id", Uuid),
    *actor(),
    key("id"),
    refers("lead_id", "leads", ondelete="CASCADE"),
    Index(None, "workspace_id", "lead_id", "at", "id"),
    Index(None, "workspace_id", "model_key", "model_version", "at", "id"),
)

status_changes = table(
    "status_changes",
    Column("id", Uuid, nullable=False),
    Column("lead_id", Uuid, nullable=False),
    Column("from_status", Text),
    Column("to_status", Text, nullable=False),
    Column("reason", Text),
    Column("forced", Boolean, nullable=False),
    *actor(),
    Column("at", INSTANT, nullable=False),
    Column("seconds_in_previous", BigInteger),
    key("id"),
    refers("lead_id", "leads", ondelete="CASCADE"),
    Index(None, "workspace_id", "lead_id", "at", "id"),
)

assignments = table(
    "assignments",
    Column("id", Uuid, nullable=False),
    Column("lead_id", Uuid, nullable=False),
    Column("from_agent_id", Uuid),
    Column("agent_id", Uuid),
    Column("strategy", Text, nullable=False),
    Column("reason", Text),
    *actor(),
    Column("at", INSTANT, nullable=False),
    key("id"),
    refers("lead_id", "leads", ondelete="CASCADE"),
    refers("from_agent_id", "agents"),
    refers("agent_id", "agents"),
    Index(None, "workspace_id", "lead_id", "at", "id"),
    Index(None, "workspace_id", "agent_id", "at", "id"),
)

stage_stays = table(
    "stage_stays",
    Column("id", Uuid, nullable=False),
    Column("lead_id", Uuid, nullable=False),
    Column("pipeline_id", Uuid, nullable=False),
    Column("stage_id", Uuid, nullable=False),
    Column("entered_at", INSTANT, nullable=False),
    Column("left_at", INSTANT),
    *actor("entered_by"),
    *actor("left_by", required=False),
    key("id"),
    refers("lead_id", "leads", ondelete="CASCADE"),
    refers("pipeline_id", "pipelines"),
    refers("stage_id", "stages"),
    Index(None, "workspace_id", "lead_id", "entered_at", "id"),
    Index(None, "workspace_id", "stage_id", "entered_at", "id"),
    Index("uq_stage_stays_current", "workspace_id", "lead_id", unique=True, postgresql_where=text("left_at IS NULL")),
)

close_date_slips = table(
    "close_date_slips",
    Column("id", Uuid, nullable=False),
    Column("lead_id", Uuid, nullable=False),
    Column("from_date", Date),
    Column("to_date", Date),
    Column("at", INSTANT, nullable=False),
    *actor(),
    key("id"),
    refers("lead_id", "leads", ondelete="CASCADE"),
    Index(None, "workspace_id", "lead_id", "at", "id"),
)
