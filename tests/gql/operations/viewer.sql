SELECT anon_1.id, convert_to('{"id":"Agent:' || CAST(anon_1.id AS TEXT) || '","name":' || CAST(to_json(anon_1.name) AS TEXT) || ',"team":' || coalesce((SELECT '{"id":"Team:' || CAST(anon_2.id AS TEXT) || '","name":' || CAST(to_json(anon_2.name) AS TEXT) || ',"manager":' || coalesce((SELECT '{"id":"Agent:' || CAST(anon_3.id AS TEXT) || '","name":' || CAST(to_json(anon_3.name) AS TEXT) || '}' AS row 
FROM (SELECT agents.id AS id, agents.name AS name 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = anon_2.manager_id) AS anon_3), 'null') || '}' AS row 
FROM (SELECT teams.id AS id, teams.name AS name, teams.manager_id AS manager_id 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = anon_1.team_id) AS anon_2), 'null') || '}', 'UTF8') AS row 
FROM (SELECT agents.id AS id, agents.name AS name, agents.team_id AS team_id 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[])) AS anon_1;

SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT models.id, models.version, models.key, models.name, models.description, models.published_number, models.created_at, models.updated_at 
FROM (SELECT scoring_models.workspace_id AS workspace_id, scoring_models.id AS id, scoring_models.version AS version, scoring_models.key AS key, scoring_models.name AS name, scoring_models.description AS description, scoring_models.published_number AS published_number, scoring_models.created_at AS created_at, scoring_models.updated_at AS updated_at 
FROM scoring_models UNION ALL SELECT workspaces.workspace_id AS workspace_id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $1::VARCHAR) AS UUID) AS id, $2::INTEGER AS version, $3::VARCHAR AS key, $4::VARCHAR AS name, CAST(NULL AS TEXT) AS description, $5::INTEGER AS published_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at 
FROM workspaces UNION ALL SELECT workspaces.workspace_id AS workspace_id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $6::VARCHAR) AS UUID) AS id, $7::INTEGER AS version, $8::VARCHAR AS key, $9::VARCHAR AS name, CAST(NULL AS TEXT) AS description, $10::INTEGER AS published_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at 
FROM workspaces) AS models 
WHERE models.workspace_id = $11::UUID AND models.key = ANY ($12::TEXT[]);

SELECT versions.id, versions.number, versions.definition 
FROM (SELECT scoring_model_versions.workspace_id AS workspace_id, scoring_model_versions.id AS id, scoring_model_versions.model_id AS model_id, scoring_model_versions.version AS version, scoring_model_versions.number AS number, scoring_model_versions.definition AS definition, scoring_model_versions.restored_number AS restored_number, scoring_model_versions.created_at AS created_at, scoring_model_versions.updated_at AS updated_at, scoring_model_versions.published_at AS published_at, scoring_model_versions.published_by_kind AS published_by_kind, scoring_model_versions.published_by_id AS published_by_id 
FROM scoring_model_versions UNION ALL SELECT workspaces.workspace_id AS workspace_id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $1::VARCHAR || $2::VARCHAR) AS UUID) AS id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $3::VARCHAR) AS UUID) AS model_id, $4::INTEGER AS version, $5::INTEGER AS number, $6::JSONB AS definition, CAST(NULL AS INTEGER) AS restored_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at, workspaces.created_at AS published_at, $7::VARCHAR AS published_by_kind, CAST(NULL AS UUID) AS published_by_id 
FROM workspaces UNION ALL SELECT workspaces.workspace_id AS workspace_id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $8::VARCHAR || $9::VARCHAR) AS UUID) AS id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $10::VARCHAR) AS UUID) AS model_id, $11::INTEGER AS version, $12::INTEGER AS number, $13::JSONB AS definition, CAST(NULL AS INTEGER) AS restored_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at, workspaces.created_at AS published_at, $14::VARCHAR AS published_by_kind, CAST(NULL AS UUID) AS published_by_id 
FROM workspaces) AS versions 
WHERE versions.workspace_id = $15::UUID AND versions.id = ANY ($16::UUID[]);

SELECT scoring_runs.id, scoring_runs.version_id, scoring_runs.total, scoring_runs.done, scoring_runs.position, scoring_runs.until_id, scoring_runs.started_at, scoring_runs.finished_at, scoring_runs.superseded_at 
FROM scoring_runs 
WHERE scoring_runs.workspace_id = $1::UUID ORDER BY scoring_runs.started_at DESC, scoring_runs.id DESC 
 LIMIT $2::INTEGER;

SELECT versions.id, versions.number, versions.definition 
FROM (SELECT scoring_model_versions.workspace_id AS workspace_id, scoring_model_versions.id AS id, scoring_model_versions.model_id AS model_id, scoring_model_versions.version AS version, scoring_model_versions.number AS number, scoring_model_versions.definition AS definition, scoring_model_versions.restored_number AS restored_number, scoring_model_versions.created_at AS created_at, scoring_model_versions.updated_at AS updated_at, scoring_model_versions.published_at AS published_at, scoring_model_versions.published_by_kind AS published_by_kind, scoring_model_versions.published_by_id AS published_by_id 
FROM scoring_model_versions UNION ALL SELECT workspaces.workspace_id AS workspace_id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $1::VARCHAR || $2::VARCHAR) AS UUID) AS id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $3::VARCHAR) AS UUID) AS model_id, $4::INTEGER AS version, $5::INTEGER AS number, $6::JSONB AS definition, CAST(NULL AS INTEGER) AS restored_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at, workspaces.created_at AS published_at, $7::VARCHAR AS published_by_kind, CAST(NULL AS UUID) AS published_by_id 
FROM workspaces UNION ALL SELECT workspaces.workspace_id AS workspace_id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $8::VARCHAR || $9::VARCHAR) AS UUID) AS id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $10::VARCHAR) AS UUID) AS model_id, $11::INTEGER AS version, $12::INTEGER AS number, $13::JSONB AS definition, CAST(NULL AS INTEGER) AS restored_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at, workspaces.created_at AS published_at, $14::VARCHAR AS published_by_kind, CAST(NULL AS UUID) AS published_by_id 
FROM workspaces) AS versions 
WHERE versions.workspace_id = $15::UUID AND versions.id = ANY ($16::UUID[]);
