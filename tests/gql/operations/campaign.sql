SELECT campaigns.id, campaigns.version, campaigns.name, campaigns.description, campaigns.type, campaigns.status, campaigns.status_since, campaigns.starts_at, campaigns.ends_at, campaigns.started_at, campaigns.ended_at, campaigns.attribution_days, campaigns.weights_changed_at, campaigns.created_at, campaigns.updated_at 
FROM campaigns 
WHERE campaigns.workspace_id = $1::UUID AND campaigns.id = ANY ($2::UUID[]);

SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT campaign_variants.id, campaign_variants.campaign_id, campaign_variants.version, campaign_variants.name, campaign_variants.description, campaign_variants.weight, campaign_variants.created_at, campaign_variants.updated_at, campaign_variants.campaign_id AS _parent 
FROM campaign_variants 
WHERE campaign_variants.workspace_id = $1::UUID AND campaign_variants.campaign_id = ANY ($2::UUID[]) ORDER BY campaign_variants.campaign_id, campaign_variants.created_at, campaign_variants.id;

SELECT anon_1.key AS _parent, page.id, page.lead_id, page.variant_id, page.joined_at, page.opened_at, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT campaign_members.id AS id, campaign_members.lead_id AS lead_id, campaign_members.variant_id AS variant_id, campaign_members.joined_at AS joined_at, campaign_members.opened_at AS opened_at, campaign_members.joined_at AS _sort, campaign_members.id AS _id 
FROM campaign_members 
WHERE campaign_members.workspace_id = $2::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = campaign_members.workspace_id AND leads.id = campaign_members.lead_id AND leads.deleted_at IS NULL)) AND (campaign_members.left_at IS NULL OR campaign_members.touches > $3::INTEGER) AND (EXISTS (SELECT * 
FROM leads, campaigns 
WHERE leads.workspace_id = campaign_members.workspace_id AND leads.id = campaign_members.lead_id AND campaigns.workspace_id = campaign_members.workspace_id AND campaigns.id = campaign_members.campaign_id AND leads.status = $4::VARCHAR AND leads.closed_at >= campaign_members.joined_at AND leads.closed_at <= campaign_members.joined_at + make_interval($5::INTEGER, $6::INTEGER, $7::INTEGER, campaigns.attribution_days))) AND campaign_members.campaign_id = anon_1.key ORDER BY campaign_members.joined_at DESC, campaign_members.id DESC 
 LIMIT $8::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.id, page.lead_id, page.variant_id, page.joined_at, page.opened_at, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT campaign_members.id AS id, campaign_members.lead_id AS lead_id, campaign_members.variant_id AS variant_id, campaign_members.joined_at AS joined_at, campaign_members.opened_at AS opened_at, campaign_members.joined_at AS _sort, campaign_members.id AS _id 
FROM campaign_members 
WHERE campaign_members.workspace_id = $2::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = campaign_members.workspace_id AND leads.id = campaign_members.lead_id AND leads.deleted_at IS NULL)) AND campaign_members.left_at IS NULL AND campaign_members.campaign_id = anon_1.key ORDER BY campaign_members.joined_at DESC, campaign_members.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT leads.id AS id, leads.created_at AS _sort, leads.id AS _id 
FROM leads JOIN campaign_members ON campaign_members.workspace_id = leads.workspace_id AND campaign_members.lead_id = leads.id AND campaign_members.left_at IS NULL 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND campaign_members.campaign_id = anon_1.key ORDER BY greatest(leads.created_at) DESC, leads.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, convert_to(listed.rows, 'UTF8') AS rows 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT '[' || coalesce(string_agg('{"id":"Activity:' || CAST(page.id AS TEXT) || '","type":"' || page.type || '","occurredAt":"' || replace(CAST(timezone('UTC', page.occurred_at) AS TEXT), ' ', 'T') || 'Z"}', ','), '') || ']' AS rows 
FROM (SELECT activities.id AS id, activities.type AS type, activities.occurred_at AS occurred_at, activities.occurred_at AS _sort, activities.id AS _id 
FROM activities 
WHERE activities.workspace_id = $2::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = activities.workspace_id AND leads.id = activities.lead_id AND leads.deleted_at IS NULL)) AND activities.campaign_id = anon_1.key ORDER BY activities.occurred_at DESC, activities.id DESC 
 LIMIT $3::INTEGER) AS page) AS listed ON true;

SELECT campaign_budget_lines.id, campaign_budget_lines.campaign_id, campaign_budget_lines.version, campaign_budget_lines.label, campaign_budget_lines.amount, campaign_budget_lines.currency, campaign_budget_lines.variant_id, campaign_budget_lines.channel, campaign_budget_lines.created_at, campaign_budget_lines.updated_at, campaign_budget_lines.campaign_id AS _parent 
FROM campaign_budget_lines 
WHERE campaign_budget_lines.workspace_id = $1::UUID AND campaign_budget_lines.campaign_id = ANY ($2::UUID[]) ORDER BY campaign_budget_lines.campaign_id, campaign_budget_lines.created_at, campaign_budget_lines.id;

