"""Work queues, the leads that are ready in them, and who works on which."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Integer, Numeric, SmallInteger, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from persistence.tables.columns import INSTANT, MONEY, actor, key, refers, stamps, table

# Whatever is ordered by, as one number: the largest comes first.
RANK = Numeric(24, 6)

queues = table(
    "queues",
    Column("id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    # The filter as `domain.filter_json` writes it, with its version.
    Column("definition", JSONB, nullable=False),
    Column("channel", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("order", Text, nullable=False),
    *(Column(f"chance_{grade}", SmallInteger, nullable=False) for grade in "abcd"),
    Column("default_value", MONEY, nullable=False),
    Column("rest_minutes", Integer, nullable=False),
    Column("archived_at", INSTANT),
    *stamps(),
    key("id"),
    Index("uq_queues_name", "workspace_id", text("lower(name)"), unique=True, postgresql_where=text("archived_at IS NULL")),
)

queue_fillings = table(
    "queue_fillings",
    Column("queue_id", Uuid, nullable=False),
    Column("filled_at", INSTANT, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("last_rank", RANK),
    Column("last_lead_id", Uuid),
    Column("next_ready_at", INSTANT),
    key("queue_id"),
    refers("queue_id", "queues", ondelete="CASCADE"),
)

queue_items = table(
    "queue_items",
    Column("queue_id", Uuid, nullable=False),
    Column("lead_id", Uuid, nullable=False),
    Column("rank", RANK, nullable=False),
    Column("ready_until", INSTANT),
    key("queue_id", "lead_id"),
    refers("queue_id", "queues", ondelete="CASCADE"),
    refers("lead_id", "leads", ondelete="CASCADE"),
    # The next lead is the first entry of it that nobody else is taking.
    Index("ix_queue_items_next", "workspace_id", "queue_id", text("rank DESC"), "lead_id"),
    Index(None, "workspace_id", "lead_id"),
)

claims = table(
    "claims",
    Column("id", Uuid, nullable=False),
    Column("queue_id", Uuid, nullable=False),
    Column("lead_id", Uuid, nullable=False),
    Column("state", Text, nullable=False),
    Column("claimed_at", INSTANT, nullable=False),
    Column("leased_until", INSTANT, nullable=False),
    Column("ended_at", INSTANT),
    Column("contact_attempt_id", Uuid),
    Column("note", Text),
    *actor(),
    key("id"),
    refers("queue_id", "queues", ondelete="CASCADE"),
    refers("lead_id", "leads", ondelete="CASCADE"),
    refers("contact_attempt_id", "contact_attempts", ondelete="SET NULL"),
    CheckConstraint("(state = 'ACTIVE') = (ended_at IS NULL)", name="ended"),
    # Whatever goes wrong above: a lead is never two people's at a time.
    Index("uq_claims_active", "workspace_id", "lead_id", unique=True, postgresql_where=text("ended_at IS NULL")),
    Index(None, "workspace_id", "lead_id", "claimed_at", "id"),
    Index(None, "workspace_id", "queue_id", "claimed_at", "id"),
    Index(None, "workspace_id", "actor_id", "claimed_at", "id"),
    Index(None, "workspace_id", "contact_attempt_id"),
)
