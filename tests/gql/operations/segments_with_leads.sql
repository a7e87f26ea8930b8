SELECT segments.id, lower(segments.name) COLLATE "C" AS _sort, segments.id AS _id 
FROM segments 
WHERE segments.workspace_id = $1::UUID ORDER BY lower(segments.name) COLLATE "C" ASC, segments.id ASC 
 LIMIT $2::INTEGER;

SELECT segments.id, segments.version, segments.name, segments.description, segments.definition, segments.created_at, segments.updated_at 
FROM segments 
WHERE segments.workspace_id = $1::UUID AND segments.id = ANY ($2::UUID[]);

SELECT segments.id, segments.version, segments.name, segments.description, segments.definition, segments.created_at, segments.updated_at 
FROM segments 
WHERE segments.workspace_id = $1::UUID AND segments.id = ANY ($2::UUID[]);

SELECT leads.id, leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_1.name) AS lower_1 
FROM unnest($2::TEXT[]) AS anon_1(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_1 
WHERE custom_values_1.workspace_id = leads.workspace_id AND custom_values_1.lead_id = leads.id AND custom_values_1.field_id = (SELECT custom_fields_1.id 
FROM custom_fields AS custom_fields_1 
WHERE custom_fields_1.workspace_id = $1::UUID AND custom_fields_1.key = $3::VARCHAR AND custom_fields_1.type = ANY ($4::TEXT[])) AND custom_values_1.sort_key >= $5::VARCHAR)) ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $6::INTEGER;

SELECT segments.id, segments.definition 
FROM segments 
WHERE segments.workspace_id = $1::UUID AND segments.id = ANY ($2::UUID[]);

SELECT segments.id, segments.version, segments.name, segments.description, segments.definition, segments.created_at, segments.updated_at 
FROM segments 
WHERE segments.workspace_id = $1::UUID AND segments.id = ANY ($2::UUID[]);

