SELECT anon_1._sort, anon_1._id, convert_to('{"id":"Lead:' || CAST(anon_1.id AS TEXT) || '","name":' || coalesce(CAST(to_json(anon_1.name) AS TEXT), 'null') || '}', 'UTF8') AS row 
FROM (SELECT leads.id AS id, nullif(concat_ws(' ', nullif(leads.first_name, ''), nullif(leads.last_name, '')), '') AS name, leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND leads.id IN (SELECT search_terms.lead_id 
FROM search_terms 
WHERE search_terms.workspace_id = $1::UUID AND search_terms.term >= $2::VARCHAR AND search_terms.term < $3::VARCHAR) AND leads.id IN (SELECT search_terms.lead_id 
FROM search_terms 
WHERE search_terms.workspace_id = $1::UUID AND search_terms.term >= $4::VARCHAR AND search_terms.term < $5::VARCHAR) ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $6::INTEGER) AS anon_1;

SELECT count(*) AS count_1 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND leads.id IN (SELECT search_terms.lead_id 
FROM search_terms 
WHERE search_terms.workspace_id = $1::UUID AND search_terms.term >= $2::VARCHAR AND search_terms.term < $3::VARCHAR) AND leads.id IN (SELECT search_terms.lead_id 
FROM search_terms 
WHERE search_terms.workspace_id = $1::UUID AND search_terms.term >= $4::VARCHAR AND search_terms.term < $5::VARCHAR);
