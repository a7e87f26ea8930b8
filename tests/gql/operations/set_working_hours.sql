SELECT teams.id, teams.version, teams.name, teams.manager_id, teams.created_at, teams.updated_at 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = ANY ($2::UUID[]);

SELECT working_hours.id, working_hours.team_id, working_hours.time_zone, working_hours.weekly, working_hours.holidays, working_hours.response_minutes, working_hours.response_start, working_hours.version, working_hours.created_at, working_hours.updated_at 
FROM working_hours 
WHERE working_hours.workspace_id = $1::UUID AND working_hours.team_id IS NOT DISTINCT FROM $2::UUID FOR UPDATE;

INSERT INTO working_hours (workspace_id, id, team_id, time_zone, weekly, holidays, response_minutes, response_start, version, created_at, updated_at) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::VARCHAR, $5::JSONB, $6::JSONB, $7::INTEGER, $8::VARCHAR, $9::INTEGER, $10::TIMESTAMP WITH TIME ZONE, $11::TIMESTAMP WITH TIME ZONE) ON CONFLICT (workspace_id, id) DO UPDATE SET time_zone = excluded.time_zone, weekly = excluded.weekly, holidays = excluded.holidays, response_minutes = excluded.response_minutes, response_start = excluded.response_start, version = excluded.version, updated_at = excluded.updated_at;

SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT workspaces.time_zone AS zone, (SELECT coalesce(jsonb_agg(to_jsonb(working_hours)), jsonb_build_array()) AS coalesce_1 
FROM working_hours 
WHERE working_hours.workspace_id = $1::UUID AND (working_hours.team_id IS NULL OR working_hours.team_id = ANY ($2::UUID[]) OR working_hours.team_id IN (SELECT agents.team_id 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($3::UUID[])))) AS hours, (SELECT coalesce(jsonb_object_agg(agents.id, agents.team_id), jsonb_build_object()) AS coalesce_2 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($3::UUID[])) AS teams, (SELECT coalesce(array_agg(teams.id), CAST(ARRAY[] AS UUID[])) AS coalesce_3 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = ANY ($2::UUID[])) AS known_teams 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT workspaces.time_zone AS zone, (SELECT coalesce(jsonb_agg(to_jsonb(working_hours)), jsonb_build_array()) AS coalesce_1 
FROM working_hours 
WHERE working_hours.workspace_id = $1::UUID AND (working_hours.team_id IS NULL OR working_hours.team_id = ANY ($2::UUID[]) OR working_hours.team_id IN (SELECT agents.team_id 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($3::UUID[])))) AS hours, (SELECT coalesce(jsonb_object_agg(agents.id, agents.team_id), jsonb_build_object()) AS coalesce_2 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($3::UUID[])) AS teams, (SELECT coalesce(array_agg(teams.id), CAST(ARRAY[] AS UUID[])) AS coalesce_3 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = ANY ($2::UUID[])) AS known_teams 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;
