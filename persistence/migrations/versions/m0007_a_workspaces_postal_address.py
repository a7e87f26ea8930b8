"""Let workspaces say where they are reached by letter."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Take the step forward."""
    op.add_column("workspaces", sa.Column("postal_address", sa.Text(), nullable=True))


def downgrade() -> None:
    """Take the step back."""
    op.drop_column("workspaces", "postal_address")
