"""Find due deliveries of one receiver, and the first of each lane, without looking at those of others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_DUE = "ix_webhook_deliveries_due"
_LANE = "ix_webhook_deliveries_lane"
_UNDER_WAY = sa.text("ended_at IS NULL")


def upgrade() -> None:
    """Take the step forward."""
    _replace(_DUE, ["workspace_id", "endpoint_id", "next_attempt_at", "id"])
    _replace(_LANE, ["workspace_id", "endpoint_id", "lane", "xid", "event_id", "id"])


def downgrade() -> None:
    """Take the step back."""
    _replace(_DUE, ["workspace_id", "next_attempt_at"])
    _replace(_LANE, ["workspace_id", "endpoint_id", "lane", "xid", "event_id"])


def _replace(name: str, columns: list[str]) -> None:
    op.drop_index(name, table_name="webhook_deliveries")
    op.create_index(name, "webhook_deliveries", columns, postgresql_where=_UNDER_WAY)
