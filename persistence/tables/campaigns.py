"""Campaigns: their variants, money, members and histories."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, Index, Integer, SmallInteger, Text, UniqueConstraint, Uuid, text

from persistence.tables.columns import INSTANT, MONEY, actor, count, key, refers, stamps, table

campaigns = table(
    "campaigns",
    Column("id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("description", Text),
    Column("type", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("status_since", INSTANT, nullable=False),
    Column("starts_at", INSTANT),
    Column("ends_at", INSTANT),
    Column("started_at", INSTANT),
    Column("ended_at", INSTANT),
    Column("attribution_days", SmallInteger, nullable=False),
    Column("weights_changed_at", INSTANT),
    *stamps(),
    key("id"),
    CheckConstraint("attribution_days BETWEEN 1 AND 730", name="attribution_days"),
    CheckConstraint("status <> 'SCHEDULED' OR starts_at IS NOT NULL", name="scheduled_start"),
    Index("uq_campaigns_name", "workspace_id", text("lower(name)"), unique=True),
    Index(None, "workspace_id", "created_at", "id"),
    # What the clock moves on: the beginnings and ends that are still to come.
    Index("ix_campaigns_to_start", "workspace_id", "starts_at", postgresql_where=text("status = 'SCHEDULED'")),
    Index("ix_campaigns_to_end", "workspace_id", "ends_at", postgresql_where=text("status IN ('RUNNING', 'PAUSED')")),
)

campaign_status_changes = table(
    "campaign_status_changes",
    Column("id", Uuid, nullable=False),
    Column("campaign_id", Uuid, nullable=False),
    Column("from_status", Text),
    Column("to_status", Text, nullable=False),
    Column("reason", Text),
    *actor(),
    Column("at", INSTANT, nullable=False),
    key("id"),
    refers("campaign_id", "campaigns", ondelete="CASCADE"),
    Index(None, "workspace_id", "campaign_id", "at", "id"),
)

campaign_variants = table(
    "campaign_variants",
    Column("id", Uuid, nullable=False),
    Column("campaign_id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("description", Text),
    Column("weight", Integer, nullable=False),
    *stamps(),
    key("id"),
    refers("campaign_id", "campaigns", ondelete="CASCADE"),
    CheckConstraint("weight BETWEEN 1 AND 1000", name="weight"),
    Index("uq_campaign_variants_name", "workspace_id", "campaign_id", text("lower(name)"), unique=True),
)

campaign_members = table(
    "campaign_members",
    Column("id", Uuid, nullable=False),
    Column("campaign_id", Uuid, nullable=False),
    Column("lead_id", Uuid, nullable=False),
    Column("variant_id", Uuid),
    Column("joined_at", INSTANT, nullable=False),
    # Who left keeps the row, and with it the variant and what the campaign did with it.
    Column("left_at", INSTANT),
    Column("sent_at", INSTANT),
    Column("delivered_at", INSTANT),
    Column("opened_at", INSTANT),
    Column("clicked_at", INSTANT),
    Column("responded_at", INSTANT),
    Column("opted_out_at", INSTANT),
    Column("reported_conversion_at", INSTANT),
    count("touches"),
    Column("last_touch_at", INSTANT),
    key("id"),
    refers("campaign_id", "campaigns", ondelete="CASCADE"),
    refers("lead_id", "leads", ondelete="CASCADE"),
    refers("variant_id", "campaign_variants"),
    UniqueConstraint("workspace_id", "campaign_id", "lead_id"),
    Index(None, "workspace_id", "campaign_id", "joined_at", "id"),
    Index(None, "workspace_id", "lead_id", "joined_at", "id"),
    Index(None, "workspace_id", "variant_id", "joined_at", "id"),
)

campaign_budget_lines = table(
    "campaign_budget_lines",
    Column("id", Uuid, nullable=False),
    Column("campaign_id", Uuid, nullable=False),
    Column("label", Text, nullable=False),
    Column("amount", MONEY, nullable=False),
    Column("currency", Text, nullable=False),
    Column("variant_id", Uuid),
    Column("channel", Text),
    *stamps(),
    key("id"),
    refers("campaign_id", "campaigns", ondelete="CASCADE"),
    refers("variant_id", "campaign_variants", ondelete="SET NULL"),
    CheckConstraint("amount >= 0", name="amount"),
    Index(None, "workspace_id", "campaign_id", "created_at", "id"),
    Index("ix_campaign_budget_lines_of_variant", "workspace_id", "variant_id", postgresql_where=text("variant_id IS NOT NULL")),
)

campaign_costs = table(
    "campaign_costs",
    Column("id", Uuid, nullable=False),
    Column("campaign_id", Uuid, nullable=False),
    Column("incurred_on", Date, nullable=False),
    Column("amount", MONEY, nullable=False),
    Column("currency", Text, nullable=False),
    Column("variant_id", Uuid),
    Column("channel", Text),
    Column("note", Text),
    Column("recorded_at", INSTANT, nullable=False),
    *actor(),
    key("id"),
    refers("campaign_id", "campaigns", ondelete="CASCADE"),
    refers("variant_id", "campaign_variants", ondelete="SET NULL"),
    CheckConstraint("amount >= 0", name="amount"),
    Index(None, "workspace_id", "campaign_id", "incurred_on", "id"),
    Index(
        "ix_campaign_costs_of_variant", "workspace_id", "variant_id", "incurred_on", "id", postgresql_where=text("variant_id IS NOT NULL")
    ),
)
