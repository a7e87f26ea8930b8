SELECT events.id, events.lead_id, events.sequence, events.type, events.at, events.changes, events.cause, events.cause_id, events.actor_kind, events.actor_id 
FROM events 
WHERE events.workspace_id = $1::UUID AND events.id = ANY ($2::UUID[]);

SELECT anon_1.key AS _parent, page.id, page.endpoint_id, page.kind, page.event_id, page.lane, page.xid, page.state, page.attempts, page.next_attempt_at, page.lease, page.leased_until, page.created_at, page.ended_at, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT webhook_deliveries.id AS id, webhook_deliveries.endpoint_id AS endpoint_id, webhook_deliveries.kind AS kind, webhook_deliveries.event_id AS event_id, webhook_deliveries.lane AS lane, webhook_deliveries.xid AS xid, webhook_deliveries.state AS state, webhook_deliveries.attempts AS attempts, webhook_deliveries.next_attempt_at AS next_attempt_at, webhook_deliveries.lease AS lease, webhook_deliveries.leased_until AS leased_until, webhook_deliveries.created_at AS created_at, webhook_deliveries.ended_at AS ended_at, webhook_deliveries.created_at AS _sort, webhook_deliveries.id AS _id 
FROM webhook_deliveries 
WHERE webhook_deliveries.workspace_id = $2::UUID AND webhook_deliveries.event_id = anon_1.key ORDER BY webhook_deliveries.created_at DESC, webhook_deliveries.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT webhook_deliveries.event_id AS key, count(*) AS count 
FROM webhook_deliveries 
WHERE webhook_deliveries.workspace_id = $1::UUID AND webhook_deliveries.event_id = ANY ($2::UUID[]) GROUP BY webhook_deliveries.event_id;

SELECT webhook_endpoints.id, webhook_endpoints.version, webhook_endpoints.name, webhook_endpoints.url, webhook_endpoints.types, webhook_endpoints.selection, webhook_endpoints.state, webhook_endpoints.secret, webhook_endpoints.previous_secret, webhook_endpoints.previous_secret_until, webhook_endpoints.permissions, webhook_endpoints.position_xid, webhook_endpoints.position_id, webhook_endpoints.failures, webhook_endpoints.broken_until, webhook_endpoints.created_by_kind, webhook_endpoints.created_by_id, webhook_endpoints.created_at, webhook_endpoints.updated_at 
FROM webhook_endpoints 
WHERE webhook_endpoints.workspace_id = $1::UUID AND webhook_endpoints.id = ANY ($2::UUID[]);