SELECT anon_1.key AS _parent, page.id, page.incurred_on, page.amount, page.currency, page.actor_kind, page.actor_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT campaign_costs.id AS id, campaign_costs.incurred_on AS incurred_on, campaign_costs.amount AS amount, campaign_costs.currency AS currency, campaign_costs.actor_kind AS actor_kind, campaign_costs.actor_id AS actor_id, campaign_costs.incurred_on AS _sort, campaign_costs.id AS _id 
FROM campaign_costs 
WHERE campaign_costs.workspace_id = $2::UUID AND campaign_costs.campaign_id = anon_1.key ORDER BY campaign_costs.incurred_on DESC, campaign_costs.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.from_status, page.to_status, page.actor_kind, page.actor_id, page.at, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT campaign_status_changes.from_status AS from_status, campaign_status_changes.to_status AS to_status, campaign_status_changes.actor_kind AS actor_kind, campaign_status_changes.actor_id AS actor_id, campaign_status_changes.at AS at, campaign_status_changes.at AS _sort, campaign_status_changes.id AS _id 
FROM campaign_status_changes 
WHERE campaign_status_changes.workspace_id = $2::UUID AND campaign_status_changes.campaign_id = anon_1.key ORDER BY campaign_status_changes.at DESC, campaign_status_changes.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT campaign_members.campaign_id, campaign_members.variant_id, count(*) AS members, count(campaign_members.sent_at) AS sent, count(campaign_members.delivered_at) AS delivered, count(campaign_members.opened_at) AS opened, count(campaign_members.clicked_at) AS clicked, count(campaign_members.responded_at) AS responded, count(campaign_members.opted_out_at) AS opted_out, count(campaign_members.reported_conversion_at) AS reported, count(*) FILTER (WHERE leads.status = $1::VARCHAR AND leads.closed_at >= campaign_members.joined_at AND leads.closed_at <= campaign_members.joined_at + make_interval($2::INTEGER, $3::INTEGER, $4::INTEGER, campaigns.attribution_days)) AS converted, count(*) FILTER (WHERE leads.status = $1::VARCHAR AND leads.closed_at >= campaign_members.joined_at AND leads.closed_at <= campaign_members.joined_at + make_interval($2::INTEGER, $3::INTEGER, $4::INTEGER, campaigns.attribution_days) AND coalesce(leads.deal_currency = workspaces.currency, false) IS false) AS unvalued, coalesce(sum(leads.deal_value) FILTER (WHERE leads.status = $1::VARCHAR AND leads.closed_at >= campaign_members.joined_at AND leads.closed_at <= campaign_members.joined_at + make_interval($2::INTEGER, $3::INTEGER, $4::INTEGER, campaigns.attribution_days) AND leads.deal_currency = workspaces.currency), 0) AS revenue 
FROM campaign_members JOIN campaigns ON campaigns.workspace_id = campaign_members.workspace_id AND campaigns.id = campaign_members.campaign_id JOIN leads ON leads.workspace_id = campaign_members.workspace_id AND leads.id = campaign_members.lead_id JOIN workspaces ON workspaces.workspace_id = campaign_members.workspace_id 
WHERE campaign_members.workspace_id = $5::UUID AND campaign_members.campaign_id = ANY ($6::UUID[]) AND (campaign_members.left_at IS NULL OR campaign_members.touches > $7::INTEGER) AND leads.deleted_at IS NULL GROUP BY campaign_members.campaign_id, campaign_members.variant_id;

SELECT campaign_budget_lines.id, campaign_budget_lines.campaign_id, campaign_budget_lines.version, campaign_budget_lines.label, campaign_budget_lines.amount, campaign_budget_lines.currency, campaign_budget_lines.variant_id, campaign_budget_lines.channel, campaign_budget_lines.created_at, campaign_budget_lines.updated_at, campaign_budget_lines.variant_id AS _parent 
FROM campaign_budget_lines 
WHERE campaign_budget_lines.workspace_id = $1::UUID AND campaign_budget_lines.variant_id = ANY ($2::UUID[]) ORDER BY campaign_budget_lines.variant_id, campaign_budget_lines.created_at, campaign_budget_lines.id;

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

SELECT anon_1.key AS _parent, convert_to(listed.rows, 'UTF8') AS rows 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT '[' || coalesce(string_agg('{"incurredOn":"' || CAST(page.incurred_on AS TEXT) || '"}', ','), '') || ']' AS rows 
FROM (SELECT campaign_costs.incurred_on AS incurred_on, campaign_costs.incurred_on AS _sort, campaign_costs.id AS _id 
FROM campaign_costs 
WHERE campaign_costs.workspace_id = $2::UUID AND campaign_costs.variant_id = anon_1.key ORDER BY campaign_costs.incurred_on DESC, campaign_costs.id DESC 
 LIMIT $3::INTEGER) AS page) AS listed ON true;

