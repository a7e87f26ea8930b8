"""Move enrollments to published versions in runs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Take the step forward."""
    op.create_table(
        "enrollment_runs",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence_id", sa.Uuid(), nullable=False),
        sa.Column("sequence_version_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("running_enrollments", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("position", sa.Uuid(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "sequence_id"],
            ["sequences.workspace_id", "sequences.id"],
            name=op.f("fk_enrollment_runs_workspace_id_sequence_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "sequence_version_id"],
            ["sequence_versions.workspace_id", "sequence_versions.id"],
            name=op.f("fk_enrollment_runs_workspace_id_sequence_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_enrollment_runs")),
        sa.UniqueConstraint("workspace_id", "sequence_version_id", name=op.f("uq_enrollment_runs_workspace_id_sequence_version_id")),
    )
    op.execute("ALTER TABLE enrollment_runs ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE enrollment_runs FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON enrollment_runs USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_index(
        "ix_enrollment_runs_open",
        "enrollment_runs",
        ["workspace_id", "sequence_id", "number"],
        unique=False,
        postgresql_where=sa.text("finished_at IS NULL"),
    )
    op.create_index(
        op.f("ix_enrollment_runs_workspace_id_sequence_id_number"),
        "enrollment_runs",
        ["workspace_id", "sequence_id", "number"],
        unique=False,
    )


def downgrade() -> None:
    """Take the step back."""
    op.drop_index(op.f("ix_enrollment_runs_workspace_id_sequence_id_number"), table_name="enrollment_runs")
    op.drop_index("ix_enrollment_runs_open", table_name="enrollment_runs", postgresql_where=sa.text("finished_at IS NULL"))
    op.drop_table("enrollment_runs")
