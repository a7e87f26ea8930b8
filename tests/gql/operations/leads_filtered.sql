SELECT anon_1._sort, anon_1._id, convert_to('{"id":"Lead:' || CAST(anon_1.id AS TEXT) || '","company":{"name":' || coalesce(CAST(to_json(anon_1.company) AS TEXT), 'null') || '}}', 'UTF8') AS row 
FROM (SELECT leads.id AS id, leads.company AS company, lower(leads.company) COLLATE "C" AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND leads.status = ANY ($2::TEXT[]) AND NOT (leads.grade = ANY ($3::TEXT[])) AND leads.email IS NOT NULL AND strpos(lower(leads.company), lower($4::VARCHAR)) > $5::INTEGER AND leads.employees >= $6::BIGINT AND leads.annual_revenue > $7::NUMERIC AND leads.expected_close_date >= $8::DATE AND leads.created_at >= $9::TIMESTAMP WITH TIME ZONE AND leads.created_at < $10::TIMESTAMP WITH TIME ZONE AND leads.score_total >= $11::BIGINT AND leads.score_total <= $12::BIGINT AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_2.name) AS lower_1 
FROM unnest($13::TEXT[]) AS anon_2(name)))) AND NOT (EXISTS (SELECT * 
FROM unnest($14::TEXT[]) AS anon_3(name) 
WHERE NOT (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) = lower(anon_3.name))))) AND NOT (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_4.name) AS lower_2 
FROM unnest($15::TEXT[]) AS anon_4(name)))) AND (EXISTS (SELECT * 
FROM agents AS members 
WHERE members.workspace_id = leads.workspace_id AND members.id = leads.owner_id AND members.team_id IS NOT NULL)) AND (EXISTS (SELECT * 
FROM external_references 
WHERE external_references.workspace_id = leads.workspace_id AND external_references.lead_id = leads.id AND starts_with(lower(external_references.system), lower($16::VARCHAR)))) AND leads.do_not_call IS false AND (lower(leads.country) = lower($17::VARCHAR) OR NOT coalesce(leads.city IS NULL, false)) ORDER BY lower(leads.company) COLLATE "C" ASC NULLS LAST, leads.id ASC 
 LIMIT $18::INTEGER) AS anon_1;

SELECT count(*) AS count_1 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND leads.status = ANY ($2::TEXT[]) AND NOT (leads.grade = ANY ($3::TEXT[])) AND leads.email IS NOT NULL AND strpos(lower(leads.company), lower($4::VARCHAR)) > $5::INTEGER AND leads.employees >= $6::BIGINT AND leads.annual_revenue > $7::NUMERIC AND leads.expected_close_date >= $8::DATE AND leads.created_at >= $9::TIMESTAMP WITH TIME ZONE AND leads.created_at < $10::TIMESTAMP WITH TIME ZONE AND leads.score_total >= $11::BIGINT AND leads.score_total <= $12::BIGINT AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_1.name) AS lower_1 
FROM unnest($13::TEXT[]) AS anon_1(name)))) AND NOT (EXISTS (SELECT * 
FROM unnest($14::TEXT[]) AS anon_2(name) 
WHERE NOT (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) = lower(anon_2.name))))) AND NOT (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_3.name) AS lower_2 
FROM unnest($15::TEXT[]) AS anon_3(name)))) AND (EXISTS (SELECT * 
FROM agents AS members 
WHERE members.workspace_id = leads.workspace_id AND members.id = leads.owner_id AND members.team_id IS NOT NULL)) AND (EXISTS (SELECT * 
FROM external_references 
WHERE external_references.workspace_id = leads.workspace_id AND external_references.lead_id = leads.id AND starts_with(lower(external_references.system), lower($16::VARCHAR)))) AND leads.do_not_call IS false AND (lower(leads.country) = lower($17::VARCHAR) OR NOT coalesce(leads.city IS NULL, false));
