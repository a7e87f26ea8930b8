SELECT CASE WHEN anon_2.alone THEN CAST(pg_advisory_xact_lock(anon_2.key) AS TEXT) ELSE CAST(pg_advisory_xact_lock_shared(anon_2.key) AS TEXT) END AS anon_1 
FROM unnest($1::BIGINT[], $2::BOOLEAN[]) AS anon_2(key, alone);

SELECT segments.id, segments.version, segments.name, segments.description, segments.definition, segments.created_at, segments.updated_at 
FROM segments 
WHERE segments.workspace_id = $1::UUID AND segments.id = $2::UUID ORDER BY segments.id FOR UPDATE;

SELECT segments.id 
FROM segments 
WHERE segments.workspace_id = $1::UUID AND lower(segments.name) = lower($2::VARCHAR);

UPDATE segments SET name=$1::VARCHAR, description=$2::VARCHAR, definition=$3::JSONB, version=$4::INTEGER, updated_at=$5::TIMESTAMP WITH TIME ZONE WHERE segments.workspace_id = $6::UUID AND segments.id = $7::UUID;

INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::BIGINT, $5::VARCHAR, $6::TIMESTAMP WITH TIME ZONE, $7::JSONB, $8::VARCHAR, $9::UUID, $10::VARCHAR, $11::UUID);
