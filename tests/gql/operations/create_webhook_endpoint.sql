SELECT CASE WHEN anon_2.alone THEN CAST(pg_advisory_xact_lock(anon_2.key) AS TEXT) ELSE CAST(pg_advisory_xact_lock_shared(anon_2.key) AS TEXT) END AS anon_1 
FROM unnest($1::BIGINT[], $2::BOOLEAN[]) AS anon_2(key, alone);

SELECT CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT) AS pg_snapshot_xmin_1;

SELECT count(*) AS count_1 
FROM webhook_endpoints 
WHERE webhook_endpoints.workspace_id = $1::UUID;

SELECT webhook_endpoints.id 
FROM webhook_endpoints 
WHERE webhook_endpoints.workspace_id = $1::UUID AND lower(webhook_endpoints.name) = lower($2::VARCHAR);

INSERT INTO webhook_endpoints (workspace_id, id, name, url, types, selection, state, secret, previous_secret, previous_secret_until, permissions, position_xid, position_id, failures, broken_until, created_by_kind, created_by_id, version, created_at, updated_at) VALUES ($1::UUID, $2::UUID, $3::VARCHAR, $4::VARCHAR, $5::TEXT[], $6::VARCHAR, $7::VARCHAR, $8::BYTEA, $9::BYTEA, $10::TIMESTAMP WITH TIME ZONE, $11::TEXT[], $12::BIGINT, $13::UUID, $14::INTEGER, $15::TIMESTAMP WITH TIME ZONE, $16::VARCHAR, $17::UUID, $18::INTEGER, $19::TIMESTAMP WITH TIME ZONE, $20::TIMESTAMP WITH TIME ZONE);

SELECT anon_1.key AS _parent, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT webhook_deliveries.created_at AS _sort, webhook_deliveries.id AS _id 
FROM webhook_deliveries 
WHERE webhook_deliveries.workspace_id = $2::UUID AND webhook_deliveries.endpoint_id = anon_1.key ORDER BY webhook_deliveries.created_at DESC, webhook_deliveries.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT webhook_deliveries.endpoint_id AS key, count(*) AS count 
FROM webhook_deliveries 
WHERE webhook_deliveries.workspace_id = $1::UUID AND webhook_deliveries.endpoint_id = ANY ($2::UUID[]) GROUP BY webhook_deliveries.endpoint_id;
