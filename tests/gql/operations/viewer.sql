SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT agents.id, agents.version, agents.name, agents.email, agents.team_id, agents.availability, agents.capacity, agents.weight, agents.territories, agents.languages, agents.sources, agents.last_assigned_at, agents.credit, agents.created_at, agents.updated_at 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);

SELECT teams.id, teams.version, teams.name, teams.manager_id, teams.created_at, teams.updated_at 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = ANY ($2::UUID[]);
