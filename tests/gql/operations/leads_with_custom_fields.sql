SELECT anon_1._sort, anon_1._id, convert_to('{"id":"Lead:' || CAST(anon_1.id AS TEXT) || '"}', 'UTF8') AS row 
FROM (SELECT leads.id AS id, anon_2.sort_key AS _sort, leads.id AS _id 
FROM leads LEFT OUTER JOIN (SELECT custom_values_1.lead_id AS lead_id, coalesce(lpad(CAST(custom_field_options_1.position AS TEXT), $1::INTEGER, $2::VARCHAR), custom_values_1.sort_key) COLLATE "C" AS sort_key 
FROM custom_values AS custom_values_1 LEFT OUTER JOIN custom_field_options AS custom_field_options_1 ON custom_field_options_1.workspace_id = custom_values_1.workspace_id AND custom_field_options_1.field_id = custom_values_1.field_id AND custom_field_options_1.key = custom_values_1.value 
WHERE custom_values_1.workspace_id = $3::UUID AND custom_values_1.field_id = (SELECT custom_fields_1.id 
FROM custom_fields AS custom_fields_1 
WHERE custom_fields_1.workspace_id = $3::UUID AND custom_fields_1.key = $4::VARCHAR AND custom_fields_1.type = ANY ($5::TEXT[])) AND custom_values_1.place = $6::SMALLINT) AS anon_2 ON anon_2.lead_id = leads.id 
WHERE leads.workspace_id = $3::UUID AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_2 
WHERE custom_values_2.workspace_id = leads.workspace_id AND custom_values_2.lead_id = leads.id AND custom_values_2.field_id = (SELECT custom_fields_2.id 
FROM custom_fields AS custom_fields_2 
WHERE custom_fields_2.workspace_id = $3::UUID AND custom_fields_2.key = $7::VARCHAR AND custom_fields_2.type = ANY ($8::TEXT[])) AND custom_values_2.sort_key = ANY ($9::TEXT[]))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_3 
WHERE custom_values_3.workspace_id = leads.workspace_id AND custom_values_3.lead_id = leads.id AND custom_values_3.field_id = (SELECT custom_fields_3.id 
FROM custom_fields AS custom_fields_3 
WHERE custom_fields_3.workspace_id = $3::UUID AND custom_fields_3.key = $10::VARCHAR AND custom_fields_3.type = ANY ($11::TEXT[])) AND custom_values_3.sort_key = ANY ($12::TEXT[]))) AND NOT (EXISTS (SELECT * 
FROM custom_values AS custom_values_4 
WHERE custom_values_4.workspace_id = leads.workspace_id AND custom_values_4.lead_id = leads.id AND custom_values_4.field_id = (SELECT custom_fields_4.id 
FROM custom_fields AS custom_fields_4 
WHERE custom_fields_4.workspace_id = $3::UUID AND custom_fields_4.key = $13::VARCHAR AND custom_fields_4.type = ANY ($14::TEXT[])) AND custom_values_4.sort_key = ANY ($15::TEXT[]))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_5 
WHERE custom_values_5.workspace_id = leads.workspace_id AND custom_values_5.lead_id = leads.id AND custom_values_5.field_id = (SELECT custom_fields_5.id 
FROM custom_fields AS custom_fields_5 
WHERE custom_fields_5.workspace_id = $3::UUID AND custom_fields_5.key = $16::VARCHAR AND custom_fields_5.type = ANY ($17::TEXT[])))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_6 
WHERE custom_values_6.workspace_id = leads.workspace_id AND custom_values_6.lead_id = leads.id AND custom_values_6.field_id = (SELECT custom_fields_6.id 
FROM custom_fields AS custom_fields_6 
WHERE custom_fields_6.workspace_id = $3::UUID AND custom_fields_6.key = $18::VARCHAR AND custom_fields_6.type = ANY ($19::TEXT[])) AND custom_values_6.sort_key >= $20::VARCHAR AND custom_values_6.sort_key < $21::VARCHAR)) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_7 
WHERE custom_values_7.workspace_id = leads.workspace_id AND custom_values_7.lead_id = leads.id AND custom_values_7.field_id = (SELECT custom_fields_7.id 
FROM custom_fields AS custom_fields_7 
WHERE custom_fields_7.workspace_id = $3::UUID AND custom_fields_7.key = $22::VARCHAR AND custom_fields_7.type = ANY ($23::TEXT[])) AND custom_values_7.sort_key = $24::VARCHAR)) AND ((EXISTS (SELECT * 
FROM custom_values AS custom_values_8 
WHERE custom_values_8.workspace_id = leads.workspace_id AND custom_values_8.lead_id = leads.id AND custom_values_8.field_id = (SELECT custom_fields_8.id 
FROM custom_fields AS custom_fields_8 
WHERE custom_fields_8.workspace_id = $3::UUID AND custom_fields_8.key = $25::VARCHAR AND custom_fields_8.type = ANY ($26::TEXT[])) AND custom_values_8.sort_key = ANY ($27::TEXT[]) AND strpos(lower(custom_values_8.value), lower($28::VARCHAR)) > $29::INTEGER AND custom_values_8.sort_key >= $30::VARCHAR AND custom_values_8.sort_key < $31::VARCHAR)) OR leads.score_total >= $32::BIGINT) ORDER BY anon_2.sort_key DESC NULLS LAST, leads.id DESC 
 LIMIT $33::INTEGER) AS anon_1;

