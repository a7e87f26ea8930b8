SELECT teams.id, teams.version, teams.name, teams.manager_id, teams.created_at, teams.updated_at, lower(teams.name) COLLATE "C" AS _sort, teams.id AS _id 
FROM teams 
WHERE teams.workspace_id = $1::UUID ORDER BY lower(teams.name) COLLATE "C" ASC, teams.id ASC 
 LIMIT $2::INTEGER;

SELECT count(*) AS count_1 
FROM teams 
WHERE teams.workspace_id = $1::UUID;

SELECT anon_1.key AS _parent, page.id, page.version, page.created_at, page.updated_at, page.deleted_at, page.first_name, page.last_name, page.title, page.email, page.phones, page.language, page.company, page.industry, page.employees, page.annual_revenue, page.website, page.street, page.city, page.region, page.postal_code, page.country, page.time_zone, page.budget, page.authority, page.need, page.timeline, page.do_not_call, page.do_not_email, page.notes, page.source, page.first_touch_at, page.first_touch_detail, page.first_utm_source, page.first_utm_medium, page.first_utm_campaign, page.first_utm_term, page.first_utm_content, page.last_source, page.last_touch_at, page.last_touch_detail, page.last_utm_source, page.last_utm_medium, page.last_utm_campaign, page.last_utm_term, page.last_utm_content, page.status, page.status_since, page.owner_id, page.assigned_at, page.stage_id, page.pipeline_id, page.stage_entered_at, page.deal_value, page.deal_currency, page.deal_probability, page.expected_close_date, page.closed_at, page.score_total, page.grade, page.temperature, page.scored_at, page.rescore_at, page.pinned_priority, page.pin_reason, page.pinned_until, page.priority, page.website_visits, page.content_downloads, page.page_views, page.email_opens, page.email_clicks, page.social_engagements, page.contact_requested_at, page.outbound_attempts, page.first_contacted_at, page.last_contacted_at, page.last_activity_at, page.event_sequence, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT leads.id AS id, leads.version AS version, leads.created_at AS created_at, leads.updated_at AS updated_at, leads.deleted_at AS deleted_at, leads.first_name AS first_name, leads.last_name AS last_name, leads.title AS title, leads.email AS email, leads.phones AS phones, leads.language AS language, leads.company AS company, leads.industry AS industry, leads.employees AS employees, leads.annual_revenue AS annual_revenue, leads.website AS website, leads.street AS street, leads.city AS city, leads.region AS region, leads.postal_code AS postal_code, leads.country AS country, leads.time_zone AS time_zone, leads.budget AS budget, leads.authority AS authority, leads.need AS need, leads.timeline AS timeline, leads.do_not_call AS do_not_call, leads.do_not_email AS do_not_email, leads.notes AS notes, leads.source AS source, leads.first_touch_at AS first_touch_at, leads.first_touch_detail AS first_touch_detail, leads.first_utm_source AS first_utm_source, leads.first_utm_medium AS first_utm_medium, leads.first_utm_campaign AS first_utm_campaign, leads.first_utm_term AS first_utm_term, leads.first_utm_content AS first_utm_content, leads.last_source AS last_source, leads.last_touch_at AS last_touch_at, leads.last_touch_detail AS last_touch_detail, leads.last_utm_source AS last_utm_source, leads.last_utm_medium AS last_utm_medium, leads.last_utm_campaign AS last_utm_campaign, leads.last_utm_term AS last_utm_term, leads.last_utm_content AS last_utm_content, leads.status AS status, leads.status_since AS status_since, leads.owner_id AS owner_id, leads.assigned_at AS assigned_at, leads.stage_id AS stage_id, leads.pipeline_id AS pipeline_id, leads.stage_entered_at AS stage_entered_at, leads.deal_value AS deal_value, leads.deal_currency AS deal_currency, leads.deal_probability AS deal_probability, leads.expected_close_date AS expected_close_date, leads.closed_at AS closed_at, leads.score_total AS score_total, leads.grade AS grade, leads.temperature AS temperature, leads.scored_at AS scored_at, leads.rescore_at AS rescore_at, leads.pinned_priority AS pinned_priority, leads.pin_reason AS pin_reason, leads.pinned_until AS pinned_until, leads.priority AS priority, leads.website_visits AS website_visits, leads.content_downloads AS content_downloads, leads.page_views AS page_views, leads.email_opens AS email_opens, leads.email_clicks AS email_clicks, leads.social_engagements AS social_engagements, leads.contact_requested_at AS contact_requested_at, leads.outbound_attempts AS outbound_attempts, leads.first_contacted_at AS first_contacted_at, leads.last_contacted_at AS last_contacted_at, leads.last_activity_at AS last_activity_at, leads.event_sequence AS event_sequence, leads.deal_value AS _sort, leads.id AS _id 
FROM leads JOIN agents ON agents.workspace_id = leads.workspace_id AND agents.id = leads.owner_id 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND agents.team_id = anon_1.key ORDER BY leads.deal_value DESC NULLS LAST, leads.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.id, page.version, page.name, page.email, page.team_id, page.availability, page.capacity, page.weight, page.territories, page.languages, page.sources, page.last_assigned_at, page.credit, page.created_at, page.updated_at, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT agents.id AS id, agents.version AS version, agents.name AS name, agents.email AS email, agents.team_id AS team_id, agents.availability AS availability, agents.capacity AS capacity, agents.weight AS weight, agents.territories AS territories, agents.languages AS languages, agents.sources AS sources, agents.last_assigned_at AS last_assigned_at, agents.credit AS credit, agents.created_at AS created_at, agents.updated_at AS updated_at, lower(agents.name) COLLATE "C" AS _sort, agents.id AS _id 
FROM agents 
WHERE agents.workspace_id = $2::UUID AND agents.team_id = anon_1.key ORDER BY lower(agents.name) COLLATE "C" ASC, agents.id ASC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT agents.id, agents.version, agents.name, agents.email, agents.team_id, agents.availability, agents.capacity, agents.weight, agents.territories, agents.languages, agents.sources, agents.last_assigned_at, agents.credit, agents.created_at, agents.updated_at 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);

SELECT agents.team_id AS key, count(*) AS count 
FROM leads JOIN agents ON agents.workspace_id = leads.workspace_id AND agents.id = leads.owner_id 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND agents.team_id = ANY ($2::UUID[]) GROUP BY agents.team_id;

SELECT agents.team_id AS key, count(*) AS count 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.team_id = ANY ($2::UUID[]) GROUP BY agents.team_id;

SELECT teams.id, teams.version, teams.name, teams.manager_id, teams.created_at, teams.updated_at 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = ANY ($2::UUID[]);
