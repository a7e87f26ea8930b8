SELECT segments.id, segments.version, segments.name, segments.description, segments.definition, segments.created_at, segments.updated_at 
FROM segments 
WHERE segments.workspace_id = $1::UUID AND segments.id = $2::UUID ORDER BY segments.id FOR UPDATE;

DELETE FROM segments WHERE segments.workspace_id = $1::UUID AND segments.id = ANY ($2::UUID[]);

INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::BIGINT, $5::VARCHAR, $6::TIMESTAMP WITH TIME ZONE, $7::JSONB, $8::VARCHAR, $9::UUID, $10::VARCHAR, $11::UUID);
