SELECT sequences.id, sequences.version, sequences.name, sequences.type, sequences.description, sequences.draft, sequences.published_version, sequences.archived_at, sequences.created_at, sequences.updated_at 
FROM sequences 
WHERE sequences.workspace_id = $1::UUID AND sequences.id = $2::UUID ORDER BY sequences.id FOR NO KEY UPDATE;
