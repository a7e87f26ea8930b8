SELECT follow_ups.id 
FROM follow_ups 
WHERE follow_ups.workspace_id = $1::UUID AND follow_ups.state = 'OPEN' AND follow_ups.agent_id = $2::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = follow_ups.workspace_id AND leads.id = follow_ups.lead_id AND leads.deleted_at IS NULL)) ORDER BY follow_ups.due_at, follow_ups.id 
 LIMIT $3::INTEGER;

SELECT follow_ups.lead_id 
FROM follow_ups 
WHERE follow_ups.workspace_id = $1::UUID AND follow_ups.id = ANY ($2::UUID[]);

SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) ORDER BY leads.id FOR UPDATE;

SELECT follow_ups.id, follow_ups.version, follow_ups.lead_id, follow_ups.agent_id, follow_ups.kind, follow_ups.title, follow_ups.note, follow_ups.due_at, follow_ups.due_local, follow_ups.due_zone, follow_ups.due_adjustment, follow_ups.state, follow_ups.resolution, follow_ups.outcome, follow_ups.snoozes, follow_ups.told_due_at, follow_ups.origin, follow_ups.cause_id, follow_ups.policy_version, follow_ups.attempt_number, follow_ups.closed_at, follow_ups.closed_by_kind, follow_ups.closed_by_id, follow_ups.actor_kind, follow_ups.actor_id, follow_ups.created_at, follow_ups.updated_at 
FROM follow_ups 
WHERE follow_ups.workspace_id = $1::UUID AND follow_ups.id = ANY ($2::UUID[]);

UPDATE leads SET version=$1::INTEGER, updated_at=$2::TIMESTAMP WITH TIME ZONE, event_sequence=$3::BIGINT WHERE leads.workspace_id = $4::UUID AND leads.id = $5::UUID AND leads.version = $6::INTEGER RETURNING leads.id;

INSERT INTO follow_ups (workspace_id, id, lead_id, agent_id, kind, title, note, due_at, due_local, due_zone, due_adjustment, state, resolution, outcome, snoozes, told_due_at, origin, cause_id, policy_version, attempt_number, closed_at, closed_by_kind, closed_by_id, actor_kind, actor_id, version, created_at, updated_at) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::UUID, $5::VARCHAR, $6::VARCHAR, $7::VARCHAR, $8::TIMESTAMP WITH TIME ZONE, $9::TIMESTAMP WITHOUT TIME ZONE, $10::VARCHAR, $11::VARCHAR, $12::VARCHAR, $13::VARCHAR, $14::VARCHAR, $15::JSONB, $16::TIMESTAMP WITH TIME ZONE, $17::VARCHAR, $18::UUID, $19::INTEGER, $20::INTEGER, $21::TIMESTAMP WITH TIME ZONE, $22::VARCHAR, $23::UUID, $24::VARCHAR, $25::UUID, $26::INTEGER, $27::TIMESTAMP WITH TIME ZONE, $28::TIMESTAMP WITH TIME ZONE) ON CONFLICT (workspace_id, id) DO UPDATE SET lead_id = excluded.lead_id, agent_id = excluded.agent_id, kind = excluded.kind, title = excluded.title, note = excluded.note, due_at = excluded.due_at, due_local = excluded.due_local, due_zone = excluded.due_zone, due_adjustment = excluded.due_adjustment, state = excluded.state, resolution = excluded.resolution, outcome = excluded.outcome, snoozes = excluded.snoozes, told_due_at = excluded.told_due_at, origin = excluded.origin, cause_id = excluded.cause_id, policy_version = excluded.policy_version, attempt_number = excluded.attempt_number, closed_at = excluded.closed_at, closed_by_kind = excluded.closed_by_kind, closed_by_id = excluded.closed_by_id, actor_kind = excluded.actor_kind, actor_id = excluded.actor_id, version = excluded.version, updated_at = excluded.updated_at;

INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::BIGINT, $5::VARCHAR, $6::TIMESTAMP WITH TIME ZONE, $7::JSONB, $8::VARCHAR, $9::UUID, $10::VARCHAR, $11::UUID);

SELECT leads.id 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;

SELECT agents.id, agents.name 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);
