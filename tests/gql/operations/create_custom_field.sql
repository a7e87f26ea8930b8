SELECT CASE WHEN anon_2.alone THEN CAST(pg_advisory_xact_lock(anon_2.key) AS TEXT) ELSE CAST(pg_advisory_xact_lock_shared(anon_2.key) AS TEXT) END AS anon_1 
FROM unnest($1::BIGINT[], $2::BOOLEAN[]) AS anon_2(key, alone);

SELECT count(*) FILTER (WHERE custom_fields.archived_at IS NULL) AS in_use, count(*) AS ever 
FROM custom_fields 
WHERE custom_fields.workspace_id = $1::UUID;

SELECT custom_fields.id, custom_fields.version, custom_fields.key, custom_fields.label, custom_fields.description, custom_fields.type, custom_fields.required, custom_fields.archived_at, custom_fields.created_at, custom_fields.updated_at 
FROM custom_fields 
WHERE custom_fields.workspace_id = $1::UUID AND custom_fields.key = ANY ($2::TEXT[]) ORDER BY custom_fields.id FOR KEY SHARE;

INSERT INTO custom_fields (workspace_id, id, key, label, description, type, required, archived_at, version, created_at, updated_at) VALUES ($1::UUID, $2::UUID, $3::VARCHAR, $4::VARCHAR, $5::VARCHAR, $6::VARCHAR, $7::BOOLEAN, $8::TIMESTAMP WITH TIME ZONE, $9::INTEGER, $10::TIMESTAMP WITH TIME ZONE, $11::TIMESTAMP WITH TIME ZONE);

INSERT INTO custom_field_options (workspace_id, field_id, key, label, position, archived_at) VALUES ($1::UUID, $2::UUID, $3::VARCHAR, $4::VARCHAR, $5::SMALLINT, $6::TIMESTAMP WITH TIME ZONE) ON CONFLICT (workspace_id, field_id, key) DO UPDATE SET label = excluded.label, position = excluded.position, archived_at = excluded.archived_at;

SELECT custom_field_options.field_id, custom_field_options.key, custom_field_options.label, custom_field_options.position, custom_field_options.archived_at, custom_field_options.field_id AS _parent 
FROM custom_field_options 
WHERE custom_field_options.workspace_id = $1::UUID AND custom_field_options.field_id = ANY ($2::UUID[]) ORDER BY custom_field_options.field_id, custom_field_options.position, custom_field_options.key;
