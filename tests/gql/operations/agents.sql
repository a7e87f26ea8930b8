SELECT agents.id, agents.version, agents.name, agents.email, agents.team_id, agents.availability, agents.capacity, agents.weight, agents.territories, agents.languages, agents.sources, agents.last_assigned_at, agents.credit, agents.created_at, agents.updated_at, lower(agents.name) COLLATE "C" AS _sort, agents.id AS _id 
FROM agents 
WHERE agents.workspace_id = $1::UUID ORDER BY lower(agents.name) COLLATE "C" ASC, agents.id ASC 
 LIMIT $2::INTEGER;

SELECT count(*) AS count_1 
FROM agents 
WHERE agents.workspace_id = $1::UUID;

SELECT anon_1.key AS _parent, page.id, page.version, page.created_at, page.updated_at, page.deleted_at, page.merged_into_id, page.first_name, page.last_name, page.title, page.email, page.phones, page.language, page.company, page.industry, page.employees, page.annual_revenue, page.website, page.street, page.city, page.region, page.postal_code, page.country, page.time_zone, page.budget, page.authority, page.need, page.timeline, page.do_not_call, page.do_not_email, page.notes, page.source, page.first_touch_at, page.first_touch_detail, page.first_utm_source, page.first_utm_medium, page.first_utm_campaign, page.first_utm_term, page.first_utm_content, page.last_source, page.last_touch_at, page.last_touch_detail, page.last_utm_source, page.last_utm_medium, page.last_utm_campaign, page.last_utm_term, page.last_utm_content, page.status, page.status_since, page.owner_id, page.assigned_at, page.stage_id, page.pipeline_id, page.stage_entered_at, page.deal_value, page.deal_currency, page.deal_probability, page.expected_close_date, page.closed_at, page.score_total, page.grade, page.temperature, page.scored_at, page.rescore_at, page.pinned_priority, page.pin_reason, page.pinned_until, page.priority, page.website_visits, page.content_downloads, page.page_views, page.email_opens, page.email_clicks, page.social_engagements, page.contact_requested_at, page.outbound_attempts, page.first_contacted_at, page.last_contacted_at, page.last_activity_at, page.event_sequence, page.first_response_started_at, page.first_response_due_at, page.first_response_minutes, page.live_enrollments, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT leads.id AS id, leads.version AS version, leads.created_at AS created_at, leads.updated_at AS updated_at, leads.deleted_at AS deleted_at, leads.merged_into_id AS merged_into_id, leads.first_name AS first_name, leads.last_name AS last_name, leads.title AS title, leads.email AS email, leads.phones AS phones, leads.language AS language, leads.company AS company, leads.industry AS industry, leads.employees AS employees, leads.annual_revenue AS annual_revenue, leads.website AS website, leads.street AS street, leads.city AS city, leads.region AS region, leads.postal_code AS postal_code, leads.country AS country, leads.time_zone AS time_zone, leads.budget AS budget, leads.authority AS authority, leads.need AS need, leads.timeline AS timeline, leads.do_not_call AS do_not_call, leads.do_not_email AS do_not_email, leads.notes AS notes, leads.source AS source, leads.first_touch_at AS first_touch_at, leads.first_touch_detail AS first_touch_detail, leads.first_utm_source AS first_utm_source, leads.first_utm_medium AS first_utm_medium, leads.first_utm_campaign AS first_utm_campaign, leads.first_utm_term AS first_utm_term, leads.first_utm_content AS first_utm_content, leads.last_source AS last_source, leads.last_touch_at AS last_touch_at, leads.last_touch_detail AS last_touch_detail, leads.last_utm_source AS last_utm_source, leads.last_utm_medium AS last_utm_medium, leads.last_utm_campaign AS last_utm_campaign, leads.last_utm_term AS last_utm_term, leads.last_utm_content AS last_utm_content, leads.status AS status, leads.status_since AS status_since, leads.owner_id AS owner_id, leads.assigned_at AS assigned_at, leads.stage_id AS stage_id, leads.pipeline_id AS pipeline_id, leads.stage_entered_at AS stage_entered_at, leads.deal_value AS deal_value, leads.deal_currency AS deal_currency, leads.deal_probability AS deal_probability, leads.expected_close_date AS expected_close_date, leads.closed_at AS closed_at, leads.score_total AS score_total, leads.grade AS grade, leads.temperature AS temperature, leads.scored_at AS scored_at, leads.rescore_at AS rescore_at, leads.pinned_priority AS pinned_priority, leads.pin_reason AS pin_reason, leads.pinned_until AS pinned_until, leads.priority AS priority, leads.website_visits AS website_visits, leads.content_downloads AS content_downloads, leads.page_views AS page_views, leads.email_opens AS email_opens, leads.email_clicks AS email_clicks, leads.social_engagements AS social_engagements, leads.contact_requested_at AS contact_requested_at, leads.outbound_attempts AS outbound_attempts, leads.first_contacted_at AS first_contacted_at, leads.last_contacted_at AS last_contacted_at, leads.last_activity_at AS last_activity_at, leads.event_sequence AS event_sequence, leads.first_response_started_at AS first_response_started_at, leads.first_response_due_at AS first_response_due_at, leads.first_response_minutes AS first_response_minutes, leads.live_enrollments AS live_enrollments, leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.owner_id = anon_1.key ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT teams.id, teams.version, teams.name, teams.manager_id, teams.created_at, teams.updated_at 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = ANY ($2::UUID[]);

