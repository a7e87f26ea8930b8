SELECT stages.id, stages.pipeline_id, stages.version, stages.name, stages.position, stages.kind, stages.win_probability, stages.mapped_status, stages.rotting_days, stages.required_fields, stages.deleted_at, stages.created_at, stages.updated_at 
FROM stages 
WHERE stages.workspace_id = $1::UUID AND stages.id = ANY ($2::UUID[]);

SELECT pipelines.id, pipelines.version, pipelines.name, pipelines.description, pipelines.archived_at, pipelines.created_at, pipelines.updated_at 
FROM pipelines 
WHERE pipelines.workspace_id = $1::UUID AND pipelines.id = $2::UUID ORDER BY pipelines.id FOR UPDATE;

SELECT stages.id, stages.pipeline_id, stages.version, stages.name, stages.position, stages.kind, stages.win_probability, stages.mapped_status, stages.rotting_days, stages.required_fields, stages.deleted_at, stages.created_at, stages.updated_at, stages.pipeline_id AS _parent 
FROM stages 
WHERE stages.workspace_id = $1::UUID AND stages.pipeline_id = ANY ($2::UUID[]) AND stages.deleted_at IS NULL ORDER BY stages.pipeline_id, stages.position, stages.id;

UPDATE pipelines SET name=$1::VARCHAR, description=$2::VARCHAR, archived_at=$3::TIMESTAMP WITH TIME ZONE, version=$4::INTEGER, updated_at=$5::TIMESTAMP WITH TIME ZONE WHERE pipelines.workspace_id = $6::UUID AND pipelines.id = $7::UUID;

UPDATE stages SET pipeline_id=$1::UUID, name=$2::VARCHAR, position=$3::INTEGER, kind=$4::VARCHAR, win_probability=$5::SMALLINT, mapped_status=$6::VARCHAR, rotting_days=$7::INTEGER, required_fields=$8::TEXT[], deleted_at=$9::TIMESTAMP WITH TIME ZONE, version=$10::INTEGER, updated_at=$11::TIMESTAMP WITH TIME ZONE WHERE stages.workspace_id = $12::UUID AND stages.id = $13::UUID;

SELECT anon_1.key AS _parent, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.stage_id = anon_1.key ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT leads.stage_id AS key, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND leads.stage_id = ANY ($2::UUID[]) GROUP BY leads.stage_id;