SELECT leads.id, anon_1.sort_key AS _sort, leads.id AS _id 
FROM leads LEFT OUTER JOIN (SELECT custom_values_1.lead_id AS lead_id, coalesce(lpad(CAST(custom_field_options_1.position AS TEXT), $1::INTEGER, $2::VARCHAR), custom_values_1.sort_key) COLLATE "C" AS sort_key 
FROM custom_values AS custom_values_1 LEFT OUTER JOIN custom_field_options AS custom_field_options_1 ON custom_field_options_1.workspace_id = custom_values_1.workspace_id AND custom_field_options_1.field_id = custom_values_1.field_id AND custom_field_options_1.key = custom_values_1.value 
WHERE custom_values_1.workspace_id = $3::UUID AND custom_values_1.field_id = (SELECT custom_fields_1.id 
FROM custom_fields AS custom_fields_1 
WHERE custom_fields_1.workspace_id = $3::UUID AND custom_fields_1.key = $4::VARCHAR AND custom_fields_1.type = ANY ($5::TEXT[])) AND custom_values_1.place = $6::SMALLINT) AS anon_1 ON anon_1.lead_id = leads.id 
WHERE leads.workspace_id = $3::UUID AND leads.deleted_at IS NULL ORDER BY anon_1.sort_key ASC NULLS LAST, leads.id ASC 
 LIMIT $7::INTEGER;

