SELECT sequences.id, sequences.version, sequences.name, sequences.type, sequences.description, sequences.draft, sequences.published_version, sequences.archived_at, sequences.created_at, sequences.updated_at 
FROM sequences 
WHERE sequences.workspace_id = $1::UUID AND sequences.id = ANY ($2::UUID[]);

SELECT leads.id, leads.created_at, count(*) OVER () AS total 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND leads.do_not_call IS false AND (EXISTS (SELECT * 
FROM enrollments 
WHERE enrollments.workspace_id = leads.workspace_id AND enrollments.lead_id = leads.id AND enrollments.sequence_id = $2::UUID AND enrollments.state IN ('ACTIVE', 'PAUSED'))) ORDER BY leads.created_at, leads.id 
 LIMIT $3;

SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) ORDER BY leads.id FOR UPDATE;

SELECT enrollments.id, enrollments.version, enrollments.lead_id, enrollments.sequence_id, enrollments.sequence_version_id, enrollments.state, enrollments.step_key, enrollments.step_entered_at, enrollments.due_at, enrollments.enrolled_at, enrollments.enrolled_by_kind, enrollments.enrolled_by_id, enrollments.trigger, enrollments.paused_at, enrollments.paused_until, enrollments.ended_at, enrollments.exit_reason, enrollments.updated_at 
FROM enrollments 
WHERE enrollments.workspace_id = $1::UUID AND enrollments.state IN ('ACTIVE', 'PAUSED') AND enrollments.lead_id = ANY ($2::UUID[]) ORDER BY enrollments.id FOR UPDATE;

UPDATE leads SET version=$1::INTEGER, updated_at=$2::TIMESTAMP WITH TIME ZONE, deleted_at=$3::TIMESTAMP WITH TIME ZONE, merged_into_id=$4::UUID, first_name=$5::VARCHAR, last_name=$6::VARCHAR, title=$7::VARCHAR, email=$8::VARCHAR, phones=$9::TEXT[], language=$10::VARCHAR, company=$11::VARCHAR, industry=$12::VARCHAR, employees=$13::INTEGER, annual_revenue=$14::NUMERIC(18, 3), website=$15::VARCHAR, street=$16::VARCHAR, city=$17::VARCHAR, region=$18::VARCHAR, postal_code=$19::VARCHAR, country=$20::VARCHAR, time_zone=$21::VARCHAR, budget=$22::VARCHAR, authority=$23::VARCHAR, need=$24::VARCHAR, timeline=$25::VARCHAR, do_not_call=$26::BOOLEAN, do_not_email=$27::BOOLEAN, notes=$28::VARCHAR, source=$29::VARCHAR, first_touch_at=$30::TIMESTAMP WITH TIME ZONE, first_touch_detail=$31::VARCHAR, first_utm_source=$32::VARCHAR, first_utm_medium=$33::VARCHAR, first_utm_campaign=$34::VARCHAR, first_utm_term=$35::VARCHAR, first_utm_content=$36::VARCHAR, last_source=$37::VARCHAR, last_touch_at=$38::TIMESTAMP WITH TIME ZONE, last_touch_detail=$39::VARCHAR, last_utm_source=$40::VARCHAR, last_utm_medium=$41::VARCHAR, last_utm_campaign=$42::VARCHAR, last_utm_term=$43::VARCHAR, last_utm_content=$44::VARCHAR, status=$45::VARCHAR, status_since=$46::TIMESTAMP WITH TIME ZONE, owner_id=$47::UUID, assigned_at=$48::TIMESTAMP WITH TIME ZONE, pipeline_id=$49::UUID, stage_id=$50::UUID, stage_entered_at=$51::TIMESTAMP WITH TIME ZONE, deal_value=$52::NUMERIC(18, 3), deal_currency=$53::VARCHAR, deal_probability=$54::SMALLINT, expected_close_date=$55::DATE, closed_at=$56::TIMESTAMP WITH TIME ZONE, score_total=$57::SMALLINT, grade=$58::VARCHAR, temperature=$59::VARCHAR, priority=$60::VARCHAR, scored_at=$61::TIMESTAMP WITH TIME ZONE, rescore_at=$62::TIMESTAMP WITH TIME ZONE, pinned_priority=$63::VARCHAR, pin_reason=$64::VARCHAR, pinned_until=$65::TIMESTAMP WITH TIME ZONE, website_visits=$66::INTEGER, content_downloads=$67::INTEGER, page_views=$68::INTEGER, email_opens=$69::INTEGER, email_clicks=$70::INTEGER, social_engagements=$71::INTEGER, contact_requested_at=$72::TIMESTAMP WITH TIME ZONE, outbound_attempts=$73::INTEGER, first_contacted_at=$74::TIMESTAMP WITH TIME ZONE, last_contacted_at=$75::TIMESTAMP WITH TIME ZONE, last_activity_at=$76::TIMESTAMP WITH TIME ZONE, first_response_started_at=$77::TIMESTAMP WITH TIME ZONE, first_response_due_at=$78::TIMESTAMP WITH TIME ZONE, first_response_minutes=$79::INTEGER, event_sequence=$80::BIGINT, live_enrollments=$81::INTEGER WHERE leads.workspace_id = $82::UUID AND leads.id = $83::UUID AND leads.version = $84::INTEGER RETURNING leads.id;

UPDATE enrollment_steps SET left_at=$1::TIMESTAMP WITH TIME ZONE, outcome=$2::VARCHAR WHERE enrollment_steps.workspace_id = $3::UUID AND enrollment_steps.enrollment_id = $4::UUID AND enrollment_steps.left_at IS NULL;

UPDATE enrollments SET version=$1::INTEGER, lead_id=$2::UUID, sequence_id=$3::UUID, sequence_version_id=$4::UUID, state=$5::VARCHAR, step_key=$6::VARCHAR, step_entered_at=$7::TIMESTAMP WITH TIME ZONE, due_at=$8::TIMESTAMP WITH TIME ZONE, enrolled_at=$9::TIMESTAMP WITH TIME ZONE, enrolled_by_kind=$10::VARCHAR, enrolled_by_id=$11::UUID, trigger=$12::VARCHAR, paused_at=$13::TIMESTAMP WITH TIME ZONE, paused_until=$14::TIMESTAMP WITH TIME ZONE, ended_at=$15::TIMESTAMP WITH TIME ZONE, exit_reason=$16::VARCHAR, updated_at=$17::TIMESTAMP WITH TIME ZONE WHERE enrollments.workspace_id = $18::UUID AND enrollments.id = $19::UUID;

INSERT INTO enrollment_changes (workspace_id, id, enrollment_id, lead_id, sequence_id, kind, at, exit_reason, reason, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::UUID, $5::UUID, $6::VARCHAR, $7::TIMESTAMP WITH TIME ZONE, $8::VARCHAR, $9::VARCHAR, $10::VARCHAR, $11::UUID);

INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::BIGINT, $5::VARCHAR, $6::TIMESTAMP WITH TIME ZONE, $7::JSONB, $8::VARCHAR, $9::UUID, $10::VARCHAR, $11::UUID);

SELECT sequences.id, sequences.name 
FROM sequences 
WHERE sequences.workspace_id = $1::UUID AND sequences.id = ANY ($2::UUID[]);

SELECT leads.id, leads.status, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;

SELECT sequence_versions.id, sequence_versions.number 
FROM sequence_versions 
WHERE sequence_versions.workspace_id = $1::UUID AND sequence_versions.id = ANY ($2::UUID[]);
