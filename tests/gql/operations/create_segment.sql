SELECT CASE WHEN anon_2.alone THEN CAST(pg_advisory_xact_lock(anon_2.key) AS TEXT) ELSE CAST(pg_advisory_xact_lock_shared(anon_2.key) AS TEXT) END AS anon_1 
FROM unnest($1::BIGINT[], $2::BOOLEAN[]) AS anon_2(key, alone);

SELECT count(*) AS count_1 
FROM segments 
WHERE segments.workspace_id = $1::UUID;

SELECT segments.id 
FROM segments 
WHERE segments.workspace_id = $1::UUID AND lower(segments.name) = lower($2::VARCHAR);

SELECT agents.id 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]) UNION ALL SELECT teams.id 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = ANY ($2::UUID[]) UNION ALL SELECT pipelines.id 
FROM pipelines 
WHERE pipelines.workspace_id = $1::UUID AND pipelines.id = ANY ($2::UUID[]) UNION ALL SELECT stages.id 
FROM stages 
WHERE stages.workspace_id = $1::UUID AND stages.id = ANY ($2::UUID[]) UNION ALL SELECT campaigns.id 
FROM campaigns 
WHERE campaigns.workspace_id = $1::UUID AND campaigns.id = ANY ($2::UUID[]) UNION ALL SELECT segments.id 
FROM segments 
WHERE segments.workspace_id = $1::UUID AND segments.id = ANY ($2::UUID[]);

SELECT anon_1.name 
FROM tags JOIN unnest($1::TEXT[]) AS anon_1(name) ON lower(tags.name) = lower(anon_1.name) 
WHERE tags.workspace_id = $2::UUID;

SELECT custom_fields.id, custom_fields.version, custom_fields.key, custom_fields.label, custom_fields.description, custom_fields.type, custom_fields.required, custom_fields.archived_at, custom_fields.created_at, custom_fields.updated_at 
FROM custom_fields 
WHERE custom_fields.workspace_id = $1::UUID AND custom_fields.key = ANY ($2::TEXT[]) ORDER BY custom_fields.id FOR KEY SHARE;

SELECT custom_field_options.field_id, custom_field_options.key, custom_field_options.label, custom_field_options.position, custom_field_options.archived_at, custom_field_options.field_id AS _parent 
FROM custom_field_options 
WHERE custom_field_options.workspace_id = $1::UUID AND custom_field_options.field_id = ANY ($2::UUID[]) ORDER BY custom_field_options.field_id, custom_field_options.position, custom_field_options.key;

SELECT segments.id, segments.version, segments.name, segments.description, segments.definition, segments.created_at, segments.updated_at 
FROM segments 
WHERE segments.workspace_id = $1::UUID AND segments.id = ANY ($2::UUID[]);

SELECT segments.id, segments.version, segments.name, segments.description, segments.definition, segments.created_at, segments.updated_at 
FROM segments 
WHERE segments.workspace_id = $1::UUID AND segments.id = ANY ($2::UUID[]);

INSERT INTO segments (workspace_id, id, name, description, definition, version, created_at, updated_at) VALUES ($1::UUID, $2::UUID, $3::VARCHAR, $4::VARCHAR, $5::JSONB, $6::INTEGER, $7::TIMESTAMP WITH TIME ZONE, $8::TIMESTAMP WITH TIME ZONE);

SELECT segments.id, segments.definition 
FROM segments 
WHERE segments.workspace_id = $1::UUID AND segments.id = ANY ($2::UUID[]);

SELECT segments.id, segments.definition 
FROM segments 
WHERE segments.workspace_id = $1::UUID AND segments.id = ANY ($2::UUID[]);

SELECT segments.id, segments.version, segments.name, segments.description, segments.definition, segments.created_at, segments.updated_at 
FROM segments 
WHERE segments.workspace_id = $1::UUID AND segments.id = ANY ($2::UUID[]);

SELECT agents.id 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]) UNION ALL SELECT teams.id 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = ANY ($2::UUID[]) UNION ALL SELECT pipelines.id 
FROM pipelines 
WHERE pipelines.workspace_id = $1::UUID AND pipelines.id = ANY ($2::UUID[]) UNION ALL SELECT stages.id 
FROM stages 
WHERE stages.workspace_id = $1::UUID AND stages.id = ANY ($2::UUID[]) UNION ALL SELECT campaigns.id 
FROM campaigns 
WHERE campaigns.workspace_id = $1::UUID AND campaigns.id = ANY ($2::UUID[]) UNION ALL SELECT segments.id 
FROM segments 
WHERE segments.workspace_id = $1::UUID AND segments.id = ANY ($2::UUID[]);

SELECT segments.id, segments.version, segments.name, segments.description, segments.definition, segments.created_at, segments.updated_at 
FROM segments 
WHERE segments.workspace_id = $1::UUID AND segments.id = ANY ($2::UUID[]);

SELECT $1::INTEGER AS number, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.owner_id = $3::UUID AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_1.name) AS lower_1 
FROM unnest($4::TEXT[]) AS anon_1(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_1 
WHERE custom_values_1.workspace_id = leads.workspace_id AND custom_values_1.lead_id = leads.id AND custom_values_1.field_id = (SELECT custom_fields_1.id 
FROM custom_fields AS custom_fields_1 
WHERE custom_fields_1.workspace_id = $2::UUID AND custom_fields_1.key = $5::VARCHAR AND custom_fields_1.type = ANY ($6::TEXT[])) AND custom_values_1.sort_key = ANY ($7::TEXT[]))) AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_2.name) AS lower_2 
FROM unnest($8::TEXT[]) AS anon_2(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_2 
WHERE custom_values_2.workspace_id = leads.workspace_id AND custom_values_2.lead_id = leads.id AND custom_values_2.field_id = (SELECT custom_fields_2.id 
FROM custom_fields AS custom_fields_2 
WHERE custom_fields_2.workspace_id = $2::UUID AND custom_fields_2.key = $9::VARCHAR AND custom_fields_2.type = ANY ($10::TEXT[])) AND custom_values_2.sort_key >= $11::VARCHAR));

SELECT anon_1.name 
FROM tags JOIN unnest($1::TEXT[]) AS anon_1(name) ON lower(tags.name) = lower(anon_1.name) 
WHERE tags.workspace_id = $2::UUID;

SELECT custom_fields.id, custom_fields.version, custom_fields.key, custom_fields.label, custom_fields.description, custom_fields.type, custom_fields.required, custom_fields.archived_at, custom_fields.created_at, custom_fields.updated_at 
FROM custom_fields 
WHERE custom_fields.workspace_id = $1::UUID AND custom_fields.key = ANY ($2::TEXT[]) ORDER BY custom_fields.id;

SELECT custom_field_options.field_id, custom_field_options.key, custom_field_options.label, custom_field_options.position, custom_field_options.archived_at, custom_field_options.field_id AS _parent 
FROM custom_field_options 
WHERE custom_field_options.workspace_id = $1::UUID AND custom_field_options.field_id = ANY ($2::UUID[]) ORDER BY custom_field_options.field_id, custom_field_options.position, custom_field_options.key;