SELECT anon_1.key AS _parent, page.id, page.lead_id, page.channel, page.social_network, page.direction, page.outcome, page.occurred_at, page.recorded_at, page.duration_seconds, page.agent_id, page.provider, page.provider_id, page.recording_url, page.transcript_url, page.notes, page.actor_kind, page.actor_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT contact_attempts.id AS id, contact_attempts.lead_id AS lead_id, contact_attempts.channel AS channel, contact_attempts.social_network AS social_network, contact_attempts.direction AS direction, contact_attempts.outcome AS outcome, contact_attempts.occurred_at AS occurred_at, contact_attempts.recorded_at AS recorded_at, contact_attempts.duration_seconds AS duration_seconds, contact_attempts.agent_id AS agent_id, contact_attempts.provider AS provider, contact_attempts.provider_id AS provider_id, contact_attempts.recording_url AS recording_url, contact_attempts.transcript_url AS transcript_url, contact_attempts.notes AS notes, contact_attempts.actor_kind AS actor_kind, contact_attempts.actor_id AS actor_id, contact_attempts.occurred_at AS _sort, contact_attempts.id AS _id 
FROM contact_attempts 
WHERE contact_attempts.workspace_id = $2::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = contact_attempts.workspace_id AND leads.id = contact_attempts.lead_id AND leads.deleted_at IS NULL)) AND contact_attempts.agent_id = anon_1.key ORDER BY contact_attempts.occurred_at DESC, contact_attempts.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT agents.id, agents.version, agents.name, agents.email, agents.team_id, agents.availability, agents.capacity, agents.weight, agents.territories, agents.languages, agents.sources, agents.last_assigned_at, agents.credit, agents.created_at, agents.updated_at 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);

SELECT anon_1.key AS _parent, page.id, page.lead_id, page.type, page.occurred_at, page.recorded_at, page.source, page.source_event_id, page.asset, page.subject, page.body, page.agent_id, page.actor_kind, page.actor_id, page.campaign_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT activities.id AS id, activities.lead_id AS lead_id, activities.type AS type, activities.occurred_at AS occurred_at, activities.recorded_at AS recorded_at, activities.source AS source, activities.source_event_id AS source_event_id, activities.asset AS asset, activities.subject AS subject, activities.body AS body, activities.agent_id AS agent_id, activities.actor_kind AS actor_kind, activities.actor_id AS actor_id, activities.campaign_id AS campaign_id, activities.occurred_at AS _sort, activities.id AS _id 
FROM activities 
WHERE activities.workspace_id = $2::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = activities.workspace_id AND leads.id = activities.lead_id AND leads.deleted_at IS NULL)) AND activities.agent_id = anon_1.key ORDER BY activities.occurred_at DESC, activities.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT contact_attempts.agent_id AS key, count(*) AS count 
FROM contact_attempts 
WHERE contact_attempts.workspace_id = $1::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = contact_attempts.workspace_id AND leads.id = contact_attempts.lead_id AND leads.deleted_at IS NULL)) AND contact_attempts.agent_id = ANY ($2::UUID[]) GROUP BY contact_attempts.agent_id;

SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;

SELECT leads.owner_id AS key, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND leads.owner_id = ANY ($2::UUID[]) GROUP BY leads.owner_id;

SELECT activities.agent_id AS key, count(*) AS count 
FROM activities 
WHERE activities.workspace_id = $1::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = activities.workspace_id AND leads.id = activities.lead_id AND leads.deleted_at IS NULL)) AND activities.agent_id = ANY ($2::UUID[]) GROUP BY activities.agent_id;
