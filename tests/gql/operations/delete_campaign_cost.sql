SELECT campaign_costs.id, campaign_costs.campaign_id, campaign_costs.incurred_on, campaign_costs.amount, campaign_costs.currency, campaign_costs.variant_id, campaign_costs.channel, campaign_costs.note, campaign_costs.recorded_at, campaign_costs.actor_kind, campaign_costs.actor_id 
FROM campaign_costs 
WHERE campaign_costs.workspace_id = $1::UUID AND campaign_costs.id = ANY ($2::UUID[]);

DELETE FROM campaign_costs WHERE campaign_costs.workspace_id = $1::UUID AND campaign_costs.id = $2::UUID;