SELECT $1::INTEGER AS _number, row_number() OVER () AS _place, anon_1.id, anon_1.first_name, anon_1.last_name, anon_1._sort, anon_1._id 
FROM (SELECT leads.id AS id, leads.first_name AS first_name, leads.last_name AS last_name, leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.score_total >= $3::BIGINT AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_2.name) AS lower_1 
FROM unnest($4::TEXT[]) AS anon_2(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_1 
WHERE custom_values_1.workspace_id = leads.workspace_id AND custom_values_1.lead_id = leads.id AND custom_values_1.field_id = (SELECT custom_fields_1.id 
FROM custom_fields AS custom_fields_1 
WHERE custom_fields_1.workspace_id = $2::UUID AND custom_fields_1.key = $5::VARCHAR AND custom_fields_1.type = ANY ($6::TEXT[])) AND custom_values_1.sort_key >= $7::VARCHAR)) ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $8::INTEGER) AS anon_1 UNION ALL SELECT $9::INTEGER AS _number, row_number() OVER () AS _place, anon_3.id, anon_3.first_name, anon_3.last_name, anon_3._sort, anon_3._id 
FROM (SELECT leads.id AS id, leads.first_name AS first_name, leads.last_name AS last_name, leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.score_total >= $10::BIGINT AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_4.name) AS lower_2 
FROM unnest($11::TEXT[]) AS anon_4(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_2 
WHERE custom_values_2.workspace_id = leads.workspace_id AND custom_values_2.lead_id = leads.id AND custom_values_2.field_id = (SELECT custom_fields_2.id 
FROM custom_fields AS custom_fields_2 
WHERE custom_fields_2.workspace_id = $2::UUID AND custom_fields_2.key = $12::VARCHAR AND custom_fields_2.type = ANY ($13::TEXT[])) AND custom_values_2.sort_key >= $14::VARCHAR)) ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $8::INTEGER) AS anon_3 UNION ALL SELECT $15::INTEGER AS _number, row_number() OVER () AS _place, anon_5.id, anon_5.first_name, anon_5.last_name, anon_5._sort, anon_5._id 
FROM (SELECT leads.id AS id, leads.first_name AS first_name, leads.last_name AS last_name, leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.score_total >= $16::BIGINT AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_6.name) AS lower_3 
FROM unnest($17::TEXT[]) AS anon_6(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_3 
WHERE custom_values_3.workspace_id = leads.workspace_id AND custom_values_3.lead_id = leads.id AND custom_values_3.field_id = (SELECT custom_fields_3.id 
FROM custom_fields AS custom_fields_3 
WHERE custom_fields_3.workspace_id = $2::UUID AND custom_fields_3.key = $18::VARCHAR AND custom_fields_3.type = ANY ($19::TEXT[])) AND custom_values_3.sort_key >= $20::VARCHAR)) ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $8::INTEGER) AS anon_5 UNION ALL SELECT $21::INTEGER AS _number, row_number() OVER () AS _place, anon_7.id, anon_7.first_name, anon_7.last_name, anon_7._sort, anon_7._id 
FROM (SELECT leads.id AS id, leads.first_name AS first_name, leads.last_name AS last_name, leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.score_total >= $22::BIGINT AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_8.name) AS lower_4 
FROM unnest($23::TEXT[]) AS anon_8(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_4 
WHERE custom_values_4.workspace_id = leads.workspace_id AND custom_values_4.lead_id = leads.id AND custom_values_4.field_id = (SELECT custom_fields_4.id 
FROM custom_fields AS custom_fields_4 
WHERE custom_fields_4.workspace_id = $2::UUID AND custom_fields_4.key = $24::VARCHAR AND custom_fields_4.type = ANY ($25::TEXT[])) AND custom_values_4.sort_key >= $26::VARCHAR)) ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $8::INTEGER) AS anon_7 UNION ALL SELECT $27::INTEGER AS _number, row_number() OVER () AS _place, anon_9.id, anon_9.first_name, anon_9.last_name, anon_9._sort, anon_9._id 
FROM (SELECT leads.id AS id, leads.first_name AS first_name, leads.last_name AS last_name, leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.score_total >= $28::BIGINT AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_10.name) AS lower_5 
FROM unnest($29::TEXT[]) AS anon_10(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_5 
WHERE custom_values_5.workspace_id = leads.workspace_id AND custom_values_5.lead_id = leads.id AND custom_values_5.field_id = (SELECT custom_fields_5.id 
FROM custom_fields AS custom_fields_5 
WHERE custom_fields_5.workspace_id = $2::UUID AND custom_fields_5.key = $30::VARCHAR AND custom_fields_5.type = ANY ($31::TEXT[])) AND custom_values_5.sort_key >= $32::VARCHAR)) ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $8::INTEGER) AS anon_9 UNION ALL SELECT $33::INTEGER AS _number, row_number() OVER () AS _place, anon_11.id, anon_11.first_name, anon_11.last_name, anon_11._sort, anon_11._id 
FROM (SELECT leads.id AS id, leads.first_name AS first_name, leads.last_name AS last_name, leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.score_total >= $34::BIGINT AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_12.name) AS lower_6 
FROM unnest($35::TEXT[]) AS anon_12(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_6 
WHERE custom_values_6.workspace_id = leads.workspace_id AND custom_values_6.lead_id = leads.id AND custom_values_6.field_id = (SELECT custom_fields_6.id 
FROM custom_fields AS custom_fields_6 
WHERE custom_fields_6.workspace_id = $2::UUID AND custom_fields_6.key = $36::VARCHAR AND custom_fields_6.type = ANY ($37::TEXT[])) AND custom_values_6.sort_key >= $38::VARCHAR)) ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $8::INTEGER) AS anon_11 UNION ALL SELECT $39::INTEGER AS _number, row_number() OVER () AS _place, anon_13.id, anon_13.first_name, anon_13.last_name, anon_13._sort, anon_13._id 
FROM (SELECT leads.id AS id, leads.first_name AS first_name, leads.last_name AS last_name, leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.score_total >= $40::BIGINT AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_14.name) AS lower_7 
FROM unnest($41::TEXT[]) AS anon_14(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_7 
WHERE custom_values_7.workspace_id = leads.workspace_id AND custom_values_7.lead_id = leads.id AND custom_values_7.field_id = (SELECT custom_fields_7.id 
FROM custom_fields AS custom_fields_7 
WHERE custom_fields_7.workspace_id = $2::UUID AND custom_fields_7.key = $42::VARCHAR AND custom_fields_7.type = ANY ($43::TEXT[])) AND custom_values_7.sort_key >= $44::VARCHAR)) ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $8::INTEGER) AS anon_13 UNION ALL SELECT $45::INTEGER AS _number, row_number() OVER () AS _place, anon_15.id, anon_15.first_name, anon_15.last_name, anon_15._sort, anon_15._id 
FROM (SELECT leads.id AS id, leads.first_name AS first_name, leads.last_name AS last_name, leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.score_total >= $46::BIGINT AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_16.name) AS lower_8 
FROM unnest($47::TEXT[]) AS anon_16(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_8 
WHERE custom_values_8.workspace_id = leads.workspace_id AND custom_values_8.lead_id = leads.id AND custom_values_8.field_id = (SELECT custom_fields_8.id 
FROM custom_fields AS custom_fields_8 
WHERE custom_fields_8.workspace_id = $2::UUID AND custom_fields_8.key = $48::VARCHAR AND custom_fields_8.type = ANY ($49::TEXT[])) AND custom_values_8.sort_key >= $50::VARCHAR)) ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $8::INTEGER) AS anon_15 UNION ALL SELECT $51::INTEGER AS _number, row_number() OVER () AS _place, anon_17.id, anon_17.first_name, anon_17.last_name, anon_17._sort, anon_17._id 
FROM (SELECT leads.id AS id, leads.first_name AS first_name, leads.last_name AS last_name, leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.score_total >= $52::BIGINT AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_18.name) AS lower_9 
FROM unnest($53::TEXT[]) AS anon_18(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_9 
WHERE custom_values_9.workspace_id = leads.workspace_id AND custom_values_9.lead_id = leads.id AND custom_values_9.field_id = (SELECT custom_fields_9.id 
FROM custom_fields AS custom_fields_9 
WHERE custom_fields_9.workspace_id = $2::UUID AND custom_fields_9.key = $54::VARCHAR AND custom_fields_9.type = ANY ($55::TEXT[])) AND custom_values_9.sort_key >= $56::VARCHAR)) ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $8::INTEGER) AS anon_17 UNION ALL SELECT $57::INTEGER AS _number, row_number() OVER () AS _place, anon_19.id, anon_19.first_name, anon_19.last_name, anon_19._sort, anon_19._id 
FROM (SELECT leads.id AS id, leads.first_name AS first_name, leads.last_name AS last_name, leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.score_total >= $58::BIGINT AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_20.name) AS lower_10 
FROM unnest($59::TEXT[]) AS anon_20(name)))) ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $8::INTEGER) AS anon_19;

