SELECT sequences.id, sequences.version, sequences.name, sequences.type, sequences.description, sequences.draft, sequences.published_version, sequences.archived_at, sequences.created_at, sequences.updated_at 
FROM sequences 
WHERE sequences.workspace_id = $1::UUID AND sequences.id = ANY ($2::UUID[]);

SELECT anon_1.key AS _parent, page.id, page.version, page.lead_id, page.sequence_id, page.sequence_version_id, page.state, page.step_key, page.step_entered_at, page.due_at, page.enrolled_at, page.enrolled_by_kind, page.enrolled_by_id, page.trigger, page.paused_at, page.paused_until, page.ended_at, page.exit_reason, page.updated_at, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT enrollments.id AS id, enrollments.version AS version, enrollments.lead_id AS lead_id, enrollments.sequence_id AS sequence_id, enrollments.sequence_version_id AS sequence_version_id, enrollments.state AS state, enrollments.step_key AS step_key, enrollments.step_entered_at AS step_entered_at, enrollments.due_at AS due_at, enrollments.enrolled_at AS enrolled_at, enrollments.enrolled_by_kind AS enrolled_by_kind, enrollments.enrolled_by_id AS enrolled_by_id, enrollments.trigger AS trigger, enrollments.paused_at AS paused_at, enrollments.paused_until AS paused_until, enrollments.ended_at AS ended_at, enrollments.exit_reason AS exit_reason, enrollments.updated_at AS updated_at, enrollments.enrolled_at AS _sort, enrollments.id AS _id 
FROM enrollments 
WHERE enrollments.workspace_id = $2::UUID AND enrollments.state = ANY ($3::TEXT[]) AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = enrollments.workspace_id AND leads.id = enrollments.lead_id AND leads.deleted_at IS NULL)) AND enrollments.sequence_id = anon_1.key ORDER BY enrollments.enrolled_at DESC, enrollments.id DESC 
 LIMIT $4::INTEGER) AS page ON true;

SELECT DISTINCT ON (enrollment_runs.sequence_id) enrollment_runs.id, enrollment_runs.sequence_id, enrollment_runs.sequence_version_id, enrollment_runs.number, enrollment_runs.running_enrollments, enrollment_runs.total, enrollment_runs.done, enrollment_runs.moved, enrollment_runs.position, enrollment_runs.started_at, enrollment_runs.finished_at 
FROM enrollment_runs 
WHERE enrollment_runs.workspace_id = $1::UUID AND enrollment_runs.sequence_id = ANY ($2::UUID[]) ORDER BY enrollment_runs.sequence_id, enrollment_runs.number DESC;

SELECT sequence_versions.sequence_id, sequence_versions.id 
FROM sequence_versions JOIN sequences ON sequences.workspace_id = sequence_versions.workspace_id AND sequences.id = sequence_versions.sequence_id 
WHERE sequence_versions.workspace_id = $1::UUID AND sequence_versions.sequence_id = ANY ($2::UUID[]) AND sequence_versions.number > sequences.published_version - $3::INTEGER ORDER BY sequence_versions.number DESC;

SELECT enrollments.sequence_id AS key, count(*) AS count 
FROM enrollments 
WHERE enrollments.workspace_id = $1::UUID AND enrollments.state = ANY ($2::TEXT[]) AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = enrollments.workspace_id AND leads.id = enrollments.lead_id AND leads.deleted_at IS NULL)) AND enrollments.sequence_id = ANY ($3::UUID[]) GROUP BY enrollments.sequence_id;

SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;

SELECT sequence_versions.id, sequence_versions.sequence_id, sequence_versions.number, sequence_versions.plan, sequence_versions.published_at, sequence_versions.published_by_kind, sequence_versions.published_by_id 
FROM sequence_versions 
WHERE sequence_versions.workspace_id = $1::UUID AND sequence_versions.id = ANY ($2::UUID[]);

