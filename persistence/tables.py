"""Every table of the service. Each starts with `workspace_id`, and every key is composite with it.

Only modules of `persistence` import this one. Enums are stored as text: a new member is a change of code, not of the database.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeEngine, UserDefinedType

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

INSTANT: TypeEngine[Any] = DateTime(timezone=True)
TEXTS: TypeEngine[Any] = ARRAY(Text)
# 18 digits, three of them after the point: the dinars have mils, and no deal has 16 digits before the point.
MONEY: TypeEngine[Any] = Numeric(18, 3)


class Xid8(UserDefinedType[int]):
    """PostgreSQL's 64-bit transaction id."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        return "xid8"


def _table(name: str, *items: SchemaItem) -> Table:
    """Build a workspace's table: `workspace_id` first, and a foreign key to the workspace.

    Where a key to another table must have a value, that key implies the workspace already: a second check of every row would buy nothing.
    """
    required = {item.name for item in items if isinstance(item, Column) and not item.nullable}
    implied = any(isinstance(item, ForeignKeyConstraint) and required.issuperset(item.column_keys[1:]) for item in items)
    workspace = ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], ondelete="CASCADE")
    references = [] if implied or name == "workspaces" else [workspace]
    return Table(name, metadata, Column("workspace_id", Uuid, nullable=False), *items, *references)


def _key(*columns: str) -> PrimaryKeyConstraint:
    return PrimaryKeyConstraint("workspace_id", *columns)


def _refers(columns: str | list[str], target: str, *, ondelete: str | None = None) -> ForeignKeyConstraint:
    """Build a foreign key that cannot leave the workspace. `SET NULL` spares `workspace_id` by naming the column."""
    names = [columns] if isinstance(columns, str) else columns
    action = f"SET NULL ({', '.join(names)})" if ondelete == "SET NULL" else ondelete
    return ForeignKeyConstraint(["workspace_id", *names], [f"{target}.workspace_id", *(f"{target}.id" for _ in names)], ondelete=action)


def _actor(prefix: str = "actor", *, required: bool = True) -> tuple[Column[str], Column[object]]:
    return Column(f"{prefix}_kind", Text, nullable=not required), Column(f"{prefix}_id", Uuid)


def _count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default=text("0"))


def _stamps() -> tuple[Column[int], Column[object], Column[object]]:
    return (
        Column("version", Integer, nullable=False, server_default=text("1")),
        Column("created_at", INSTANT, nullable=False),
        Column("updated_at", INSTANT, nullable=False),
    )


