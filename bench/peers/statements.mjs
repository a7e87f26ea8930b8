// What both peers share: the workspace, and the writes of a status change, which are the reference's.

export const WORKSPACE = process.env.BENCH_WORKSPACE;

export const CHANGE_STATUS = `
  WITH before AS (SELECT * FROM leads WHERE workspace_id = $1 AND id = $2 FOR UPDATE),
  moved AS (
    UPDATE leads l SET status = $3, status_since = now(), updated_at = now(), version = l.version + 1, event_sequence = l.event_sequence + 1
    FROM before b WHERE l.workspace_id = b.workspace_id AND l.id = b.id
    RETURNING l.*),
  history AS (
    INSERT INTO status_changes (workspace_id, id, lead_id, from_status, to_status, forced, actor_kind, at, seconds_in_previous)
    SELECT m.workspace_id, gen_random_uuid(), m.id, b.status, m.status, false, 'SYSTEM', now(), 1 FROM moved m JOIN before b USING (id)),
  told AS (
    INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, actor_kind)
    SELECT m.workspace_id, gen_random_uuid(), m.id, m.event_sequence, 'LEAD_STATUS_CHANGED', now(),
      jsonb_build_object('from', b.status, 'to', m.status), 'SYSTEM' FROM moved m JOIN before b USING (id))
  SELECT id, status, version FROM moved`;
