WITH horizon AS MATERIALIZED 
(SELECT pg_snapshot_xmin(pg_current_snapshot()) AS xid), 
looked_at AS MATERIALIZED 
(SELECT events.xid AS xid, events.id AS id 
FROM events 
WHERE events.workspace_id = $1::UUID AND (events.xid, events.id) > ($2, $3::UUID) AND events.xid < (SELECT horizon.xid 
FROM horizon) ORDER BY events.xid, events.id 
 LIMIT $4::INTEGER OFFSET $5)
 SELECT CAST(CAST(horizon.xid AS TEXT) AS BIGINT) AS horizon, CAST(CAST(looked_at.xid AS TEXT) AS BIGINT) AS last_xid, looked_at.id AS last_id, (SELECT workspaces.events_since 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID) AS since, CAST(CAST(wanted.xid AS TEXT) AS BIGINT) AS xid, wanted.id, wanted.lead_id, wanted.sequence, wanted.type, wanted.at, wanted.changes, wanted.cause, wanted.cause_id, wanted.actor_kind, wanted.actor_id 
FROM horizon LEFT OUTER JOIN looked_at ON true LEFT OUTER JOIN (SELECT events.xid AS xid, events.id AS id, events.lead_id AS lead_id, events.sequence AS sequence, events.type AS type, events.at AS at, events.changes AS changes, events.cause AS cause, events.cause_id AS cause_id, events.actor_kind AS actor_kind, events.actor_id AS actor_id 
FROM events 
WHERE events.workspace_id = $1::UUID AND (events.xid, events.id) > ($2, $3::UUID) AND events.xid < (SELECT horizon.xid 
FROM horizon) AND (events.xid, events.id) <= (coalesce((SELECT looked_at.xid 
FROM looked_at), (SELECT horizon.xid 
FROM horizon)), coalesce((SELECT looked_at.id 
FROM looked_at), $6::UUID)) AND events.type = ANY ($7::TEXT[]) ORDER BY events.xid, events.id 
 LIMIT $8) AS wanted ON true ORDER BY wanted.xid, wanted.id;