SELECT anon_1.key AS _parent, page.id, page.joined_at, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT campaign_members.id AS id, campaign_members.joined_at AS joined_at, campaign_members.joined_at AS _sort, campaign_members.id AS _id 
FROM campaign_members 
WHERE campaign_members.workspace_id = $2::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = campaign_members.workspace_id AND leads.id = campaign_members.lead_id AND leads.deleted_at IS NULL)) AND campaign_members.left_at IS NULL AND campaign_members.variant_id = anon_1.key ORDER BY campaign_members.joined_at DESC, campaign_members.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT campaign_members.campaign_id AS key, count(*) AS count 
FROM campaign_members 
WHERE campaign_members.workspace_id = $1::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = campaign_members.workspace_id AND leads.id = campaign_members.lead_id AND leads.deleted_at IS NULL)) AND (campaign_members.left_at IS NULL OR campaign_members.touches > $2::INTEGER) AND (EXISTS (SELECT * 
FROM leads, campaigns 
WHERE leads.workspace_id = campaign_members.workspace_id AND leads.id = campaign_members.lead_id AND campaigns.workspace_id = campaign_members.workspace_id AND campaigns.id = campaign_members.campaign_id AND leads.status = $3::VARCHAR AND leads.closed_at >= campaign_members.joined_at AND leads.closed_at <= campaign_members.joined_at + make_interval($4::INTEGER, $5::INTEGER, $6::INTEGER, campaigns.attribution_days))) AND campaign_members.campaign_id = ANY ($7::UUID[]) GROUP BY campaign_members.campaign_id;

SELECT campaign_members.campaign_id AS key, count(*) AS count 
FROM leads JOIN campaign_members ON campaign_members.workspace_id = leads.workspace_id AND campaign_members.lead_id = leads.id AND campaign_members.left_at IS NULL 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND campaign_members.campaign_id = ANY ($2::UUID[]) GROUP BY campaign_members.campaign_id;

SELECT anon_1.key AS _parent, convert_to(listed.rows, 'UTF8') AS rows 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT '[' || coalesce(string_agg('{"name":' || CAST(to_json(page.name) AS TEXT) || '}', ','), '') || ']' AS rows 
FROM (SELECT campaigns.name AS name, campaign_members.joined_at AS _sort, campaigns.id AS _id 
FROM campaigns JOIN campaign_members ON campaign_members.workspace_id = campaigns.workspace_id AND campaign_members.campaign_id = campaigns.id AND campaign_members.left_at IS NULL 
WHERE campaigns.workspace_id = $2::UUID AND campaign_members.lead_id = anon_1.key ORDER BY greatest(campaign_members.joined_at) DESC, campaigns.id DESC 
 LIMIT $3::INTEGER) AS page) AS listed ON true;

SELECT campaign_members.campaign_id AS key, count(*) AS count 
FROM campaign_members 
WHERE campaign_members.workspace_id = $1::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = campaign_members.workspace_id AND leads.id = campaign_members.lead_id AND leads.deleted_at IS NULL)) AND campaign_members.left_at IS NULL AND campaign_members.campaign_id = ANY ($2::UUID[]) GROUP BY campaign_members.campaign_id;

SELECT campaign_variants.id, campaign_variants.name 
FROM campaign_variants 
WHERE campaign_variants.workspace_id = $1::UUID AND campaign_variants.id = ANY ($2::UUID[]);

SELECT anon_1.id, convert_to('{"id":"Lead:' || CAST(anon_1.id AS TEXT) || '","name":' || coalesce(CAST(to_json(anon_1.name) AS TEXT), 'null') || ',"owner":' || coalesce((SELECT '{"name":' || CAST(to_json(anon_2.name) AS TEXT) || '}' AS row 
FROM (SELECT agents.name AS name 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = anon_1.owner_id) AS anon_2), 'null') || '}', 'UTF8') AS row 
FROM (SELECT leads.id AS id, nullif(concat_ws(' ', nullif(leads.first_name, ''), nullif(leads.last_name, '')), '') AS name, leads.owner_id AS owner_id 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL) AS anon_1;

SELECT campaign_costs.campaign_id AS key, count(*) AS count 
FROM campaign_costs 
WHERE campaign_costs.workspace_id = $1::UUID AND campaign_costs.campaign_id = ANY ($2::UUID[]) GROUP BY campaign_costs.campaign_id;

SELECT agents.id, agents.name 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);

SELECT campaign_members.variant_id AS key, count(*) AS count 
FROM campaign_members 
WHERE campaign_members.workspace_id = $1::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = campaign_members.workspace_id AND leads.id = campaign_members.lead_id AND leads.deleted_at IS NULL)) AND campaign_members.left_at IS NULL AND campaign_members.variant_id = ANY ($2::UUID[]) GROUP BY campaign_members.variant_id;
