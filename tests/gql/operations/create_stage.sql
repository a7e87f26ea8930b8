SELECT pipelines.id, pipelines.version, pipelines.name, pipelines.description, pipelines.archived_at, pipelines.created_at, pipelines.updated_at 
FROM pipelines 
WHERE pipelines.workspace_id = $1::UUID AND pipelines.id = $2::UUID ORDER BY pipelines.id FOR UPDATE;

SELECT stages.id, stages.pipeline_id, stages.version, stages.name, stages.position, stages.kind, stages.win_probability, stages.mapped_status, stages.rotting_days, stages.required_fields, stages.deleted_at, stages.created_at, stages.updated_at, stages.pipeline_id AS _parent 
FROM stages 
WHERE stages.workspace_id = $1::UUID AND stages.pipeline_id = ANY ($2::UUID[]) AND stages.deleted_at IS NULL ORDER BY stages.pipeline_id, stages.position, stages.id;

UPDATE pipelines SET name=$1::VARCHAR, description=$2::VARCHAR, archived_at=$3::TIMESTAMP WITH TIME ZONE, version=$4::INTEGER, updated_at=$5::TIMESTAMP WITH TIME ZONE WHERE pipelines.workspace_id = $6::UUID AND pipelines.id = $7::UUID;

INSERT INTO stages (workspace_id, id, pipeline_id, name, position, kind, win_probability, mapped_status, rotting_days, required_fields, deleted_at, version, created_at, updated_at) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::VARCHAR, $5::INTEGER, $6::VARCHAR, $7::SMALLINT, $8::VARCHAR, $9::INTEGER, $10::TEXT[], $11::TIMESTAMP WITH TIME ZONE, $12::INTEGER, $13::TIMESTAMP WITH TIME ZONE, $14::TIMESTAMP WITH TIME ZONE);
