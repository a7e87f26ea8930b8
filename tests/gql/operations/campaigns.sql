SELECT campaigns.id, campaigns.version, campaigns.name, campaigns.description, campaigns.type, campaigns.status, campaigns.status_since, campaigns.starts_at, campaigns.ends_at, campaigns.started_at, campaigns.ended_at, campaigns.attribution_days, campaigns.weights_changed_at, campaigns.created_at, campaigns.updated_at, lower(campaigns.name) COLLATE "C" AS _sort, campaigns.id AS _id 
FROM campaigns 
WHERE campaigns.workspace_id = $1::UUID AND campaigns.status = ANY ($2::TEXT[]) AND strpos(lower(campaigns.name), lower($3::VARCHAR)) > $4::INTEGER ORDER BY lower(campaigns.name) COLLATE "C" ASC, campaigns.id ASC 
 LIMIT $5::INTEGER;

SELECT count(*) AS count_1 
FROM campaigns 
WHERE campaigns.workspace_id = $1::UUID AND campaigns.status = ANY ($2::TEXT[]) AND strpos(lower(campaigns.name), lower($3::VARCHAR)) > $4::INTEGER;

SELECT anon_1.key AS _parent, page.id, page.campaign_id, page.lead_id, page.variant_id, page.joined_at, page.left_at, page.sent_at, page.delivered_at, page.opened_at, page.clicked_at, page.responded_at, page.opted_out_at, page.reported_conversion_at, page.touches, page.last_touch_at, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT campaign_members.id AS id, campaign_members.campaign_id AS campaign_id, campaign_members.lead_id AS lead_id, campaign_members.variant_id AS variant_id, campaign_members.joined_at AS joined_at, campaign_members.left_at AS left_at, campaign_members.sent_at AS sent_at, campaign_members.delivered_at AS delivered_at, campaign_members.opened_at AS opened_at, campaign_members.clicked_at AS clicked_at, campaign_members.responded_at AS responded_at, campaign_members.opted_out_at AS opted_out_at, campaign_members.reported_conversion_at AS reported_conversion_at, campaign_members.touches AS touches, campaign_members.last_touch_at AS last_touch_at, campaign_members.joined_at AS _sort, campaign_members.id AS _id 
FROM campaign_members 
WHERE campaign_members.workspace_id = $2::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = campaign_members.workspace_id AND leads.id = campaign_members.lead_id AND leads.deleted_at IS NULL)) AND campaign_members.left_at IS NULL AND campaign_members.campaign_id = anon_1.key ORDER BY campaign_members.joined_at DESC, campaign_members.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

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

SELECT campaign_members.campaign_id AS key, count(*) AS count 
FROM campaign_members 
WHERE campaign_members.workspace_id = $1::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = campaign_members.workspace_id AND leads.id = campaign_members.lead_id AND leads.deleted_at IS NULL)) AND campaign_members.left_at IS NULL AND campaign_members.campaign_id = ANY ($2::UUID[]) GROUP BY campaign_members.campaign_id;

SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;

SELECT campaign_variants.id, campaign_variants.campaign_id, campaign_variants.version, campaign_variants.name, campaign_variants.description, campaign_variants.weight, campaign_variants.created_at, campaign_variants.updated_at 
FROM campaign_variants 
WHERE campaign_variants.workspace_id = $1::UUID AND campaign_variants.id = ANY ($2::UUID[]);
