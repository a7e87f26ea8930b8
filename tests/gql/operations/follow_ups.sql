SELECT follow_ups.id, follow_ups.version, follow_ups.lead_id, follow_ups.agent_id, follow_ups.kind, follow_ups.title, follow_ups.note, follow_ups.due_at, follow_ups.due_local, follow_ups.due_zone, follow_ups.due_adjustment, follow_ups.state, follow_ups.resolution, follow_ups.outcome, follow_ups.snoozes, follow_ups.told_due_at, follow_ups.origin, follow_ups.cause_id, follow_ups.policy_version, follow_ups.attempt_number, follow_ups.closed_at, follow_ups.closed_by_kind, follow_ups.closed_by_id, follow_ups.actor_kind, follow_ups.actor_id, follow_ups.created_at, follow_ups.updated_at, follow_ups.due_at AS _sort, follow_ups.id AS _id 
FROM follow_ups 
WHERE follow_ups.workspace_id = $1::UUID AND follow_ups.state = 'OPEN' AND NOT (follow_ups.state = 'OPEN' AND follow_ups.due_at < $2::TIMESTAMP WITH TIME ZONE) AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = follow_ups.workspace_id AND leads.id = follow_ups.lead_id AND leads.deleted_at IS NULL)) ORDER BY follow_ups.due_at ASC, follow_ups.id ASC 
 LIMIT $3::INTEGER;

SELECT anon_1.key AS _parent, page.id, page.version, page.lead_id, page.agent_id, page.kind, page.title, page.note, page.due_at, page.due_local, page.due_zone, page.due_adjustment, page.state, page.resolution, page.outcome, page.snoozes, page.told_due_at, page.origin, page.cause_id, page.policy_version, page.attempt_number, page.closed_at, page.closed_by_kind, page.closed_by_id, page.actor_kind, page.actor_id, page.created_at, page.updated_at, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT follow_ups.id AS id, follow_ups.version AS version, follow_ups.lead_id AS lead_id, follow_ups.agent_id AS agent_id, follow_ups.kind AS kind, follow_ups.title AS title, follow_ups.note AS note, follow_ups.due_at AS due_at, follow_ups.due_local AS due_local, follow_ups.due_zone AS due_zone, follow_ups.due_adjustment AS due_adjustment, follow_ups.state AS state, follow_ups.resolution AS resolution, follow_ups.outcome AS outcome, follow_ups.snoozes AS snoozes, follow_ups.told_due_at AS told_due_at, follow_ups.origin AS origin, follow_ups.cause_id AS cause_id, follow_ups.policy_version AS policy_version, follow_ups.attempt_number AS attempt_number, follow_ups.closed_at AS closed_at, follow_ups.closed_by_kind AS closed_by_kind, follow_ups.closed_by_id AS closed_by_id, follow_ups.actor_kind AS actor_kind, follow_ups.actor_id AS actor_id, follow_ups.created_at AS created_at, follow_ups.updated_at AS updated_at, follow_ups.due_at AS _sort, follow_ups.id AS _id 
FROM follow_ups 
WHERE follow_ups.workspace_id = $2::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = follow_ups.workspace_id AND leads.id = follow_ups.lead_id AND leads.deleted_at IS NULL)) AND follow_ups.agent_id = anon_1.key ORDER BY follow_ups.due_at ASC, follow_ups.id ASC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT agents.id, agents.version, agents.name, agents.email, agents.team_id, agents.availability, agents.capacity, agents.weight, agents.territories, agents.languages, agents.sources, agents.last_assigned_at, agents.credit, agents.created_at, agents.updated_at, lower(agents.name) COLLATE "C" AS _sort, agents.id AS _id 
FROM agents 
WHERE agents.workspace_id = $1::UUID ORDER BY lower(agents.name) COLLATE "C" ASC, agents.id ASC 
 LIMIT $2::INTEGER;

SELECT count(*) AS count_1 
FROM follow_ups 
WHERE follow_ups.workspace_id = $1::UUID AND follow_ups.state = 'OPEN' AND NOT (follow_ups.state = 'OPEN' AND follow_ups.due_at < $2::TIMESTAMP WITH TIME ZONE) AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = follow_ups.workspace_id AND leads.id = follow_ups.lead_id AND leads.deleted_at IS NULL));

SELECT agents.id, agents.version, agents.name, agents.email, agents.team_id, agents.availability, agents.capacity, agents.weight, agents.territories, agents.languages, agents.sources, agents.last_assigned_at, agents.credit, agents.created_at, agents.updated_at 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);

SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;

SELECT contact_attempts.id, contact_attempts.lead_id, contact_attempts.channel, contact_attempts.social_network, contact_attempts.direction, contact_attempts.outcome, contact_attempts.occurred_at, contact_attempts.recorded_at, contact_attempts.duration_seconds, contact_attempts.agent_id, contact_attempts.provider, contact_attempts.provider_id, contact_attempts.recording_url, contact_attempts.transcript_url, contact_attempts.notes, contact_attempts.actor_kind, contact_attempts.actor_id 
FROM contact_attempts 
WHERE contact_attempts.workspace_id = $1::UUID AND contact_attempts.id = ANY ($2::UUID[]);

SELECT teams.id, teams.version, teams.name, teams.manager_id, teams.created_at, teams.updated_at 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = ANY ($2::UUID[]);

SELECT workspaces.time_zone AS zone, (SELECT coalesce(jsonb_agg(to_jsonb(working_hours)), jsonb_build_array()) AS coalesce_1 
FROM working_hours 
WHERE working_hours.workspace_id = $1::UUID AND (working_hours.team_id IS NULL OR working_hours.team_id = ANY ($2::UUID[]) OR working_hours.team_id IN (SELECT agents.team_id 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($3::UUID[])))) AS hours, (SELECT coalesce(jsonb_object_agg(agents.id, agents.team_id), jsonb_build_object()) AS coalesce_2 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($3::UUID[])) AS teams, (SELECT coalesce(array_agg(teams.id), CAST(ARRAY[] AS UUID[])) AS coalesce_3 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = ANY ($2::UUID[])) AS known_teams 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT outcome_policies.id, outcome_policies.version, outcome_policies.rules, outcome_policies.published_at, outcome_policies.actor_kind, outcome_policies.actor_id 
FROM outcome_policies 
WHERE outcome_policies.workspace_id = $1::UUID ORDER BY outcome_policies.version DESC 
 LIMIT $2::INTEGER;

SELECT (SELECT outcome_policies.rules 
FROM outcome_policies 
WHERE outcome_policies.workspace_id = $1::UUID ORDER BY outcome_policies.version DESC 
 LIMIT $2::INTEGER) AS rules 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT workspaces.time_zone AS zone, (SELECT coalesce(jsonb_agg(to_jsonb(working_hours)), jsonb_build_array()) AS coalesce_1 
FROM working_hours 
WHERE working_hours.workspace_id = $1::UUID AND (working_hours.team_id IS NULL OR working_hours.team_id = ANY ($2::UUID[]) OR working_hours.team_id IN (SELECT agents.team_id 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($3::UUID[])))) AS hours, (SELECT coalesce(jsonb_object_agg(agents.id, agents.team_id), jsonb_build_object()) AS coalesce_2 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($3::UUID[])) AS teams, (SELECT coalesce(array_agg(teams.id), CAST(ARRAY[] AS UUID[])) AS coalesce_3 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = ANY ($2::UUID[])) AS known_teams 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT DISTINCT ON (follow_ups.lead_id) follow_ups.id, follow_ups.version, follow_ups.lead_id, follow_ups.agent_id, follow_ups.kind, follow_ups.title, follow_ups.note, follow_ups.due_at, follow_ups.due_local, follow_ups.due_zone, follow_ups.due_adjustment, follow_ups.state, follow_ups.resolution, follow_ups.outcome, follow_ups.snoozes, follow_ups.told_due_at, follow_ups.origin, follow_ups.cause_id, follow_ups.policy_version, follow_ups.attempt_number, follow_ups.closed_at, follow_ups.closed_by_kind, follow_ups.closed_by_id, follow_ups.actor_kind, follow_ups.actor_id, follow_ups.created_at, follow_ups.updated_at 
FROM follow_ups 
WHERE follow_ups.workspace_id = $1::UUID AND follow_ups.lead_id = ANY ($2::UUID[]) AND follow_ups.state = 'OPEN' ORDER BY follow_ups.lead_id, follow_ups.due_at, follow_ups.id;

