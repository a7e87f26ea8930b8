SELECT custom_fields.id, custom_fields.version, custom_fields.key, custom_fields.label, custom_fields.description, custom_fields.type, custom_fields.required, custom_fields.archived_at, lower(custom_fields.label) COLLATE "C" AS _sort, custom_fields.id AS _id 
FROM custom_fields 
WHERE custom_fields.workspace_id = $1::UUID ORDER BY lower(custom_fields.label) COLLATE "C" ASC, custom_fields.id ASC 
 LIMIT $2::INTEGER;

SELECT count(*) AS count_1 
FROM custom_fields 
WHERE custom_fields.workspace_id = $1::UUID;

SELECT custom_field_options.field_id, custom_field_options.key, custom_field_options.label, custom_field_options.position, custom_field_options.archived_at, custom_field_options.field_id AS _parent 
FROM custom_field_options 
WHERE custom_field_options.workspace_id = $1::UUID AND custom_field_options.field_id = ANY ($2::UUID[]) ORDER BY custom_field_options.field_id, custom_field_options.position, custom_field_options.key;

SELECT anon_1.key AS _parent, page.first_name, page.last_name, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT leads.first_name AS first_name, leads.last_name AS last_name, leads.created_at AS _sort, leads.id AS _id 
FROM leads JOIN custom_values ON custom_values.workspace_id = leads.workspace_id AND custom_values.lead_id = leads.id AND custom_values.place = $2::SMALLINT 
WHERE leads.workspace_id = $3::UUID AND leads.deleted_at IS NULL AND custom_values.field_id = anon_1.key ORDER BY greatest(leads.created_at) DESC, leads.id DESC 
 LIMIT $4::INTEGER) AS page ON true;

SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT custom_fields.id, custom_fields.key 
FROM custom_fields 
WHERE custom_fields.workspace_id = $1::UUID AND custom_fields.id = ANY ($2::UUID[]);

SELECT custom_values.field_id AS key, count(*) AS count 
FROM leads JOIN custom_values ON custom_values.workspace_id = leads.workspace_id AND custom_values.lead_id = leads.id AND custom_values.place = $1::SMALLINT 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND custom_values.field_id = ANY ($3::UUID[]) GROUP BY custom_values.field_id;
