SELECT message_templates.id, message_templates.version, message_templates.name, message_templates.description, message_templates.channel, message_templates.current_version, message_templates.archived_at, message_templates.created_at, message_templates.updated_at 
FROM message_templates 
WHERE message_templates.workspace_id = $1::UUID AND message_templates.id = ANY ($2::UUID[]);

SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT anon_1.key AS _parent, page.id, page.template_id, page.number, page.content, page.created_at, page.created_by_kind, page.created_by_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT message_template_versions.id AS id, message_template_versions.template_id AS template_id, message_template_versions.number AS number, message_template_versions.content AS content, message_template_versions.created_at AS created_at, message_template_versions.created_by_kind AS created_by_kind, message_template_versions.created_by_id AS created_by_id, message_template_versions.number AS _sort, message_template_versions.id AS _id 
FROM message_template_versions 
WHERE message_template_versions.workspace_id = $2::UUID AND message_template_versions.template_id = anon_1.key ORDER BY message_template_versions.number DESC, message_template_versions.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT message_template_versions.template_id AS key, count(*) AS count 
FROM message_template_versions 
WHERE message_template_versions.workspace_id = $1::UUID AND message_template_versions.template_id = ANY ($2::UUID[]) GROUP BY message_template_versions.template_id;