SELECT segments.id, segments.version, segments.name, segments.description, segments.definition, segments.created_at, segments.updated_at 
FROM segments 
WHERE segments.workspace_id = $1::UUID AND segments.id = ANY ($2::UUID[]);

SELECT segments.id, segments.version, segments.name, segments.description, segments.definition, segments.created_at, segments.updated_at 
FROM segments 
WHERE segments.workspace_id = $1::UUID ORDER BY lower(segments.name) COLLATE "C", segments.id;

SELECT segments.id, segments.version, segments.name, segments.description, segments.definition, segments.created_at, segments.updated_at 
FROM segments 
WHERE segments.workspace_id = $1::UUID AND segments.id = ANY ($2::UUID[]);

SELECT segments.id, segments.version, segments.name, segments.description, segments.definition, segments.created_at, segments.updated_at 
FROM segments 
WHERE segments.workspace_id = $1::UUID AND segments.id = ANY ($2::UUID[]);

SELECT $1::INTEGER AS number, leads.id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.id = ANY ($3::UUID[]) AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_1.name) AS lower_1 
FROM unnest($4::TEXT[]) AS anon_1(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_1 
WHERE custom_values_1.workspace_id = leads.workspace_id AND custom_values_1.lead_id = leads.id AND custom_values_1.field_id = (SELECT custom_fields_1.id 
FROM custom_fields AS custom_fields_1 
WHERE custom_fields_1.workspace_id = $2::UUID AND custom_fields_1.key = $5::VARCHAR AND custom_fields_1.type = ANY ($6::TEXT[])) AND custom_values_1.sort_key >= $7::VARCHAR)) UNION ALL SELECT $8::INTEGER AS number, leads.id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.id = ANY ($3::UUID[]) AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_2.name) AS lower_2 
FROM unnest($9::TEXT[]) AS anon_2(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_2 
WHERE custom_values_2.workspace_id = leads.workspace_id AND custom_values_2.lead_id = leads.id AND custom_values_2.field_id = (SELECT custom_fields_2.id 
FROM custom_fields AS custom_fields_2 
WHERE custom_fields_2.workspace_id = $2::UUID AND custom_fields_2.key = $10::VARCHAR AND custom_fields_2.type = ANY ($11::TEXT[])) AND custom_values_2.sort_key >= $12::VARCHAR)) UNION ALL SELECT $13::INTEGER AS number, leads.id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.id = ANY ($3::UUID[]) AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_3.name) AS lower_3 
FROM unnest($14::TEXT[]) AS anon_3(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_3 
WHERE custom_values_3.workspace_id = leads.workspace_id AND custom_values_3.lead_id = leads.id AND custom_values_3.field_id = (SELECT custom_fields_3.id 
FROM custom_fields AS custom_fields_3 
WHERE custom_fields_3.workspace_id = $2::UUID AND custom_fields_3.key = $15::VARCHAR AND custom_fields_3.type = ANY ($16::TEXT[])) AND custom_values_3.sort_key >= $17::VARCHAR)) UNION ALL SELECT $18::INTEGER AS number, leads.id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.id = ANY ($3::UUID[]) AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_4.name) AS lower_4 
FROM unnest($19::TEXT[]) AS anon_4(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_4 
WHERE custom_values_4.workspace_id = leads.workspace_id AND custom_values_4.lead_id = leads.id AND custom_values_4.field_id = (SELECT custom_fields_4.id 
FROM custom_fields AS custom_fields_4 
WHERE custom_fields_4.workspace_id = $2::UUID AND custom_fields_4.key = $20::VARCHAR AND custom_fields_4.type = ANY ($21::TEXT[])) AND custom_values_4.sort_key >= $22::VARCHAR)) UNION ALL SELECT $23::INTEGER AS number, leads.id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.id = ANY ($3::UUID[]) AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_5.name) AS lower_5 
FROM unnest($24::TEXT[]) AS anon_5(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_5 
WHERE custom_values_5.workspace_id = leads.workspace_id AND custom_values_5.lead_id = leads.id AND custom_values_5.field_id = (SELECT custom_fields_5.id 
FROM custom_fields AS custom_fields_5 
WHERE custom_fields_5.workspace_id = $2::UUID AND custom_fields_5.key = $25::VARCHAR AND custom_fields_5.type = ANY ($26::TEXT[])) AND custom_values_5.sort_key >= $27::VARCHAR)) UNION ALL SELECT $28::INTEGER AS number, leads.id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.id = ANY ($3::UUID[]) AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_6.name) AS lower_6 
FROM unnest($29::TEXT[]) AS anon_6(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_6 
WHERE custom_values_6.workspace_id = leads.workspace_id AND custom_values_6.lead_id = leads.id AND custom_values_6.field_id = (SELECT custom_fields_6.id 
FROM custom_fields AS custom_fields_6 
WHERE custom_fields_6.workspace_id = $2::UUID AND custom_fields_6.key = $30::VARCHAR AND custom_fields_6.type = ANY ($31::TEXT[])) AND custom_values_6.sort_key >= $32::VARCHAR)) UNION ALL SELECT $33::INTEGER AS number, leads.id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.id = ANY ($3::UUID[]) AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_7.name) AS lower_7 
FROM unnest($34::TEXT[]) AS anon_7(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_7 
WHERE custom_values_7.workspace_id = leads.workspace_id AND custom_values_7.lead_id = leads.id AND custom_values_7.field_id = (SELECT custom_fields_7.id 
FROM custom_fields AS custom_fields_7 
WHERE custom_fields_7.workspace_id = $2::UUID AND custom_fields_7.key = $35::VARCHAR AND custom_fields_7.type = ANY ($36::TEXT[])) AND custom_values_7.sort_key >= $37::VARCHAR)) UNION ALL SELECT $38::INTEGER AS number, leads.id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.id = ANY ($3::UUID[]) AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_8.name) AS lower_8 
FROM unnest($39::TEXT[]) AS anon_8(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_8 
WHERE custom_values_8.workspace_id = leads.workspace_id AND custom_values_8.lead_id = leads.id AND custom_values_8.field_id = (SELECT custom_fields_8.id 
FROM custom_fields AS custom_fields_8 
WHERE custom_fields_8.workspace_id = $2::UUID AND custom_fields_8.key = $40::VARCHAR AND custom_fields_8.type = ANY ($41::TEXT[])) AND custom_values_8.sort_key >= $42::VARCHAR)) UNION ALL SELECT $43::INTEGER AS number, leads.id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.id = ANY ($3::UUID[]) AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_9.name) AS lower_9 
FROM unnest($44::TEXT[]) AS anon_9(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_9 
WHERE custom_values_9.workspace_id = leads.workspace_id AND custom_values_9.lead_id = leads.id AND custom_values_9.field_id = (SELECT custom_fields_9.id 
FROM custom_fields AS custom_fields_9 
WHERE custom_fields_9.workspace_id = $2::UUID AND custom_fields_9.key = $45::VARCHAR AND custom_fields_9.type = ANY ($46::TEXT[])) AND custom_values_9.sort_key >= $47::VARCHAR)) UNION ALL SELECT $48::INTEGER AS number, leads.id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.id = ANY ($3::UUID[]) AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_10.name) AS lower_10 
FROM unnest($49::TEXT[]) AS anon_10(name))));

