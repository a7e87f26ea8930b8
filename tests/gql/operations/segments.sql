SELECT segments.id, segments.version, segments.name, segments.description, segments.definition, segments.created_at, segments.updated_at, lower(segments.name) COLLATE "C" AS _sort, segments.id AS _id 
FROM segments 
WHERE segments.workspace_id = $1::UUID ORDER BY lower(segments.name) COLLATE "C" ASC, segments.id ASC 
 LIMIT $2::INTEGER;

SELECT count(*) AS count_1 
FROM segments 
WHERE segments.workspace_id = $1::UUID;

SELECT segments.id, segments.definition 
FROM segments 
WHERE segments.workspace_id = $1::UUID AND segments.id = ANY ($2::UUID[]);

SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT segments.id, segments.definition 
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

SELECT anon_1.name 
FROM tags JOIN unnest($1::TEXT[]) AS anon_1(name) ON lower(tags.name) = lower(anon_1.name) 
WHERE tags.workspace_id = $2::UUID;

SELECT $1::INTEGER AS number, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_1.name) AS lower_1 
FROM unnest($3::TEXT[]) AS anon_1(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_1 
WHERE custom_values_1.workspace_id = leads.workspace_id AND custom_values_1.lead_id = leads.id AND custom_values_1.field_id = (SELECT custom_fields_1.id 
FROM custom_fields AS custom_fields_1 
WHERE custom_fields_1.workspace_id = $2::UUID AND custom_fields_1.key = $4::VARCHAR AND custom_fields_1.type = ANY ($5::TEXT[])) AND custom_values_1.sort_key >= $6::VARCHAR)) UNION ALL SELECT $7::INTEGER AS number, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_2.name) AS lower_2 
FROM unnest($8::TEXT[]) AS anon_2(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_2 
WHERE custom_values_2.workspace_id = leads.workspace_id AND custom_values_2.lead_id = leads.id AND custom_values_2.field_id = (SELECT custom_fields_2.id 
FROM custom_fields AS custom_fields_2 
WHERE custom_fields_2.workspace_id = $2::UUID AND custom_fields_2.key = $9::VARCHAR AND custom_fields_2.type = ANY ($10::TEXT[])) AND custom_values_2.sort_key >= $11::VARCHAR)) UNION ALL SELECT $12::INTEGER AS number, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_3.name) AS lower_3 
FROM unnest($13::TEXT[]) AS anon_3(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_3 
WHERE custom_values_3.workspace_id = leads.workspace_id AND custom_values_3.lead_id = leads.id AND custom_values_3.field_id = (SELECT custom_fields_3.id 
FROM custom_fields AS custom_fields_3 
WHERE custom_fields_3.workspace_id = $2::UUID AND custom_fields_3.key = $14::VARCHAR AND custom_fields_3.type = ANY ($15::TEXT[])) AND custom_values_3.sort_key >= $16::VARCHAR)) UNION ALL SELECT $17::INTEGER AS number, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_4.name) AS lower_4 
FROM unnest($18::TEXT[]) AS anon_4(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_4 
WHERE custom_values_4.workspace_id = leads.workspace_id AND custom_values_4.lead_id = leads.id AND custom_values_4.field_id = (SELECT custom_fields_4.id 
FROM custom_fields AS custom_fields_4 
WHERE custom_fields_4.workspace_id = $2::UUID AND custom_fields_4.key = $19::VARCHAR AND custom_fields_4.type = ANY ($20::TEXT[])) AND custom_values_4.sort_key >= $21::VARCHAR)) UNION ALL SELECT $22::INTEGER AS number, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_5.name) AS lower_5 
FROM unnest($23::TEXT[]) AS anon_5(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_5 
WHERE custom_values_5.workspace_id = leads.workspace_id AND custom_values_5.lead_id = leads.id AND custom_values_5.field_id = (SELECT custom_fields_5.id 
FROM custom_fields AS custom_fields_5 
WHERE custom_fields_5.workspace_id = $2::UUID AND custom_fields_5.key = $24::VARCHAR AND custom_fields_5.type = ANY ($25::TEXT[])) AND custom_values_5.sort_key >= $26::VARCHAR)) UNION ALL SELECT $27::INTEGER AS number, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_6.name) AS lower_6 
FROM unnest($28::TEXT[]) AS anon_6(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_6 
WHERE custom_values_6.workspace_id = leads.workspace_id AND custom_values_6.lead_id = leads.id AND custom_values_6.field_id = (SELECT custom_fields_6.id 
FROM custom_fields AS custom_fields_6 
WHERE custom_fields_6.workspace_id = $2::UUID AND custom_fields_6.key = $29::VARCHAR AND custom_fields_6.type = ANY ($30::TEXT[])) AND custom_values_6.sort_key >= $31::VARCHAR)) UNION ALL SELECT $32::INTEGER AS number, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_7.name) AS lower_7 
FROM unnest($33::TEXT[]) AS anon_7(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_7 
WHERE custom_values_7.workspace_id = leads.workspace_id AND custom_values_7.lead_id = leads.id AND custom_values_7.field_id = (SELECT custom_fields_7.id 
FROM custom_fields AS custom_fields_7 
WHERE custom_fields_7.workspace_id = $2::UUID AND custom_fields_7.key = $34::VARCHAR AND custom_fields_7.type = ANY ($35::TEXT[])) AND custom_values_7.sort_key >= $36::VARCHAR)) UNION ALL SELECT $37::INTEGER AS number, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_8.name) AS lower_8 
FROM unnest($38::TEXT[]) AS anon_8(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_8 
WHERE custom_values_8.workspace_id = leads.workspace_id AND custom_values_8.lead_id = leads.id AND custom_values_8.field_id = (SELECT custom_fields_8.id 
FROM custom_fields AS custom_fields_8 
WHERE custom_fields_8.workspace_id = $2::UUID AND custom_fields_8.key = $39::VARCHAR AND custom_fields_8.type = ANY ($40::TEXT[])) AND custom_values_8.sort_key >= $41::VARCHAR)) UNION ALL SELECT $42::INTEGER AS number, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_9.name) AS lower_9 
FROM unnest($43::TEXT[]) AS anon_9(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_9 
WHERE custom_values_9.workspace_id = leads.workspace_id AND custom_values_9.lead_id = leads.id AND custom_values_9.field_id = (SELECT custom_fields_9.id 
FROM custom_fields AS custom_fields_9 
WHERE custom_fields_9.workspace_id = $2::UUID AND custom_fields_9.key = $44::VARCHAR AND custom_fields_9.type = ANY ($45::TEXT[])) AND custom_values_9.sort_key >= $46::VARCHAR)) UNION ALL SELECT $47::INTEGER AS number, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_10.name) AS lower_10 
FROM unnest($48::TEXT[]) AS anon_10(name))));

SELECT custom_fields.id, custom_fields.version, custom_fields.key, custom_fields.label, custom_fields.description, custom_fields.type, custom_fields.required, custom_fields.archived_at, custom_fields.created_at, custom_fields.updated_at 
FROM custom_fields 
WHERE custom_fields.workspace_id = $1::UUID AND custom_fields.key = ANY ($2::TEXT[]) ORDER BY custom_fields.id;
