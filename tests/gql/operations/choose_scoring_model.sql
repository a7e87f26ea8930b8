SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID FOR UPDATE;

SELECT models.id, models.version, models.key, models.name, models.description, models.published_number, models.created_at, models.updated_at 
FROM (SELECT scoring_models.workspace_id AS workspace_id, scoring_models.id AS id, scoring_models.version AS version, scoring_models.key AS key, scoring_models.name AS name, scoring_models.description AS description, scoring_models.published_number AS published_number, scoring_models.created_at AS created_at, scoring_models.updated_at AS updated_at 
FROM scoring_models UNION ALL SELECT workspaces.workspace_id AS workspace_id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $1::VARCHAR) AS UUID) AS id, $2::INTEGER AS version, $3::VARCHAR AS key, $4::VARCHAR AS name, CAST(NULL AS TEXT) AS description, $5::INTEGER AS published_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at 
FROM workspaces UNION ALL SELECT workspaces.workspace_id AS workspace_id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $6::VARCHAR) AS UUID) AS id, $7::INTEGER AS version, $8::VARCHAR AS key, $9::VARCHAR AS name, CAST(NULL AS TEXT) AS description, $10::INTEGER AS published_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at 
FROM workspaces) AS models 
WHERE models.workspace_id = $11::UUID AND models.id = ANY ($12::UUID[]);

SELECT DISTINCT ON (versions.model_id) versions.id, versions.model_id, versions.version, versions.number, versions.definition, versions.restored_number, versions.created_at, versions.updated_at, versions.published_at, versions.published_by_kind, versions.published_by_id 
FROM (SELECT scoring_model_versions.workspace_id AS workspace_id, scoring_model_versions.id AS id, scoring_model_versions.model_id AS model_id, scoring_model_versions.version AS version, scoring_model_versions.number AS number, scoring_model_versions.definition AS definition, scoring_model_versions.restored_number AS restored_number, scoring_model_versions.created_at AS created_at, scoring_model_versions.updated_at AS updated_at, scoring_model_versions.published_at AS published_at, scoring_model_versions.published_by_kind AS published_by_kind, scoring_model_versions.published_by_id AS published_by_id 
FROM scoring_model_versions UNION ALL SELECT workspaces.workspace_id AS workspace_id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $1::VARCHAR || $2::VARCHAR) AS UUID) AS id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $3::VARCHAR) AS UUID) AS model_id, $4::INTEGER AS version, $5::INTEGER AS number, $6::JSONB AS definition, CAST(NULL AS INTEGER) AS restored_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at, workspaces.created_at AS published_at, $7::VARCHAR AS published_by_kind, CAST(NULL AS UUID) AS published_by_id 
FROM workspaces UNION ALL SELECT workspaces.workspace_id AS workspace_id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $8::VARCHAR || $9::VARCHAR) AS UUID) AS id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $10::VARCHAR) AS UUID) AS model_id, $11::INTEGER AS version, $12::INTEGER AS number, $13::JSONB AS definition, CAST(NULL AS INTEGER) AS restored_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at, workspaces.created_at AS published_at, $14::VARCHAR AS published_by_kind, CAST(NULL AS UUID) AS published_by_id 
FROM workspaces) AS versions 
WHERE versions.workspace_id = $15::UUID AND versions.model_id = ANY ($16::UUID[]) AND versions.number IS NOT NULL ORDER BY versions.model_id, versions.number DESC;

INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::BIGINT, $5::VARCHAR, $6::TIMESTAMP WITH TIME ZONE, $7::JSONB, $8::VARCHAR, $9::UUID, $10::VARCHAR, $11::UUID);

UPDATE workspaces SET name=$1::VARCHAR, currency=$2::VARCHAR, time_zone=$3::VARCHAR, country=$4::VARCHAR, agent_visibility=$5::VARCHAR, scoring_model=$6::VARCHAR, scoring_version_id=$7::UUID, postal_address=$8::VARCHAR, version=$9::INTEGER, created_at=$10::TIMESTAMP WITH TIME ZONE, updated_at=$11::TIMESTAMP WITH TIME ZONE WHERE workspaces.workspace_id = $12::UUID;

