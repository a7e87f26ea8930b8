SELECT sequences.id, sequences.version, sequences.name, sequences.type, sequences.description, sequences.draft, sequences.published_version, sequences.archived_at, sequences.created_at, sequences.updated_at 
FROM sequences 
WHERE sequences.workspace_id = $1::UUID AND sequences.id = ANY ($2::UUID[]) ORDER BY sequences.id FOR SHARE;

SELECT sequence_versions.id, sequence_versions.sequence_id, sequence_versions.number, sequence_versions.plan, sequence_versions.published_at, sequence_versions.published_by_kind, sequence_versions.published_by_id 
FROM sequence_versions JOIN sequences ON sequences.workspace_id = sequence_versions.workspace_id AND sequences.id = sequence_versions.sequence_id AND sequences.published_version = sequence_versions.number 
WHERE sequence_versions.workspace_id = $1::UUID AND sequence_versions.sequence_id = ANY ($2::UUID[]);

SELECT leads.id, leads.created_at, count(*) OVER () AS total 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND leads.do_not_call IS false AND NOT (EXISTS (SELECT * 
FROM enrollments 
WHERE enrollments.workspace_id = leads.workspace_id AND enrollments.lead_id = leads.id AND enrollments.sequence_id = $2::UUID AND enrollments.state IN ('ACTIVE', 'PAUSED'))) ORDER BY leads.created_at, leads.id 
 LIMIT $3;

SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) ORDER BY leads.id FOR UPDATE;

SELECT tags.id, tags.version, tags.name, tags.color, tags.created_at, tags.updated_at, lead_tags.lead_id AS _lead_id 
FROM tags JOIN lead_tags ON lead_tags.workspace_id = tags.workspace_id AND lead_tags.tag_id = tags.id 
WHERE tags.workspace_id = $1::UUID AND lead_tags.lead_id = ANY ($2::UUID[]) ORDER BY lead_tags.lead_id, lower(tags.name) COLLATE "C";

SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT enrollments.lead_id, enrollments.sequence_id, array_agg(enrollments.id) FILTER (WHERE enrollments.state IN ('ACTIVE', 'PAUSED')) AS live_ids, max(enrollments.ended_at) AS last_ended_at 
FROM enrollments 
WHERE enrollments.workspace_id = $1::UUID AND enrollments.lead_id = ANY ($2::UUID[]) AND enrollments.sequence_id = ANY ($3::UUID[]) GROUP BY enrollments.lead_id, enrollments.sequence_id;

SELECT enrollments.id, enrollments.version, enrollments.lead_id, enrollments.sequence_id, enrollments.sequence_version_id, enrollments.state, enrollments.step_key, enrollments.step_entered_at, enrollments.due_at, enrollments.enrolled_at, enrollments.enrolled_by_kind, enrollments.enrolled_by_id, enrollments.trigger, enrollments.paused_at, enrollments.paused_until, enrollments.ended_at, enrollments.exit_reason, enrollments.updated_at 
FROM enrollments 
WHERE enrollments.workspace_id = $1::UUID AND enrollments.state IN ('ACTIVE', 'PAUSED') AND enrollments.lead_id = ANY ($2::UUID[]) ORDER BY enrollments.id FOR UPDATE;

SELECT sequence_versions.id, sequence_versions.sequence_id, sequence_versions.number, sequence_versions.plan, sequence_versions.published_at, sequence_versions.published_by_kind, sequence_versions.published_by_id 
FROM sequence_versions 
WHERE sequence_versions.workspace_id = $1::UUID AND sequence_versions.id = ANY ($2::UUID[]);

SELECT CAST(jsonb_agg(jsonb_build_array(sequence_versions.sequence_id, sequence_versions.id, sequence_versions.triggers) ORDER BY sequences.created_at, sequences.id) AS TEXT) AS jsonb_agg_1 
FROM sequence_versions JOIN sequences ON sequences.workspace_id = sequence_versions.workspace_id AND sequences.id = sequence_versions.sequence_id AND sequences.published_version = sequence_versions.number 
WHERE sequence_versions.workspace_id = $1::UUID AND sequences.archived_at IS NULL AND sequence_versions.triggers != jsonb_build_array();

UPDATE leads SET version=$1::INTEGER, updated_at=$2::TIMESTAMP WITH TIME ZONE, status=$3::VARCHAR, status_since=$4::TIMESTAMP WITH TIME ZONE, closed_at=$5::TIMESTAMP WITH TIME ZONE, event_sequence=$6::BIGINT, live_enrollments=$7::INTEGER WHERE leads.workspace_id = $8::UUID AND leads.id = $9::UUID AND leads.version = $10::INTEGER RETURNING leads.id;

INSERT INTO enrollments (workspace_id, id, version, lead_id, sequence_id, sequence_version_id, state, step_key, step_entered_at, due_at, enrolled_at, enrolled_by_kind, enrolled_by_id, trigger, paused_at, paused_until, ended_at, exit_reason, updated_at) VALUES ($1::UUID, $2::UUID, $3::INTEGER, $4::UUID, $5::UUID, $6::UUID, $7::VARCHAR, $8::VARCHAR, $9::TIMESTAMP WITH TIME ZONE, $10::TIMESTAMP WITH TIME ZONE, $11::TIMESTAMP WITH TIME ZONE, $12::VARCHAR, $13::UUID, $14::VARCHAR, $15::TIMESTAMP WITH TIME ZONE, $16::TIMESTAMP WITH TIME ZONE, $17::TIMESTAMP WITH TIME ZONE, $18::VARCHAR, $19::TIMESTAMP WITH TIME ZONE);

INSERT INTO enrollment_steps (workspace_id, id, enrollment_id, sequence_version_id, step_key, entered_at, left_at, outcome) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::UUID, $5::VARCHAR, $6::TIMESTAMP WITH TIME ZONE, $7::TIMESTAMP WITH TIME ZONE, $8::VARCHAR);

INSERT INTO enrollment_changes (workspace_id, id, enrollment_id, lead_id, sequence_id, kind, at, exit_reason, reason, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::UUID, $5::UUID, $6::VARCHAR, $7::TIMESTAMP WITH TIME ZONE, $8::VARCHAR, $9::VARCHAR, $10::VARCHAR, $11::UUID);

INSERT INTO status_changes (workspace_id, id, lead_id, from_status, to_status, reason, forced, actor_kind, actor_id, at, seconds_in_previous) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::VARCHAR, $5::VARCHAR, $6::VARCHAR, $7::BOOLEAN, $8::VARCHAR, $9::UUID, $10::TIMESTAMP WITH TIME ZONE, $11::BIGINT);

INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::BIGINT, $5::VARCHAR, $6::TIMESTAMP WITH TIME ZONE, $7::JSONB, $8::VARCHAR, $9::UUID, $10::VARCHAR, $11::UUID);

SELECT sequences.id, sequences.name 
FROM sequences 
WHERE sequences.workspace_id = $1::UUID AND sequences.id = ANY ($2::UUID[]);

SELECT sequence_versions.id, sequence_versions.number 
FROM sequence_versions 
WHERE sequence_versions.workspace_id = $1::UUID AND sequence_versions.id = ANY ($2::UUID[]);

SELECT leads.id, leads.status, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;
