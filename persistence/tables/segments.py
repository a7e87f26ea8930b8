"""Segments: filters over leads that were saved under a name."""

from __future__ import annotations

from sqlalchemy import Column, Index, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from persistence.tables.columns import key, stamps, table

segments = table(
    "segments",
    Column("id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("description", Text),
    # The filter as `domain.filter_json` writes it, with its version.
    Column("definition", JSONB, nullable=False),
    *stamps(),
    key("id"),
    Index("uq_segments_name", "workspace_id", text("lower(name)"), unique=True),
)