UPDATE scoring_runs SET superseded_at=$1::TIMESTAMP WITH TIME ZONE WHERE scoring_runs.workspace_id = $2::UUID AND scoring_runs.finished_at IS NULL AND scoring_runs.superseded_at IS NULL;

SELECT count(*) AS total, (SELECT leads.id 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL ORDER BY leads.id DESC 
 LIMIT $2::INTEGER) AS until_id 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL;

INSERT INTO scoring_runs (workspace_id, id, version_id, total, done, position, until_id, started_at, finished_at, superseded_at) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::INTEGER, $5::INTEGER, $6::UUID, $7::UUID, $8::TIMESTAMP WITH TIME ZONE, $9::TIMESTAMP WITH TIME ZONE, $10::TIMESTAMP WITH TIME ZONE);

SELECT models.id, models.version, models.key, models.name, models.description, models.published_number, models.created_at, models.updated_at 
FROM (SELECT scoring_models.workspace_id AS workspace_id, scoring_models.id AS id, scoring_models.version AS version, scoring_models.key AS key, scoring_models.name AS name, scoring_models.description AS description, scoring_models.published_number AS published_number, scoring_models.created_at AS created_at, scoring_models.updated_at AS updated_at 
FROM scoring_models UNION ALL SELECT workspaces.workspace_id AS workspace_id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $1::VARCHAR) AS UUID) AS id, $2::INTEGER AS version, $3::VARCHAR AS key, $4::VARCHAR AS name, CAST(NULL AS TEXT) AS description, $5::INTEGER AS published_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at 
FROM workspaces UNION ALL SELECT workspaces.workspace_id AS workspace_id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $6::VARCHAR) AS UUID) AS id, $7::INTEGER AS version, $8::VARCHAR AS key, $9::VARCHAR AS name, CAST(NULL AS TEXT) AS description, $10::INTEGER AS published_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at 
FROM workspaces) AS models 
WHERE models.workspace_id = $11::UUID AND models.key = ANY ($12::TEXT[]);

SELECT scoring_runs.id, scoring_runs.version_id, scoring_runs.total, scoring_runs.done, scoring_runs.position, scoring_runs.until_id, scoring_runs.started_at, scoring_runs.finished_at, scoring_runs.superseded_at 
FROM scoring_runs 
WHERE scoring_runs.workspace_id = $1::UUID ORDER BY scoring_runs.started_at DESC, scoring_runs.id DESC 
 LIMIT $2::INTEGER;

SELECT versions.id, versions.number 
FROM (SELECT scoring_model_versions.workspace_id AS workspace_id, scoring_model_versions.id AS id, scoring_model_versions.model_id AS model_id, scoring_model_versions.version AS version, scoring_model_versions.number AS number, scoring_model_versions.definition AS definition, scoring_model_versions.restored_number AS restored_number, scoring_model_versions.created_at AS created_at, scoring_model_versions.updated_at AS updated_at, scoring_model_versions.published_at AS published_at, scoring_model_versions.published_by_kind AS published_by_kind, scoring_model_versions.published_by_id AS published_by_id 
FROM scoring_model_versions UNION ALL SELECT workspaces.workspace_id AS workspace_id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $1::VARCHAR || $2::VARCHAR) AS UUID) AS id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $3::VARCHAR) AS UUID) AS model_id, $4::INTEGER AS version, $5::INTEGER AS number, $6::JSONB AS definition, CAST(NULL AS INTEGER) AS restored_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at, workspaces.created_at AS published_at, $7::VARCHAR AS published_by_kind, CAST(NULL AS UUID) AS published_by_id 
FROM workspaces UNION ALL SELECT workspaces.workspace_id AS workspace_id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $8::VARCHAR || $9::VARCHAR) AS UUID) AS id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $10::VARCHAR) AS UUID) AS model_id, $11::INTEGER AS version, $12::INTEGER AS number, $13::JSONB AS definition, CAST(NULL AS INTEGER) AS restored_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at, workspaces.created_at AS published_at, $14::VARCHAR AS published_by_kind, CAST(NULL AS UUID) AS published_by_id 
FROM workspaces) AS versions 
WHERE versions.workspace_id = $15::UUID AND versions.id = ANY ($16::UUID[]);
