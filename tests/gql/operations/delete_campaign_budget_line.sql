SELECT campaign_budget_lines.id, campaign_budget_lines.campaign_id, campaign_budget_lines.version, campaign_budget_lines.label, campaign_budget_lines.amount, campaign_budget_lines.currency, campaign_budget_lines.variant_id, campaign_budget_lines.channel, campaign_budget_lines.created_at, campaign_budget_lines.updated_at 
FROM campaign_budget_lines 
WHERE campaign_budget_lines.workspace_id = $1::UUID AND campaign_budget_lines.id = $2::UUID ORDER BY campaign_budget_lines.id FOR UPDATE;

DELETE FROM campaign_budget_lines WHERE campaign_budget_lines.workspace_id = $1::UUID AND campaign_budget_lines.id = $2::UUID;
