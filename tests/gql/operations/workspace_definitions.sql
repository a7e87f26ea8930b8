SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT segments.name, lower(segments.name) COLLATE "C" AS _sort, segments.id AS _id 
FROM segments 
WHERE segments.workspace_id = $1::UUID ORDER BY lower(segments.name) COLLATE "C" ASC, segments.id ASC 
 LIMIT $2::INTEGER;

SELECT sequences.name, lower(sequences.name) COLLATE "C" AS _sort, sequences.id AS _id 
FROM sequences 
WHERE sequences.workspace_id = $1::UUID AND sequences.archived_at IS NULL ORDER BY lower(sequences.name) COLLATE "C" ASC, sequences.id ASC 
 LIMIT $2::INTEGER;

SELECT message_templates.name, lower(message_templates.name) COLLATE "C" AS _sort, message_templates.id AS _id 
FROM message_templates 
WHERE message_templates.workspace_id = $1::UUID AND message_templates.archived_at IS NULL ORDER BY lower(message_templates.name) COLLATE "C" ASC, message_templates.id ASC 
 LIMIT $2::INTEGER;

SELECT custom_fields.label, lower(custom_fields.label) COLLATE "C" AS _sort, custom_fields.id AS _id 
FROM custom_fields 
WHERE custom_fields.workspace_id = $1::UUID AND custom_fields.archived_at IS NULL ORDER BY lower(custom_fields.label) COLLATE "C" ASC, custom_fields.id ASC 
 LIMIT $2::INTEGER;

SELECT count(*) AS count_1 
FROM segments 
WHERE segments.workspace_id = $1::UUID;

SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT count(*) AS count_1 
FROM sequences 
WHERE sequences.workspace_id = $1::UUID AND sequences.archived_at IS NULL;

SELECT count(*) AS count_1 
FROM custom_fields 
WHERE custom_fields.workspace_id = $1::UUID AND custom_fields.archived_at IS NULL;

SELECT count(*) AS count_1 
FROM message_templates 
WHERE message_templates.workspace_id = $1::UUID AND message_templates.archived_at IS NULL;
