SELECT models.id, models.version, models.key, models.name, models.description, models.published_number, models.created_at, models.updated_at, lower(models.name) COLLATE "C" AS _sort, models.id AS _id 
FROM (SELECT scoring_models.workspace_id AS workspace_id, scoring_models.id AS id, scoring_models.version AS version, scoring_models.key AS key, scoring_models.name AS name, scoring_models.description AS description, scoring_models.published_number AS published_number, scoring_models.created_at AS created_at, scoring_models.updated_at AS updated_at 
FROM scoring_models UNION ALL SELECT workspaces.workspace_id AS workspace_id, $1::UUID AS id, $2::INTEGER AS version, $3::VARCHAR AS key, $4::VARCHAR AS name, CAST(NULL AS TEXT) AS description, $5::INTEGER AS published_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at 
FROM workspaces UNION ALL SELECT workspaces.workspace_id AS workspace_id, $6::UUID AS id, $7::INTEGER AS version, $8::VARCHAR AS key, $9::VARCHAR AS name, CAST(NULL AS TEXT) AS description, $10::INTEGER AS published_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at 
FROM workspaces) AS models 
WHERE models.workspace_id = $11::UUID ORDER BY lower(models.name) COLLATE "C" ASC, models.id ASC 
 LIMIT $12::INTEGER;

SELECT count(*) AS count_1 
FROM (SELECT scoring_models.workspace_id AS workspace_id, scoring_models.id AS id, scoring_models.version AS version, scoring_models.key AS key, scoring_models.name AS name, scoring_models.description AS description, scoring_models.published_number AS published_number, scoring_models.created_at AS created_at, scoring_models.updated_at AS updated_at 
FROM scoring_models UNION ALL SELECT workspaces.workspace_id AS workspace_id, $1::UUID AS id, $2::INTEGER AS version, $3::VARCHAR AS key, $4::VARCHAR AS name, CAST(NULL AS TEXT) AS description, $5::INTEGER AS published_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at 
FROM workspaces UNION ALL SELECT workspaces.workspace_id AS workspace_id, $6::UUID AS id, $7::INTEGER AS version, $8::VARCHAR AS key, $9::VARCHAR AS name, CAST(NULL AS TEXT) AS description, $10::INTEGER AS published_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at 
FROM workspaces) AS models 
WHERE models.workspace_id = $11::UUID;

SELECT anon_1.key AS _parent, page.id, page.model_id, page.version, page.number, page.definition, page.restored_number, page.created_at, page.updated_at, page.published_at, page.published_by_kind, page.published_by_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT versions.id AS id, versions.model_id AS model_id, versions.version AS version, versions.number AS number, versions.definition AS definition, versions.restored_number AS restored_number, versions.created_at AS created_at, versions.updated_at AS updated_at, versions.published_at AS published_at, versions.published_by_kind AS published_by_kind, versions.published_by_id AS published_by_id, versions.number AS _sort, versions.id AS _id 
FROM (SELECT scoring_model_versions.workspace_id AS workspace_id, scoring_model_versions.id AS id, scoring_model_versions.model_id AS model_id, scoring_model_versions.version AS version, scoring_model_versions.number AS number, scoring_model_versions.definition AS definition, scoring_model_versions.restored_number AS restored_number, scoring_model_versions.created_at AS created_at, scoring_model_versions.updated_at AS updated_at, scoring_model_versions.published_at AS published_at, scoring_model_versions.published_by_kind AS published_by_kind, scoring_model_versions.published_by_id AS published_by_id 
FROM scoring_model_versions UNION ALL SELECT workspaces.workspace_id AS workspace_id, $2::UUID AS id, $3::UUID AS model_id, $4::INTEGER AS version, $5::INTEGER AS number, CAST(NULL AS JSONB) AS definition, CAST(NULL AS INTEGER) AS restored_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at, workspaces.created_at AS published_at, $6::VARCHAR AS published_by_kind, CAST(NULL AS UUID) AS published_by_id 
FROM workspaces UNION ALL SELECT workspaces.workspace_id AS workspace_id, $7::UUID AS id, $8::UUID AS model_id, $9::INTEGER AS version, $10::INTEGER AS number, CAST(NULL AS JSONB) AS definition, CAST(NULL AS INTEGER) AS restored_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at, workspaces.created_at AS published_at, $11::VARCHAR AS published_by_kind, CAST(NULL AS UUID) AS published_by_id 
FROM workspaces) AS versions 
WHERE versions.workspace_id = $12::UUID AND versions.number IS NOT NULL AND versions.model_id = anon_1.key ORDER BY versions.number DESC, versions.id DESC 
 LIMIT $13::INTEGER) AS page ON true;

SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT versions.model_id AS key, count(*) AS count 
FROM (SELECT scoring_model_versions.workspace_id AS workspace_id, scoring_model_versions.id AS id, scoring_model_versions.model_id AS model_id, scoring_model_versions.version AS version, scoring_model_versions.number AS number, scoring_model_versions.definition AS definition, scoring_model_versions.restored_number AS restored_number, scoring_model_versions.created_at AS created_at, scoring_model_versions.updated_at AS updated_at, scoring_model_versions.published_at AS published_at, scoring_model_versions.published_by_kind AS published_by_kind, scoring_model_versions.published_by_id AS published_by_id 
FROM scoring_model_versions UNION ALL SELECT workspaces.workspace_id AS workspace_id, $1::UUID AS id, $2::UUID AS model_id, $3::INTEGER AS version, $4::INTEGER AS number, CAST(NULL AS JSONB) AS definition, CAST(NULL AS INTEGER) AS restored_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at, workspaces.created_at AS published_at, $5::VARCHAR AS published_by_kind, CAST(NULL AS UUID) AS published_by_id 
FROM workspaces UNION ALL SELECT workspaces.workspace_id AS workspace_id, $6::UUID AS id, $7::UUID AS model_id, $8::INTEGER AS version, $9::INTEGER AS number, CAST(NULL AS JSONB) AS definition, CAST(NULL AS INTEGER) AS restored_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at, workspaces.created_at AS published_at, $10::VARCHAR AS published_by_kind, CAST(NULL AS UUID) AS published_by_id 
FROM workspaces) AS versions 
WHERE versions.workspace_id = $11::UUID AND versions.number IS NOT NULL AND versions.model_id = ANY ($12::UUID[]) GROUP BY versions.model_id;

SELECT versions.id, versions.model_id, versions.version, versions.number, versions.definition, versions.restored_number, versions.created_at, versions.updated_at, versions.published_at, versions.published_by_kind, versions.published_by_id 
FROM (SELECT scoring_model_versions.workspace_id AS workspace_id, scoring_model_versions.id AS id, scoring_model_versions.model_id AS model_id, scoring_model_versions.version AS version, scoring_model_versions.number AS number, scoring_model_versions.definition AS definition, scoring_model_versions.restored_number AS restored_number, scoring_model_versions.created_at AS created_at, scoring_model_versions.updated_at AS updated_at, scoring_model_versions.published_at AS published_at, scoring_model_versions.published_by_kind AS published_by_kind, scoring_model_versions.published_by_id AS published_by_id 
FROM scoring_model_versions UNION ALL SELECT workspaces.workspace_id AS workspace_id, $1::UUID AS id, $2::UUID AS model_id, $3::INTEGER AS version, $4::INTEGER AS number, CAST(NULL AS JSONB) AS definition, CAST(NULL AS INTEGER) AS restored_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at, workspaces.created_at AS published_at, $5::VARCHAR AS published_by_kind, CAST(NULL AS UUID) AS published_by_id 
FROM workspaces UNION ALL SELECT workspaces.workspace_id AS workspace_id, $6::UUID AS id, $7::UUID AS model_id, $8::INTEGER AS version, $9::INTEGER AS number, CAST(NULL AS JSONB) AS definition, CAST(NULL AS INTEGER) AS restored_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at, workspaces.created_at AS published_at, $10::VARCHAR AS published_by_kind, CAST(NULL AS UUID) AS published_by_id 
FROM workspaces) AS versions 
WHERE versions.workspace_id = $11::UUID AND versions.model_id = ANY ($12::UUID[]) AND versions.number IS NULL;

