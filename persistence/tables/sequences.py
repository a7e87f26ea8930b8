"""Sequences and the messages that they send."""

from __future__ import annotations

from sqlalchemy import Column, Computed, Index, Integer, Text, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from persistence.tables.columns import INSTANT, actor, key, refers, stamps, table

message_templates = table(
    "message_templates",
    Column("id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("description", Text),
    Column("channel", Text, nullable=False),
    Column("current_version", Integer, nullable=False),
    Column("archived_at", INSTANT),
    *stamps(),
    key("id"),
    Index("uq_message_templates_name", "workspace_id", text("lower(name)"), unique=True),
)

message_template_versions = table(
    "message_template_versions",
    Column("id", Uuid, nullable=False),
    Column("template_id", Uuid, nullable=False),
    Column("number", Integer, nullable=False),
    Column("content", JSONB, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    *actor("created_by"),
    key("id"),
    refers("template_id", "message_templates", ondelete="CASCADE"),
    UniqueConstraint("workspace_id", "template_id", "number"),
)

sequences = table(
    "sequences",
    Column("id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("description", Text),
    Column("draft", JSONB),
    Column("published_version", Integer),
    Column("archived_at", INSTANT),
    *stamps(),
    key("id"),
    Index("uq_sequences_name", "workspace_id", text("lower(name)"), unique=True),
)

sequence_versions = table(
    "sequence_versions",
    Column("id", Uuid, nullable=False),
    Column("sequence_id", Uuid, nullable=False),
    Column("number", Integer, nullable=False),
    Column("plan", JSONB, nullable=False),
    # Taken out of the plan, which may be long: every change of a lead looks at them.
    Column("triggers", JSONB, Computed("plan -> 'triggers'", persisted=True)),
    Column("published_at", INSTANT, nullable=False),
    *actor("published_by"),
    key("id"),
    refers("sequence_id", "sequences", ondelete="CASCADE"),
    UniqueConstraint("workspace_id", "sequence_id", "number"),
)