workspaces = _table(
    "workspaces",
    Column("name", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("country", Text),
    Column("agent_visibility", Text, nullable=False),
    Column("scoring_model", Text, nullable=False),
    *_stamps(),
    _key(),
)

api_keys = _table(
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
    _key("id"),
    _refers("agent_id", "agents"),
)

teams = _table(
    "teams",
    Column("id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("manager_id", Uuid),
    *_stamps(),
    _key("id"),
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

agents = _table(
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
    _count("credit"),
    *_stamps(),
    _key("id"),
    Index("uq_agents_email", "workspace_id", text("lower(email)"), unique=True),
    _refers("team_id", "teams", ondelete="SET NULL"),
    Index(None, "workspace_id", "team_id"),
)

pipelines = _table(
    "pipelines",
    Column("id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("description", Text),
    Column("archived_at", INSTANT),
    *_stamps(),
    _key("id"),
    UniqueConstraint("workspace_id", "name"),
)

stages = _table(
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
    *_stamps(),
    _key("id"),
    _refers("pipeline_id", "pipelines", ondelete="CASCADE"),
    Index("uq_stages_name", "workspace_id", "pipeline_id", "name", unique=True, postgresql_where=text("deleted_at IS NULL")),
    CheckConstraint("win_probability BETWEEN 0 AND 100", name="win_probability"),
)

leads = _table(
    "leads",
    Column("id", Uuid, nullable=False),
    *_stamps(),
    Column("deleted_at", INSTANT),
    Column("first_name", Text),
    Column("last_name", Text),
    Column("title", Text),
    Column("email", Text),
    # Stored, because row-level security keeps an index over `lower(email)` from being used: `lower` might leak, an equals sign does not.
    Column("email_key", Text, Computed("lower(email)", persisted=True)),
    Column("phones", TEXTS, nullable=False, server_default=text("'{}'")),
    Column("language", Text),
    Column("company", Text),
    Column("industry", Text),
    Column("employees", Integer),
    Column("annual_revenue", MONEY),
    Column("website", Text),
    Column("street", Text),
    Column("city", Text),
    Column("region", Text),
    Column("postal_code", Text),
    Column("country", Text),
    Column("time_zone", Text),
    Column("budget", Text),
    Column("authority", Text),
    Column("need", Text),
    Column("timeline", Text),
    Column("do_not_call", Boolean, nullable=False, server_default=text("false")),
    Column("do_not_email", Boolean, nullable=False, server_default=text("false")),
    Column("notes", Text),
    Column("source", Text, nullable=False),
    Column("first_touch_at", INSTANT, nullable=False),
    Column("first_touch_detail", Text),
    Column("first_utm_source", Text),
    Column("first_utm_medium", Text),
    Column("first_utm_campaign", Text),
    Column("first_utm_term", Text),
    Column("first_utm_content", Text),
    Column("last_source", Text, nullable=False),
    Column("last_touch_at", INSTANT, nullable=False),
    Column("last_touch_detail", Text),
    Column("last_utm_source", Text),
    Column("last_utm_medium", Text),
    Column("last_utm_campaign", Text),
    Column("last_utm_term", Text),
    Column("last_utm_content", Text),
    Column("status", Text, nullable=False),
    Column("status_since", INSTANT, nullable=False),
    Column("owner_id", Uuid),
    Column("assigned_at", INSTANT),
    Column("pipeline_id", Uuid),
    Column("stage_id", Uuid),
    Column("stage_entered_at", INSTANT),
    Column("deal_value", MONEY),
    Column("deal_currency", Text),
    Column("deal_probability", SmallInteger),
    Column("expected_close_date", Date),
    Column("closed_at", INSTANT),
    Column("score_total", SmallInteger, nullable=False, server_default=text("0")),
    Column("grade", Text, nullable=False),
    Column("temperature", Text, nullable=False),
    Column("priority", Text, nullable=False),
    Column("scored_at", INSTANT),
    Column("rescore_at", INSTANT),
    Column("pinned_priority", Text),
    Column("pin_reason", Text),
    Column("pinned_until", INSTANT),
    _count("website_visits"),
    _count("content_downloads"),
    _count("page_views"),
    _count("email_opens"),
    _count("email_clicks"),
    _count("social_engagements"),
    Column("contact_requested_at", INSTANT),
    _count("outbound_attempts"),
    Column("first_contacted_at", INSTANT),
    Column("last_contacted_at", INSTANT),
    Column("last_activity_at", INSTANT),
    Column("event_sequence", BigInteger, nullable=False, server_default=text("0")),
    _key("id"),
    _refers("owner_id", "agents"),
    _refers("pipeline_id", "pipelines"),
    _refers("stage_id", "stages"),
    CheckConstraint("score_total BETWEEN 0 AND 100", name="score_total"),
    CheckConstraint("deal_probability BETWEEN 0 AND 100", name="deal_probability"),
    CheckConstraint("(stage_id IS NULL) = (pipeline_id IS NULL)", name="stage_with_pipeline"),
    # One index for each order that a list offers; the id makes the order total.
    Index(None, "workspace_id", "created_at", "id"),
    Index(None, "workspace_id", "updated_at", "id"),
    Index(None, "workspace_id", "score_total", "id"),
    Index(None, "workspace_id", "last_activity_at", "id"),
    Index(None, "workspace_id", "status", "grade", "score_total", "id"),
    Index("ix_leads_owned", "workspace_id", "owner_id", "created_at", "id", postgresql_where=text("owner_id IS NOT NULL")),
    Index("ix_leads_staged", "workspace_id", "stage_id", "id", postgresql_where=text("stage_id IS NOT NULL")),
    Index(None, "workspace_id", "email_key"),
    Index(
        "ix_leads_open",
        "workspace_id",
        "owner_id",
        postgresql_where=text("deleted_at IS NULL AND status NOT IN ('CLOSED_WON', 'CLOSED_LOST', 'DISQUALIFIED')"),
    ),
    Index("ix_leads_due", "workspace_id", "rescore_at", postgresql_where=text("rescore_at IS NOT NULL")),
)

initial_counts = _table(
    "initial_counts",
    Column("lead_id", Uuid, nullable=False),
    Column("website_visits", Integer),
    Column("content_downloads", Integer),
    Column("page_views", Integer),
    Column("email_opens", Integer),
    Column("email_clicks", Integer),
    Column("social_engagements", Integer),
    Column("outbound_attempts", Integer),
    _key("lead_id"),
    _refers("lead_id", "leads", ondelete="CASCADE"),
)

search_terms = _table(
    "search_terms",
    # C collation: a prefix is a range of the index, in every database.
    Column("term", Text(collation="C"), nullable=False),
    Column("lead_id", Uuid, nullable=False),
    _key("term", "lead_id"),
    _refers("lead_id", "leads", ondelete="CASCADE"),
    Index(None, "workspace_id", "lead_id"),
)

external_references = _table(
    "external_references",
    Column("system", Text, nullable=False),
    Column("external_id", Text, nullable=False),
    Column("lead_id", Uuid, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    _key("system", "external_id"),
    _refers("lead_id", "leads", ondelete="CASCADE"),
    Index(None, "workspace_id", "lead_id"),
)

tags = _table(
    "tags",
    Column("id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("color", Text),
    *_stamps(),
    _key("id"),
    Index("uq_tags_name", "workspace_id", text("lower(name)"), unique=True),
)

lead_tags = _table(
    "lead_tags",
    Column("lead_id", Uuid, nullable=False),
    Column("tag_id", Uuid, nullable=False),
    Column("tagged_at", INSTANT, nullable=False),
    _key("lead_id", "tag_id"),
    _refers("lead_id", "leads", ondelete="CASCADE"),
    _refers("tag_id", "tags", ondelete="CASCADE"),
    Index(None, "workspace_id", "tag_id", "lead_id"),
)

lead_scores = _table(
    "lead_scores",
    Column("lead_id", Uuid, nullable=False),
    Column("total", SmallInteger, nullable=False),
    Column("grade", Text, nullable=False),
    Column("temperature", Text, nullable=False),
    Column("priority", Text, nullable=False),
    Column("model_key", Text, nullable=False),
    Column("model_version", Integer, nullable=False),
    Column("computed_at", INSTANT, nullable=False),
    Column("breakdown", JSONB, nullable=False),
    _key("lead_id"),
    _refers("lead_id", "leads", ondelete="CASCADE"),
)

score_entries = _table(
    "score_entries",
    Column("id", Uuid, nullable=False),
    Column("lead_id", Uuid, nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("from_total", SmallInteger),
    Column("total", SmallInteger, nullable=False),
    Column("from_grade", Text),
    Column("grade", Text, nullable=False),
    Column("model_key", Text, nullable=False),
    Column("model_version", Integer, nullable=False),
    Column("breakdown", JSONB, nullable=False),
    Column("cause", Text, nullable=False),
    Column("cause_id", Uuid),
    *_actor(),
    _key("id"),
    _refers("lead_id", "leads", ondelete="CASCADE"),
    Index(None, "workspace_id", "lead_id", "at", "id"),
)

status_changes = _table(
    "status_changes",
    Column("id", Uuid, nullable=False),
    Column("lead_id", Uuid, nullable=False),
    Column("from_status", Text),
    Column("to_status", Text, nullable=False),
    Column("reason", Text),
    Column("forced", Boolean, nullable=False),
    *_actor(),
    Column("at", INSTANT, nullable=False),
    Column("seconds_in_previous", BigInteger),
    _key("id"),
    _refers("lead_id", "leads", ondelete="CASCADE"),
    Index(None, "workspace_id", "lead_id", "at", "id"),
)

assignments = _table(
    "assignments",
    Column("id", Uuid, nullable=False),
    Column("lead_id", Uuid, nullable=False),
    Column("from_agent_id", Uuid),
    Column("agent_id", Uuid),
    Column("strategy", Text, nullable=False),
    Column("reason", Text),
    *_actor(),
    Column("at", INSTANT, nullable=False),
    _key("id"),
    _refers("lead_id", "leads", ondelete="CASCADE"),
    _refers("from_agent_id", "agents"),
    _refers("agent_id", "agents"),
    Index(None, "workspace_id", "lead_id", "at", "id"),
    Index(None, "workspace_id", "agent_id", "at", "id"),
)

activities = _table(
    "activities",
    Column("id", Uuid, nullable=False),
    Column("lead_id", Uuid, nullable=False),
    Column("type", Text, nullable=False),
    Column("occurred_at", INSTANT, nullable=False),
    Column("recorded_at", INSTANT, nullable=False),
    Column("source", Text),
    Column("source_event_id", Text),
    Column("asset", Text),
    Column("subject", Text),
    Column("body", Text),
    Column("agent_id", Uuid),
    *_actor(),
    _key("id"),
    _refers("lead_id", "leads", ondelete="CASCADE"),
    _refers("agent_id", "agents"),
    UniqueConstraint("workspace_id", "source", "source_event_id"),
    Index(None, "workspace_id", "lead_id", "occurred_at", "id"),
    Index(None, "workspace_id", "agent_id", "occurred_at", "id"),
    Index(None, "workspace_id", "occurred_at", "id"),
    Index("ix_activities_downloads", "workspace_id", "lead_id", "asset", postgresql_where=text("type = 'CONTENT_DOWNLOADED'")),
)

contact_attempts = _table(
    "contact_attempts",
    Column("id", Uuid, nullable=False),
    Column("lead_id", Uuid, nullable=False),
    Column("channel", Text, nullable=False),
    Column("social_network", Text),
    Column("direction", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("occurred_at", INSTANT, nullable=False),
    Column("recorded_at", INSTANT, nullable=False),
    Column("duration_seconds", Integer),
    Column("agent_id", Uuid),
    Column("provider", Text),
    Column("provider_id", Text),
    Column("recording_url", Text),
    Column("transcript_url", Text),
    Column("notes", Text),
    *_actor(),
    _key("id"),
    _refers("lead_id", "leads", ondelete="CASCADE"),
    _refers("agent_id", "agents"),
    UniqueConstraint("workspace_id", "provider", "provider_id"),
    Index(None, "workspace_id", "lead_id", "occurred_at", "id"),
    Index(None, "workspace_id", "agent_id", "occurred_at", "id"),
    Index(None, "workspace_id", "occurred_at", "id"),
)

stage_stays = _table(
    "stage_stays",
    Column("id", Uuid, nullable=False),
    Column("lead_id", Uuid, nullable=False),
    Column("pipeline_id", Uuid, nullable=False),
    Column("stage_id", Uuid, nullable=False),
    Column("entered_at", INSTANT, nullable=False),
    Column("left_at", INSTANT),
    *_actor("entered_by"),
    *_actor("left_by", required=False),
    _key("id"),
    _refers("lead_id", "leads", ondelete="CASCADE"),
    _refers("pipeline_id", "pipelines"),
    _refers("stage_id", "stages"),
    Index(None, "workspace_id", "lead_id", "entered_at", "id"),
    Index(None, "workspace_id", "stage_id", "entered_at", "id"),
    Index("uq_stage_stays_current", "workspace_id", "lead_id", unique=True, postgresql_where=text("left_at IS NULL")),
)

close_date_slips = _table(
    "close_date_slips",
    Column("id", Uuid, nullable=False),
    Column("lead_id", Uuid, nullable=False),
    Column("from_date", Date),
    Column("to_date", Date),
    Column("at", INSTANT, nullable=False),
    *_actor(),
    _key("id"),
    _refers("lead_id", "leads", ondelete="CASCADE"),
    Index(None, "workspace_id", "lead_id", "at", "id"),
)

events = _table(
    "events",
    Column("id", Uuid, nullable=False),
    Column("lead_id", Uuid, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    # The transaction that wrote the row: readers stay below the oldest running one, so none is ever skipped.
    Column("xid", Xid8, nullable=False, server_default=text("pg_current_xact_id()")),
    Column("type", Text, nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("changes", JSONB, nullable=False),
    Column("cause", Text),
    Column("cause_id", Uuid),
    *_actor(),
    _key("id"),
    UniqueConstraint("workspace_id", "lead_id", "sequence"),
    Index(None, "workspace_id", "xid", "id"),
)

idempotency_keys = _table(
    "idempotency_keys",
    Column("key", Text, nullable=False),
    Column("verb", Text, nullable=False),
    Column("fingerprint", LargeBinary, nullable=False),
    Column("result", JSONB),
    Column("answers", JSONB, nullable=False, server_default=text("'{}'")),
    Column("created_at", INSTANT, nullable=False),
    _key("key"),
    Index(None, "workspace_id", "created_at"),
)

imports = _table(
    "imports",
    Column("id", Uuid, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("mapping", JSONB),
    Column("mapping_hash", LargeBinary),
    Column("content_hash", LargeBinary),
    Column("content", LargeBinary),
    Column("byte_size", BigInteger),
    Column("encoding", Text),
    Column("delimiter", Text),
    Column("upload_secret_hash", LargeBinary),
    Column("rows_total", Integer),
    _count("rows_done"),
    _count("created"),
    _count("updated"),
    _count("unchanged"),
    _count("duplicates"),
    _count("failed"),
    Column("warnings", TEXTS, nullable=False, server_default=text("'{}'")),
    Column("message", Text),
    # What the key that started it may do; the rows are applied as if by that key, long after its request.
    Column("permissions", TEXTS, nullable=False, server_default=text("'{}'")),
    # Whoever holds the lease applies the rows; when it ran out, somebody else may take over.
    Column("lease", Uuid),
    Column("leased_until", INSTANT),
    *_actor("created_by"),
    Column("created_at", INSTANT, nullable=False),
    Column("started_at", INSTANT),
    Column("finished_at", INSTANT),
    _key("id"),
    Index(None, "workspace_id", "created_at", "id"),
    # One file by one mapping is imported once at a time: the second request finds the first.
    Index(
        "uq_imports_unfinished",
        "workspace_id",
        "content_hash",
        "mapping_hash",
        unique=True,
        postgresql_where=text("status IN ('QUEUED', 'RUNNING')"),
    ),
)

import_row_errors = _table(
    "import_row_errors",
    Column("import_id", Uuid, nullable=False),
    Column("row_number", Integer, nullable=False),
    Column("problems", JSONB, nullable=False),
    Column("cells", JSONB, nullable=False),
    _key("import_id", "row_number"),
    _refers("import_id", "imports", ondelete="CASCADE"),
)
