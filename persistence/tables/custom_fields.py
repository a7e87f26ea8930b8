"""Fields that workspaces define, their options, and what leads hold in them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, SmallInteger, Text, Uuid, text

from persistence.tables.columns import INSTANT, key, refers, stamps, table

custom_fields = table(
    "custom_fields",
    Column("id", Uuid, nullable=False),
    Column("key", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("description", Text),
    Column("type", Text, nullable=False),
    Column("required", Boolean, nullable=False),
    Column("archived_at", INSTANT),
    *stamps(),
    key("id"),
    Index("uq_custom_fields_key", "workspace_id", "key", unique=True),
)

custom_field_options = table(
    "custom_field_options",
    Column("field_id", Uuid, nullable=False),
    Column("key", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("position", SmallInteger, nullable=False),
    Column("archived_at", INSTANT),
    key("field_id", "key"),
    refers("field_id", "custom_fields", ondelete="CASCADE"),
)

# A choice of several options has a row for each; `place` counts them from 0, and is 0 for everything else.
custom_values = table(
    "custom_values",
    Column("lead_id", Uuid, nullable=False),
    Column("field_id", Uuid, nullable=False),
    Column("place", SmallInteger, nullable=False, server_default=text("0")),
    Column("value", Text, nullable=False),
    # Sorts and compares as the values do (`domain.custom_values`), in every database alike.
    Column("sort_key", Text(collation="C"), nullable=False),
    key("lead_id", "field_id", "place"),
    refers("lead_id", "leads", ondelete="CASCADE"),
    refers("field_id", "custom_fields", ondelete="CASCADE"),
    Index(None, "workspace_id", "field_id", "sort_key", "lead_id"),
)
