"""Follow-ups, the policies that make them, and the hours in which teams work."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, Index, Integer, Text, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from persistence.tables.columns import INSTANT, actor, key, refers, stamps, table

follow_ups = table(
    "follow_ups",
    Column("id", Uuid, nullable=False),
    Column("lead_id", Uuid, nullable=False),
    Column("agent_id", Uuid),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("note", Text),
    Column("due_at", INSTANT, nullable=False),
    # The time on the wall that was meant: it has no zone, the zone stands beside it.
    Column("due_local", DateTime(timezone=False), nullable=False),
    Column("due_zone", Text, nullable=False),
    Column("due_adjustment", Text),
    Column("state", Text, nullable=False),
    Column("resolution", Text),
    Column("outcome", Text),
    Column("snoozes", JSONB, nullable=False),
    Column("told_due_at", INSTANT),
    Column("origin", Text, nullable=False),
    Column("cause_id", Uuid),
    Column("policy_version", Integer),
    Column("attempt_number", Integer),
    Column("closed_at", INSTANT),
    *actor("closed_by", required=False),
    *actor(),
    *stamps(),
    key("id"),
    refers("lead_id", "leads", ondelete="CASCADE"),
    refers("agent_id", "agents"),
    Index(None, "workspace_id", "lead_id", "due_at", "id"),
    Index(None, "workspace_id", "due_at", "id"),
    Index("ix_follow_ups_made", "workspace_id", "created_at", "id"),
    Index("ix_follow_ups_of_agent", "workspace_id", "agent_id", "due_at", "id", postgresql_where=text("agent_id IS NOT NULL")),
    Index("ix_follow_ups_of_cause", "workspace_id", "cause_id", postgresql_where=text("cause_id IS NOT NULL")),
    # What is still to be done is little, and what was done grows for ever: whoever asks for the open ones never walks past the others.
    Index("ix_follow_ups_open", "workspace_id", "due_at", "id", postgresql_where=text("state = 'OPEN'")),
    Index("ix_follow_ups_open_of_agent", "workspace_id", "agent_id", "due_at", "id", postgresql_where=text("state = 'OPEN'")),
    Index("ix_follow_ups_untold", "workspace_id", "due_at", postgresql_where=text("state = 'OPEN' AND told_due_at IS NULL")),
)

outcome_policies = table(
    "outcome_policies",
    Column("id", Uuid, nullable=False),
    Column("version", Integer, nullable=False),
    Column("rules", JSONB, nullable=False),
    Column("published_at", INSTANT, nullable=False),
    *actor(),
    key("id"),
    UniqueConstraint("workspace_id", "version"),
)

working_hours = table(
    "working_hours",
    Column("id", Uuid, nullable=False),
    Column("team_id", Uuid),
    Column("time_zone", Text),
    Column("weekly", JSONB),
    Column("holidays", JSONB, nullable=False),
    Column("response_minutes", Integer),
    Column("response_start", Text),
    *stamps(),
    key("id"),
    refers("team_id", "teams", ondelete="CASCADE"),
    # Without a team they are the workspace's own, of which there is one, too.
    Index("uq_working_hours_team", "workspace_id", "team_id", unique=True, postgresql_nulls_not_distinct=True),
)