SELECT sequence_versions.id, sequence_versions.sequence_id, sequence_versions.number, sequence_versions.plan, sequence_versions.published_at, sequence_versions.published_by_kind, sequence_versions.published_by_id 
FROM sequence_versions JOIN sequences ON sequences.workspace_id = sequence_versions.workspace_id AND sequences.id = sequence_versions.sequence_id AND sequences.published_version = sequence_versions.number 
WHERE sequence_versions.workspace_id = $1::UUID AND sequence_versions.sequence_id = ANY ($2::UUID[]);

SELECT enrollment_steps.sequence_version_id AS version_id, enrollment_steps.step_key, count(*) AS entered, count(*) FILTER (WHERE enrollment_steps.outcome = $1::VARCHAR) AS waiting, count(*) FILTER (WHERE enrollment_steps.outcome = $2::VARCHAR) AS done, count(*) FILTER (WHERE enrollment_steps.outcome = $3::VARCHAR) AS skipped, count(*) FILTER (WHERE enrollment_steps.outcome = $4::VARCHAR) AS failed, count(*) FILTER (WHERE enrollment_steps.outcome = $5::VARCHAR) AS exited 
FROM enrollment_steps 
WHERE enrollment_steps.workspace_id = $6::UUID AND enrollment_steps.sequence_version_id = ANY ($7::UUID[]) GROUP BY enrollment_steps.sequence_version_id, enrollment_steps.step_key;

SELECT sequence_versions.id, sequence_versions.sequence_id, sequence_versions.number, sequence_versions.plan, sequence_versions.published_at, sequence_versions.published_by_kind, sequence_versions.published_by_id 
FROM sequence_versions 
WHERE sequence_versions.workspace_id = $1::UUID AND sequence_versions.id = ANY ($2::UUID[]);

SELECT was_there.version_id, count(*) AS enrolled, count(*) FILTER (WHERE enrollments.sequence_version_id = was_there.version_id AND enrollments.state = $1::VARCHAR) AS active, count(*) FILTER (WHERE enrollments.sequence_version_id = was_there.version_id AND enrollments.state = $2::VARCHAR) AS paused, count(*) FILTER (WHERE enrollments.sequence_version_id = was_there.version_id AND enrollments.state = $3::VARCHAR) AS completed, count(*) FILTER (WHERE enrollments.sequence_version_id = was_there.version_id AND enrollments.state = $4::VARCHAR) AS exited, count(*) FILTER (WHERE enrollments.sequence_version_id != was_there.version_id) AS moved, count(*) FILTER (WHERE enrollments.sequence_version_id = was_there.version_id AND leads.status = $5::VARCHAR AND leads.closed_at >= enrollments.enrolled_at) AS converted 
FROM (SELECT DISTINCT enrollment_steps.sequence_version_id AS version_id, enrollment_steps.enrollment_id AS enrollment_id 
FROM enrollment_steps 
WHERE enrollment_steps.workspace_id = $6::UUID AND enrollment_steps.sequence_version_id = ANY ($7::UUID[])) AS was_there JOIN enrollments ON enrollments.id = was_there.enrollment_id JOIN leads ON leads.workspace_id = enrollments.workspace_id AND leads.id = enrollments.lead_id 
WHERE enrollments.workspace_id = $6::UUID GROUP BY was_there.version_id;

