SELECT sequences.id, sequences.version, sequences.name, sequences.type, sequences.description, sequences.draft, sequences.published_version, sequences.archived_at, sequences.created_at, sequences.updated_at 
FROM sequences 
WHERE sequences.workspace_id = $1::UUID AND sequences.id = ANY ($2::UUID[]);

SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT anon_1.key AS _parent, page.sequence_id, page.number, page.plan, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT sequence_versions.sequence_id AS sequence_id, sequence_versions.number AS number, sequence_versions.plan AS plan, sequence_versions.number AS _sort, sequence_versions.id AS _id 
FROM sequence_versions 
WHERE sequence_versions.workspace_id = $2::UUID AND sequence_versions.sequence_id = anon_1.key ORDER BY sequence_versions.number DESC, sequence_versions.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT sequence_versions.sequence_id AS key, count(*) AS count 
FROM sequence_versions 
WHERE sequence_versions.workspace_id = $1::UUID AND sequence_versions.sequence_id = ANY ($2::UUID[]) GROUP BY sequence_versions.sequence_id;

SELECT message_templates.id, message_templates.name 
FROM message_templates 
WHERE message_templates.workspace_id = $1::UUID AND message_templates.id = ANY ($2::UUID[]);

SELECT message_template_versions.id, message_template_versions.number, message_template_versions.content 
FROM message_template_versions 
WHERE message_template_versions.workspace_id = $1::UUID AND message_template_versions.id = ANY ($2::UUID[]);

SELECT message_template_versions.id, message_template_versions.template_id, message_template_versions.number, message_template_versions.content, message_template_versions.created_at, message_template_versions.created_by_kind, message_template_versions.created_by_id 
FROM message_template_versions JOIN message_templates ON message_templates.workspace_id = message_template_versions.workspace_id AND message_templates.id = message_template_versions.template_id AND message_templates.current_version = message_template_versions.number 
WHERE message_template_versions.workspace_id = $1::UUID AND message_template_versions.template_id = ANY ($2::UUID[]);
