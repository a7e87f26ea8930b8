SELECT message_templates.id, message_templates.version, message_templates.name, message_templates.description, message_templates.channel, message_templates.current_version, message_templates.archived_at, message_templates.created_at, message_templates.updated_at 
FROM message_templates 
WHERE message_templates.workspace_id = $1::UUID AND message_templates.id = $2::UUID ORDER BY message_templates.id FOR NO KEY UPDATE;

UPDATE message_templates SET name=$1::VARCHAR, description=$2::VARCHAR, channel=$3::VARCHAR, current_version=$4::INTEGER, archived_at=$5::TIMESTAMP WITH TIME ZONE, version=$6::INTEGER, updated_at=$7::TIMESTAMP WITH TIME ZONE WHERE message_templates.workspace_id = $8::UUID AND message_templates.id = $9::UUID;
