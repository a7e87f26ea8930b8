"""Pipelines and their stages."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, SmallInteger, Text, UniqueConstraint, Uuid, text

from persistence.tables.columns import INSTANT, TEXTS, key, refers, stamps, table

pipelines = table(
    "pipelines",
    Column("id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("description", Text),
    Column("archived_at", INSTANT),
    *stamps(),
    key("id"),
    UniqueConstraint("workspace_id", "name"),
)

stages = table(
    "stages",
    Column("id", Uuid, nullable=False),
    Column("pipeline_id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("win_probability", SmallInteger, nullable=False),
    Column("mapped_status", Text),
    Column("rotting_days", Integer),
    Column("required_fields", TEXTS, nullable=False, server_default=text("'{}'")),
    # A deleted stage stays for the histories that name it.
    Column("deleted_at", INSTANT),
    *stamps(),
    key("id"),
    refers("pipeline_id", "pipelines", ondelete="CASCADE"),
    Index("uq_stages_name", "workspace_id", "pipeline_id", "name", unique=True, postgresql_where=text("deleted_at IS NULL")),
    CheckConstraint("win_probability BETWEEN 0 AND 100", name="win_probability"),
)
