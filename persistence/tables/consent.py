"""What leads agreed to, who must not be contacted, and the rules of when others may be."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Integer, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from persistence.tables.columns import INSTANT, actor, key, refers, table

consent_entries = table(
    "consent_entries",
    Column("id", Uuid, nullable=False),
    Column("lead_id", Uuid, nullable=False),
    Column("channel", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("basis", Text),
    Column("claimed", Boolean, nullable=False),
    Column("source", Text, nullable=False),
    Column("evidence", Text),
    Column("evidence_url", Text),
    Column("at", INSTANT, nullable=False),
    Column("expires_at", INSTANT),
    Column("recorded_at", INSTANT, nullable=False),
    Column("cause_id", Uuid),
    *actor(),
    key("id"),
    refers("lead_id", "leads", ondelete="CASCADE"),
    Index(None, "workspace_id", "lead_id", "at", "id"),
    Index("ix_consent_entries_of_cause", "workspace_id", "cause_id", postgresql_where=text("cause_id IS NOT NULL")),
)

suppressions = table(
    "suppressions",
    Column("id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("lead_id", Uuid),
    Column("address", Text),
    Column("reason", Text, nullable=False),
    Column("note", Text),
    Column("at", INSTANT, nullable=False),
    Column("cause_id", Uuid),
    *actor(),
    Column("lifted_at", INSTANT),
    Column("lift_note", Text),
    *actor("lifted_by", required=False),
    key("id"),
    refers("lead_id", "leads", ondelete="CASCADE"),
    CheckConstraint("(kind = 'LEAD') = (lead_id IS NOT NULL) AND (kind = 'ADDRESS') = (address IS NOT NULL)", name="target"),
    # What is suppressed is suppressed once.
    Index(
        "uq_suppressions_address",
        "workspace_id",
        "address",
        "channel",
        unique=True,
        postgresql_where=text("lifted_at IS NULL AND address IS NOT NULL"),
    ),
    Index(
        "uq_suppressions_lead",
        "workspace_id",
        "lead_id",
        "channel",
        unique=True,
        postgresql_where=text("lifted_at IS NULL AND lead_id IS NOT NULL"),
    ),
    Index(
        "uq_suppressions_channel",
        "workspace_id",
        "channel",
        unique=True,
        postgresql_where=text("lifted_at IS NULL AND kind = 'CHANNEL'"),
    ),
    Index(None, "workspace_id", "at", "id"),
    Index(None, "workspace_id", "lead_id", "at", "id"),
)

contact_rules = table(
    "contact_rules",
    Column("id", Uuid, nullable=False),
    Column("version", Integer, nullable=False),
    Column("rules", JSONB, nullable=False),
    Column("note", Text),
    Column("at", INSTANT, nullable=False),
    *actor(),
    key("id"),
    Index("uq_contact_rules_version", "workspace_id", "version", unique=True),
    Index(None, "workspace_id", "at", "id"),
)
