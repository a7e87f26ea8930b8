SELECT teams.id, teams.version, teams.name, teams.manager_id, teams.created_at, teams.updated_at 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = $2::UUID ORDER BY teams.id FOR UPDATE;

UPDATE agents SET team_id=$1::UUID, version=(agents.version + $2::INTEGER), updated_at=$3::TIMESTAMP WITH TIME ZONE WHERE agents.workspace_id = $4::UUID AND agents.team_id = $5::UUID;

DELETE FROM teams WHERE teams.workspace_id = $1::UUID AND teams.id = $2::UUID;

INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::BIGINT, $5::VARCHAR, $6::TIMESTAMP WITH TIME ZONE, $7::JSONB, $8::VARCHAR, $9::UUID, $10::VARCHAR, $11::UUID);
