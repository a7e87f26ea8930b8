"""Divide the feed by the time at which its events were written, so that old ones are dropped and not deleted."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"

_WALL = (
    "ALTER TABLE events ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE events FORCE ROW LEVEL SECURITY",
    "CREATE POLICY workspace ON events USING (workspace_id = (SELECT current_setting('app.workspace'))::uuid)",
)

# What is there becomes the first partition as it is, until the midnight that follows: no row is copied, however many there are.
# Nobody but the owner reaches a partition itself: its schema lets nobody in, and its own row-level security, which has no policy,
# would show nobody anything. What goes through the parent meets the parent's wall.
_DIVIDE = (
    "CREATE SCHEMA feed",
    "ALTER TABLE events SET SCHEMA feed",
    "ALTER TABLE feed.events RENAME TO events_first",
    "DROP POLICY workspace ON feed.events_first",
    "ALTER TABLE feed.events_first NO FORCE ROW LEVEL SECURITY",
    """
    DO $$
    DECLARE grantee text;
    BEGIN
        FOR grantee IN
            SELECT DISTINCT quote_ident(r.rolname)
            FROM pg_class AS c CROSS JOIN aclexplode(c.relacl) AS a JOIN pg_roles AS r ON r.oid = a.grantee
            WHERE c.oid = 'feed.events_first'::regclass AND a.grantee <> c.relowner
        LOOP
            EXECUTE 'REVOKE ALL ON feed.events_first FROM ' || grantee;
        END LOOP;
    END $$
    """,
    "CREATE TABLE events (LIKE feed.events_first INCLUDING DEFAULTS) PARTITION BY RANGE (id)",
    "ALTER TABLE events ADD CONSTRAINT pk_events PRIMARY KEY (workspace_id, id)",
    "ALTER TABLE events ADD CONSTRAINT fk_events_workspace_id FOREIGN KEY (workspace_id) REFERENCES workspaces ON DELETE CASCADE",
    "CREATE INDEX ix_events_workspace_id_xid_id ON events (workspace_id, xid, id)",
    *_WALL,
    "CREATE TABLE feed.events_default (LIKE events INCLUDING DEFAULTS)",
    "ALTER TABLE feed.events_default ADD UNIQUE (workspace_id, lead_id, sequence)",
    "ALTER TABLE feed.events_default ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE events ATTACH PARTITION feed.events_default DEFAULT",
)

# The first 48 bits of an id are the milliseconds at which it was made, so instants and ids are each other's bounds.
_EVENT_ID_AT = """
CREATE FUNCTION feed.event_id_at(instant timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$ SELECT (lpad(to_hex(floor(extract(epoch FROM instant) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid $$
"""

_PARTITIONS = """
CREATE FUNCTION feed.partitions() RETURNS TABLE (partition regclass, ends_at timestamptz)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
    SELECT c.oid::regclass,
           to_timestamp(('x' || translate(substring(b.bounds FROM 'TO \\(''([0-9a-f]{8}-[0-9a-f]{4})'), '-', ''))::bit(48)::bigint / 1000)
    FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid, pg_get_expr(c.relpartbound, c.oid) AS b (bounds)
    WHERE i.inhparent = 'public.events'::regclass AND b.bounds <> 'DEFAULT'
$$
"""

# The application's role owns nothing; these do the three things that it needs an owner for, and nothing else. None waits long for a lock:
# whoever comes after one that waits, waits too.
_MAKE = """
CREATE FUNCTION make_event_partitions(days integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '200ms'
AS $$
DECLARE
    width constant interval := make_interval(hours => 24 * greatest(1, least(days, 366)));
    tomorrow constant timestamptz := date_trunc('day', now(), 'UTC') + interval '24 hours';
    begins timestamptz;
    name text;
    made integer := 0;
BEGIN
    -- Others who make them now make the same.
    IF NOT pg_try_advisory_xact_lock(7311467) THEN
        RETURN 0;
    END IF;
    LOOP
        SELECT max(p.ends_at) INTO begins FROM feed.partitions() AS p;
        EXIT WHEN begins >= now() + width;
        -- When nobody made one in time, what was written since then stays where it is, and the next begins after it.
        begins := greatest(begins, tomorrow);
        name := 'events_' || to_char(begins AT TIME ZONE 'UTC', 'YYYYMMDD');
        EXECUTE format('CREATE TABLE feed.%I (LIKE public.events INCLUDING DEFAULTS)', name);
        EXECUTE format('ALTER TABLE feed.%I ADD UNIQUE (workspace_id, lead_id, sequence)', name);
        EXECUTE format('ALTER TABLE feed.%I ENABLE ROW LEVEL SECURITY', name);
        -- Of whoever's clock is ahead.
        LOCK TABLE feed.events_default IN ACCESS EXCLUSIVE MODE;
        EXECUTE format(
            'WITH moved AS (DELETE FROM feed.events_default WHERE id >= %L AND id < %L RETURNING *) '
            'INSERT INTO feed.%I SELECT * FROM moved',
            feed.event_id_at(begins), feed.event_id_at(begins + width), name
        );
        EXECUTE format(
            'ALTER TABLE public.events ATTACH PARTITION feed.%I FOR VALUES FROM (%L) TO (%L)',
            name, feed.event_id_at(begins), feed.event_id_at(begins + width)
        );
        made := made + 1;
    END LOOP;
    RETURN made;
END $$
"""

_DUE = """
CREATE FUNCTION events_to_drop(before timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE
        WHEN EXISTS (SELECT FROM feed.events_default AS e WHERE e.id < feed.event_id_at(b.until)) THEN b.until
        ELSE (SELECT max(p.ends_at) FROM feed.partitions() AS p WHERE p.ends_at <= b.until)
    END
    FROM (VALUES (least(before, now() - interval '192 hours'))) AS b (until)
$$
"""

_DROP = """
CREATE FUNCTION drop_events(before timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '200ms'
AS $$
DECLARE
    -- Whoever calls: a cursor is good for seven days.
    until constant timestamptz := least(before, now() - interval '192 hours');
    partition regclass;
    gone integer;
BEGIN
    WITH old AS (SELECT e.ctid FROM feed.events_default AS e WHERE e.id < feed.event_id_at(until) LIMIT 1000)
    DELETE FROM feed.events_default AS e USING old WHERE e.ctid = old.ctid;
    GET DIAGNOSTICS gone = ROW_COUNT;
    FOR partition IN SELECT p.partition FROM feed.partitions() AS p WHERE p.ends_at <= until
    LOOP
        -- The feed first, and alone: who holds a partition holds the feed, too, so nothing is waited for once it is there.
        LOCK TABLE ONLY public.events IN ACCESS EXCLUSIVE MODE;
        EXECUTE format('DROP TABLE %s', partition);
        gone := gone + 1;
    END LOOP;
    RETURN gone;
END $$
"""

_FUNCTIONS = ("make_event_partitions(integer)", "events_to_drop(timestamptz)", "drop_events(timestamptz)")

_FILL = (
    """
    DO $$
    DECLARE until constant uuid := feed.event_id_at(date_trunc('day', now(), 'UTC') + interval '24 hours');
    BEGIN
        -- Of whoever's clock was ahead.
        WITH moved AS (DELETE FROM feed.events_first WHERE id >= until RETURNING *) INSERT INTO feed.events_default SELECT * FROM moved;
        EXECUTE format('ALTER TABLE public.events ATTACH PARTITION feed.events_first FOR VALUES FROM (MINVALUE) TO (%L)', until);
    END $$
    """,
    # As wide as those of the thirty days for which events are kept unless somebody says otherwise.
    "SELECT make_event_partitions(7)",
)

_UNITE = (
    "ALTER TABLE events RENAME TO events_divided",
    "ALTER TABLE events_divided NO FORCE ROW LEVEL SECURITY",
    "CREATE TABLE events (LIKE events_divided INCLUDING DEFAULTS)",
    "INSERT INTO events SELECT * FROM events_divided",
    "DROP TABLE events_divided",
    "ALTER TABLE events ADD CONSTRAINT pk_events PRIMARY KEY (workspace_id, id)",
    "ALTER TABLE events ADD CONSTRAINT uq_events_workspace_id_lead_id_sequence UNIQUE (workspace_id, lead_id, sequence)",
    "ALTER TABLE events ADD CONSTRAINT fk_events_workspace_id FOREIGN KEY (workspace_id) REFERENCES workspaces ON DELETE CASCADE",
    "CREATE INDEX ix_events_workspace_id_xid_id ON events (workspace_id, xid, id)",
    *_WALL,
    *(f"DROP FUNCTION {function}" for function in _FUNCTIONS),
    "DROP SCHEMA feed CASCADE",
)


def upgrade() -> None:
    """Take the step forward."""
    for statement in (*_DIVIDE, _EVENT_ID_AT, _PARTITIONS, _MAKE, _DUE, _DROP):
        op.execute(statement)
    for function in _FUNCTIONS:
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
    for statement in _FILL:
        op.execute(statement)


def downgrade() -> None:
    """Take the step back."""
    for statement in _UNITE:
        op.execute(statement)
