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

DELETE FROM scoring_models WHERE scoring_models.workspace_id = $1::UUID AND scoring_models.id = $2::UUID AND scoring_models.published_number IS NULL;
