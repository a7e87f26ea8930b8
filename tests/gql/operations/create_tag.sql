INSERT INTO tags (workspace_id, id, name, color, version, created_at, updated_at) VALUES ($1::UUID, $2::UUID, $3::VARCHAR, $4::VARCHAR, $5::INTEGER, $6::TIMESTAMP WITH TIME ZONE, $7::TIMESTAMP WITH TIME ZONE) ON CONFLICT (workspace_id, lower(name)) DO NOTHING;

SELECT anon_1.name AS _asked, tags.id, tags.version, tags.name, tags.color, tags.created_at, tags.updated_at 
FROM tags JOIN unnest($1::TEXT[]) AS anon_1(name) ON lower(tags.name) = lower(anon_1.name) 
WHERE tags.workspace_id = $2::UUID FOR KEY SHARE OF tags;
