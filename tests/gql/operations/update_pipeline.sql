SELECT pipelines.id, pipelines.version, pipelines.name, pipelines.description, pipelines.archived_at, pipelines.created_at, pipelines.updated_at 
FROM pipelines 
WHERE pipelines.workspace_id = $1::UUID AND pipelines.id = $2::UUID ORDER BY pipelines.id FOR UPDATE;

SELECT stages.id, stages.pipeline_id, stages.version, stages.name, stages.position, stages.kind, stages.win_probability, stages.mapped_status, stages.rotting_days, stages.required_fields, stages.deleted_at, stages.created_at, stages.updated_at, stages.pipeline_id AS _parent 
FROM stages 
WHERE stages.workspace_id = $1::UUID AND stages.pipeline_id = ANY ($2::UUID[]) AND stages.deleted_at IS NULL ORDER BY stages.pipeline_id, stages.position, stages.id;

SELECT pipelines.id 
FROM pipelines 
WHERE pipelines.workspace_id = $1::UUID AND lower(pipelines.name) = lower($2::VARCHAR);

UPDATE pipelines SET name=$1::VARCHAR, description=$2::VARCHAR, archived_at=$3::TIMESTAMP WITH TIME ZONE, version=$4::INTEGER, updated_at=$5::TIMESTAMP WITH TIME ZONE WHERE pipelines.workspace_id = $6::UUID AND pipelines.id = $7::UUID;

SELECT anon_1.key AS _parent, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.pipeline_id = anon_1.key ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT leads.pipeline_id AS key, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND leads.pipeline_id = ANY ($2::UUID[]) GROUP BY leads.pipeline_id;
