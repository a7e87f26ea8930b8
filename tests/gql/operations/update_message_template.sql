SELECT message_templates.id, message_templates.version, message_templates.name, message_templates.description, message_templates.channel, message_templates.current_version, message_templates.archived_at, message_templates.created_at, message_templates.updated_at 
FROM message_templates 
WHERE message_templates.workspace_id = $1::UUID AND message_templates.id = $2::UUID ORDER BY message_templates.id FOR NO KEY UPDATE;

SELECT message_template_versions.id, message_template_versions.template_id, message_template_versions.number, message_template_versions.content, message_template_versions.created_at, message_template_versions.created_by_kind, message_template_versions.created_by_id 
FROM message_template_versions JOIN message_templates ON message_templates.workspace_id = message_template_versions.workspace_id AND message_templates.id = message_template_versions.template_id AND message_templates.current_version = message_template_versions.number 
WHERE message_template_versions.workspace_id = $1::UUID AND message_template_versions.template_id = ANY ($2::UUID[]);

SELECT message_templates.id, message_templates.version, message_templates.name, message_templates.description, message_templates.channel, message_templates.current_version, message_templates.archived_at, message_templates.created_at, message_templates.updated_at 
FROM message_templates 
WHERE message_templates.workspace_id = $1::UUID AND lower(message_templates.name) = ANY ($2::TEXT[]);

SELECT custom_fields.id, custom_fields.version, custom_fields.key, custom_fields.label, custom_fields.description, custom_fields.type, custom_fields.required, custom_fields.archived_at, custom_fields.created_at, custom_fields.updated_at 
FROM custom_fields 
WHERE custom_fields.workspace_id = $1::UUID AND custom_fields.archived_at IS NULL ORDER BY lower(custom_fields.label) COLLATE "C", custom_fields.id;

INSERT INTO message_template_versions (workspace_id, id, template_id, number, content, created_at, created_by_kind, created_by_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::INTEGER, $5::JSONB, $6::TIMESTAMP WITH TIME ZONE, $7::VARCHAR, $8::UUID);

UPDATE message_templates SET name=$1::VARCHAR, description=$2::VARCHAR, channel=$3::VARCHAR, current_version=$4::INTEGER, archived_at=$5::TIMESTAMP WITH TIME ZONE, version=$6::INTEGER, updated_at=$7::TIMESTAMP WITH TIME ZONE WHERE message_templates.workspace_id = $8::UUID AND message_templates.id = $9::UUID;

SELECT message_template_versions.id, message_template_versions.template_id, message_template_versions.number, message_template_versions.content, message_template_versions.created_at, message_template_versions.created_by_kind, message_template_versions.created_by_id 
FROM message_template_versions JOIN message_templates ON message_templates.workspace_id = message_template_versions.workspace_id AND message_templates.id = message_template_versions.template_id AND message_templates.current_version = message_template_versions.number 
WHERE message_template_versions.workspace_id = $1::UUID AND message_template_versions.template_id = ANY ($2::UUID[]);
