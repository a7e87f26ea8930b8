SELECT imports.id, imports.file_name, imports.status, imports.rows_total, imports.rows_done, imports.created_by_kind, imports.created_by_id, imports.created_at AS _sort, imports.id AS _id 
FROM imports 
WHERE imports.workspace_id = $1::UUID ORDER BY imports.created_at DESC, imports.id DESC 
 LIMIT $2::INTEGER;

SELECT count(*) AS count_1 
FROM imports 
WHERE imports.workspace_id = $1::UUID;
