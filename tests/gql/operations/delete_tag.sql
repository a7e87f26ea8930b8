SELECT tags.id, tags.version, tags.name, tags.color, tags.created_at, tags.updated_at 
FROM tags 
WHERE tags.workspace_id = $1::UUID AND tags.id = ANY ($2::UUID[]) ORDER BY tags.id FOR UPDATE;

DELETE FROM tags WHERE tags.workspace_id = $1::UUID AND tags.id = ANY ($2::UUID[]);
