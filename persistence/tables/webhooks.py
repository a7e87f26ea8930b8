"""Receivers of events, what is on its way to them, and each request that was made."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, SmallInteger, Text, Uuid, text

from persistence.tables.columns import INSTANT, TEXTS, actor, count, key, refers, stamps, table

webhook_endpoints = table(
    "webhook_endpoints",
    Column("id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("types", TEXTS),
    Column("selection", Text),
    Column("state", Text, nullable=False),
    Column("secret", LargeBinary, nullable=False),
    Column("previous_secret", LargeBinary),
    Column("previous_secret_until", INSTANT),
    Column("permissions", TEXTS, nullable=False),
    Column("position_xid", BigInteger, nullable=False),
    Column("position_id", Uuid, nullable=False),
    count("failures"),
    Column("broken_until", INSTANT),
    *actor("created_by"),
    *stamps(),
    key("id"),
    Index("uq_webhook_endpoints_name", "workspace_id", text("lower(name)"), unique=True),
)

webhook_deliveries = table(
    "webhook_deliveries",
    Column("id", Uuid, nullable=False),
    Column("endpoint_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    # No key: events are dropped after their time, and what became of them is kept longer.
    Column("event_id", Uuid, nullable=False),
    # Whose order is kept: the lead's id, or nil for what concerns no lead.
    Column("lane", Uuid, nullable=False),
    Column("xid", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    count("attempts"),
    Column("next_attempt_at", INSTANT),
    Column("lease", Uuid),
    Column("leased_until", INSTANT),
    Column("created_at", INSTANT, nullable=False),
    Column("ended_at", INSTANT),
    key("id"),
    refers("endpoint_id", "webhook_endpoints", ondelete="CASCADE"),
    # An event is delivered to an endpoint once, however often the relay comes by.
    Index("uq_webhook_deliveries_event", "workspace_id", "endpoint_id", "event_id", unique=True, postgresql_where=text("kind = 'EVENT'")),
    Index("ix_webhook_deliveries_due", "workspace_id", "endpoint_id", "next_attempt_at", "id", postgresql_where=text("ended_at IS NULL")),
    Index(
        "ix_webhook_deliveries_lane",
        "workspace_id",
        "endpoint_id",
        "lane",
        "xid",
        "event_id",
        "id",
        postgresql_where=text("ended_at IS NULL"),
    ),
    Index(None, "workspace_id", "endpoint_id", "created_at", "id"),
    Index(None, "workspace_id", "event_id"),
    Index("ix_webhook_deliveries_ended", "workspace_id", "ended_at", postgresql_where=text("ended_at IS NOT NULL")),
)

webhook_attempts = table(
    "webhook_attempts",
    Column("id", Uuid, nullable=False),
    Column("delivery_id", Uuid, nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("status", SmallInteger),
    Column("milliseconds", Integer),
    Column("error", Text),
    Column("excerpt", Text),
    key("id"),
    refers("delivery_id", "webhook_deliveries", ondelete="CASCADE"),
    Index(None, "workspace_id", "delivery_id", "at", "id"),
)
