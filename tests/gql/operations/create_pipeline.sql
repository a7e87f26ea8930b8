SELECT pipelines.id 
FROM pipelines 
WHERE pipelines.workspace_id = $1::UUID AND lower(pipelines.name) = lower($2::VARCHAR);

INSERT INTO pipelines (workspace_id, id, name, description, archived_at, version, created_at, updated_at) VALUES ($1::UUID, $2::UUID, $3::VARCHAR, $4::VARCHAR, $5::TIMESTAMP WITH TIME ZONE, $6::INTEGER, $7::TIMESTAMP WITH TIME ZONE, $8::TIMESTAMP WITH TIME ZONE);

INSERT INTO stages (workspace_id, id, pipeline_id, name, position, kind, win_probability, mapped_status, rotting_days, required_fields, deleted_at, version, created_at, updated_at) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::VARCHAR, $5::INTEGER, $6::VARCHAR, $7::SMALLINT, $8::VARCHAR, $9::INTEGER, $10::TEXT[], $11::TIMESTAMP WITH TIME ZONE, $12::INTEGER, $13::TIMESTAMP WITH TIME ZONE, $14::TIMESTAMP WITH TIME ZONE);

SELECT stages.id, stages.pipeline_id, stages.version, stages.name, stages.position, stages.kind, stages.win_probability, stages.mapped_status, stages.rotting_days, stages.required_fields, stages.deleted_at, stages.created_at, stages.updated_at, stages.pipeline_id AS _parent 
FROM stages 
WHERE stages.workspace_id = $1::UUID AND stages.pipeline_id = ANY ($2::UUID[]) AND stages.deleted_at IS NULL ORDER BY stages.pipeline_id, stages.position, stages.id;
