SELECT segments.id, segments.version, segments.name, segments.description, segments.definition, segments.created_at, segments.updated_at 
FROM segments 
WHERE segments.workspace_id = $1::UUID AND segments.id = ANY ($2::UUID[]) ORDER BY segments.id FOR UPDATE;

DELETE FROM segments WHERE segments.workspace_id = $1::UUID AND segments.id = ANY ($2::UUID[]);
