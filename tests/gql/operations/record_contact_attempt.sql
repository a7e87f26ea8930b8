SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments, (SELECT CAST(jsonb_agg(jsonb_build_array(sequence_versions.sequence_id, sequence_versions.id, sequence_versions.triggers) ORDER BY sequences.created_at, sequences.id) AS TEXT) AS jsonb_agg_1 
FROM sequence_versions JOIN sequences ON sequences.workspace_id = sequence_versions.workspace_id AND sequences.id = sequence_versions.sequence_id AND sequences.published_version = sequence_versions.number 
WHERE sequence_versions.workspace_id = $1::UUID AND sequences.archived_at IS NULL AND sequence_versions.triggers != jsonb_build_array()) AS _triggered 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = $2::UUID ORDER BY leads.id FOR UPDATE;

INSERT INTO contact_attempts (workspace_id, id, lead_id, channel, social_network, direction, outcome, occurred_at, recorded_at, duration_seconds, agent_id, provider, provider_id, recording_url, transcript_url, notes, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::VARCHAR, $5::VARCHAR, $6::VARCHAR, $7::VARCHAR, $8::TIMESTAMP WITH TIME ZONE, $9::TIMESTAMP WITH TIME ZONE, $10::INTEGER, $11::UUID, $12::VARCHAR, $13::VARCHAR, $14::VARCHAR, $15::VARCHAR, $16::VARCHAR, $17::VARCHAR, $18::UUID) ON CONFLICT (workspace_id, provider, provider_id) DO NOTHING RETURNING contact_attempts.id;

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

SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT lead_scores.lead_id, lead_scores.total, lead_scores.grade, lead_scores.temperature, lead_scores.priority, lead_scores.model_key, lead_scores.model_version, lead_scores.computed_at, lead_scores.breakdown 
FROM lead_scores 
WHERE lead_scores.workspace_id = $1::UUID AND lead_scores.lead_id = ANY ($2::UUID[]);

SELECT enrollments.id, enrollments.version, enrollments.lead_id, enrollments.sequence_id, enrollments.sequence_version_id, enrollments.state, enrollments.step_key, enrollments.step_entered_at, enrollments.due_at, enrollments.enrolled_at, enrollments.enrolled_by_kind, enrollments.enrolled_by_id, enrollments.trigger, enrollments.paused_at, enrollments.paused_until, enrollments.ended_at, enrollments.exit_reason, enrollments.updated_at 
FROM enrollments 
WHERE enrollments.workspace_id = $1::UUID AND enrollments.state IN ('ACTIVE', 'PAUSED') AND enrollments.lead_id = $2::UUID ORDER BY enrollments.id FOR UPDATE;

SELECT sequence_versions.id, sequence_versions.sequence_id, sequence_versions.number, sequence_versions.plan, sequence_versions.published_at, sequence_versions.published_by_kind, sequence_versions.published_by_id 
FROM sequence_versions 
WHERE sequence_versions.workspace_id = $1::UUID AND sequence_versions.id = ANY ($2::UUID[]);

