SELECT campaigns.id, campaigns.version, campaigns.name, campaigns.description, campaigns.type, campaigns.status, campaigns.status_since, campaigns.starts_at, campaigns.ends_at, campaigns.started_at, campaigns.ended_at, campaigns.attribution_days, campaigns.weights_changed_at, campaigns.created_at, campaigns.updated_at 
FROM campaigns 
WHERE campaigns.workspace_id = $1::UUID AND campaigns.id = ANY ($2::UUID[]);

SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT anon_1.key AS _parent, page.id, page.version, page.created_at, page.updated_at, page.deleted_at, page.merged_into_id, page.first_name, page.last_name, page.title, page.email, page.phones, page.language, page.company, page.industry, page.employees, page.annual_revenue, page.website, page.street, page.city, page.region, page.postal_code, page.country, page.time_zone, page.budget, page.authority, page.need, page.timeline, page.do_not_call, page.do_not_email, page.notes, page.source, page.first_touch_at, page.first_touch_detail, page.first_utm_source, page.first_utm_medium, page.first_utm_campaign, page.first_utm_term, page.first_utm_content, page.last_source, page.last_touch_at, page.last_touch_detail, page.last_utm_source, page.last_utm_medium, page.last_utm_campaign, page.last_utm_term, page.last_utm_content, page.status, page.status_since, page.owner_id, page.assigned_at, page.stage_id, page.pipeline_id, page.stage_entered_at, page.deal_value, page.deal_currency, page.deal_probability, page.expected_close_date, page.closed_at, page.score_total, page.grade, page.temperature, page.scored_at, page.rescore_at, page.pinned_priority, page.pin_reason, page.pinned_until, page.priority, page.website_visits, page.content_downloads, page.page_views, page.email_opens, page.email_clicks, page.social_engagements, page.contact_requested_at, page.outbound_attempts, page.first_contacted_at, page.last_contacted_at, page.last_activity_at, page.event_sequence, page.first_response_started_at, page.first_response_due_at, page.first_response_minutes, page.live_enrollments, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT leads.id AS id, leads.version AS version, leads.created_at AS created_at, leads.updated_at AS updated_at, leads.deleted_at AS deleted_at, leads.merged_into_id AS merged_into_id, leads.first_name AS first_name, leads.last_name AS last_name, leads.title AS title, leads.email AS email, leads.phones AS phones, leads.language AS language, leads.company AS company, leads.industry AS industry, leads.employees AS employees, leads.annual_revenue AS annual_revenue, leads.website AS website, leads.street AS street, leads.city AS city, leads.region AS region, leads.postal_code AS postal_code, leads.country AS country, leads.time_zone AS time_zone, leads.budget AS budget, leads.authority AS authority, leads.need AS need, leads.timeline AS timeline, leads.do_not_call AS do_not_call, leads.do_not_email AS do_not_email, leads.notes AS notes, leads.source AS source, leads.first_touch_at AS first_touch_at, leads.first_touch_detail AS first_touch_detail, leads.first_utm_source AS first_utm_source, leads.first_utm_medium AS first_utm_medium, leads.first_utm_campaign AS first_utm_campaign, leads.first_utm_term AS first_utm_term, leads.first_utm_content AS first_utm_content, leads.last_source AS last_source, leads.last_touch_at AS last_touch_at, leads.last_touch_detail AS last_touch_detail, leads.last_utm_source AS last_utm_source, leads.last_utm_medium AS last_utm_medium, leads.last_utm_campaign AS last_utm_campaign, leads.last_utm_term AS last_utm_term, leads.last_utm_content AS last_utm_content, leads.status AS status, leads.status_since AS status_since, leads.owner_id AS owner_id, leads.assigned_at AS assigned_at, leads.stage_id AS stage_id, leads.pipeline_id AS pipeline_id, leads.stage_entered_at AS stage_entered_at, leads.deal_value AS deal_value, leads.deal_currency AS deal_currency, leads.deal_probability AS deal_probability, leads.expected_close_date AS expected_close_date, leads.closed_at AS closed_at, leads.score_total AS score_total, leads.grade AS grade, leads.temperature AS temperature, leads.scored_at AS scored_at, leads.rescore_at AS rescore_at, leads.pinned_priority AS pinned_priority, leads.pin_reason AS pin_reason, leads.pinned_until AS pinned_until, leads.priority AS priority, leads.website_visits AS website_visits, leads.content_downloads AS content_downloads, leads.page_views AS page_views, leads.email_opens AS email_opens, leads.email_clicks AS email_clicks, leads.social_engagements AS social_engagements, leads.contact_requested_at AS contact_requested_at, leads.outbound_attempts AS outbound_attempts, leads.first_contacted_at AS first_contacted_at, leads.last_contacted_at AS last_contacted_at, leads.last_activity_at AS last_activity_at, leads.event_sequence AS event_sequence, leads.first_response_started_at AS first_response_started_at, leads.first_response_due_at AS first_response_due_at, leads.first_response_minutes AS first_response_minutes, leads.live_enrollments AS live_enrollments, leads.created_at AS _sort, leads.id AS _id 
FROM leads JOIN campaign_members ON campaign_members.workspace_id = leads.workspace_id AND campaign_members.lead_id = leads.id AND campaign_members.left_at IS NULL 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND campaign_members.campaign_id = anon_1.key ORDER BY greatest(leads.created_at) DESC, leads.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT campaign_variants.id, campaign_variants.campaign_id, campaign_variants.version, campaign_variants.name, campaign_variants.description, campaign_variants.weight, campaign_variants.created_at, campaign_variants.updated_at, campaign_variants.campaign_id AS _parent 
FROM campaign_variants 
WHERE campaign_variants.workspace_id = $1::UUID AND campaign_variants.campaign_id = ANY ($2::UUID[]) ORDER BY campaign_variants.campaign_id, campaign_variants.created_at, campaign_variants.id;

