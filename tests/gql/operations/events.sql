WITH horizon AS MATERIALIZED 
(SELECT pg_snapshot_xmin(pg_current_snapshot()) AS xid), 
position AS MATERIALIZED 
(SELECT CAST($2 AS xid8) AS xid, $3::UUID AS id), 
looked_at AS MATERIALIZED 
(SELECT events.xid AS xid, events.id AS id 
FROM events 
WHERE events.workspace_id = $1::UUID AND (events.xid, events.id) > ((SELECT position.xid 
FROM position), (SELECT position.id 
FROM position)) AND events.xid < (SELECT horizon.xid 
FROM horizon) ORDER BY events.xid, events.id 
 LIMIT $4::INTEGER OFFSET $5), 
last AS MATERIALIZED 
(SELECT coalesce(looked_at.xid, horizon.xid) AS xid, coalesce(looked_at.id, $6::UUID) AS id 
FROM horizon LEFT OUTER JOIN looked_at ON true)
 SELECT CAST(CAST(horizon.xid AS TEXT) AS BIGINT) AS horizon, CAST(CAST(looked_at.xid AS TEXT) AS BIGINT) AS last_xid, looked_at.id AS last_id, (SELECT workspaces.events_since 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID) AS since, CAST(CAST(wanted.xid AS TEXT) AS BIGINT) AS xid, wanted.id, wanted.lead_id, wanted.sequence, wanted.type, wanted.at, wanted.changes, wanted.cause, wanted.cause_id, wanted.actor_kind, wanted.actor_id 
FROM horizon LEFT OUTER JOIN looked_at ON true LEFT OUTER JOIN (SELECT events.xid AS xid, events.id AS id, events.lead_id AS lead_id, events.sequence AS sequence, events.type AS type, events.at AS at, events.changes AS changes, events.cause AS cause, events.cause_id AS cause_id, events.actor_kind AS actor_kind, events.actor_id AS actor_id 
FROM events 
WHERE events.workspace_id = $1::UUID AND (events.xid, events.id) > ((SELECT position.xid 
FROM position), (SELECT position.id 
FROM position)) AND events.xid < (SELECT horizon.xid 
FROM horizon) AND (events.xid, events.id) <= ((SELECT last.xid 
FROM last), (SELECT last.id 
FROM last)) AND events.type = ANY ($7::TEXT[]) ORDER BY events.xid, events.id 
 LIMIT $8) AS wanted ON true ORDER BY wanted.xid, wanted.id;

SELECT leads.id, leads.first_name, leads.last_name 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;
