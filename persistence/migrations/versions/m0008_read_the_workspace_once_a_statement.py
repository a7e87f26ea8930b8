"""Let walls read the session's workspace once a statement, cast and all."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"

_ALTER = """
    DO $$
    DECLARE walled text;
    BEGIN
        FOR walled IN SELECT tablename FROM pg_policies WHERE schemaname = 'public' AND policyname = 'workspace' ORDER BY tablename LOOP
            EXECUTE format('ALTER POLICY workspace ON public.%I USING (', walled) || $wall${mine}$wall$ || ')';
        END LOOP;
    END $$
"""


def upgrade() -> None:
    """Take the step forward."""
    op.execute(_ALTER.format(mine="workspace_id = (SELECT current_setting('app.workspace')::uuid)"))


def downgrade() -> None:
    """Take the step back."""
    op.execute(_ALTER.format(mine="workspace_id = (SELECT current_setting('app.workspace'))::uuid"))
