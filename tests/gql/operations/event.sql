SELECT events.id, events.lead_id, events.sequence, events.type, events.at, events.changes, events.cause, events.cause_id, events.actor_kind, events.actor_id 
FROM events 
WHERE events.workspace_id = $1::UUID AND events.id = ANY ($2::UUID[]);

SELECT anon_1.key AS _parent, page.endpoint_id, page.kind, page.event_id, page.state, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT webhook_deliveries.endpoint_id AS endpoint_id, webhook_deliveries.kind AS kind, webhook_deliveries.event_id AS event_id, webhook_deliveries.state AS state, webhook_deliveries.created_at AS _sort, webhook_deliveries.id AS _id 
FROM webhook_deliveries 
WHERE webhook_deliveries.workspace_id = $2::UUID AND webhook_deliveries.event_id = anon_1.key ORDER BY webhook_deliveries.created_at DESC, webhook_deliveries.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT webhook_deliveries.event_id AS key, count(*) AS count 
FROM webhook_deliveries 
WHERE webhook_deliveries.workspace_id = $1::UUID AND webhook_deliveries.event_id = ANY ($2::UUID[]) GROUP BY webhook_deliveries.event_id;

SELECT webhook_endpoints.id, webhook_endpoints.name 
FROM webhook_endpoints 
WHERE webhook_endpoints.workspace_id = $1::UUID AND webhook_endpoints.id = ANY ($2::UUID[]);
