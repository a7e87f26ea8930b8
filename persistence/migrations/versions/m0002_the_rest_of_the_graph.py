"""Create the rest of the graph: what is done with leads."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Take the step forward."""
    op.create_table(
        "message_templates",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("current_version", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.workspace_id"], name=op.f("fk_message_templates_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_message_templates")),
    )
    op.execute("ALTER TABLE message_templates ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE message_templates FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON message_templates USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_index("uq_message_templates_name", "message_templates", ["workspace_id", sa.literal_column("lower(name)")], unique=True)
    op.create_table(
        "sequences",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("draft", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("published_version", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], name=op.f("fk_sequences_workspace_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_sequences")),
    )
    op.execute("ALTER TABLE sequences ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE sequences FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON sequences USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.create_index("uq_sequences_name", "sequences", ["workspace_id", sa.literal_column("lower(name)")], unique=True)
    op.create_table(
        "message_template_versions",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("template_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_kind", sa.Text(), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "template_id"],
            ["message_templates.workspace_id", "message_templates.id"],
            name=op.f("fk_message_template_versions_workspace_id_template_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_message_template_versions")),
        sa.UniqueConstraint(
            "workspace_id", "template_id", "number", name=op.f("uq_message_template_versions_workspace_id_template_id_number")
        ),
    )
    op.execute("ALTER TABLE message_template_versions ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE message_template_versions FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY workspace ON message_template_versions USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)"
    )
    op.create_table(
        "sequence_versions",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("plan", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_kind", sa.Text(), nullable=False),
        sa.Column("published_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "sequence_id"],
            ["sequences.workspace_id", "sequences.id"],
            name=op.f("fk_sequence_versions_workspace_id_sequence_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_sequence_versions")),
        sa.UniqueConstraint("workspace_id", "sequence_id", "number", name=op.f("uq_sequence_versions_workspace_id_sequence_id_number")),
    )
    op.execute("ALTER TABLE sequence_versions ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE sequence_versions FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY workspace ON sequence_versions USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)")
    op.alter_column("events", "lead_id", existing_type=sa.UUID(), nullable=True)
    op.alter_column("events", "sequence", existing_type=sa.BIGINT(), nullable=True)


def downgrade() -> None:
    """Take the step back."""
    op.alter_column("events", "sequence", existing_type=sa.BIGINT(), nullable=False)
    op.alter_column("events", "lead_id", existing_type=sa.UUID(), nullable=False)
    op.drop_table("sequence_versions")
    op.drop_table("message_template_versions")
    op.drop_index("uq_sequences_name", table_name="sequences")
    op.drop_table("sequences")
    op.drop_index("uq_message_templates_name", table_name="message_templates")
    op.drop_table("message_templates")
