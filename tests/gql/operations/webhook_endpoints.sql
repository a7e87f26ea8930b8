SELECT webhook_endpoints.id, webhook_endpoints.name, webhook_endpoints.url, webhook_endpoints.types, webhook_endpoints.selection, webhook_endpoints.state, webhook_endpoints.failures, webhook_endpoints.broken_until, webhook_endpoints.created_by_kind, webhook_endpoints.created_by_id, webhook_endpoints.name AS _sort, webhook_endpoints.id AS _id 
FROM webhook_endpoints 
WHERE webhook_endpoints.workspace_id = $1::UUID ORDER BY webhook_endpoints.name ASC, webhook_endpoints.id ASC 
 LIMIT $2::INTEGER;

SELECT count(*) AS count_1 
FROM webhook_endpoints 
WHERE webhook_endpoints.workspace_id = $1::UUID;

SELECT webhook_endpoints.id AS endpoint_id, missed.id 
FROM webhook_endpoints JOIN LATERAL (SELECT events.id AS id, events.xid AS xid 
FROM events 
WHERE events.workspace_id = webhook_endpoints.workspace_id AND (events.xid, events.id) <= (CAST(CAST(webhook_endpoints.position_xid AS TEXT) AS xid8), webhook_endpoints.position_id) AND events.at >= webhook_endpoints.created_at AND (webhook_endpoints.types IS NULL OR events.type = ANY (webhook_endpoints.types)) AND NOT (EXISTS (SELECT * 
FROM webhook_deliveries, webhook_endpoints 
WHERE webhook_deliveries.workspace_id = events.workspace_id AND webhook_deliveries.event_id = events.id AND webhook_deliveries.endpoint_id = webhook_endpoints.id AND webhook_deliveries.kind != $1::VARCHAR AND (webhook_deliveries.state = $2::VARCHAR OR webhook_deliveries.state = $3::VARCHAR))) ORDER BY events.xid, events.id 
 LIMIT $4::INTEGER) AS missed ON true 
WHERE webhook_endpoints.workspace_id = $5::UUID AND webhook_endpoints.id = ANY ($6::UUID[]) ORDER BY missed.xid, missed.id;

SELECT anon_1.key AS _parent, page.id, page.endpoint_id, page.kind, page.event_id, page.attempts, page.next_attempt_at, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT webhook_deliveries.id AS id, webhook_deliveries.endpoint_id AS endpoint_id, webhook_deliveries.kind AS kind, webhook_deliveries.event_id AS event_id, webhook_deliveries.attempts AS attempts, webhook_deliveries.next_attempt_at AS next_attempt_at, webhook_deliveries.created_at AS _sort, webhook_deliveries.id AS _id 
FROM webhook_deliveries 
WHERE webhook_deliveries.workspace_id = $2::UUID AND webhook_deliveries.state = $3::VARCHAR AND webhook_deliveries.endpoint_id = anon_1.key ORDER BY webhook_deliveries.created_at DESC, webhook_deliveries.id DESC 
 LIMIT $4::INTEGER) AS page ON true;

SELECT events.id, events.lead_id, events.sequence, events.type, events.at, events.changes, events.cause, events.cause_id, events.actor_kind, events.actor_id 
FROM events 
WHERE events.workspace_id = $1::UUID AND events.id = ANY ($2::UUID[]);

SELECT webhook_deliveries.endpoint_id AS key, count(*) AS count 
FROM webhook_deliveries 
WHERE webhook_deliveries.workspace_id = $1::UUID AND webhook_deliveries.state = $2::VARCHAR AND webhook_deliveries.endpoint_id = ANY ($3::UUID[]) GROUP BY webhook_deliveries.endpoint_id;

SELECT webhook_attempts.id, webhook_attempts.delivery_id, webhook_attempts.at, webhook_attempts.status, webhook_attempts.milliseconds, webhook_attempts.error, webhook_attempts.excerpt, webhook_attempts.delivery_id AS _parent 
FROM webhook_attempts 
WHERE webhook_attempts.workspace_id = $1::UUID AND webhook_attempts.delivery_id = ANY ($2::UUID[]) ORDER BY webhook_attempts.delivery_id, webhook_attempts.at, webhook_attempts.id;

SELECT events.id, events.lead_id, events.sequence, events.type, events.at, events.changes, events.cause, events.cause_id, events.actor_kind, events.actor_id 
FROM events 
WHERE events.workspace_id = $1::UUID AND events.id = ANY ($2::UUID[]);

SELECT webhook_endpoints.id, webhook_endpoints.name 
FROM webhook_endpoints 
WHERE webhook_endpoints.workspace_id = $1::UUID AND webhook_endpoints.id = ANY ($2::UUID[]);
