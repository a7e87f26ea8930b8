SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID FOR UPDATE;

SELECT versions.id, versions.model_id, versions.version, versions.number, versions.definition, versions.restored_number, versions.created_at, versions.updated_at, versions.published_at, versions.published_by_kind, versions.published_by_id 
FROM (SELECT scoring_model_versions.workspace_id AS workspace_id, scoring_model_versions.id AS id, scoring_model_versions.model_id AS model_id, scoring_model_versions.version AS version, scoring_model_versions.number AS number, scoring_model_versions.definition AS definition, scoring_model_versions.restored_number AS restored_number, scoring_model_versions.created_at AS created_at, scoring_model_versions.updated_at AS updated_at, scoring_model_versions.published_at AS published_at, scoring_model_versions.published_by_kind AS published_by_kind, scoring_model_versions.published_by_id AS published_by_id 
FROM scoring_model_versions UNION ALL SELECT workspaces.workspace_id AS workspace_id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $1::VARCHAR || $2::VARCHAR) AS UUID) AS id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $3::VARCHAR) AS UUID) AS model_id, $4::INTEGER AS version, $5::INTEGER AS number, $6::JSONB AS definition, CAST(NULL AS INTEGER) AS restored_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at, workspaces.created_at AS published_at, $7::VARCHAR AS published_by_kind, CAST(NULL AS UUID) AS published_by_id 
FROM workspaces UNION ALL SELECT workspaces.workspace_id AS workspace_id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $8::VARCHAR || $9::VARCHAR) AS UUID) AS id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $10::VARCHAR) AS UUID) AS model_id, $11::INTEGER AS version, $12::INTEGER AS number, $13::JSONB AS definition, CAST(NULL AS INTEGER) AS restored_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at, workspaces.created_at AS published_at, $14::VARCHAR AS published_by_kind, CAST(NULL AS UUID) AS published_by_id 
FROM workspaces) AS versions 
WHERE versions.workspace_id = $15::UUID AND versions.id = ANY ($16::UUID[]);

SELECT scoring_models.id, scoring_models.version, scoring_models.key, scoring_models.name, scoring_models.description, scoring_models.published_number, scoring_models.created_at, scoring_models.updated_at 
FROM scoring_models 
WHERE scoring_models.workspace_id = $1::UUID AND scoring_models.id = $2::UUID ORDER BY scoring_models.id FOR UPDATE;

SELECT scoring_model_versions.id, scoring_model_versions.model_id, scoring_model_versions.version, scoring_model_versions.number, scoring_model_versions.definition, scoring_model_versions.restored_number, scoring_model_versions.created_at, scoring_model_versions.updated_at, scoring_model_versions.published_at, scoring_model_versions.published_by_kind, scoring_model_versions.published_by_id 
FROM scoring_model_versions 
WHERE scoring_model_versions.workspace_id = $1::UUID AND scoring_model_versions.id = $2::UUID ORDER BY scoring_model_versions.id FOR UPDATE;

SELECT scoring_models.id, scoring_models.version, scoring_models.key, scoring_models.name, scoring_models.description, scoring_models.published_number, scoring_models.created_at, scoring_models.updated_at 
FROM scoring_models 
WHERE scoring_models.workspace_id = $1::UUID AND scoring_models.id = $2::UUID ORDER BY scoring_models.id FOR UPDATE;

UPDATE scoring_model_versions SET model_id=$1::UUID, number=$2::INTEGER, definition=$3::JSONB, restored_number=$4::INTEGER, published_at=$5::TIMESTAMP WITH TIME ZONE, published_by_kind=$6::VARCHAR, published_by_id=$7::UUID, version=$8::INTEGER, updated_at=$9::TIMESTAMP WITH TIME ZONE WHERE scoring_model_versions.workspace_id = $10::UUID AND scoring_model_versions.id = $11::UUID;

UPDATE scoring_models SET key=$1::VARCHAR, name=$2::VARCHAR, description=$3::VARCHAR, published_number=$4::INTEGER, version=$5::INTEGER, updated_at=$6::TIMESTAMP WITH TIME ZONE WHERE scoring_models.workspace_id = $7::UUID AND scoring_models.id = $8::UUID;

INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::BIGINT, $5::VARCHAR, $6::TIMESTAMP WITH TIME ZONE, $7::JSONB, $8::VARCHAR, $9::UUID, $10::VARCHAR, $11::UUID);

SELECT models.id, models.version, models.key 
FROM (SELECT scoring_models.workspace_id AS workspace_id, scoring_models.id AS id, scoring_models.version AS version, scoring_models.key AS key, scoring_models.name AS name, scoring_models.description AS description, scoring_models.published_number AS published_number, scoring_models.created_at AS created_at, scoring_models.updated_at AS updated_at 
FROM scoring_models UNION ALL SELECT workspaces.workspace_id AS workspace_id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $1::VARCHAR) AS UUID) AS id, $2::INTEGER AS version, $3::VARCHAR AS key, $4::VARCHAR AS name, CAST(NULL AS TEXT) AS description, $5::INTEGER AS published_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at 
FROM workspaces UNION ALL SELECT workspaces.workspace_id AS workspace_id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $6::VARCHAR) AS UUID) AS id, $7::INTEGER AS version, $8::VARCHAR AS key, $9::VARCHAR AS name, CAST(NULL AS TEXT) AS description, $10::INTEGER AS published_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at 
FROM workspaces) AS models 
WHERE models.workspace_id = $11::UUID AND models.id = ANY ($12::UUID[]);

SELECT DISTINCT ON (scoring_runs.version_id) scoring_runs.id, scoring_runs.version_id, scoring_runs.total, scoring_runs.done, scoring_runs.position, scoring_runs.until_id, scoring_runs.started_at, scoring_runs.finished_at, scoring_runs.superseded_at 
FROM scoring_runs 
WHERE scoring_runs.workspace_id = $1::UUID AND scoring_runs.version_id = ANY ($2::UUID[]) ORDER BY scoring_runs.version_id, scoring_runs.started_at DESC, scoring_runs.id DESC;
