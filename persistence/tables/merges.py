"""Leads that were merged, what that moved, and the keys by which duplicates are found."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from persistence.tables.columns import INSTANT, actor, key, refers, table

lead_merges = table(
    "lead_merges",
    Column("id", Uuid, nullable=False),
    # Whose timeline shows it: the survivor's, or that of the lead which the survivor itself was merged into later.
    Column("lead_id", Uuid, nullable=False),
    Column("survivor_id", Uuid, nullable=False),
    Column("loser_id", Uuid, nullable=False),
    Column("at", INSTANT, nullable=False),
    *actor(),
    Column("decisions", JSONB, nullable=False),
    Column("moved", JSONB, nullable=False),
    Column("unmerged_at", INSTANT),
    *actor("unmerged_by", required=False),
    key("id"),
    refers("lead_id", "leads", ondelete="CASCADE"),
    refers("survivor_id", "leads", ondelete="CASCADE"),
    refers("loser_id", "leads", ondelete="CASCADE"),
    Index(None, "workspace_id", "lead_id", "at", "id"),
    Index(None, "workspace_id", "survivor_id"),
    Index(None, "workspace_id", "loser_id"),
    Index("uq_lead_merges_standing", "workspace_id", "loser_id", unique=True, postgresql_where=text("unmerged_at IS NULL")),
)

# What an unmerge needs: for each step of the merge the keys or the whole rows that it touched, undone in the opposite order.
merge_parts = table(
    "merge_parts",
    Column("merge_id", Uuid, nullable=False),
    Column("position", Integer, nullable=False),
    Column("relation", Text, nullable=False),
    Column("through", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("rows", JSONB, nullable=False),
    key("merge_id", "position"),
    refers("merge_id", "lead_merges", ondelete="CASCADE"),
)

# Leads that share a row's signal and key may be one person. Only leads that are there have keys; `exact` tells spellings of one key apart.
duplicate_keys = table(
    "duplicate_keys",
    Column("lead_id", Uuid, nullable=False),
    Column("signal", Text, nullable=False),
    Column("key", Uuid, nullable=False),
    Column("exact", BigInteger),
    key("lead_id", "signal", "key"),
    refers("lead_id", "leads", ondelete="CASCADE"),
    Index("ix_duplicate_keys_shared", "workspace_id", "signal", "key", "lead_id", "exact"),
)
