SELECT campaign_variants.id, campaign_variants.campaign_id, campaign_variants.version, campaign_variants.name, campaign_variants.description, campaign_variants.weight, campaign_variants.created_at, campaign_variants.updated_at 
FROM campaign_variants 
WHERE campaign_variants.workspace_id = $1::UUID AND campaign_variants.id = ANY ($2::UUID[]);

SELECT campaign_budget_lines.id, campaign_budget_lines.campaign_id, campaign_budget_lines.version, campaign_budget_lines.label, campaign_budget_lines.amount, campaign_budget_lines.currency, campaign_budget_lines.variant_id, campaign_budget_lines.channel, campaign_budget_lines.created_at, campaign_budget_lines.updated_at, campaign_budget_lines.variant_id AS _parent 
FROM campaign_budget_lines 
WHERE campaign_budget_lines.workspace_id = $1::UUID AND campaign_budget_lines.variant_id = ANY ($2::UUID[]) ORDER BY campaign_budget_lines.variant_id, campaign_budget_lines.created_at, campaign_budget_lines.id;

SELECT anon_1.key AS _parent, page.campaign_id, page.incurred_on, page.amount, page.currency, page.variant_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT campaign_costs.campaign_id AS campaign_id, campaign_costs.incurred_on AS incurred_on, campaign_costs.amount AS amount, campaign_costs.currency AS currency, campaign_costs.variant_id AS variant_id, campaign_costs.incurred_on AS _sort, campaign_costs.id AS _id 
FROM campaign_costs 
WHERE campaign_costs.workspace_id = $2::UUID AND campaign_costs.variant_id = anon_1.key ORDER BY campaign_costs.incurred_on DESC, campaign_costs.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT campaign_costs.variant_id AS key, count(*) AS count 
FROM campaign_costs 
WHERE campaign_costs.workspace_id = $1::UUID AND campaign_costs.variant_id = ANY ($2::UUID[]) GROUP BY campaign_costs.variant_id;

SELECT campaigns.id, campaigns.name 
FROM campaigns 
WHERE campaigns.workspace_id = $1::UUID AND campaigns.id = ANY ($2::UUID[]);
