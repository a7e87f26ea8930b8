SELECT anon_1._sort, anon_1._id, convert_to('{"id":"Lead:' || CAST(anon_1.id AS TEXT) || '","lastActivityAt":' || coalesce('"' || replace(CAST(timezone('UTC', anon_1.last_activity_at) AS TEXT), ' ', 'T') || 'Z"', 'null') || '}', 'UTF8') AS row 
FROM (SELECT leads.id AS id, leads.last_activity_at AS last_activity_at, leads.last_activity_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL ORDER BY leads.last_activity_at DESC NULLS FIRST, leads.id DESC 
 LIMIT 101) AS anon_1;