SELECT anon_1.key AS _parent, page.id, page.version, page.lead_id, page.sequence_id, page.sequence_version_id, page.state, page.step_key, page.step_entered_at, page.due_at, page.enrolled_at, page.enrolled_by_kind, page.enrolled_by_id, page.trigger, page.paused_at, page.paused_until, page.ended_at, page.exit_reason, page.updated_at, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT enrollments.id AS id, enrollments.version AS version, enrollments.lead_id AS lead_id, enrollments.sequence_id AS sequence_id, enrollments.sequence_version_id AS sequence_version_id, enrollments.state AS state, enrollments.step_key AS step_key, enrollments.step_entered_at AS step_entered_at, enrollments.due_at AS due_at, enrollments.enrolled_at AS enrolled_at, enrollments.enrolled_by_kind AS enrolled_by_kind, enrollments.enrolled_by_id AS enrolled_by_id, enrollments.trigger AS trigger, enrollments.paused_at AS paused_at, enrollments.paused_until AS paused_until, enrollments.ended_at AS ended_at, enrollments.exit_reason AS exit_reason, enrollments.updated_at AS updated_at, enrollments.enrolled_at AS _sort, enrollments.id AS _id 
FROM enrollments 
WHERE enrollments.workspace_id = $2::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = enrollments.workspace_id AND leads.id = enrollments.lead_id AND leads.deleted_at IS NULL)) AND enrollments.sequence_version_id = anon_1.key ORDER BY enrollments.enrolled_at DESC, enrollments.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT enrollment_runs.id, enrollment_runs.sequence_id, enrollment_runs.sequence_version_id, enrollment_runs.number, enrollment_runs.running_enrollments, enrollment_runs.total, enrollment_runs.done, enrollment_runs.moved, enrollment_runs.position, enrollment_runs.started_at, enrollment_runs.finished_at 
FROM enrollment_runs 
WHERE enrollment_runs.workspace_id = $1::UUID AND enrollment_runs.sequence_version_id = ANY ($2::UUID[]);

SELECT sequence_versions.id, sequence_versions.sequence_id, sequence_versions.number, sequence_versions.plan, sequence_versions.published_at, sequence_versions.published_by_kind, sequence_versions.published_by_id 
FROM sequence_versions 
WHERE sequence_versions.workspace_id = $1::UUID AND sequence_versions.id = ANY ($2::UUID[]);

SELECT enrollment_steps.sequence_version_id AS version_id, enrollment_steps.step_key, count(*) AS entered, count(*) FILTER (WHERE enrollment_steps.outcome = $1::VARCHAR) AS waiting, count(*) FILTER (WHERE enrollment_steps.outcome = $2::VARCHAR) AS done, count(*) FILTER (WHERE enrollment_steps.outcome = $3::VARCHAR) AS skipped, count(*) FILTER (WHERE enrollment_steps.outcome = $4::VARCHAR) AS failed, count(*) FILTER (WHERE enrollment_steps.outcome = $5::VARCHAR) AS exited 
FROM enrollment_steps 
WHERE enrollment_steps.workspace_id = $6::UUID AND enrollment_steps.sequence_version_id = ANY ($7::UUID[]) GROUP BY enrollment_steps.sequence_version_id, enrollment_steps.step_key;

SELECT was_there.version_id, count(*) AS enrolled, count(*) FILTER (WHERE enrollments.sequence_version_id = was_there.version_id AND enrollments.state = $1::VARCHAR) AS active, count(*) FILTER (WHERE enrollments.sequence_version_id = was_there.version_id AND enrollments.state = $2::VARCHAR) AS paused, count(*) FILTER (WHERE enrollments.sequence_version_id = was_there.version_id AND enrollments.state = $3::VARCHAR) AS completed, count(*) FILTER (WHERE enrollments.sequence_version_id = was_there.version_id AND enrollments.state = $4::VARCHAR) AS exited, count(*) FILTER (WHERE enrollments.sequence_version_id != was_there.version_id) AS moved, count(*) FILTER (WHERE enrollments.sequence_version_id = was_there.version_id AND leads.status = $5::VARCHAR AND leads.closed_at >= enrollments.enrolled_at) AS converted 
FROM (SELECT DISTINCT enrollment_steps.sequence_version_id AS version_id, enrollment_steps.enrollment_id AS enrollment_id 
FROM enrollment_steps 
WHERE enrollment_steps.workspace_id = $6::UUID AND enrollment_steps.sequence_version_id = ANY ($7::UUID[])) AS was_there JOIN enrollments ON enrollments.id = was_there.enrollment_id JOIN leads ON leads.workspace_id = enrollments.workspace_id AND leads.id = enrollments.lead_id 
WHERE enrollments.workspace_id = $6::UUID GROUP BY was_there.version_id;
