SELECT webhook_endpoints.id, webhook_endpoints.version, webhook_endpoints.name, webhook_endpoints.url, webhook_endpoints.types, webhook_endpoints.selection, webhook_endpoints.state, webhook_endpoints.secret, webhook_endpoints.previous_secret, webhook_endpoints.previous_secret_until, webhook_endpoints.permissions, webhook_endpoints.position_xid, webhook_endpoints.position_id, webhook_endpoints.failures, webhook_endpoints.broken_until, webhook_endpoints.created_by_kind, webhook_endpoints.created_by_id, webhook_endpoints.created_at, webhook_endpoints.updated_at 
FROM webhook_endpoints 
WHERE webhook_endpoints.workspace_id = $1::UUID AND webhook_endpoints.id = $2::UUID ORDER BY webhook_endpoints.id FOR UPDATE;

SELECT webhook_endpoints.id 
FROM webhook_endpoints 
WHERE webhook_endpoints.workspace_id = $1::UUID AND lower(webhook_endpoints.name) = lower($2::VARCHAR);

UPDATE webhook_endpoints SET name=$1::VARCHAR, url=$2::VARCHAR, types=$3::TEXT[], selection=$4::VARCHAR, state=$5::VARCHAR, secret=$6::BYTEA, previous_secret=$7::BYTEA, previous_secret_until=$8::TIMESTAMP WITH TIME ZONE, permissions=$9::TEXT[], position_xid=$10::BIGINT, position_id=$11::UUID, failures=$12::INTEGER, broken_until=$13::TIMESTAMP WITH TIME ZONE, created_by_kind=$14::VARCHAR, created_by_id=$15::UUID, version=$16::INTEGER, updated_at=$17::TIMESTAMP WITH TIME ZONE WHERE webhook_endpoints.workspace_id = $18::UUID AND webhook_endpoints.id = $19::UUID;