SELECT anon_1.key AS _parent, page.id, page.version, page.lead_id, page.agent_id, page.kind, page.title, page.note, page.due_at, page.due_local, page.due_zone, page.due_adjustment, page.state, page.resolution, page.outcome, page.snoozes, page.told_due_at, page.origin, page.cause_id, page.policy_version, page.attempt_number, page.closed_at, page.closed_by_kind, page.closed_by_id, page.actor_kind, page.actor_id, page.created_at, page.updated_at, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT follow_ups.id AS id, follow_ups.version AS version, follow_ups.lead_id AS lead_id, follow_ups.agent_id AS agent_id, follow_ups.kind AS kind, follow_ups.title AS title, follow_ups.note AS note, follow_ups.due_at AS due_at, follow_ups.due_local AS due_local, follow_ups.due_zone AS due_zone, follow_ups.due_adjustment AS due_adjustment, follow_ups.state AS state, follow_ups.resolution AS resolution, follow_ups.outcome AS outcome, follow_ups.snoozes AS snoozes, follow_ups.told_due_at AS told_due_at, follow_ups.origin AS origin, follow_ups.cause_id AS cause_id, follow_ups.policy_version AS policy_version, follow_ups.attempt_number AS attempt_number, follow_ups.closed_at AS closed_at, follow_ups.closed_by_kind AS closed_by_kind, follow_ups.closed_by_id AS closed_by_id, follow_ups.actor_kind AS actor_kind, follow_ups.actor_id AS actor_id, follow_ups.created_at AS created_at, follow_ups.updated_at AS updated_at, follow_ups.due_at AS _sort, follow_ups.id AS _id 
FROM follow_ups 
WHERE follow_ups.workspace_id = $2::UUID AND follow_ups.lead_id = anon_1.key ORDER BY follow_ups.due_at ASC, follow_ups.id ASC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.id, page.version, page.lead_id, page.agent_id, page.kind, page.title, page.note, page.due_at, page.due_local, page.due_zone, page.due_adjustment, page.state, page.resolution, page.outcome, page.snoozes, page.told_due_at, page.origin, page.cause_id, page.policy_version, page.attempt_number, page.closed_at, page.closed_by_kind, page.closed_by_id, page.actor_kind, page.actor_id, page.created_at, page.updated_at, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT follow_ups.id AS id, follow_ups.version AS version, follow_ups.lead_id AS lead_id, follow_ups.agent_id AS agent_id, follow_ups.kind AS kind, follow_ups.title AS title, follow_ups.note AS note, follow_ups.due_at AS due_at, follow_ups.due_local AS due_local, follow_ups.due_zone AS due_zone, follow_ups.due_adjustment AS due_adjustment, follow_ups.state AS state, follow_ups.resolution AS resolution, follow_ups.outcome AS outcome, follow_ups.snoozes AS snoozes, follow_ups.told_due_at AS told_due_at, follow_ups.origin AS origin, follow_ups.cause_id AS cause_id, follow_ups.policy_version AS policy_version, follow_ups.attempt_number AS attempt_number, follow_ups.closed_at AS closed_at, follow_ups.closed_by_kind AS closed_by_kind, follow_ups.closed_by_id AS closed_by_id, follow_ups.actor_kind AS actor_kind, follow_ups.actor_id AS actor_id, follow_ups.created_at AS created_at, follow_ups.updated_at AS updated_at, follow_ups.due_at AS _sort, follow_ups.id AS _id 
FROM follow_ups 
WHERE follow_ups.workspace_id = $2::UUID AND follow_ups.state = 'OPEN' AND follow_ups.due_at < $3::TIMESTAMP WITH TIME ZONE AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = follow_ups.workspace_id AND leads.id = follow_ups.lead_id AND leads.deleted_at IS NULL)) AND follow_ups.agent_id = anon_1.key ORDER BY follow_ups.due_at ASC, follow_ups.id ASC 
 LIMIT $4::INTEGER) AS page ON true;

SELECT workspaces.time_zone AS zone, (SELECT coalesce(jsonb_agg(to_jsonb(working_hours)), jsonb_build_array()) AS coalesce_1 
FROM working_hours 
WHERE working_hours.workspace_id = $1::UUID AND (working_hours.team_id IS NULL OR working_hours.team_id = ANY ($2::UUID[]) OR working_hours.team_id IN (SELECT agents.team_id 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($3::UUID[])))) AS hours, (SELECT coalesce(jsonb_object_agg(agents.id, agents.team_id), jsonb_build_object()) AS coalesce_2 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($3::UUID[])) AS teams, (SELECT coalesce(array_agg(teams.id), CAST(ARRAY[] AS UUID[])) AS coalesce_3 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = ANY ($2::UUID[])) AS known_teams 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;
