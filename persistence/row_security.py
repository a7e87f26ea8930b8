"""The second wall: row-level security, for migrations to put on every table."""

from __future__ import annotations

# No missing-ok flag: a session that names no workspace is an error, never an empty answer. Read and cast once a statement, inside the
# subquery: outside of it the cast is made anew for each row that a nested list is read for.
_MINE = "workspace_id = (SELECT current_setting('app.workspace')::uuid)"


def wall(table: str) -> tuple[str, ...]:
    """Build the statements that keep every role, the owner too, inside the workspace that its session names."""
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        # What may be read may be written, and nothing else: without WITH CHECK, USING counts for both.
        f"CREATE POLICY workspace ON {table} USING ({_MINE})",
    )


# The owner, and nobody else, may look over the wall of one table, so that a function of the owner's can list ids, and ids only.
WORKSPACE_IDS = (
    "CREATE POLICY owner ON workspaces FOR SELECT TO CURRENT_USER USING (true)",
    """
    CREATE FUNCTION workspace_ids() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS 'SELECT workspace_id FROM workspaces ORDER BY workspace_id'
    """,
    "REVOKE ALL ON FUNCTION workspace_ids() FROM PUBLIC",
)
