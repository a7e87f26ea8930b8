SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = $2::UUID ORDER BY leads.id FOR UPDATE;

SELECT workspaces.time_zone AS zone, (SELECT coalesce(jsonb_agg(to_jsonb(working_hours)), jsonb_build_array()) AS coalesce_1 
FROM working_hours 
WHERE working_hours.workspace_id = $1::UUID AND (working_hours.team_id IS NULL OR working_hours.team_id = ANY ($2::UUID[]) OR working_hours.team_id IN (SELECT agents.team_id 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($3::UUID[])))) AS hours, (SELECT coalesce(jsonb_object_agg(agents.id, agents.team_id), jsonb_build_object()) AS coalesce_2 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($3::UUID[])) AS teams, (SELECT coalesce(jsonb_agg(to_jsonb(follow_ups)), jsonb_build_array()) AS coalesce_3 
FROM follow_ups 
WHERE follow_ups.workspace_id = $1::UUID AND follow_ups.lead_id = ANY ($4::UUID[]) AND follow_ups.state = 'OPEN') AS open, (SELECT jsonb_build_object($5::VARCHAR, outcome_policies.version, $6::VARCHAR, outcome_policies.rules) AS jsonb_build_object_1 
FROM outcome_policies 
WHERE outcome_policies.workspace_id = $1::UUID ORDER BY outcome_policies.version DESC 
 LIMIT $7::INTEGER) AS policy, (SELECT coalesce(jsonb_agg(to_jsonb(rows)), jsonb_build_array()) AS coalesce_4 
FROM (SELECT tried.lead_id AS lead_id, count(*) FILTER (WHERE tried.direction = $8::VARCHAR AND tried.outcome = ANY ($9::TEXT[]) AND (tried.talked_at IS NULL OR tried.occurred_at > tried.talked_at)) AS in_vain, max(tried.occurred_at) AS latest_at 
FROM (SELECT contact_attempts.lead_id AS lead_id, contact_attempts.direction AS direction, contact_attempts.outcome AS outcome, contact_attempts.occurred_at AS occurred_at, max(contact_attempts.occurred_at) FILTER (WHERE contact_attempts.outcome = ANY ($10::TEXT[])) OVER (PARTITION BY contact_attempts.lead_id) AS talked_at 
FROM contact_attempts 
WHERE contact_attempts.workspace_id = $1::UUID AND contact_attempts.lead_id = ANY ($11::UUID[])) AS tried GROUP BY tried.lead_id) AS rows) AS tried 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

WITH w0 AS (INSERT INTO assignments (workspace_id, id, lead_id, from_agent_id, agent_id, strategy, reason, actor_kind, actor_id, at) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::UUID, $5::UUID, $6::VARCHAR, $7::VARCHAR, $8::VARCHAR, $9::UUID, $10::TIMESTAMP WITH TIME ZONE)) UPDATE leads SET version=$11::INTEGER, updated_at=$12::TIMESTAMP WITH TIME ZONE, owner_id=$13::UUID, assigned_at=$14::TIMESTAMP WITH TIME ZONE, first_response_started_at=$15::TIMESTAMP WITH TIME ZONE, first_response_due_at=$16::TIMESTAMP WITH TIME ZONE, first_response_minutes=$17::INTEGER, event_sequence=$18::BIGINT WHERE leads.workspace_id = $1::UUID AND leads.id = $19::UUID AND leads.version = $20::INTEGER RETURNING leads.id;

INSERT INTO follow_ups (workspace_id, id, lead_id, agent_id, kind, title, note, due_at, due_local, due_zone, due_adjustment, state, resolution, outcome, snoozes, told_due_at, origin, cause_id, policy_version, attempt_number, closed_at, closed_by_kind, closed_by_id, actor_kind, actor_id, version, created_at, updated_at) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::UUID, $5::VARCHAR, $6::VARCHAR, $7::VARCHAR, $8::TIMESTAMP WITH TIME ZONE, $9::TIMESTAMP WITHOUT TIME ZONE, $10::VARCHAR, $11::VARCHAR, $12::VARCHAR, $13::VARCHAR, $14::VARCHAR, $15::JSONB, $16::TIMESTAMP WITH TIME ZONE, $17::VARCHAR, $18::UUID, $19::INTEGER, $20::INTEGER, $21::TIMESTAMP WITH TIME ZONE, $22::VARCHAR, $23::UUID, $24::VARCHAR, $25::UUID, $26::INTEGER, $27::TIMESTAMP WITH TIME ZONE, $28::TIMESTAMP WITH TIME ZONE) ON CONFLICT (workspace_id, id) DO UPDATE SET lead_id = excluded.lead_id, agent_id = excluded.agent_id, kind = excluded.kind, title = excluded.title, note = excluded.note, due_at = excluded.due_at, due_local = excluded.due_local, due_zone = excluded.due_zone, due_adjustment = excluded.due_adjustment, state = excluded.state, resolution = excluded.resolution, outcome = excluded.outcome, snoozes = excluded.snoozes, told_due_at = excluded.told_due_at, origin = excluded.origin, cause_id = excluded.cause_id, policy_version = excluded.policy_version, attempt_number = excluded.attempt_number, closed_at = excluded.closed_at, closed_by_kind = excluded.closed_by_kind, closed_by_id = excluded.closed_by_id, actor_kind = excluded.actor_kind, actor_id = excluded.actor_id, version = excluded.version, updated_at = excluded.updated_at;

INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::BIGINT, $5::VARCHAR, $6::TIMESTAMP WITH TIME ZONE, $7::JSONB, $8::VARCHAR, $9::UUID, $10::VARCHAR, $11::UUID);

SELECT stages.id, stages.name 
FROM stages 
WHERE stages.workspace_id = $1::UUID AND stages.id = ANY ($2::UUID[]);

SELECT tags.id, tags.version, tags.name, tags.color, tags.created_at, tags.updated_at, lead_tags.lead_id AS _lead_id 
FROM tags JOIN lead_tags ON lead_tags.workspace_id = tags.workspace_id AND lead_tags.tag_id = tags.id 
WHERE tags.workspace_id = $1::UUID AND lead_tags.lead_id = ANY ($2::UUID[]) ORDER BY lead_tags.lead_id, lower(tags.name) COLLATE "C";

SELECT lead_scores.lead_id, lead_scores.total 
FROM lead_scores 
WHERE lead_scores.workspace_id = $1::UUID AND lead_scores.lead_id = ANY ($2::UUID[]);
