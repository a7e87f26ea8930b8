"""Enrollments: leads on their way through sequences, the steps that they entered, what was done to them, and the runs that move them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, Text, UniqueConstraint, Uuid, text

from persistence.tables.columns import INSTANT, actor, key, refers, table

_LIVE = text("state IN ('ACTIVE', 'PAUSED')")

enrollments = table(
    "enrollments",
    Column("id", Uuid, nullable=False),
    Column("version", Integer, nullable=False),
    Column("lead_id", Uuid, nullable=False),
    Column("sequence_id", Uuid, nullable=False),
    Column("sequence_version_id", Uuid, nullable=False),
    Column("state", Text, nullable=False),
    Column("step_key", Text),
    Column("step_entered_at", INSTANT),
    Column("due_at", INSTANT),
    Column("enrolled_at", INSTANT, nullable=False),
    *actor("enrolled_by"),
    Column("trigger", Text),
    Column("paused_at", INSTANT),
    Column("paused_until", INSTANT),
    Column("ended_at", INSTANT),
    Column("exit_reason", Text),
    Column("updated_at", INSTANT, nullable=False),
    key("id"),
    refers("lead_id", "leads", ondelete="CASCADE"),
    refers("sequence_id", "sequences", ondelete="CASCADE"),
    refers("sequence_version_id", "sequence_versions", ondelete="CASCADE"),
    CheckConstraint("(step_key IS NOT NULL) = (state IN ('ACTIVE', 'PAUSED'))", name="step_while_live"),
    CheckConstraint("(ended_at IS NULL) = (state IN ('ACTIVE', 'PAUSED'))", name="ended_or_live"),
    Index("uq_enrollments_live", "workspace_id", "lead_id", "sequence_id", unique=True, postgresql_where=_LIVE),
    Index(None, "workspace_id", "lead_id", "enrolled_at", "id"),
    Index(None, "workspace_id", "sequence_id", "enrolled_at", "id"),
    Index(None, "workspace_id", "sequence_version_id", "state"),
    Index("ix_enrollments_running", "workspace_id", "sequence_id", "id", postgresql_where=_LIVE),
    Index("ix_enrollments_due", "workspace_id", "due_at", postgresql_where=text("state = 'ACTIVE' AND due_at IS NOT NULL")),
)

enrollment_runs = table(
    "enrollment_runs",
    Column("id", Uuid, nullable=False),
    Column("sequence_id", Uuid, nullable=False),
    Column("sequence_version_id", Uuid, nullable=False),
    Column("number", Integer, nullable=False),
    Column("running_enrollments", Text, nullable=False),
    Column("total", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("moved", Integer, nullable=False),
    Column("position", Uuid),
    Column("started_at", INSTANT, nullable=False),
    Column("finished_at", INSTANT),
    key("id"),
    refers("sequence_id", "sequences", ondelete="CASCADE"),
    refers("sequence_version_id", "sequence_versions", ondelete="CASCADE"),
    UniqueConstraint("workspace_id", "sequence_version_id"),
    Index(None, "workspace_id", "sequence_id", "number"),
    Index("ix_enrollment_runs_open", "workspace_id", "sequence_id", "number", postgresql_where=text("finished_at IS NULL")),
)

enrollment_steps = table(
    "enrollment_steps",
    Column("id", Uuid, nullable=False),
    Column("enrollment_id", Uuid, nullable=False),
    Column("sequence_version_id", Uuid, nullable=False),
    Column("step_key", Text, nullable=False),
    Column("entered_at", INSTANT, nullable=False),
    Column("left_at", INSTANT),
    Column("outcome", Text, nullable=False),
    key("id"),
    refers("enrollment_id", "enrollments", ondelete="CASCADE"),
    refers("sequence_version_id", "sequence_versions", ondelete="CASCADE"),
    CheckConstraint("(left_at IS NULL) = (outcome = 'WAITING')", name="waits_until_left"),
    Index(None, "workspace_id", "enrollment_id", "entered_at", "id"),
    Index("ix_enrollment_steps_counted", "workspace_id", "sequence_version_id", "step_key", "outcome"),
    Index("uq_enrollment_steps_current", "workspace_id", "enrollment_id", unique=True, postgresql_where=text("left_at IS NULL")),
)

enrollment_changes = table(
    "enrollment_changes",
    Column("id", Uuid, nullable=False),
    Column("enrollment_id", Uuid, nullable=False),
    Column("lead_id", Uuid, nullable=False),
    Column("sequence_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("exit_reason", Text),
    Column("reason", Text),
    *actor(),
    key("id"),
    refers("enrollment_id", "enrollments", ondelete="CASCADE"),
    refers("lead_id", "leads", ondelete="CASCADE"),
    refers("sequence_id", "sequences", ondelete="CASCADE"),
    Index(None, "workspace_id", "lead_id", "at", "id"),
    Index(None, "workspace_id", "enrollment_id", "at", "id"),
    Index(None, "workspace_id", "sequence_id", "at", "id"),
)
