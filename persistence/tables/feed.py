"""The feed of events."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from persistence.tables.columns import INSTANT, Xid8, actor, key, table

events = table(
    "events",
    Column("id", Uuid, nullable=False),
    # Both are null where an event is about the workspace and no lead.
    Column("lead_id", Uuid),
    Column("sequence", BigInteger),
    # The transaction that wrote the row: readers stay below the oldest running one, so none is ever skipped.
    Column("xid", Xid8, nullable=False, server_default=text("pg_current_xact_id()")),
    Column("type", Text, nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("changes", JSONB, nullable=False),
    Column("cause", Text),
    Column("cause_id", Uuid),
    *actor(),
    key("id"),
    # A lead's numbers are unique within a partition; beyond it the counter of the lead sees to that, under its lock.
    Index(None, "workspace_id", "xid", "id"),
    # An id says when it was made, so a range of ids is a range of time; the migration and its functions make the partitions.
    divided_by="RANGE (id)",
)
