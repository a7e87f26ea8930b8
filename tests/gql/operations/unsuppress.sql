SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT suppressions.id, suppressions.kind, suppressions.channel, suppressions.lead_id, suppressions.address, suppressions.reason, suppressions.note, suppressions.at, suppressions.cause_id, suppressions.actor_kind, suppressions.actor_id, suppressions.lifted_at, suppressions.lift_note, suppressions.lifted_by_kind, suppressions.lifted_by_id 
FROM suppressions 
WHERE suppressions.workspace_id = $1::UUID AND suppressions.lifted_at IS NULL AND suppressions.channel = $2::VARCHAR AND suppressions.lead_id = ANY ($3::UUID[]) UNION ALL SELECT suppressions.id, suppressions.kind, suppressions.channel, suppressions.lead_id, suppressions.address, suppressions.reason, suppressions.note, suppressions.at, suppressions.cause_id, suppressions.actor_kind, suppressions.actor_id, suppressions.lifted_at, suppressions.lift_note, suppressions.lifted_by_kind, suppressions.lifted_by_id 
FROM suppressions 
WHERE suppressions.workspace_id = $1::UUID AND suppressions.lifted_at IS NULL AND suppressions.channel = $2::VARCHAR AND suppressions.address = ANY ($4::TEXT[]) UNION ALL SELECT suppressions.id, suppressions.kind, suppressions.channel, suppressions.lead_id, suppressions.address, suppressions.reason, suppressions.note, suppressions.at, suppressions.cause_id, suppressions.actor_kind, suppressions.actor_id, suppressions.lifted_at, suppressions.lift_note, suppressions.lifted_by_kind, suppressions.lifted_by_id 
FROM suppressions 
WHERE suppressions.workspace_id = $1::UUID AND suppressions.lifted_at IS NULL AND suppressions.channel = $2::VARCHAR AND suppressions.kind = $5::VARCHAR;

UPDATE suppressions SET lifted_at=$1::TIMESTAMP WITH TIME ZONE, lift_note=$2::VARCHAR, lifted_by_kind=$3::VARCHAR, lifted_by_id=$4::UUID WHERE suppressions.workspace_id = $5::UUID AND suppressions.id = $6::UUID AND suppressions.lifted_at IS NULL;

INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::BIGINT, $5::VARCHAR, $6::TIMESTAMP WITH TIME ZONE, $7::JSONB, $8::VARCHAR, $9::UUID, $10::VARCHAR, $11::UUID);
