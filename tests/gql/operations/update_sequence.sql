SELECT sequences.id, sequences.version, sequences.name, sequences.type, sequences.description, sequences.draft, sequences.published_version, sequences.archived_at, sequences.created_at, sequences.updated_at 
FROM sequences 
WHERE sequences.workspace_id = $1::UUID AND sequences.id = $2::UUID ORDER BY sequences.id FOR NO KEY UPDATE;

SELECT sequences.id 
FROM sequences 
WHERE sequences.workspace_id = $1::UUID AND lower(sequences.name) = lower($2::VARCHAR);

SELECT sequence_versions.id, sequence_versions.sequence_id, sequence_versions.number, sequence_versions.plan, sequence_versions.published_at, sequence_versions.published_by_kind, sequence_versions.published_by_id 
FROM sequence_versions JOIN sequences ON sequences.workspace_id = sequence_versions.workspace_id AND sequences.id = sequence_versions.sequence_id AND sequences.published_version = sequence_versions.number 
WHERE sequence_versions.workspace_id = $1::UUID AND sequence_versions.sequence_id = ANY ($2::UUID[]);

UPDATE sequences SET name=$1::VARCHAR, type=$2::VARCHAR, description=$3::VARCHAR, draft=$4::JSONB, published_version=$5::INTEGER, archived_at=$6::TIMESTAMP WITH TIME ZONE, version=$7::INTEGER, updated_at=$8::TIMESTAMP WITH TIME ZONE WHERE sequences.workspace_id = $9::UUID AND sequences.id = $10::UUID;

SELECT sequences.id, sequences.version, sequences.name, sequences.type, sequences.description, sequences.draft, sequences.published_version, sequences.archived_at, sequences.created_at, sequences.updated_at 
FROM sequences 
WHERE sequences.workspace_id = $1::UUID AND sequences.id = ANY ($2::UUID[]);

SELECT sequence_versions.id, sequence_versions.sequence_id, sequence_versions.number, sequence_versions.plan, sequence_versions.published_at, sequence_versions.published_by_kind, sequence_versions.published_by_id 
FROM sequence_versions JOIN sequences ON sequences.workspace_id = sequence_versions.workspace_id AND sequences.id = sequence_versions.sequence_id AND sequences.published_version = sequence_versions.number 
WHERE sequence_versions.workspace_id = $1::UUID AND sequence_versions.sequence_id = ANY ($2::UUID[]);

SELECT message_templates.id, message_templates.version, message_templates.name, message_templates.description, message_templates.channel, message_templates.current_version, message_templates.archived_at, message_templates.created_at, message_templates.updated_at 
FROM message_templates 
WHERE message_templates.workspace_id = $1::UUID AND message_templates.id = ANY ($2::UUID[]);

SELECT message_template_versions.id, message_template_versions.template_id, message_template_versions.number, message_template_versions.content, message_template_versions.created_at, message_template_versions.created_by_kind, message_template_versions.created_by_id 
FROM message_template_versions JOIN message_templates ON message_templates.workspace_id = message_template_versions.workspace_id AND message_templates.id = message_template_versions.template_id AND message_templates.current_version = message_template_versions.number 
WHERE message_template_versions.workspace_id = $1::UUID AND message_template_versions.template_id = ANY ($2::UUID[]);

SELECT custom_fields.id, custom_fields.version, custom_fields.key, custom_fields.label, custom_fields.description, custom_fields.type, custom_fields.required, custom_fields.archived_at, custom_fields.created_at, custom_fields.updated_at 
FROM custom_fields 
WHERE custom_fields.workspace_id = $1::UUID AND custom_fields.archived_at IS NULL ORDER BY lower(custom_fields.label) COLLATE "C", custom_fields.id;

SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;
