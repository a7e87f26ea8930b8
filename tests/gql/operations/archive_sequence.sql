SELECT sequences.id, sequences.version, sequences.name, sequences.type, sequences.description, sequences.draft, sequences.published_version, sequences.archived_at, sequences.created_at, sequences.updated_at 
FROM sequences 
WHERE sequences.workspace_id = $1::UUID AND sequences.id = $2::UUID ORDER BY sequences.id FOR NO KEY UPDATE;

UPDATE sequences SET name=$1::VARCHAR, type=$2::VARCHAR, description=$3::VARCHAR, draft=$4::JSONB, published_version=$5::INTEGER, archived_at=$6::TIMESTAMP WITH TIME ZONE, version=$7::INTEGER, updated_at=$8::TIMESTAMP WITH TIME ZONE WHERE sequences.workspace_id = $9::UUID AND sequences.id = $10::UUID;