SELECT anon_1.key AS _parent, page.id, page.campaign_id, page.lead_id, page.variant_id, page.joined_at, page.left_at, page.sent_at, page.delivered_at, page.opened_at, page.clicked_at, page.responded_at, page.opted_out_at, page.reported_conversion_at, page.touches, page.last_touch_at, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT campaign_members.id AS id, campaign_members.campaign_id AS campaign_id, campaign_members.lead_id AS lead_id, campaign_members.variant_id AS variant_id, campaign_members.joined_at AS joined_at, campaign_members.left_at AS left_at, campaign_members.sent_at AS sent_at, campaign_members.delivered_at AS delivered_at, campaign_members.opened_at AS opened_at, campaign_members.clicked_at AS clicked_at, campaign_members.responded_at AS responded_at, campaign_members.opted_out_at AS opted_out_at, campaign_members.reported_conversion_at AS reported_conversion_at, campaign_members.touches AS touches, campaign_members.last_touch_at AS last_touch_at, campaign_members.joined_at AS _sort, campaign_members.id AS _id 
FROM campaign_members 
WHERE campaign_members.workspace_id = $2::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = campaign_members.workspace_id AND leads.id = campaign_members.lead_id AND leads.deleted_at IS NULL)) AND campaign_members.left_at IS NULL AND campaign_members.campaign_id = anon_1.key ORDER BY campaign_members.joined_at DESC, campaign_members.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.id, page.lead_id, page.type, page.occurred_at, page.recorded_at, page.source, page.source_event_id, page.asset, page.subject, page.body, page.agent_id, page.actor_kind, page.actor_id, page.campaign_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT activities.id AS id, activities.lead_id AS lead_id, activities.type AS type, activities.occurred_at AS occurred_at, activities.recorded_at AS recorded_at, activities.source AS source, activities.source_event_id AS source_event_id, activities.asset AS asset, activities.subject AS subject, activities.body AS body, activities.agent_id AS agent_id, activities.actor_kind AS actor_kind, activities.actor_id AS actor_id, activities.campaign_id AS campaign_id, activities.occurred_at AS _sort, activities.id AS _id 
FROM activities 
WHERE activities.workspace_id = $2::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = activities.workspace_id AND leads.id = activities.lead_id AND leads.deleted_at IS NULL)) AND activities.campaign_id = anon_1.key ORDER BY activities.occurred_at DESC, activities.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.id, page.campaign_id, page.lead_id, page.variant_id, page.joined_at, page.left_at, page.sent_at, page.delivered_at, page.opened_at, page.clicked_at, page.responded_at, page.opted_out_at, page.reported_conversion_at, page.touches, page.last_touch_at, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT campaign_members.id AS id, campaign_members.campaign_id AS campaign_id, campaign_members.lead_id AS lead_id, campaign_members.variant_id AS variant_id, campaign_members.joined_at AS joined_at, campaign_members.left_at AS left_at, campaign_members.sent_at AS sent_at, campaign_members.delivered_at AS delivered_at, campaign_members.opened_at AS opened_at, campaign_members.clicked_at AS clicked_at, campaign_members.responded_at AS responded_at, campaign_members.opted_out_at AS opted_out_at, campaign_members.reported_conversion_at AS reported_conversion_at, campaign_members.touches AS touches, campaign_members.last_touch_at AS last_touch_at, campaign_members.joined_at AS _sort, campaign_members.id AS _id 
FROM campaign_members 
WHERE campaign_members.workspace_id = $2::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = campaign_members.workspace_id AND leads.id = campaign_members.lead_id AND leads.deleted_at IS NULL)) AND (campaign_members.left_at IS NULL OR campaign_members.touches > $3::INTEGER) AND (EXISTS (SELECT * 
FROM leads, campaigns 
WHERE leads.workspace_id = campaign_members.workspace_id AND leads.id = campaign_members.lead_id AND campaigns.workspace_id = campaign_members.workspace_id AND campaigns.id = campaign_members.campaign_id AND leads.status = $4::VARCHAR AND leads.closed_at >= campaign_members.joined_at AND leads.closed_at <= campaign_members.joined_at + make_interval($5::INTEGER, $6::INTEGER, $7::INTEGER, campaigns.attribution_days))) AND campaign_members.campaign_id = anon_1.key ORDER BY campaign_members.joined_at DESC, campaign_members.id DESC 
 LIMIT $8::INTEGER) AS page ON true;

