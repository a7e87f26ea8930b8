SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;

SELECT anon_1.key AS _parent, page.id, page.lead_id, page.agent_id, page.actor_kind, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT activities.id AS id, activities.lead_id AS lead_id, activities.agent_id AS agent_id, activities.actor_kind AS actor_kind, activities.occurred_at AS _sort, activities.id AS _id 
FROM activities 
WHERE activities.workspace_id = $2::UUID AND activities.lead_id = anon_1.key ORDER BY activities.occurred_at DESC, activities.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.id, page.lead_id, page.from_agent_id, page.agent_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT assignments.id AS id, assignments.lead_id AS lead_id, assignments.from_agent_id AS from_agent_id, assignments.agent_id AS agent_id, assignments.at AS _sort, assignments.id AS _id 
FROM assignments 
WHERE assignments.workspace_id = $2::UUID AND assignments.lead_id = anon_1.key ORDER BY assignments.at DESC, assignments.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.id, page.lead_id, page.breakdown, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT score_entries.id AS id, score_entries.lead_id AS lead_id, score_entries.breakdown AS breakdown, score_entries.at AS _sort, score_entries.id AS _id 
FROM score_entries 
WHERE score_entries.workspace_id = $2::UUID AND score_entries.lead_id = anon_1.key ORDER BY score_entries.at DESC, score_entries.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.id, page.lead_id, page.agent_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT contact_attempts.id AS id, contact_attempts.lead_id AS lead_id, contact_attempts.agent_id AS agent_id, contact_attempts.occurred_at AS _sort, contact_attempts.id AS _id 
FROM contact_attempts 
WHERE contact_attempts.workspace_id = $2::UUID AND contact_attempts.channel = ANY ($3::TEXT[]) AND contact_attempts.lead_id = anon_1.key ORDER BY contact_attempts.occurred_at DESC, contact_attempts.id DESC 
 LIMIT $4::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.id, page.lead_id, page.stage_id, page.entered_at, page.left_at, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT stage_stays.id AS id, stage_stays.lead_id AS lead_id, stage_stays.stage_id AS stage_id, stage_stays.entered_at AS entered_at, stage_stays.left_at AS left_at, stage_stays.entered_at AS _sort, stage_stays.id AS _id 
FROM stage_stays 
WHERE stage_stays.workspace_id = $2::UUID AND stage_stays.lead_id = anon_1.key ORDER BY stage_stays.entered_at DESC, stage_stays.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.id, page.lead_id, page.from_status, page.to_status, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT status_changes.id AS id, status_changes.lead_id AS lead_id, status_changes.from_status AS from_status, status_changes.to_status AS to_status, status_changes.at AS _sort, status_changes.id AS _id 
FROM status_changes 
WHERE status_changes.workspace_id = $2::UUID AND status_changes.lead_id = anon_1.key ORDER BY status_changes.at DESC, status_changes.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.from_date, page.to_date, page.at, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT close_date_slips.from_date AS from_date, close_date_slips.to_date AS to_date, close_date_slips.at AS at, close_date_slips.at AS _sort, close_date_slips.id AS _id 
FROM close_date_slips 
WHERE close_date_slips.workspace_id = $2::UUID AND close_date_slips.lead_id = anon_1.key ORDER BY close_date_slips.at DESC, close_date_slips.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT activities.lead_id AS key, count(*) AS count 
FROM activities 
WHERE activities.workspace_id = $1::UUID AND activities.lead_id = ANY ($2::UUID[]) GROUP BY activities.lead_id;

SELECT agents.id, agents.name, agents.team_id 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);

SELECT assignments.lead_id AS key, count(*) AS count 
FROM assignments 
WHERE assignments.workspace_id = $1::UUID AND assignments.lead_id = ANY ($2::UUID[]) GROUP BY assignments.lead_id;

SELECT agents.id, agents.name, agents.team_id 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);

SELECT anon_1.id, convert_to('{"name":' || CAST(to_json(anon_1.name) AS TEXT) || ',"team":' || coalesce((SELECT '{"name":' || CAST(to_json(anon_2.name) AS TEXT) || '}' AS row 
FROM (SELECT teams.name AS name 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = anon_1.team_id) AS anon_2), 'null') || '}', 'UTF8') AS row 
FROM (SELECT agents.id AS id, agents.name AS name, agents.team_id AS team_id 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[])) AS anon_1;

SELECT stage_stays.lead_id AS key, count(*) AS count 
FROM stage_stays 
WHERE stage_stays.workspace_id = $1::UUID AND stage_stays.lead_id = ANY ($2::UUID[]) GROUP BY stage_stays.lead_id;

SELECT anon_1.id, convert_to('{"name":' || CAST(to_json(anon_1.name) AS TEXT) || ',"pipeline":' || coalesce((SELECT '{"name":' || CAST(to_json(anon_2.name) AS TEXT) || '}' AS row 
FROM (SELECT pipelines.name AS name 
FROM pipelines 
WHERE pipelines.workspace_id = $1::UUID AND pipelines.id = anon_1.pipeline_id) AS anon_2), 'null') || '}', 'UTF8') AS row 
FROM (SELECT stages.id AS id, stages.name AS name, stages.pipeline_id AS pipeline_id 
FROM stages 
WHERE stages.workspace_id = $1::UUID AND stages.id = ANY ($2::UUID[])) AS anon_1;

SELECT close_date_slips.lead_id AS key, count(*) AS count 
FROM close_date_slips 
WHERE close_date_slips.workspace_id = $1::UUID AND close_date_slips.lead_id = ANY ($2::UUID[]) GROUP BY close_date_slips.lead_id;

SELECT score_entries.lead_id AS key, count(*) AS count 
FROM score_entries 
WHERE score_entries.workspace_id = $1::UUID AND score_entries.lead_id = ANY ($2::UUID[]) GROUP BY score_entries.lead_id;

SELECT contact_attempts.lead_id AS key, count(*) AS count 
FROM contact_attempts 
WHERE contact_attempts.workspace_id = $1::UUID AND contact_attempts.channel = ANY ($2::TEXT[]) AND contact_attempts.lead_id = ANY ($3::UUID[]) GROUP BY contact_attempts.lead_id;

SELECT status_changes.lead_id AS key, count(*) AS count 
FROM status_changes 
WHERE status_changes.workspace_id = $1::UUID AND status_changes.lead_id = ANY ($2::UUID[]) GROUP BY status_changes.lead_id;
