SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID FOR UPDATE;

UPDATE workspaces SET name=$1::VARCHAR, currency=$2::VARCHAR, time_zone=$3::VARCHAR, country=$4::VARCHAR, agent_visibility=$5::VARCHAR, scoring_model=$6::VARCHAR, scoring_version_id=$7::UUID, postal_address=$8::VARCHAR, version=$9::INTEGER, created_at=$10::TIMESTAMP WITH TIME ZONE, updated_at=$11::TIMESTAMP WITH TIME ZONE WHERE workspaces.workspace_id = $12::UUID;