SELECT campaign_budget_lines.id, campaign_budget_lines.campaign_id, campaign_budget_lines.version, campaign_budget_lines.label, campaign_budget_lines.amount, campaign_budget_lines.currency, campaign_budget_lines.variant_id, campaign_budget_lines.channel, campaign_budget_lines.created_at, campaign_budget_lines.updated_at, campaign_budget_lines.campaign_id AS _parent 
FROM campaign_budget_lines 
WHERE campaign_budget_lines.workspace_id = $1::UUID AND campaign_budget_lines.campaign_id = ANY ($2::UUID[]) ORDER BY campaign_budget_lines.campaign_id, campaign_budget_lines.created_at, campaign_budget_lines.id;

SELECT anon_1.key AS _parent, page.id, page.campaign_id, page.incurred_on, page.amount, page.currency, page.variant_id, page.channel, page.note, page.recorded_at, page.actor_kind, page.actor_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT campaign_costs.id AS id, campaign_costs.campaign_id AS campaign_id, campaign_costs.incurred_on AS incurred_on, campaign_costs.amount AS amount, campaign_costs.currency AS currency, campaign_costs.variant_id AS variant_id, campaign_costs.channel AS channel, campaign_costs.note AS note, campaign_costs.recorded_at AS recorded_at, campaign_costs.actor_kind AS actor_kind, campaign_costs.actor_id AS actor_id, campaign_costs.incurred_on AS _sort, campaign_costs.id AS _id 
FROM campaign_costs 
WHERE campaign_costs.workspace_id = $2::UUID AND campaign_costs.campaign_id = anon_1.key ORDER BY campaign_costs.incurred_on DESC, campaign_costs.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.id, page.campaign_id, page.from_status, page.to_status, page.reason, page.actor_kind, page.actor_id, page.at, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT campaign_status_changes.id AS id, campaign_status_changes.campaign_id AS campaign_id, campaign_status_changes.from_status AS from_status, campaign_status_changes.to_status AS to_status, campaign_status_changes.reason AS reason, campaign_status_changes.actor_kind AS actor_kind, campaign_status_changes.actor_id AS actor_id, campaign_status_changes.at AS at, campaign_status_changes.at AS _sort, campaign_status_changes.id AS _id 
FROM campaign_status_changes 
WHERE campaign_status_changes.workspace_id = $2::UUID AND campaign_status_changes.campaign_id = anon_1.key ORDER BY campaign_status_changes.at DESC, campaign_status_changes.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT campaign_members.campaign_id, campaign_members.variant_id, count(*) AS members, count(campaign_members.sent_at) AS sent, count(campaign_members.delivered_at) AS delivered, count(campaign_members.opened_at) AS opened, count(campaign_members.clicked_at) AS clicked, count(campaign_members.responded_at) AS responded, count(campaign_members.opted_out_at) AS opted_out, count(campaign_members.reported_conversion_at) AS reported, count(*) FILTER (WHERE leads.status = $1::VARCHAR AND leads.closed_at >= campaign_members.joined_at AND leads.closed_at <= campaign_members.joined_at + make_interval($2::INTEGER, $3::INTEGER, $4::INTEGER, campaigns.attribution_days)) AS converted, count(*) FILTER (WHERE leads.status = $1::VARCHAR AND leads.closed_at >= campaign_members.joined_at AND leads.closed_at <= campaign_members.joined_at + make_interval($2::INTEGER, $3::INTEGER, $4::INTEGER, campaigns.attribution_days) AND coalesce(leads.deal_currency = workspaces.currency, false) IS false) AS unvalued, coalesce(sum(leads.deal_value) FILTER (WHERE leads.status = $1::VARCHAR AND leads.closed_at >= campaign_members.joined_at AND leads.closed_at <= campaign_members.joined_at + make_interval($2::INTEGER, $3::INTEGER, $4::INTEGER, campaigns.attribution_days) AND leads.deal_currency = workspaces.currency), 0) AS revenue 
FROM campaign_members JOIN campaigns ON campaigns.workspace_id = campaign_members.workspace_id AND campaigns.id = campaign_members.campaign_id JOIN leads ON leads.workspace_id = campaign_members.workspace_id AND leads.id = campaign_members.lead_id JOIN workspaces ON workspaces.workspace_id = campaign_members.workspace_id 
WHERE campaign_members.workspace_id = $5::UUID AND campaign_members.campaign_id = ANY ($6::UUID[]) AND (campaign_members.left_at IS NULL OR campaign_members.touches > $7::INTEGER) AND leads.deleted_at IS NULL GROUP BY campaign_members.campaign_id, campaign_members.variant_id;

