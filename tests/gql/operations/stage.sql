SELECT stages.id, stages.pipeline_id, stages.version, stages.name, stages.position, stages.kind, stages.win_probability, stages.mapped_status, stages.rotting_days, stages.required_fields, stages.deleted_at, stages.created_at, stages.updated_at 
FROM stages 
WHERE stages.workspace_id = $1::UUID AND stages.id = ANY ($2::UUID[]);

SELECT pipelines.id, pipelines.name 
FROM pipelines 
WHERE pipelines.workspace_id = $1::UUID AND pipelines.id = ANY ($2::UUID[]);

SELECT anon_1.key AS _parent, page.id, page.lead_id, page.stage_id, page.entered_at, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT stage_stays.id AS id, stage_stays.lead_id AS lead_id, stage_stays.stage_id AS stage_id, stage_stays.entered_at AS entered_at, stage_stays.entered_at AS _sort, stage_stays.id AS _id 
FROM stage_stays 
WHERE stage_stays.workspace_id = $2::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = stage_stays.workspace_id AND leads.id = stage_stays.lead_id AND leads.deleted_at IS NULL)) AND stage_stays.stage_id = anon_1.key ORDER BY stage_stays.entered_at DESC, stage_stays.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.id, page.first_name, page.last_name, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT leads.id AS id, leads.first_name AS first_name, leads.last_name AS last_name, leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.stage_id = anon_1.key ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT stages.id, stages.pipeline_id, stages.version, stages.name, stages.position, stages.kind, stages.win_probability, stages.mapped_status, stages.rotting_days, stages.required_fields, stages.deleted_at, stages.created_at, stages.updated_at, stages.pipeline_id AS _parent 
FROM stages 
WHERE stages.workspace_id = $1::UUID AND stages.pipeline_id = ANY ($2::UUID[]) AND stages.deleted_at IS NULL ORDER BY stages.pipeline_id, stages.position, stages.id;

SELECT stage_stays.stage_id AS key, count(*) AS count 
FROM stage_stays 
WHERE stage_stays.workspace_id = $1::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = stage_stays.workspace_id AND leads.id = stage_stays.lead_id AND leads.deleted_at IS NULL)) AND stage_stays.stage_id = ANY ($2::UUID[]) GROUP BY stage_stays.stage_id;

SELECT leads.id, leads.first_name, leads.last_name 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;

SELECT leads.stage_id AS key, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND leads.stage_id = ANY ($2::UUID[]) GROUP BY leads.stage_id;
