"""Scoring models with their versions, and the runs that rescore all leads."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, Text, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from persistence.tables.columns import INSTANT, actor, key, refers, stamps, table

scoring_models = table(
    "scoring_models",
    Column("id", Uuid, nullable=False),
    Column("key", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("description", Text),
    Column("published_number", Integer),
    *stamps(),
    key("id"),
    UniqueConstraint("workspace_id", "key"),
)

scoring_model_versions = table(
    "scoring_model_versions",
    Column("id", Uuid, nullable=False),
    Column("model_id", Uuid, nullable=False),
    # Null: the draft.
    Column("number", Integer),
    Column("definition", JSONB, nullable=False),
    Column("restored_number", Integer),
    Column("published_at", INSTANT),
    *actor("published_by", required=False),
    *stamps(),
    key("id"),
    refers("model_id", "scoring_models", ondelete="CASCADE"),
    UniqueConstraint("workspace_id", "model_id", "number"),
    Index("uq_scoring_model_versions_draft", "workspace_id", "model_id", unique=True, postgresql_where=text("number IS NULL")),
    CheckConstraint("(number IS NULL) = (published_at IS NULL)", name="published"),
)

scoring_runs = table(
    "scoring_runs",
    Column("id", Uuid, nullable=False),
    # No foreign key: the shipped models' versions are not in the database.
    Column("version_id", Uuid, nullable=False),
    Column("total", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("position", Uuid),
    Column("until_id", Uuid),
    Column("started_at", INSTANT, nullable=False),
    Column("finished_at", INSTANT),
    Column("superseded_at", INSTANT),
    key("id"),
    Index(None, "workspace_id", "version_id", "started_at"),
    # One at a time: a later one supersedes the one before.
    Index(
        "uq_scoring_runs_open",
        "workspace_id",
        unique=True,
        postgresql_where=text("finished_at IS NULL AND superseded_at IS NULL"),
    ),
)
