SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;

SELECT anon_1.key AS _parent, page.id, page.lead_id, page.type, page.occurred_at, page.recorded_at, page.source, page.source_event_id, page.asset, page.subject, page.body, page.agent_id, page.actor_kind, page.actor_id, page.campaign_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT activities.id AS id, activities.lead_id AS lead_id, activities.type AS type, activities.occurred_at AS occurred_at, activities.recorded_at AS recorded_at, activities.source AS source, activities.source_event_id AS source_event_id, activities.asset AS asset, activities.subject AS subject, activities.body AS body, activities.agent_id AS agent_id, activities.actor_kind AS actor_kind, activities.actor_id AS actor_id, activities.campaign_id AS campaign_id, activities.occurred_at AS _sort, activities.id AS _id 
FROM activities 
WHERE activities.workspace_id = $2::UUID AND activities.lead_id = anon_1.key ORDER BY activities.occurred_at DESC, activities.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.id, page.lead_id, page.channel, page.social_network, page.direction, page.outcome, page.occurred_at, page.recorded_at, page.duration_seconds, page.agent_id, page.provider, page.provider_id, page.recording_url, page.transcript_url, page.notes, page.actor_kind, page.actor_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT contact_attempts.id AS id, contact_attempts.lead_id AS lead_id, contact_attempts.channel AS channel, contact_attempts.social_network AS social_network, contact_attempts.direction AS direction, contact_attempts.outcome AS outcome, contact_attempts.occurred_at AS occurred_at, contact_attempts.recorded_at AS recorded_at, contact_attempts.duration_seconds AS duration_seconds, contact_attempts.agent_id AS agent_id, contact_attempts.provider AS provider, contact_attempts.provider_id AS provider_id, contact_attempts.recording_url AS recording_url, contact_attempts.transcript_url AS transcript_url, contact_attempts.notes AS notes, contact_attempts.actor_kind AS actor_kind, contact_attempts.actor_id AS actor_id, contact_attempts.occurred_at AS _sort, contact_attempts.id AS _id 
FROM contact_attempts 
WHERE contact_attempts.workspace_id = $2::UUID AND contact_attempts.channel = ANY ($3::TEXT[]) AND contact_attempts.lead_id = anon_1.key ORDER BY contact_attempts.occurred_at DESC, contact_attempts.id DESC 
 LIMIT $4::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.id, page.lead_id, page.at, page.from_total, page.total, page.from_grade, page.grade, page.model_key, page.model_version, page.breakdown, page.cause, page.cause_id, page.actor_kind, page.actor_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT score_entries.id AS id, score_entries.lead_id AS lead_id, score_entries.at AS at, score_entries.from_total AS from_total, score_entries.total AS total, score_entries.from_grade AS from_grade, score_entries.grade AS grade, score_entries.model_key AS model_key, score_entries.model_version AS model_version, score_entries.breakdown AS breakdown, score_entries.cause AS cause, score_entries.cause_id AS cause_id, score_entries.actor_kind AS actor_kind, score_entries.actor_id AS actor_id, score_entries.at AS _sort, score_entries.id AS _id 
