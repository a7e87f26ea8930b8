SELECT campaigns.id, campaigns.version, campaigns.name, campaigns.description, campaigns.type, campaigns.status, campaigns.status_since, campaigns.starts_at, campaigns.ends_at, campaigns.started_at, campaigns.ended_at, campaigns.attribution_days, campaigns.weights_changed_at, campaigns.created_at, campaigns.updated_at 
FROM campaigns 
WHERE campaigns.workspace_id = $1::UUID AND campaigns.id = $2::UUID ORDER BY campaigns.id FOR NO KEY UPDATE;

UPDATE campaigns SET name=$1::VARCHAR, description=$2::VARCHAR, type=$3::VARCHAR, status=$4::VARCHAR, status_since=$5::TIMESTAMP WITH TIME ZONE, starts_at=$6::TIMESTAMP WITH TIME ZONE, ends_at=$7::TIMESTAMP WITH TIME ZONE, started_at=$8::TIMESTAMP WITH TIME ZONE, ended_at=$9::TIMESTAMP WITH TIME ZONE, attribution_days=$10::SMALLINT, weights_changed_at=$11::TIMESTAMP WITH TIME ZONE, version=$12::INTEGER, updated_at=$13::TIMESTAMP WITH TIME ZONE WHERE campaigns.workspace_id = $14::UUID AND campaigns.id = $15::UUID;

INSERT INTO campaign_status_changes (workspace_id, id, campaign_id, from_status, to_status, reason, actor_kind, actor_id, at) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::VARCHAR, $5::VARCHAR, $6::VARCHAR, $7::VARCHAR, $8::UUID, $9::TIMESTAMP WITH TIME ZONE);

INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::BIGINT, $5::VARCHAR, $6::TIMESTAMP WITH TIME ZONE, $7::JSONB, $8::VARCHAR, $9::UUID, $10::VARCHAR, $11::UUID);

SELECT campaign_variants.id, campaign_variants.campaign_id, campaign_variants.version, campaign_variants.name, campaign_variants.description, campaign_variants.weight, campaign_variants.created_at, campaign_variants.updated_at, campaign_variants.campaign_id AS _parent 
FROM campaign_variants 
WHERE campaign_variants.workspace_id = $1::UUID AND campaign_variants.campaign_id = ANY ($2::UUID[]) ORDER BY campaign_variants.campaign_id, campaign_variants.created_at, campaign_variants.id;

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