SELECT count(*) AS count_1 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_1 
WHERE custom_values_1.workspace_id = leads.workspace_id AND custom_values_1.lead_id = leads.id AND custom_values_1.field_id = (SELECT custom_fields_1.id 
FROM custom_fields AS custom_fields_1 
WHERE custom_fields_1.workspace_id = $1::UUID AND custom_fields_1.key = $2::VARCHAR AND custom_fields_1.type = ANY ($3::TEXT[])) AND custom_values_1.sort_key = ANY ($4::TEXT[]))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_2 
WHERE custom_values_2.workspace_id = leads.workspace_id AND custom_values_2.lead_id = leads.id AND custom_values_2.field_id = (SELECT custom_fields_2.id 
FROM custom_fields AS custom_fields_2 
WHERE custom_fields_2.workspace_id = $1::UUID AND custom_fields_2.key = $5::VARCHAR AND custom_fields_2.type = ANY ($6::TEXT[])) AND custom_values_2.sort_key = ANY ($7::TEXT[]))) AND NOT (EXISTS (SELECT * 
FROM custom_values AS custom_values_3 
WHERE custom_values_3.workspace_id = leads.workspace_id AND custom_values_3.lead_id = leads.id AND custom_values_3.field_id = (SELECT custom_fields_3.id 
FROM custom_fields AS custom_fields_3 
WHERE custom_fields_3.workspace_id = $1::UUID AND custom_fields_3.key = $8::VARCHAR AND custom_fields_3.type = ANY ($9::TEXT[])) AND custom_values_3.sort_key = ANY ($10::TEXT[]))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_4 
WHERE custom_values_4.workspace_id = leads.workspace_id AND custom_values_4.lead_id = leads.id AND custom_values_4.field_id = (SELECT custom_fields_4.id 
FROM custom_fields AS custom_fields_4 
WHERE custom_fields_4.workspace_id = $1::UUID AND custom_fields_4.key = $11::VARCHAR AND custom_fields_4.type = ANY ($12::TEXT[])))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_5 
WHERE custom_values_5.workspace_id = leads.workspace_id AND custom_values_5.lead_id = leads.id AND custom_values_5.field_id = (SELECT custom_fields_5.id 
FROM custom_fields AS custom_fields_5 
WHERE custom_fields_5.workspace_id = $1::UUID AND custom_fields_5.key = $13::VARCHAR AND custom_fields_5.type = ANY ($14::TEXT[])) AND custom_values_5.sort_key >= $15::VARCHAR AND custom_values_5.sort_key < $16::VARCHAR)) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_6 
WHERE custom_values_6.workspace_id = leads.workspace_id AND custom_values_6.lead_id = leads.id AND custom_values_6.field_id = (SELECT custom_fields_6.id 
FROM custom_fields AS custom_fields_6 
WHERE custom_fields_6.workspace_id = $1::UUID AND custom_fields_6.key = $17::VARCHAR AND custom_fields_6.type = ANY ($18::TEXT[])) AND custom_values_6.sort_key = $19::VARCHAR)) AND ((EXISTS (SELECT * 
FROM custom_values AS custom_values_7 
WHERE custom_values_7.workspace_id = leads.workspace_id AND custom_values_7.lead_id = leads.id AND custom_values_7.field_id = (SELECT custom_fields_7.id 
FROM custom_fields AS custom_fields_7 
WHERE custom_fields_7.workspace_id = $1::UUID AND custom_fields_7.key = $20::VARCHAR AND custom_fields_7.type = ANY ($21::TEXT[])) AND custom_values_7.sort_key = ANY ($22::TEXT[]) AND strpos(lower(custom_values_7.value), lower($23::VARCHAR)) > $24::INTEGER AND custom_values_7.sort_key >= $25::VARCHAR AND custom_values_7.sort_key < $26::VARCHAR)) OR leads.score_total >= $27::BIGINT);

SELECT custom_values.lead_id, custom_values.field_id, custom_fields.key, custom_fields.type, custom_values.value 
FROM custom_values JOIN custom_fields ON custom_fields.workspace_id = custom_values.workspace_id AND custom_fields.id = custom_values.field_id 
WHERE custom_values.workspace_id = $1::UUID AND custom_values.lead_id = ANY ($2::UUID[]) AND custom_fields.archived_at IS NULL ORDER BY custom_values.lead_id, lower(custom_fields.label) COLLATE "C", custom_fields.id, custom_values.place;

SELECT custom_values.lead_id, custom_values.field_id, custom_fields.key, custom_fields.type, custom_values.value 
FROM unnest($1::UUID[], $2::TEXT[]) AS anon_1(lead_id, key) JOIN custom_fields ON custom_fields.workspace_id = $3::UUID AND custom_fields.key = anon_1.key JOIN custom_values ON custom_values.workspace_id = custom_fields.workspace_id AND custom_values.field_id = custom_fields.id AND custom_values.lead_id = anon_1.lead_id ORDER BY custom_values.lead_id, custom_values.field_id, custom_values.place;

SELECT custom_field_options.field_id, custom_field_options.key, custom_field_options.label, custom_field_options.position, custom_field_options.archived_at 
FROM unnest($1::UUID[], $2::TEXT[]) AS anon_1(field_id, key) JOIN custom_field_options ON custom_field_options.field_id = anon_1.field_id AND custom_field_options.key = anon_1.key 
WHERE custom_field_options.workspace_id = $3::UUID;

SELECT custom_fields.id, custom_fields.label, custom_fields.type 
FROM custom_fields 
WHERE custom_fields.workspace_id = $1::UUID AND custom_fields.id = ANY ($2::UUID[]);
