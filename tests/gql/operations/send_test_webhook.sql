SELECT webhook_endpoints.id, webhook_endpoints.version, webhook_endpoints.name, webhook_endpoints.url, webhook_endpoints.types, webhook_endpoints.selection, webhook_endpoints.state, webhook_endpoints.secret, webhook_endpoints.previous_secret, webhook_endpoints.previous_secret_until, webhook_endpoints.permissions, webhook_endpoints.position_xid, webhook_endpoints.position_id, webhook_endpoints.failures, webhook_endpoints.broken_until, webhook_endpoints.created_by_kind, webhook_endpoints.created_by_id, webhook_endpoints.created_at, webhook_endpoints.updated_at 
FROM webhook_endpoints 
WHERE webhook_endpoints.workspace_id = $1::UUID AND webhook_endpoints.id = ANY ($2::UUID[]);

INSERT INTO webhook_deliveries (workspace_id, id, endpoint_id, kind, event_id, lane, xid, state, attempts, next_attempt_at, lease, leased_until, created_at, ended_at) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::VARCHAR, $5::UUID, $6::UUID, $7::BIGINT, $8::VARCHAR, $9::INTEGER, $10::TIMESTAMP WITH TIME ZONE, $11::UUID, $12::TIMESTAMP WITH TIME ZONE, $13::TIMESTAMP WITH TIME ZONE, $14::TIMESTAMP WITH TIME ZONE) ON CONFLICT DO NOTHING;

SELECT webhook_endpoints.id, webhook_endpoints.name 
FROM webhook_endpoints 
WHERE webhook_endpoints.workspace_id = $1::UUID AND webhook_endpoints.id = ANY ($2::UUID[]);

SELECT events.id, events.lead_id, events.sequence, events.type, events.at, events.changes, events.cause, events.cause_id, events.actor_kind, events.actor_id 
FROM events 
WHERE events.workspace_id = $1::UUID AND events.id = ANY ($2::UUID[]);