SELECT count(*) AS count_1 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_1.name) AS lower_1 
FROM unnest($2::TEXT[]) AS anon_1(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_1 
WHERE custom_values_1.workspace_id = leads.workspace_id AND custom_values_1.lead_id = leads.id AND custom_values_1.field_id = (SELECT custom_fields_1.id 
FROM custom_fields AS custom_fields_1 
WHERE custom_fields_1.workspace_id = $1::UUID AND custom_fields_1.key = $3::VARCHAR AND custom_fields_1.type = ANY ($4::TEXT[])) AND custom_values_1.sort_key >= $5::VARCHAR));

SELECT segments.id, segments.definition 
FROM segments 
WHERE segments.workspace_id = $1::UUID AND segments.id = ANY ($2::UUID[]);

SELECT segments.id, segments.version, segments.name, segments.description, segments.definition, segments.created_at, segments.updated_at 
FROM segments 
WHERE segments.workspace_id = $1::UUID AND segments.id = ANY ($2::UUID[]);

SELECT $1::INTEGER AS number, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.score_total >= $3::BIGINT AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_1.name) AS lower_1 
FROM unnest($4::TEXT[]) AS anon_1(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_1 
WHERE custom_values_1.workspace_id = leads.workspace_id AND custom_values_1.lead_id = leads.id AND custom_values_1.field_id = (SELECT custom_fields_1.id 
FROM custom_fields AS custom_fields_1 
WHERE custom_fields_1.workspace_id = $2::UUID AND custom_fields_1.key = $5::VARCHAR AND custom_fields_1.type = ANY ($6::TEXT[])) AND custom_values_1.sort_key >= $7::VARCHAR)) UNION ALL SELECT $8::INTEGER AS number, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.score_total >= $9::BIGINT AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_2.name) AS lower_2 
FROM unnest($10::TEXT[]) AS anon_2(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_2 
WHERE custom_values_2.workspace_id = leads.workspace_id AND custom_values_2.lead_id = leads.id AND custom_values_2.field_id = (SELECT custom_fields_2.id 
FROM custom_fields AS custom_fields_2 
WHERE custom_fields_2.workspace_id = $2::UUID AND custom_fields_2.key = $11::VARCHAR AND custom_fields_2.type = ANY ($12::TEXT[])) AND custom_values_2.sort_key >= $13::VARCHAR)) UNION ALL SELECT $14::INTEGER AS number, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.score_total >= $15::BIGINT AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_3.name) AS lower_3 
FROM unnest($16::TEXT[]) AS anon_3(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_3 
WHERE custom_values_3.workspace_id = leads.workspace_id AND custom_values_3.lead_id = leads.id AND custom_values_3.field_id = (SELECT custom_fields_3.id 
FROM custom_fields AS custom_fields_3 
WHERE custom_fields_3.workspace_id = $2::UUID AND custom_fields_3.key = $17::VARCHAR AND custom_fields_3.type = ANY ($18::TEXT[])) AND custom_values_3.sort_key >= $19::VARCHAR)) UNION ALL SELECT $20::INTEGER AS number, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.score_total >= $21::BIGINT AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_4.name) AS lower_4 
FROM unnest($22::TEXT[]) AS anon_4(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_4 
WHERE custom_values_4.workspace_id = leads.workspace_id AND custom_values_4.lead_id = leads.id AND custom_values_4.field_id = (SELECT custom_fields_4.id 
FROM custom_fields AS custom_fields_4 
WHERE custom_fields_4.workspace_id = $2::UUID AND custom_fields_4.key = $23::VARCHAR AND custom_fields_4.type = ANY ($24::TEXT[])) AND custom_values_4.sort_key >= $25::VARCHAR)) UNION ALL SELECT $26::INTEGER AS number, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.score_total >= $27::BIGINT AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_5.name) AS lower_5 
FROM unnest($28::TEXT[]) AS anon_5(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_5 
WHERE custom_values_5.workspace_id = leads.workspace_id AND custom_values_5.lead_id = leads.id AND custom_values_5.field_id = (SELECT custom_fields_5.id 
FROM custom_fields AS custom_fields_5 
WHERE custom_fields_5.workspace_id = $2::UUID AND custom_fields_5.key = $29::VARCHAR AND custom_fields_5.type = ANY ($30::TEXT[])) AND custom_values_5.sort_key >= $31::VARCHAR)) UNION ALL SELECT $32::INTEGER AS number, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.score_total >= $33::BIGINT AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_6.name) AS lower_6 
FROM unnest($34::TEXT[]) AS anon_6(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_6 
WHERE custom_values_6.workspace_id = leads.workspace_id AND custom_values_6.lead_id = leads.id AND custom_values_6.field_id = (SELECT custom_fields_6.id 
FROM custom_fields AS custom_fields_6 
WHERE custom_fields_6.workspace_id = $2::UUID AND custom_fields_6.key = $35::VARCHAR AND custom_fields_6.type = ANY ($36::TEXT[])) AND custom_values_6.sort_key >= $37::VARCHAR)) UNION ALL SELECT $38::INTEGER AS number, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.score_total >= $39::BIGINT AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_7.name) AS lower_7 
FROM unnest($40::TEXT[]) AS anon_7(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_7 
WHERE custom_values_7.workspace_id = leads.workspace_id AND custom_values_7.lead_id = leads.id AND custom_values_7.field_id = (SELECT custom_fields_7.id 
FROM custom_fields AS custom_fields_7 
WHERE custom_fields_7.workspace_id = $2::UUID AND custom_fields_7.key = $41::VARCHAR AND custom_fields_7.type = ANY ($42::TEXT[])) AND custom_values_7.sort_key >= $43::VARCHAR)) UNION ALL SELECT $44::INTEGER AS number, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.score_total >= $45::BIGINT AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_8.name) AS lower_8 
FROM unnest($46::TEXT[]) AS anon_8(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_8 
WHERE custom_values_8.workspace_id = leads.workspace_id AND custom_values_8.lead_id = leads.id AND custom_values_8.field_id = (SELECT custom_fields_8.id 
FROM custom_fields AS custom_fields_8 
WHERE custom_fields_8.workspace_id = $2::UUID AND custom_fields_8.key = $47::VARCHAR AND custom_fields_8.type = ANY ($48::TEXT[])) AND custom_values_8.sort_key >= $49::VARCHAR)) UNION ALL SELECT $50::INTEGER AS number, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.score_total >= $51::BIGINT AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_9.name) AS lower_9 
FROM unnest($52::TEXT[]) AS anon_9(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_9 
WHERE custom_values_9.workspace_id = leads.workspace_id AND custom_values_9.lead_id = leads.id AND custom_values_9.field_id = (SELECT custom_fields_9.id 
FROM custom_fields AS custom_fields_9 
WHERE custom_fields_9.workspace_id = $2::UUID AND custom_fields_9.key = $53::VARCHAR AND custom_fields_9.type = ANY ($54::TEXT[])) AND custom_values_9.sort_key >= $55::VARCHAR)) UNION ALL SELECT $56::INTEGER AS number, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.score_total >= $57::BIGINT AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_10.name) AS lower_10 
FROM unnest($58::TEXT[]) AS anon_10(name))));
