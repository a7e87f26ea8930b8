SELECT sequences.id, sequences.version, sequences.name, sequences.type, sequences.description, sequences.draft, sequences.published_version, sequences.archived_at, sequences.created_at, sequences.updated_at 
FROM sequences 
WHERE sequences.workspace_id = $1::UUID AND sequences.id = ANY ($2::UUID[]);

SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) ORDER BY leads.id FOR UPDATE;

SELECT enrollments.id, enrollments.version, enrollments.lead_id, enrollments.sequence_id, enrollments.sequence_version_id, enrollments.state, enrollments.step_key, enrollments.step_entered_at, enrollments.due_at, enrollments.enrolled_at, enrollments.enrolled_by_kind, enrollments.enrolled_by_id, enrollments.trigger, enrollments.paused_at, enrollments.paused_until, enrollments.ended_at, enrollments.exit_reason, enrollments.updated_at 
FROM enrollments 
WHERE enrollments.workspace_id = $1::UUID AND enrollments.state IN ('ACTIVE', 'PAUSED') AND enrollments.lead_id = ANY ($2::UUID[]) ORDER BY enrollments.id FOR UPDATE;

UPDATE leads SET version=$1::INTEGER, updated_at=$2::TIMESTAMP WITH TIME ZONE, event_sequence=$3::BIGINT WHERE leads.workspace_id = $4::UUID AND leads.id = $5::UUID AND leads.version = $6::INTEGER RETURNING leads.id;

UPDATE enrollments SET version=$1::INTEGER, lead_id=$2::UUID, sequence_id=$3::UUID, sequence_version_id=$4::UUID, state=$5::VARCHAR, step_key=$6::VARCHAR, step_entered_at=$7::TIMESTAMP WITH TIME ZONE, due_at=$8::TIMESTAMP WITH TIME ZONE, enrolled_at=$9::TIMESTAMP WITH TIME ZONE, enrolled_by_kind=$10::VARCHAR, enrolled_by_id=$11::UUID, trigger=$12::VARCHAR, paused_at=$13::TIMESTAMP WITH TIME ZONE, paused_until=$14::TIMESTAMP WITH TIME ZONE, ended_at=$15::TIMESTAMP WITH TIME ZONE, exit_reason=$16::VARCHAR, updated_at=$17::TIMESTAMP WITH TIME ZONE WHERE enrollments.workspace_id = $18::UUID AND enrollments.id = $19::UUID;

INSERT INTO enrollment_changes (workspace_id, id, enrollment_id, lead_id, sequence_id, kind, at, exit_reason, reason, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::UUID, $5::UUID, $6::VARCHAR, $7::TIMESTAMP WITH TIME ZONE, $8::VARCHAR, $9::VARCHAR, $10::VARCHAR, $11::UUID);

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
