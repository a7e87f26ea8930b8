SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID FOR UPDATE;

SELECT contact_rules.rules 
FROM contact_rules 
WHERE contact_rules.workspace_id = $1::UUID ORDER BY contact_rules.version DESC 
 LIMIT $2::INTEGER;

INSERT INTO contact_rules (workspace_id, id, version, rules, note, at, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::INTEGER, $4::JSONB, $5::VARCHAR, $6::TIMESTAMP WITH TIME ZONE, $7::VARCHAR, $8::UUID);

INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::BIGINT, $5::VARCHAR, $6::TIMESTAMP WITH TIME ZONE, $7::JSONB, $8::VARCHAR, $9::UUID, $10::VARCHAR, $11::UUID);