SELECT DISTINCT ON (versions.model_id) versions.id, versions.model_id, versions.version, versions.number, versions.definition, versions.restored_number, versions.created_at, versions.updated_at, versions.published_at, versions.published_by_kind, versions.published_by_id 
FROM (SELECT scoring_model_versions.workspace_id AS workspace_id, scoring_model_versions.id AS id, scoring_model_versions.model_id AS model_id, scoring_model_versions.version AS version, scoring_model_versions.number AS number, scoring_model_versions.definition AS definition, scoring_model_versions.restored_number AS restored_number, scoring_model_versions.created_at AS created_at, scoring_model_versions.updated_at AS updated_at, scoring_model_versions.published_at AS published_at, scoring_model_versions.published_by_kind AS published_by_kind, scoring_model_versions.published_by_id AS published_by_id 
FROM scoring_model_versions UNION ALL SELECT workspaces.workspace_id AS workspace_id, $1::UUID AS id, $2::UUID AS model_id, $3::INTEGER AS version, $4::INTEGER AS number, CAST(NULL AS JSONB) AS definition, CAST(NULL AS INTEGER) AS restored_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at, workspaces.created_at AS published_at, $5::VARCHAR AS published_by_kind, CAST(NULL AS UUID) AS published_by_id 
FROM workspaces UNION ALL SELECT workspaces.workspace_id AS workspace_id, $6::UUID AS id, $7::UUID AS model_id, $8::INTEGER AS version, $9::INTEGER AS number, CAST(NULL AS JSONB) AS definition, CAST(NULL AS INTEGER) AS restored_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at, workspaces.created_at AS published_at, $10::VARCHAR AS published_by_kind, CAST(NULL AS UUID) AS published_by_id 
FROM workspaces) AS versions 
WHERE versions.workspace_id = $11::UUID AND versions.model_id = ANY ($12::UUID[]) AND versions.number IS NOT NULL ORDER BY versions.model_id, versions.number DESC;

SELECT agents.id, agents.version, agents.name, agents.email, agents.team_id, agents.availability, agents.capacity, agents.weight, agents.territories, agents.languages, agents.sources, agents.last_assigned_at, agents.credit, agents.created_at, agents.updated_at 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);

SELECT DISTINCT ON (scoring_runs.version_id) scoring_runs.id, scoring_runs.version_id, scoring_runs.total, scoring_runs.done, scoring_runs.position, scoring_runs.until_id, scoring_runs.started_at, scoring_runs.finished_at, scoring_runs.superseded_at 
FROM scoring_runs 
WHERE scoring_runs.workspace_id = $1::UUID AND scoring_runs.version_id = ANY ($2::UUID[]) ORDER BY scoring_runs.version_id, scoring_runs.started_at DESC, scoring_runs.id DESC;

SELECT models.id, models.version, models.key, models.name, models.description, models.published_number, models.created_at, models.updated_at 
FROM (SELECT scoring_models.workspace_id AS workspace_id, scoring_models.id AS id, scoring_models.version AS version, scoring_models.key AS key, scoring_models.name AS name, scoring_models.description AS description, scoring_models.published_number AS published_number, scoring_models.created_at AS created_at, scoring_models.updated_at AS updated_at 
FROM scoring_models UNION ALL SELECT workspaces.workspace_id AS workspace_id, $1::UUID AS id, $2::INTEGER AS version, $3::VARCHAR AS key, $4::VARCHAR AS name, CAST(NULL AS TEXT) AS description, $5::INTEGER AS published_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at 
FROM workspaces UNION ALL SELECT workspaces.workspace_id AS workspace_id, $6::UUID AS id, $7::INTEGER AS version, $8::VARCHAR AS key, $9::VARCHAR AS name, CAST(NULL AS TEXT) AS description, $10::INTEGER AS published_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at 
FROM workspaces) AS models 
WHERE models.workspace_id = $11::UUID AND models.id = ANY ($12::UUID[]);
