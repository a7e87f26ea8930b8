SELECT CASE WHEN anon_2.alone THEN CAST(pg_advisory_xact_lock(anon_2.key) AS TEXT) ELSE CAST(pg_advisory_xact_lock_shared(anon_2.key) AS TEXT) END AS anon_1 
FROM unnest($1::BIGINT[], $2::BOOLEAN[]) AS anon_2(key, alone);

SELECT custom_fields.id, custom_fields.version, custom_fields.key, custom_fields.label, custom_fields.description, custom_fields.type, custom_fields.required, custom_fields.archived_at, custom_fields.created_at, custom_fields.updated_at 
FROM custom_fields 
WHERE custom_fields.workspace_id = $1::UUID AND custom_fields.id = $2::UUID ORDER BY custom_fields.id FOR UPDATE;

SELECT count(*) FILTER (WHERE custom_fields.archived_at IS NULL) AS in_use, count(*) AS ever 
FROM custom_fields 
WHERE custom_fields.workspace_id = $1::UUID;

UPDATE custom_fields SET key=$1::VARCHAR, label=$2::VARCHAR, description=$3::VARCHAR, type=$4::VARCHAR, required=$5::BOOLEAN, archived_at=$6::TIMESTAMP WITH TIME ZONE, version=$7::INTEGER, updated_at=$8::TIMESTAMP WITH TIME ZONE WHERE custom_fields.workspace_id = $9::UUID AND custom_fields.id = $10::UUID;
