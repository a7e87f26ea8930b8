"""What leads did, and what was tried with them."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Text, UniqueConstraint, Uuid, text

from persistence.tables.columns import INSTANT, actor, key, refers, table

activities = table(
    "activities",
    Column("id", Uuid, nullable=False),
    Column("lead_id", Uuid, nullable=False),
    Column("type", Text, nullable=False),
    Column("occurred_at", INSTANT, nullable=False),
    Column("recorded_at", INSTANT, nullable=False),
    Column("source", Text),
    Column("source_event_id", Text),
    Column("asset", Text),
    Column("subject", Text),
    Column("body", Text),
    Column("agent_id", Uuid),
    *actor(),
    Column("campaign_id", Uuid),
    key("id"),
    refers("lead_id", "leads", ondelete="CASCADE"),
    refers("agent_id", "agents"),
    refers("campaign_id", "campaigns"),
    UniqueConstraint("workspace_id", "source", "source_event_id"),
    Index(None, "workspace_id", "lead_id", "occurred_at", "id"),
    Index(None, "workspace_id", "agent_id", "occurred_at", "id"),
    Index(None, "workspace_id", "occurred_at", "id"),
    Index("ix_activities_touches", "workspace_id", "campaign_id", "occurred_at", "id", postgresql_where=text("campaign_id IS NOT NULL")),
    Index("ix_activities_downloads", "workspace_id", "lead_id", "asset", postgresql_where=text("type = 'CONTENT_DOWNLOADED'")),
)

contact_attempts = table(
    "contact_attempts",
    Column("id", Uuid, nullable=False),
    Column("lead_id", Uuid, nullable=False),
    Column("channel", Text, nullable=False),
    Column("social_network", Text),
    Column("direction", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("occurred_at", INSTANT, nullable=False),
    Column("recorded_at", INSTANT, nullable=False),
    Column("duration_seconds", Integer),
    Column("agent_id", Uuid),
    Column("provider", Text),
    Column("provider_id", Text),
    Column("recording_url", Text),
    Column("transcript_url", Text),
    Column("notes", Text),
    *actor(),
    key("id"),
    refers("lead_id", "leads", ondelete="CASCADE"),
    refers("agent_id", "agents"),
    UniqueConstraint("workspace_id", "provider", "provider_id"),
    Index(None, "workspace_id", "lead_id", "occurred_at", "id"),
    Index(None, "workspace_id", "agent_id", "occurred_at", "id"),
    Index(None, "workspace_id", "occurred_at", "id"),
)
