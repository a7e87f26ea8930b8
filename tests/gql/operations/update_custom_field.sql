SELECT custom_fields.id, custom_fields.version, custom_fields.key, custom_fields.label, custom_fields.description, custom_fields.type, custom_fields.required, custom_fields.archived_at, custom_fields.created_at, custom_fields.updated_at 
FROM custom_fields 
WHERE custom_fields.workspace_id = $1::UUID AND custom_fields.id = $2::UUID ORDER BY custom_fields.id FOR UPDATE;

UPDATE custom_fields SET key=$1::VARCHAR, label=$2::VARCHAR, description=$3::VARCHAR, type=$4::VARCHAR, required=$5::BOOLEAN, archived_at=$6::TIMESTAMP WITH TIME ZONE, version=$7::INTEGER, updated_at=$8::TIMESTAMP WITH TIME ZONE WHERE custom_fields.workspace_id = $9::UUID AND custom_fields.id = $10::UUID;