SELECT campaign_members.campaign_id AS key, count(*) AS count 
FROM leads JOIN campaign_members ON campaign_members.workspace_id = leads.workspace_id AND campaign_members.lead_id = leads.id AND campaign_members.left_at IS NULL 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND campaign_members.campaign_id = ANY ($2::UUID[]) GROUP BY campaign_members.campaign_id;

SELECT anon_1.key AS _parent, page.id, page.version, page.name, page.description, page.type, page.status, page.status_since, page.starts_at, page.ends_at, page.started_at, page.ended_at, page.attribution_days, page.weights_changed_at, page.created_at, page.updated_at, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT campaigns.id AS id, campaigns.version AS version, campaigns.name AS name, campaigns.description AS description, campaigns.type AS type, campaigns.status AS status, campaigns.status_since AS status_since, campaigns.starts_at AS starts_at, campaigns.ends_at AS ends_at, campaigns.started_at AS started_at, campaigns.ended_at AS ended_at, campaigns.attribution_days AS attribution_days, campaigns.weights_changed_at AS weights_changed_at, campaigns.created_at AS created_at, campaigns.updated_at AS updated_at, campaign_members.joined_at AS _sort, campaigns.id AS _id 
FROM campaigns JOIN campaign_members ON campaign_members.workspace_id = campaigns.workspace_id AND campaign_members.campaign_id = campaigns.id AND campaign_members.left_at IS NULL 
WHERE campaigns.workspace_id = $2::UUID AND campaign_members.lead_id = anon_1.key ORDER BY greatest(campaign_members.joined_at) DESC, campaigns.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

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

SELECT campaign_costs.campaign_id AS key, count(*) AS count 
FROM campaign_costs 
WHERE campaign_costs.workspace_id = $1::UUID AND campaign_costs.campaign_id = ANY ($2::UUID[]) GROUP BY campaign_costs.campaign_id;

SELECT agents.id, agents.version, agents.name, agents.email, agents.team_id, agents.availability, agents.capacity, agents.weight, agents.territories, agents.languages, agents.sources, agents.last_assigned_at, agents.credit, agents.created_at, agents.updated_at 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);

SELECT campaign_budget_lines.id, campaign_budget_lines.campaign_id, campaign_budget_lines.version, campaign_budget_lines.label, campaign_budget_lines.amount, campaign_budget_lines.currency, campaign_budget_lines.variant_id, campaign_budget_lines.channel, campaign_budget_lines.created_at, campaign_budget_lines.updated_at, campaign_budget_lines.variant_id AS _parent 
FROM campaign_budget_lines 
WHERE campaign_budget_lines.workspace_id = $1::UUID AND campaign_budget_lines.variant_id = ANY ($2::UUID[]) ORDER BY campaign_budget_lines.variant_id, campaign_budget_lines.created_at, campaign_budget_lines.id;

