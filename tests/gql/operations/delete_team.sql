SELECT teams.id, teams.version, teams.name, teams.manager_id, teams.created_at, teams.updated_at 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = ANY ($2::UUID[]) ORDER BY teams.id FOR UPDATE;

UPDATE agents SET team_id=$1::UUID, version=(agents.version + $2::INTEGER), updated_at=$3::TIMESTAMP WITH TIME ZONE WHERE agents.workspace_id = $4::UUID AND agents.team_id = $5::UUID;

DELETE FROM teams WHERE teams.workspace_id = $1::UUID AND teams.id = $2::UUID;
