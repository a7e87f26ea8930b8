SELECT campaigns.id, campaigns.name, lower(campaigns.name) COLLATE "C" AS _sort, campaigns.id AS _id 
FROM campaigns 
WHERE campaigns.workspace_id = $1::UUID AND campaigns.status = ANY ($2::TEXT[]) AND strpos(lower(campaigns.name), lower($3::VARCHAR)) > $4::INTEGER ORDER BY lower(campaigns.name) COLLATE "C" ASC, campaigns.id ASC 
 LIMIT $5::INTEGER;

SELECT count(*) AS count_1 
FROM campaigns 
WHERE campaigns.workspace_id = $1::UUID AND campaigns.status = ANY ($2::TEXT[]) AND strpos(lower(campaigns.name), lower($3::VARCHAR)) > $4::INTEGER;

SELECT campaign_variants.id, campaign_variants.campaign_id, campaign_variants.version, campaign_variants.name, campaign_variants.description, campaign_variants.weight, campaign_variants.created_at, campaign_variants.updated_at, campaign_variants.campaign_id AS _parent 
FROM campaign_variants 
WHERE campaign_variants.workspace_id = $1::UUID AND campaign_variants.campaign_id = ANY ($2::UUID[]) ORDER BY campaign_variants.campaign_id, campaign_variants.created_at, campaign_variants.id;

SELECT anon_1.key AS _parent, page.id, page.lead_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT campaign_members.id AS id, campaign_members.lead_id AS lead_id, campaign_members.joined_at AS _sort, campaign_members.id AS _id 
FROM campaign_members 
WHERE campaign_members.workspace_id = $2::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = campaign_members.workspace_id AND leads.id = campaign_members.lead_id AND leads.deleted_at IS NULL)) AND campaign_members.left_at IS NULL AND campaign_members.campaign_id = anon_1.key ORDER BY campaign_members.joined_at DESC, campaign_members.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT campaign_members.campaign_id, campaign_members.variant_id, count(*) AS members, count(campaign_members.sent_at) AS sent, count(campaign_members.delivered_at) AS delivered, count(campaign_members.opened_at) AS opened, count(campaign_members.clicked_at) AS clicked, count(campaign_members.responded_at) AS responded, count(campaign_members.opted_out_at) AS opted_out, count(campaign_members.reported_conversion_at) AS reported, count(*) FILTER (WHERE leads.status = $1::VARCHAR AND leads.closed_at >= campaign_members.joined_at AND leads.closed_at <= campaign_members.joined_at + make_interval($2::INTEGER, $3::INTEGER, $4::INTEGER, campaigns.attribution_days)) AS converted, count(*) FILTER (WHERE leads.status = $1::VARCHAR AND leads.closed_at >= campaign_members.joined_at AND leads.closed_at <= campaign_members.joined_at + make_interval($2::INTEGER, $3::INTEGER, $4::INTEGER, campaigns.attribution_days) AND coalesce(leads.deal_currency = workspaces.currency, false) IS false) AS unvalued, coalesce(sum(leads.deal_value) FILTER (WHERE leads.status = $1::VARCHAR AND leads.closed_at >= campaign_members.joined_at AND leads.closed_at <= campaign_members.joined_at + make_interval($2::INTEGER, $3::INTEGER, $4::INTEGER, campaigns.attribution_days) AND leads.deal_currency = workspaces.currency), 0) AS revenue 
FROM campaign_members JOIN campaigns ON campaigns.workspace_id = campaign_members.workspace_id AND campaigns.id = campaign_members.campaign_id JOIN leads ON leads.workspace_id = campaign_members.workspace_id AND leads.id = campaign_members.lead_id JOIN workspaces ON workspaces.workspace_id = campaign_members.workspace_id 
WHERE campaign_members.workspace_id = $5::UUID AND campaign_members.campaign_id = ANY ($6::UUID[]) AND (campaign_members.left_at IS NULL OR campaign_members.touches > $7::INTEGER) AND leads.deleted_at IS NULL GROUP BY campaign_members.campaign_id, campaign_members.variant_id;

SELECT places.campaign_id, places.variant_id, places.currency, places.spent, places.budgeted, places.created_at 
FROM (SELECT campaigns.id AS campaign_id, NULL::uuid AS variant_id, workspaces.currency AS currency, coalesce((SELECT sum(campaign_costs.amount) AS sum_1 
FROM campaign_costs 
WHERE campaign_costs.workspace_id = campaigns.workspace_id AND campaign_costs.campaign_id = campaigns.id AND campaign_costs.currency = workspaces.currency), 0) AS spent, coalesce((SELECT sum(campaign_budget_lines.amount) AS sum_2 
FROM campaign_budget_lines 
WHERE campaign_budget_lines.workspace_id = campaigns.workspace_id AND campaign_budget_lines.campaign_id = campaigns.id AND campaign_budget_lines.currency = workspaces.currency), 0) AS budgeted, campaigns.created_at AS created_at 
FROM campaigns JOIN workspaces ON workspaces.workspace_id = campaigns.workspace_id 
WHERE campaigns.workspace_id = $1::UUID AND campaigns.id = ANY ($2::UUID[]) UNION ALL SELECT campaign_variants.campaign_id AS campaign_id, campaign_variants.id AS variant_id, workspaces.currency AS currency, coalesce((SELECT sum(campaign_costs.amount) AS sum_3 
FROM campaign_costs 
WHERE campaign_costs.workspace_id = campaign_variants.workspace_id AND campaign_costs.campaign_id = campaign_variants.campaign_id AND campaign_costs.currency = workspaces.currency AND campaign_costs.variant_id = campaign_variants.id), 0) AS spent, coalesce((SELECT sum(campaign_budget_lines.amount) AS sum_4 
FROM campaign_budget_lines 
WHERE campaign_budget_lines.workspace_id = campaign_variants.workspace_id AND campaign_budget_lines.campaign_id = campaign_variants.campaign_id AND campaign_budget_lines.currency = workspaces.currency AND campaign_budget_lines.variant_id = campaign_variants.id), 0) AS budgeted, campaign_variants.created_at AS created_at 
FROM campaign_variants JOIN workspaces ON workspaces.workspace_id = campaign_variants.workspace_id 
WHERE campaign_variants.workspace_id = $1::UUID AND campaign_variants.campaign_id = ANY ($2::UUID[])) AS places ORDER BY places.created_at, places.variant_id;

SELECT campaign_variants.id, campaign_variants.name 
FROM campaign_variants 
WHERE campaign_variants.workspace_id = $1::UUID AND campaign_variants.id = ANY ($2::UUID[]);

SELECT campaign_members.campaign_id AS key, count(*) AS count 
FROM campaign_members 
WHERE campaign_members.workspace_id = $1::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = campaign_members.workspace_id AND leads.id = campaign_members.lead_id AND leads.deleted_at IS NULL)) AND campaign_members.left_at IS NULL AND campaign_members.campaign_id = ANY ($2::UUID[]) GROUP BY campaign_members.campaign_id;

SELECT leads.id, leads.first_name, leads.last_name 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;
