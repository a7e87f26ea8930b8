SELECT message_templates.id, message_templates.name, message_templates.channel, lower(message_templates.name) COLLATE "C" AS _sort, message_templates.id AS _id 
FROM message_templates 
WHERE message_templates.workspace_id = $1::UUID AND message_templates.archived_at IS NULL ORDER BY lower(message_templates.name) COLLATE "C" ASC, message_templates.id ASC 
 LIMIT $2::INTEGER;

SELECT count(*) AS count_1 
FROM message_templates 
WHERE message_templates.workspace_id = $1::UUID AND message_templates.archived_at IS NULL;

SELECT message_template_versions.id, message_template_versions.template_id, message_template_versions.number, message_template_versions.content, message_template_versions.created_at, message_template_versions.created_by_kind, message_template_versions.created_by_id 
FROM message_template_versions JOIN message_templates ON message_templates.workspace_id = message_template_versions.workspace_id AND message_templates.id = message_template_versions.template_id AND message_templates.current_version = message_template_versions.number 
WHERE message_template_versions.workspace_id = $1::UUID AND message_template_versions.template_id = ANY ($2::UUID[]);
