SELECT pipelines.id, pipelines.version, pipelines.name, pipelines.description, pipelines.archived_at, pipelines.created_at, pipelines.updated_at 
FROM pipelines 
WHERE pipelines.workspace_id = $1::UUID AND pipelines.id = $2::UUID ORDER BY pipelines.id FOR UPDATE;

SELECT stages.id, stages.pipeline_id, stages.version, stages.name, stages.position, stages.kind, stages.win_probability, stages.mapped_status, stages.rotting_days, stages.required_fields, stages.deleted_at, stages.created_at, stages.updated_at, stages.pipeline_id AS _parent 
FROM stages 
WHERE stages.workspace_id = $1::UUID AND stages.pipeline_id = ANY ($2::UUID[]) AND stages.deleted_at IS NULL ORDER BY stages.pipeline_id, stages.position, stages.id;