SELECT anon_1.key AS _parent, page.id, page.campaign_id, page.incurred_on, page.amount, page.currency, page.variant_id, page.channel, page.note, page.recorded_at, page.actor_kind, page.actor_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT campaign_costs.id AS id, campaign_costs.campaign_id AS campaign_id, campaign_costs.incurred_on AS incurred_on, campaign_costs.amount AS amount, campaign_costs.currency AS currency, campaign_costs.variant_id AS variant_id, campaign_costs.channel AS channel, campaign_costs.note AS note, campaign_costs.recorded_at AS recorded_at, campaign_costs.actor_kind AS actor_kind, campaign_costs.actor_id AS actor_id, campaign_costs.incurred_on AS _sort, campaign_costs.id AS _id 
FROM campaign_costs 
WHERE campaign_costs.workspace_id = $2::UUID AND campaign_costs.variant_id = anon_1.key ORDER BY campaign_costs.incurred_on DESC, campaign_costs.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.id, page.campaign_id, page.lead_id, page.variant_id, page.joined_at, page.left_at, page.sent_at, page.delivered_at, page.opened_at, page.clicked_at, page.responded_at, page.opted_out_at, page.reported_conversion_at, page.touches, page.last_touch_at, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT campaign_members.id AS id, campaign_members.campaign_id AS campaign_id, campaign_members.lead_id AS lead_id, campaign_members.variant_id AS variant_id, campaign_members.joined_at AS joined_at, campaign_members.left_at AS left_at, campaign_members.sent_at AS sent_at, campaign_members.delivered_at AS delivered_at, campaign_members.opened_at AS opened_at, campaign_members.clicked_at AS clicked_at, campaign_members.responded_at AS responded_at, campaign_members.opted_out_at AS opted_out_at, campaign_members.reported_conversion_at AS reported_conversion_at, campaign_members.touches AS touches, campaign_members.last_touch_at AS last_touch_at, campaign_members.joined_at AS _sort, campaign_members.id AS _id 
FROM campaign_members 
WHERE campaign_members.workspace_id = $2::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = campaign_members.workspace_id AND leads.id = campaign_members.lead_id AND leads.deleted_at IS NULL)) AND campaign_members.left_at IS NULL AND campaign_members.variant_id = anon_1.key ORDER BY campaign_members.joined_at DESC, campaign_members.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT campaign_members.campaign_id AS key, count(*) AS count 
FROM campaign_members 
WHERE campaign_members.workspace_id = $1::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = campaign_members.workspace_id AND leads.id = campaign_members.lead_id AND leads.deleted_at IS NULL)) AND campaign_members.left_at IS NULL AND campaign_members.campaign_id = ANY ($2::UUID[]) GROUP BY campaign_members.campaign_id;

SELECT campaign_variants.id, campaign_variants.campaign_id, campaign_variants.version, campaign_variants.name, campaign_variants.description, campaign_variants.weight, campaign_variants.created_at, campaign_variants.updated_at 
FROM campaign_variants 
WHERE campaign_variants.workspace_id = $1::UUID AND campaign_variants.id = ANY ($2::UUID[]);

SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;

SELECT campaign_members.campaign_id AS key, count(*) AS count 
FROM campaign_members 
WHERE campaign_members.workspace_id = $1::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = campaign_members.workspace_id AND leads.id = campaign_members.lead_id AND leads.deleted_at IS NULL)) AND (campaign_members.left_at IS NULL OR campaign_members.touches > $2::INTEGER) AND (EXISTS (SELECT * 
FROM leads, campaigns 
WHERE leads.workspace_id = campaign_members.workspace_id AND leads.id = campaign_members.lead_id AND campaigns.workspace_id = campaign_members.workspace_id AND campaigns.id = campaign_members.campaign_id AND leads.status = $3::VARCHAR AND leads.closed_at >= campaign_members.joined_at AND leads.closed_at <= campaign_members.joined_at + make_interval($4::INTEGER, $5::INTEGER, $6::INTEGER, campaigns.attribution_days))) AND campaign_members.campaign_id = ANY ($7::UUID[]) GROUP BY campaign_members.campaign_id;

SELECT campaign_members.variant_id AS key, count(*) AS count 
FROM campaign_members 
WHERE campaign_members.workspace_id = $1::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = campaign_members.workspace_id AND leads.id = campaign_members.lead_id AND leads.deleted_at IS NULL)) AND campaign_members.left_at IS NULL AND campaign_members.variant_id = ANY ($2::UUID[]) GROUP BY campaign_members.variant_id;
