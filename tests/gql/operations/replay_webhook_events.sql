SELECT webhook_endpoints.id, webhook_endpoints.version, webhook_endpoints.name, webhook_endpoints.url, webhook_endpoints.types, webhook_endpoints.selection, webhook_endpoints.state, webhook_endpoints.secret, webhook_endpoints.previous_secret, webhook_endpoints.previous_secret_until, webhook_endpoints.permissions, webhook_endpoints.position_xid, webhook_endpoints.position_id, webhook_endpoints.failures, webhook_endpoints.broken_until, webhook_endpoints.created_by_kind, webhook_endpoints.created_by_id, webhook_endpoints.created_at, webhook_endpoints.updated_at 
FROM webhook_endpoints 
WHERE webhook_endpoints.workspace_id = $1::UUID AND webhook_endpoints.id = ANY ($2::UUID[]);

SELECT events.id, events.lead_id, CAST(CAST(events.xid AS TEXT) AS BIGINT) AS xid 
FROM events 
WHERE events.workspace_id = $1::UUID AND events.at >= $2::TIMESTAMP WITH TIME ZONE AND events.at < $3::TIMESTAMP WITH TIME ZONE ORDER BY events.xid, events.id 
 LIMIT $4;
