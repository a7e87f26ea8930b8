SELECT campaigns.id, campaigns.version, campaigns.name, campaigns.description, campaigns.type, campaigns.status, campaigns.status_since, campaigns.starts_at, campaigns.ends_at, campaigns.started_at, campaigns.ended_at, campaigns.attribution_days, campaigns.weights_changed_at, campaigns.created_at, campaigns.updated_at 
FROM campaigns 
WHERE campaigns.workspace_id = $1::UUID AND campaigns.id = $2::UUID ORDER BY campaigns.id FOR NO KEY UPDATE;

SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT campaign_budget_lines.id, campaign_budget_lines.campaign_id, campaign_budget_lines.version, campaign_budget_lines.label, campaign_budget_lines.amount, campaign_budget_lines.currency, campaign_budget_lines.variant_id, campaign_budget_lines.channel, campaign_budget_lines.created_at, campaign_budget_lines.updated_at, campaign_budget_lines.campaign_id AS _parent 
FROM campaign_budget_lines 
WHERE campaign_budget_lines.workspace_id = $1::UUID AND campaign_budget_lines.campaign_id = ANY ($2::UUID[]) ORDER BY campaign_budget_lines.campaign_id, campaign_budget_lines.created_at, campaign_budget_lines.id;

INSERT INTO campaign_budget_lines (workspace_id, id, campaign_id, label, amount, currency, variant_id, channel, version, created_at, updated_at) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::VARCHAR, $5::NUMERIC(18, 3), $6::VARCHAR, $7::UUID, $8::VARCHAR, $9::INTEGER, $10::TIMESTAMP WITH TIME ZONE, $11::TIMESTAMP WITH TIME ZONE);

SELECT campaigns.id, campaigns.name 
FROM campaigns 
WHERE campaigns.workspace_id = $1::UUID AND campaigns.id = ANY ($2::UUID[]);

SELECT campaign_budget_lines.id, campaign_budget_lines.campaign_id, campaign_budget_lines.version, campaign_budget_lines.label, campaign_budget_lines.amount, campaign_budget_lines.currency, campaign_budget_lines.variant_id, campaign_budget_lines.channel, campaign_budget_lines.created_at, campaign_budget_lines.updated_at, campaign_budget_lines.campaign_id AS _parent 
FROM campaign_budget_lines 
WHERE campaign_budget_lines.workspace_id = $1::UUID AND campaign_budget_lines.campaign_id = ANY ($2::UUID[]) ORDER BY campaign_budget_lines.campaign_id, campaign_budget_lines.created_at, campaign_budget_lines.id;
