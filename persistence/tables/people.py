"""Agents and their teams."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer, Text, Uuid, text

from persistence.tables.columns import INSTANT, TEXTS, count, key, refers, stamps, table

teams = table(
    "teams",
    Column("id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("manager_id", Uuid),
    *stamps(),
    key("id"),
    Index("uq_teams_name", "workspace_id", text("lower(name)"), unique=True),
    # Teams name their manager and agents their team: the second edge of the circle is added after both tables exist.
    ForeignKeyConstraint(
        ["workspace_id", "manager_id"],
        ["agents.workspace_id", "agents.id"],
        name="fk_teams_manager",
        use_alter=True,
        ondelete="SET NULL (manager_id)",
    ),
)

agents = table(
    "agents",
    Column("id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("team_id", Uuid),
    Column("availability", Text, nullable=False),
    Column("capacity", Integer),
    Column("weight", Integer, nullable=False, server_default=text("1")),
    Column("territories", TEXTS, nullable=False, server_default=text("'{}'")),
    Column("languages", TEXTS, nullable=False, server_default=text("'{}'")),
    Column("sources", TEXTS, nullable=False, server_default=text("'{}'")),
    Column("last_assigned_at", INSTANT),
    count("credit"),
    *stamps(),
    key("id"),
    Index("uq_agents_email", "workspace_id", text("lower(email)"), unique=True),
    refers("team_id", "teams", ondelete="SET NULL"),
    Index(None, "workspace_id", "team_id"),
)
