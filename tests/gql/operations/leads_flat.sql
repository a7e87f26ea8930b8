SELECT leads.id, leads.created_at, leads.first_name, leads.last_name, leads.email, leads.phones, leads.company, leads.employees, leads.status, leads.grade, leads.priority, leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $2::INTEGER;

SELECT count(*) AS count_1 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL;
