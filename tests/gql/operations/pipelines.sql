SELECT pipelines.id, pipelines.name, lower(pipelines.name) COLLATE "C" AS _sort, pipelines.id AS _id 
FROM pipelines 
WHERE pipelines.workspace_id = $1::UUID ORDER BY lower(pipelines.name) COLLATE "C" ASC, pipelines.id ASC 
 LIMIT $2::INTEGER;

SELECT count(*) AS count_1 
FROM pipelines 
WHERE pipelines.workspace_id = $1::UUID;

SELECT stages.id, stages.pipeline_id, stages.version, stages.name, stages.position, stages.kind, stages.win_probability, stages.mapped_status, stages.rotting_days, stages.required_fields, stages.deleted_at, stages.created_at, stages.updated_at, stages.pipeline_id AS _parent 
FROM stages 
WHERE stages.workspace_id = $1::UUID AND stages.pipeline_id = ANY ($2::UUID[]) AND stages.deleted_at IS NULL ORDER BY stages.pipeline_id, stages.position, stages.id;

SELECT anon_1.key AS _parent, page.id, page.stage_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT leads.id AS id, leads.stage_id AS stage_id, leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.pipeline_id = anon_1.key ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT leads.pipeline_id AS key, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND leads.pipeline_id = ANY ($2::UUID[]) GROUP BY leads.pipeline_id;

SELECT stages.id, stages.name 
FROM stages 
WHERE stages.workspace_id = $1::UUID AND stages.id = ANY ($2::UUID[]);