FROM score_entries 
WHERE score_entries.workspace_id = $2::UUID AND score_entries.lead_id = anon_1.key ORDER BY score_entries.at DESC, score_entries.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.id, page.lead_id, page.from_status, page.to_status, page.reason, page.forced, page.actor_kind, page.actor_id, page.at, page.seconds_in_previous, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT status_changes.id AS id, status_changes.lead_id AS lead_id, status_changes.from_status AS from_status, status_changes.to_status AS to_status, status_changes.reason AS reason, status_changes.forced AS forced, status_changes.actor_kind AS actor_kind, status_changes.actor_id AS actor_id, status_changes.at AS at, status_changes.seconds_in_previous AS seconds_in_previous, status_changes.at AS _sort, status_changes.id AS _id 
FROM status_changes 
WHERE status_changes.workspace_id = $2::UUID AND status_changes.lead_id = anon_1.key ORDER BY status_changes.at DESC, status_changes.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.id, page.lead_id, page.from_agent_id, page.agent_id, page.strategy, page.reason, page.actor_kind, page.actor_id, page.at, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT assignments.id AS id, assignments.lead_id AS lead_id, assignments.from_agent_id AS from_agent_id, assignments.agent_id AS agent_id, assignments.strategy AS strategy, assignments.reason AS reason, assignments.actor_kind AS actor_kind, assignments.actor_id AS actor_id, assignments.at AS at, assignments.at AS _sort, assignments.id AS _id 
FROM assignments 
WHERE assignments.workspace_id = $2::UUID AND assignments.lead_id = anon_1.key ORDER BY assignments.at DESC, assignments.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.id, page.lead_id, page.pipeline_id, page.stage_id, page.entered_at, page.left_at, page.entered_by_kind, page.entered_by_id, page.left_by_kind, page.left_by_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT stage_stays.id AS id, stage_stays.lead_id AS lead_id, stage_stays.pipeline_id AS pipeline_id, stage_stays.stage_id AS stage_id, stage_stays.entered_at AS entered_at, stage_stays.left_at AS left_at, stage_stays.entered_by_kind AS entered_by_kind, stage_stays.entered_by_id AS entered_by_id, stage_stays.left_by_kind AS left_by_kind, stage_stays.left_by_id AS left_by_id, stage_stays.entered_at AS _sort, stage_stays.id AS _id 
FROM stage_stays 
WHERE stage_stays.workspace_id = $2::UUID AND stage_stays.lead_id = anon_1.key ORDER BY stage_stays.entered_at DESC, stage_stays.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.id, page.lead_id, page.from_date, page.to_date, page.at, page.actor_kind, page.actor_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT close_date_slips.id AS id, close_date_slips.lead_id AS lead_id, close_date_slips.from_date AS from_date, close_date_slips.to_date AS to_date, close_date_slips.at AS at, close_date_slips.actor_kind AS actor_kind, close_date_slips.actor_id AS actor_id, close_date_slips.at AS _sort, close_date_slips.id AS _id 
FROM close_date_slips 
WHERE close_date_slips.workspace_id = $2::UUID AND close_date_slips.lead_id = anon_1.key ORDER BY close_date_slips.at DESC, close_date_slips.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT activities.lead_id AS key, count(*) AS count 
FROM activities 
WHERE activities.workspace_id = $1::UUID AND activities.lead_id = ANY ($2::UUID[]) GROUP BY activities.lead_id;

SELECT agents.id, agents.version, agents.name, agents.email, agents.team_id, agents.availability, agents.capacity, agents.weight, agents.territories, agents.languages, agents.sources, agents.last_assigned_at, agents.credit, agents.created_at, agents.updated_at 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);

SELECT score_entries.lead_id AS key, count(*) AS count 
FROM score_entries 
WHERE score_entries.workspace_id = $1::UUID AND score_entries.lead_id = ANY ($2::UUID[]) GROUP BY score_entries.lead_id;

SELECT contact_attempts.lead_id AS key, count(*) AS count 
FROM contact_attempts 
WHERE contact_attempts.workspace_id = $1::UUID AND contact_attempts.channel = ANY ($2::TEXT[]) AND contact_attempts.lead_id = ANY ($3::UUID[]) GROUP BY contact_attempts.lead_id;

SELECT status_changes.lead_id AS key, count(*) AS count 
FROM status_changes 
WHERE status_changes.workspace_id = $1::UUID AND status_changes.lead_id = ANY ($2::UUID[]) GROUP BY status_changes.lead_id;

SELECT stage_stays.lead_id AS key, count(*) AS count 
FROM stage_stays 
WHERE stage_stays.workspace_id = $1::UUID AND stage_stays.lead_id = ANY ($2::UUID[]) GROUP BY stage_stays.lead_id;

SELECT stages.id, stages.pipeline_id, stages.version, stages.name, stages.position, stages.kind, stages.win_probability, stages.mapped_status, stages.rotting_days, stages.required_fields, stages.deleted_at, stages.created_at, stages.updated_at 
FROM stages 
WHERE stages.workspace_id = $1::UUID AND stages.id = ANY ($2::UUID[]);

SELECT assignments.lead_id AS key, count(*) AS count 
FROM assignments 
WHERE assignments.workspace_id = $1::UUID AND assignments.lead_id = ANY ($2::UUID[]) GROUP BY assignments.lead_id;

SELECT agents.id, agents.version, agents.name, agents.email, agents.team_id, agents.availability, agents.capacity, agents.weight, agents.territories, agents.languages, agents.sources, agents.last_assigned_at, agents.credit, agents.created_at, agents.updated_at 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);

SELECT teams.id, teams.version, teams.name, teams.manager_id, teams.created_at, teams.updated_at 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = ANY ($2::UUID[]);

SELECT close_date_slips.lead_id AS key, count(*) AS count 
FROM close_date_slips 
WHERE close_date_slips.workspace_id = $1::UUID AND close_date_slips.lead_id = ANY ($2::UUID[]) GROUP BY close_date_slips.lead_id;

SELECT pipelines.id, pipelines.version, pipelines.name, pipelines.description, pipelines.archived_at, pipelines.created_at, pipelines.updated_at 
FROM pipelines 
WHERE pipelines.workspace_id = $1::UUID AND pipelines.id = ANY ($2::UUID[]);
