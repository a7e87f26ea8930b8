SELECT sequences.id, sequences.version, sequences.name, sequences.type, sequences.description, sequences.draft, sequences.published_version, sequences.archived_at, sequences.created_at, sequences.updated_at 
FROM sequences 
WHERE sequences.workspace_id = $1::UUID AND sequences.id = $2::UUID ORDER BY sequences.id FOR NO KEY UPDATE;

SELECT message_templates.id, message_templates.version, message_templates.name, message_templates.description, message_templates.channel, message_templates.current_version, message_templates.archived_at, message_templates.created_at, message_templates.updated_at 
FROM message_templates 
WHERE message_templates.workspace_id = $1::UUID AND message_templates.id = ANY ($2::UUID[]);

SELECT message_template_versions.id, message_template_versions.template_id, message_template_versions.number, message_template_versions.content, message_template_versions.created_at, message_template_versions.created_by_kind, message_template_versions.created_by_id 
FROM message_template_versions JOIN message_templates ON message_templates.workspace_id = message_template_versions.workspace_id AND message_templates.id = message_template_versions.template_id AND message_templates.current_version = message_template_versions.number 
WHERE message_template_versions.workspace_id = $1::UUID AND message_template_versions.template_id = ANY ($2::UUID[]);

SELECT custom_fields.id, custom_fields.version, custom_fields.key, custom_fields.label, custom_fields.description, custom_fields.type, custom_fields.required, custom_fields.archived_at, custom_fields.created_at, custom_fields.updated_at 
FROM custom_fields 
WHERE custom_fields.workspace_id = $1::UUID AND custom_fields.archived_at IS NULL ORDER BY lower(custom_fields.label) COLLATE "C", custom_fields.id;

SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

INSERT INTO sequence_versions (workspace_id, id, sequence_id, number, plan, published_at, published_by_kind, published_by_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::INTEGER, $5::JSONB, $6::TIMESTAMP WITH TIME ZONE, $7::VARCHAR, $8::UUID);

UPDATE sequences SET name=$1::VARCHAR, type=$2::VARCHAR, description=$3::VARCHAR, draft=$4::JSONB, published_version=$5::INTEGER, archived_at=$6::TIMESTAMP WITH TIME ZONE, version=$7::INTEGER, updated_at=$8::TIMESTAMP WITH TIME ZONE WHERE sequences.workspace_id = $9::UUID AND sequences.id = $10::UUID;

SELECT enrollments.sequence_id, enrollments.sequence_version_id, enrollments.step_key, count(*) AS count 
FROM enrollments 
WHERE enrollments.workspace_id = $1::UUID AND enrollments.state IN ('ACTIVE', 'PAUSED') AND enrollments.sequence_id = ANY ($2::UUID[]) GROUP BY enrollments.sequence_id, enrollments.sequence_version_id, enrollments.step_key ORDER BY enrollments.sequence_id, enrollments.sequence_version_id, enrollments.step_key;

SELECT sequence_versions.id, sequence_versions.sequence_id, sequence_versions.number, sequence_versions.plan, sequence_versions.published_at, sequence_versions.published_by_kind, sequence_versions.published_by_id 
FROM sequence_versions 
WHERE sequence_versions.workspace_id = $1::UUID AND sequence_versions.id = ANY ($2::UUID[]);

INSERT INTO enrollment_runs (workspace_id, id, sequence_id, sequence_version_id, number, running_enrollments, total, done, moved, position, started_at, finished_at) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::UUID, $5::INTEGER, $6::VARCHAR, $7::INTEGER, $8::INTEGER, $9::INTEGER, $10::UUID, $11::TIMESTAMP WITH TIME ZONE, $12::TIMESTAMP WITH TIME ZONE);

INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::BIGINT, $5::VARCHAR, $6::TIMESTAMP WITH TIME ZONE, $7::JSONB, $8::VARCHAR, $9::UUID, $10::VARCHAR, $11::UUID);

SELECT enrollment_runs.id, enrollment_runs.sequence_id, enrollment_runs.sequence_version_id, enrollment_runs.number, enrollment_runs.running_enrollments, enrollment_runs.total, enrollment_runs.done, enrollment_runs.moved, enrollment_runs.position, enrollment_runs.started_at, enrollment_runs.finished_at 
FROM enrollment_runs 
WHERE enrollment_runs.workspace_id = $1::UUID AND enrollment_runs.sequence_version_id = ANY ($2::UUID[]);

SELECT sequence_versions.id, sequence_versions.sequence_id, sequence_versions.number, sequence_versions.plan, sequence_versions.published_at, sequence_versions.published_by_kind, sequence_versions.published_by_id 
FROM sequence_versions JOIN sequences ON sequences.workspace_id = sequence_versions.workspace_id AND sequences.id = sequence_versions.sequence_id AND sequences.published_version = sequence_versions.number 
WHERE sequence_versions.workspace_id = $1::UUID AND sequence_versions.sequence_id = ANY ($2::UUID[]);

SELECT sequences.id, sequences.name 
FROM sequences 
WHERE sequences.workspace_id = $1::UUID AND sequences.id = ANY ($2::UUID[]);
