SELECT campaign_budget_lines.id, campaign_budget_lines.campaign_id, campaign_budget_lines.version, campaign_budget_lines.label, campaign_budget_lines.amount, campaign_budget_lines.currency, campaign_budget_lines.variant_id, campaign_budget_lines.channel, campaign_budget_lines.created_at, campaign_budget_lines.updated_at 
FROM campaign_budget_lines 
WHERE campaign_budget_lines.workspace_id = $1::UUID AND campaign_budget_lines.id = $2::UUID ORDER BY campaign_budget_lines.id FOR UPDATE;

SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

UPDATE campaign_budget_lines SET campaign_id=$1::UUID, label=$2::VARCHAR, amount=$3::NUMERIC(18, 3), currency=$4::VARCHAR, variant_id=$5::UUID, channel=$6::VARCHAR, version=$7::INTEGER, updated_at=$8::TIMESTAMP WITH TIME ZONE WHERE campaign_budget_lines.workspace_id = $9::UUID AND campaign_budget_lines.id = $10::UUID;
