SELECT teams.id 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND lower(teams.name) = lower($2);

SELECT agents.id, agents.version, agents.name, agents.email, agents.team_id, agents.availability, agents.capacity, agents.weight, agents.territories, agents.languages, agents.sources, agents.last_assigned_at, agents.credit, agents.created_at, agents.updated_at 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);

INSERT INTO teams (workspace_id, id, name, manager_id, version, created_at, updated_at) VALUES ($1::UUID, $2::UUID, $3::VARCHAR, $4::UUID, $5::INTEGER, $6::TIMESTAMP WITH TIME ZONE, $7::TIMESTAMP WITH TIME ZONE);

SELECT agents.id, agents.name 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);
