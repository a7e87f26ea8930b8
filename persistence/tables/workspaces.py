"""Workspaces, the keys that open them, and the keys that make a request repeatable."""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from persistence.tables.columns import INSTANT, TEXTS, key, refers, stamps, table

workspaces = table(
    "workspaces",
    Column("name", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("country", Text),
    Column("agent_visibility", Text, nullable=False),
    Column("scoring_model", Text, nullable=False),
    # Null: the shipped model of this key. No foreign key, because versions belong to workspaces already; they are never deleted.
    Column("scoring_version_id", Uuid),
    # Events from before may be gone. Null: none are.
    Column("events_since", INSTANT),
    Column("postal_address", Text),
    *stamps(),
    key(),
)

api_keys = table(
    "api_keys",
    Column("id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("hint", Text, nullable=False),
    Column("secret_hash", LargeBinary, nullable=False),
    Column("role", Text, nullable=False),
    Column("agent_id", Uuid),
    Column("scopes", TEXTS),
    Column("created_at", INSTANT, nullable=False),
    Column("expires_at", INSTANT),
    Column("revoked_at", INSTANT),
    Column("last_used_at", INSTANT),
    key("id"),
    refers("agent_id", "agents"),
)

idempotency_keys = table(
    "idempotency_keys",
    Column("key", Text, nullable=False),
    Column("verb", Text, nullable=False),
    Column("fingerprint", LargeBinary, nullable=False),
    Column("result", JSONB),
    Column("answers", JSONB, nullable=False, server_default=text("'{}'")),
    Column("created_at", INSTANT, nullable=False),
    key("key"),
    Index(None, "workspace_id", "created_at"),
)
