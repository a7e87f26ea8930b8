SELECT CASE WHEN anon_2.alone THEN CAST(pg_advisory_xact_lock(anon_2.key) AS TEXT) ELSE CAST(pg_advisory_xact_lock_shared(anon_2.key) AS TEXT) END AS anon_1 
FROM unnest($1::BIGINT[], $2::BOOLEAN[]) AS anon_2(key, alone);

SELECT models.id, models.version, models.key, models.name, models.description, models.published_number, models.created_at, models.updated_at 
FROM (SELECT scoring_models.workspace_id AS workspace_id, scoring_models.id AS id, scoring_models.version AS version, scoring_models.key AS key, scoring_models.name AS name, scoring_models.description AS description, scoring_models.published_number AS published_number, scoring_models.created_at AS created_at, scoring_models.updated_at AS updated_at 
FROM scoring_models UNION ALL SELECT workspaces.workspace_id AS workspace_id, $1::UUID AS id, $2::INTEGER AS version, $3::VARCHAR AS key, $4::VARCHAR AS name, CAST(NULL AS TEXT) AS description, $5::INTEGER AS published_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at 
FROM workspaces UNION ALL SELECT workspaces.workspace_id AS workspace_id, $6::UUID AS id, $7::INTEGER AS version, $8::VARCHAR AS key, $9::VARCHAR AS name, CAST(NULL AS TEXT) AS description, $10::INTEGER AS published_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at 
FROM workspaces) AS models 
WHERE models.workspace_id = $11::UUID AND models.key = ANY ($12::TEXT[]);

SELECT count(*) AS count_1 
FROM scoring_models 
WHERE scoring_models.workspace_id = $1::UUID;

SELECT versions.id, versions.model_id, versions.version, versions.number, versions.definition, versions.restored_number, versions.created_at, versions.updated_at, versions.published_at, versions.published_by_kind, versions.published_by_id 
FROM (SELECT scoring_model_versions.workspace_id AS workspace_id, scoring_model_versions.id AS id, scoring_model_versions.model_id AS model_id, scoring_model_versions.version AS version, scoring_model_versions.number AS number, scoring_model_versions.definition AS definition, scoring_model_versions.restored_number AS restored_number, scoring_model_versions.created_at AS created_at, scoring_model_versions.updated_at AS updated_at, scoring_model_versions.published_at AS published_at, scoring_model_versions.published_by_kind AS published_by_kind, scoring_model_versions.published_by_id AS published_by_id 
FROM scoring_model_versions UNION ALL SELECT workspaces.workspace_id AS workspace_id, $1::UUID AS id, $2::UUID AS model_id, $3::INTEGER AS version, $4::INTEGER AS number, CAST(NULL AS JSONB) AS definition, CAST(NULL AS INTEGER) AS restored_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at, workspaces.created_at AS published_at, $5::VARCHAR AS published_by_kind, CAST(NULL AS UUID) AS published_by_id 
FROM workspaces UNION ALL SELECT workspaces.workspace_id AS workspace_id, $6::UUID AS id, $7::UUID AS model_id, $8::INTEGER AS version, $9::INTEGER AS number, CAST(NULL AS JSONB) AS definition, CAST(NULL AS INTEGER) AS restored_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at, workspaces.created_at AS published_at, $10::VARCHAR AS published_by_kind, CAST(NULL AS UUID) AS published_by_id 
FROM workspaces) AS versions 
WHERE versions.workspace_id = $11::UUID AND versions.id = ANY ($12::UUID[]);

INSERT INTO scoring_models (workspace_id, id, key, name, description, published_number, version, created_at, updated_at) VALUES ($1::UUID, $2::UUID, $3::VARCHAR, $4::VARCHAR, $5::VARCHAR, $6::INTEGER, $7::INTEGER, $8::TIMESTAMP WITH TIME ZONE, $9::TIMESTAMP WITH TIME ZONE);

INSERT INTO scoring_model_versions (workspace_id, id, model_id, number, definition, restored_number, published_at, published_by_kind, published_by_id, version, created_at, updated_at) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::INTEGER, $5::JSONB, $6::INTEGER, $7::TIMESTAMP WITH TIME ZONE, $8::VARCHAR, $9::UUID, $10::INTEGER, $11::TIMESTAMP WITH TIME ZONE, $12::TIMESTAMP WITH TIME ZONE);

SELECT models.id, models.version, models.key, models.name, models.description, models.published_number, models.created_at, models.updated_at 
FROM (SELECT scoring_models.workspace_id AS workspace_id, scoring_models.id AS id, scoring_models.version AS version, scoring_models.key AS key, scoring_models.name AS name, scoring_models.description AS description, scoring_models.published_number AS published_number, scoring_models.created_at AS created_at, scoring_models.updated_at AS updated_at 
FROM scoring_models UNION ALL SELECT workspaces.workspace_id AS workspace_id, $1::UUID AS id, $2::INTEGER AS version, $3::VARCHAR AS key, $4::VARCHAR AS name, CAST(NULL AS TEXT) AS description, $5::INTEGER AS published_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at 
FROM workspaces UNION ALL SELECT workspaces.workspace_id AS workspace_id, $6::UUID AS id, $7::INTEGER AS version, $8::VARCHAR AS key, $9::VARCHAR AS name, CAST(NULL AS TEXT) AS description, $10::INTEGER AS published_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at 
FROM workspaces) AS models 
WHERE models.workspace_id = $11::UUID AND models.id = ANY ($12::UUID[]);

SELECT DISTINCT ON (versions.model_id) versions.id, versions.model_id, versions.version, versions.number, versions.definition, versions.restored_number, versions.created_at, versions.updated_at, versions.published_at, versions.published_by_kind, versions.published_by_id 
FROM (SELECT scoring_model_versions.workspace_id AS workspace_id, scoring_model_versions.id AS id, scoring_model_versions.model_id AS model_id, scoring_model_versions.version AS version, scoring_model_versions.number AS number, scoring_model_versions.definition AS definition, scoring_model_versions.restored_number AS restored_number, scoring_model_versions.created_at AS created_at, scoring_model_versions.updated_at AS updated_at, scoring_model_versions.published_at AS published_at, scoring_model_versions.published_by_kind AS published_by_kind, scoring_model_versions.published_by_id AS published_by_id 
FROM scoring_model_versions UNION ALL SELECT workspaces.workspace_id AS workspace_id, $1::UUID AS id, $2::UUID AS model_id, $3::INTEGER AS version, $4::INTEGER AS number, CAST(NULL AS JSONB) AS definition, CAST(NULL AS INTEGER) AS restored_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at, workspaces.created_at AS published_at, $5::VARCHAR AS published_by_kind, CAST(NULL AS UUID) AS published_by_id 
FROM workspaces UNION ALL SELECT workspaces.workspace_id AS workspace_id, $6::UUID AS id, $7::UUID AS model_id, $8::INTEGER AS version, $9::INTEGER AS number, CAST(NULL AS JSONB) AS definition, CAST(NULL AS INTEGER) AS restored_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at, workspaces.created_at AS published_at, $10::VARCHAR AS published_by_kind, CAST(NULL AS UUID) AS published_by_id 
FROM workspaces) AS versions 
WHERE versions.workspace_id = $11::UUID AND versions.model_id = ANY ($12::UUID[]) AND versions.number IS NOT NULL ORDER BY versions.model_id, versions.number DESC;
