SELECT tags.id, tags.version, tags.name, tags.color, tags.created_at, tags.updated_at 
FROM tags 
WHERE tags.workspace_id = $1::UUID AND tags.id = $2::UUID ORDER BY tags.id FOR UPDATE;

DELETE FROM tags WHERE tags.workspace_id = $1::UUID AND tags.id = ANY ($2::UUID[]);

INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::BIGINT, $5::VARCHAR, $6::TIMESTAMP WITH TIME ZONE, $7::JSONB, $8::VARCHAR, $9::UUID, $10::VARCHAR, $11::UUID);
