SELECT api_keys.id, api_keys.name, api_keys.hint, api_keys.role, api_keys.agent_id, api_keys.scopes, api_keys.created_at, api_keys.expires_at, api_keys.revoked_at, api_keys.last_used_at, api_keys.created_at AS _sort, api_keys.id AS _id 
FROM api_keys 
WHERE api_keys.workspace_id = $1::UUID ORDER BY api_keys.created_at DESC, api_keys.id DESC 
 LIMIT $2::INTEGER;

SELECT count(*) AS count_1 
FROM api_keys 
WHERE api_keys.workspace_id = $1::UUID;

SELECT agents.id, agents.version, agents.name, agents.email, agents.team_id, agents.availability, agents.capacity, agents.weight, agents.territories, agents.languages, agents.sources, agents.last_assigned_at, agents.credit, agents.created_at, agents.updated_at 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);

SELECT teams.id, teams.version, teams.name, teams.manager_id, teams.created_at, teams.updated_at 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = ANY ($2::UUID[]);
