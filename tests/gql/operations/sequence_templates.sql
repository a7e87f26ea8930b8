SELECT message_templates.id, message_templates.name 
FROM message_templates 
WHERE message_templates.workspace_id = $1::UUID AND message_templates.id = ANY ($2::UUID[]);
