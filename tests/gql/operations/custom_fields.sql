SELECT custom_fields.id, custom_fields.version, custom_fields.key, custom_fields.label, custom_fields.description, custom_fields.type, custom_fields.required, custom_fields.archived_at, custom_fields.created_at, custom_fields.updated_at, lower(custom_fields.label) COLLATE "C" AS _sort, custom_fields.id AS _id 
FROM custom_fields 
WHERE custom_fields.workspace_id = $1::UUID ORDER BY lower(custom_fields.label) COLLATE "C" ASC, custom_fields.id ASC 
 LIMIT $2::INTEGER;

SELECT count(*) AS count_1 
FROM custom_fields 
WHERE custom_fields.workspace_id = $1::UUID;

SELECT custom_field_options.field_id, custom_field_options.key, custom_field_options.label, custom_field_options.position, custom_field_options.archived_at, custom_field_options.field_id AS _parent 
FROM custom_field_options 
WHERE custom_field_options.workspace_id = $1::UUID AND custom_field_options.field_id = ANY ($2::UUID[]) ORDER BY custom_field_options.field_id, custom_field_options.position, custom_field_options.key;

SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT custom_fields.id, custom_fields.version, custom_fields.key, custom_fields.label, custom_fields.description, custom_fields.type, custom_fields.required, custom_fields.archived_at, custom_fields.created_at, custom_fields.updated_at 
FROM custom_fields 
WHERE custom_fields.workspace_id = $1::UUID AND custom_fields.id = ANY ($2::UUID[]);
