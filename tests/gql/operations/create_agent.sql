SELECT agents.id 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND lower(agents.email) = lower($2);

SELECT teams.id 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = $2::UUID FOR KEY SHARE;

INSERT INTO agents (workspace_id, id, name, email, team_id, availability, capacity, weight, territories, languages, sources, last_assigned_at, credit, version, created_at, updated_at) VALUES ($1::UUID, $2::UUID, $3::VARCHAR, $4::VARCHAR, $5::UUID, $6::VARCHAR, $7::INTEGER, $8::INTEGER, $9::TEXT[], $10::TEXT[], $11::TEXT[], $12::TIMESTAMP WITH TIME ZONE, $13::INTEGER, $14::INTEGER, $15::TIMESTAMP WITH TIME ZONE, $16::TIMESTAMP WITH TIME ZONE);

SELECT teams.id, teams.name 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = ANY ($2::UUID[]);
