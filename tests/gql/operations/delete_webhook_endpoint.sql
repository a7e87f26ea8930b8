SELECT webhook_endpoints.id, webhook_endpoints.version, webhook_endpoints.name, webhook_endpoints.url, webhook_endpoints.types, webhook_endpoints.selection, webhook_endpoints.state, webhook_endpoints.secret, webhook_endpoints.previous_secret, webhook_endpoints.previous_secret_until, webhook_endpoints.permissions, webhook_endpoints.position_xid, webhook_endpoints.position_id, webhook_endpoints.failures, webhook_endpoints.broken_until, webhook_endpoints.created_by_kind, webhook_endpoints.created_by_id, webhook_endpoints.created_at, webhook_endpoints.updated_at 
FROM webhook_endpoints 
WHERE webhook_endpoints.workspace_id = $1::UUID AND webhook_endpoints.id = $2::UUID ORDER BY webhook_endpoints.id FOR UPDATE;

DELETE FROM webhook_endpoints WHERE webhook_endpoints.workspace_id = $1::UUID AND webhook_endpoints.id = $2::UUID;