WITH w0 AS (INSERT INTO lead_scores (workspace_id, lead_id, total, grade, temperature, priority, model_key, model_version, computed_at, breakdown) VALUES ($1::UUID, $2::UUID, $3::SMALLINT, $4::VARCHAR, $5::VARCHAR, $6::VARCHAR, $7::VARCHAR, $8::INTEGER, $9::TIMESTAMP WITH TIME ZONE, $10::JSONB) ON CONFLICT (workspace_id, lead_id) DO UPDATE SET total = excluded.total, grade = excluded.grade, temperature = excluded.temperature, priority = excluded.priority, model_key = excluded.model_key, model_version = excluded.model_version, computed_at = excluded.computed_at, breakdown = excluded.breakdown), w1 AS (INSERT INTO status_changes (workspace_id, id, lead_id, from_status, to_status, reason, forced, actor_kind, actor_id, at, seconds_in_previous) VALUES ($1::UUID, $11::UUID, $12::UUID, $13::VARCHAR, $14::VARCHAR, $15::VARCHAR, $16::BOOLEAN, $17::VARCHAR, $18::UUID, $19::TIMESTAMP WITH TIME ZONE, $20::BIGINT)), w2 AS (INSERT INTO score_entries (workspace_id, id, lead_id, at, from_total, total, from_grade, grade, model_key, model_version, breakdown, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $21::UUID, $22::UUID, $23::TIMESTAMP WITH TIME ZONE, $24::SMALLINT, $25::SMALLINT, $26::VARCHAR, $27::VARCHAR, $28::VARCHAR, $29::INTEGER, $30::JSONB, $31::VARCHAR, $32::UUID, $33::VARCHAR, $34::UUID)), w3 AS (INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $35::UUID, $36::UUID, $37::BIGINT, $38::VARCHAR, $39::TIMESTAMP WITH TIME ZONE, $40::JSONB, $41::VARCHAR, $42::UUID, $43::VARCHAR, $44::UUID)), w4 AS (INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $45::UUID, $46::UUID, $47::BIGINT, $48::VARCHAR, $49::TIMESTAMP WITH TIME ZONE, $50::JSONB, $51::VARCHAR, $52::UUID, $53::VARCHAR, $54::UUID)), w5 AS (INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $55::UUID, $56::UUID, $57::BIGINT, $58::VARCHAR, $59::TIMESTAMP WITH TIME ZONE, $60::JSONB, $61::VARCHAR, $62::UUID, $63::VARCHAR, $64::UUID)) UPDATE leads SET version=$65::INTEGER, updated_at=$66::TIMESTAMP WITH TIME ZONE, status=$67::VARCHAR, status_since=$68::TIMESTAMP WITH TIME ZONE, closed_at=$69::TIMESTAMP WITH TIME ZONE, score_total=$70::SMALLINT, grade=$71::VARCHAR, temperature=$72::VARCHAR, priority=$73::VARCHAR, scored_at=$74::TIMESTAMP WITH TIME ZONE, rescore_at=$75::TIMESTAMP WITH TIME ZONE, pinned_priority=$76::VARCHAR, pin_reason=$77::VARCHAR, pinned_until=$78::TIMESTAMP WITH TIME ZONE, website_visits=$79::INTEGER, content_downloads=$80::INTEGER, page_views=$81::INTEGER, email_opens=$82::INTEGER, email_clicks=$83::INTEGER, social_engagements=$84::INTEGER, contact_requested_at=$85::TIMESTAMP WITH TIME ZONE, outbound_attempts=$86::INTEGER, first_contacted_at=$87::TIMESTAMP WITH TIME ZONE, last_contacted_at=$88::TIMESTAMP WITH TIME ZONE, last_activity_at=$89::TIMESTAMP WITH TIME ZONE, event_sequence=$90::BIGINT WHERE leads.workspace_id = $1::UUID AND leads.id = $91::UUID AND leads.version = $92::INTEGER RETURNING leads.id;

SELECT agents.id, agents.name 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);

SELECT lead_scores.lead_id, lead_scores.total 
FROM lead_scores 
WHERE lead_scores.workspace_id = $1::UUID AND lead_scores.lead_id = ANY ($2::UUID[]);

SELECT tags.id, tags.version, tags.name, tags.color, tags.created_at, tags.updated_at, lead_tags.lead_id AS _lead_id 
FROM tags JOIN lead_tags ON lead_tags.workspace_id = tags.workspace_id AND lead_tags.tag_id = tags.id 
WHERE tags.workspace_id = $1::UUID AND lead_tags.lead_id = ANY ($2::UUID[]) ORDER BY lead_tags.lead_id, lower(tags.name) COLLATE "C";

SELECT stages.id, stages.name 
FROM stages 
WHERE stages.workspace_id = $1::UUID AND stages.id = ANY ($2::UUID[]);
