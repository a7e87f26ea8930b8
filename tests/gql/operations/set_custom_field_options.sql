SELECT custom_fields.id, custom_fields.version, custom_fields.key, custom_fields.label, custom_fields.description, custom_fields.type, custom_fields.required, custom_fields.archived_at, custom_fields.created_at, custom_fields.updated_at 
FROM custom_fields 
WHERE custom_fields.workspace_id = $1::UUID AND custom_fields.id = $2::UUID ORDER BY custom_fields.id FOR UPDATE;

SELECT custom_field_options.field_id, custom_field_options.key, custom_field_options.label, custom_field_options.position, custom_field_options.archived_at, custom_field_options.field_id AS _parent 
FROM custom_field_options 
WHERE custom_field_options.workspace_id = $1::UUID AND custom_field_options.field_id = ANY ($2::UUID[]) ORDER BY custom_field_options.field_id, custom_field_options.position, custom_field_options.key;

SELECT DISTINCT custom_values.value 
FROM custom_values 
WHERE custom_values.workspace_id = $1::UUID AND custom_values.field_id = $2::UUID AND custom_values.sort_key = ANY ($3::TEXT[]);

DELETE FROM custom_field_options WHERE custom_field_options.workspace_id = $1::UUID AND custom_field_options.field_id = $2::UUID AND custom_field_options.key = ANY ($3::TEXT[]);

INSERT INTO custom_field_options (workspace_id, field_id, key, label, position, archived_at) VALUES ($1::UUID, $2::UUID, $3::VARCHAR, $4::VARCHAR, $5::SMALLINT, $6::TIMESTAMP WITH TIME ZONE) ON CONFLICT (workspace_id, field_id, key) DO UPDATE SET label = excluded.label, position = excluded.position, archived_at = excluded.archived_at;

UPDATE custom_fields SET key=$1::VARCHAR, label=$2::VARCHAR, description=$3::VARCHAR, type=$4::VARCHAR, required=$5::BOOLEAN, archived_at=$6::TIMESTAMP WITH TIME ZONE, version=$7::INTEGER, updated_at=$8::TIMESTAMP WITH TIME ZONE WHERE custom_fields.workspace_id = $9::UUID AND custom_fields.id = $10::UUID;

SELECT custom_field_options.field_id, custom_field_options.key, custom_field_options.label, custom_field_options.position, custom_field_options.archived_at, custom_field_options.field_id AS _parent 
FROM custom_field_options 
WHERE custom_field_options.workspace_id = $1::UUID AND custom_field_options.field_id = ANY ($2::UUID[]) ORDER BY custom_field_options.field_id, custom_field_options.position, custom_field_options.key;
