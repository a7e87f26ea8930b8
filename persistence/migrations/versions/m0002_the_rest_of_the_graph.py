"""Create the rest of the graph: what is done with leads."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Take the step forward."""
    op.alter_column("events", "lead_id", existing_type=sa.UUID(), nullable=True)
    op.alter_column("events", "sequence", existing_type=sa.BIGINT(), nullable=True)


def downgrade() -> None:
    """Take the step back."""
    op.alter_column("events", "sequence", existing_type=sa.BIGINT(), nullable=False)
    op.alter_column("events", "lead_id", existing_type=sa.UUID(), nullable=False)
