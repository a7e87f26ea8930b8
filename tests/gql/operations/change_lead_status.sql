SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) ORDER BY leads.id FOR UPDATE;

SELECT enrollments.id, enrollments.version, enrollments.lead_id, enrollments.sequence_id, enrollments.sequence_version_id, enrollments.state, enrollments.step_key, enrollments.step_entered_at, enrollments.due_at, enrollments.enrolled_at, enrollments.enrolled_by_kind, enrollments.enrolled_by_id, enrollments.trigger, enrollments.paused_at, enrollments.paused_until, enrollments.ended_at, enrollments.exit_reason, enrollments.updated_at 
FROM enrollments 
WHERE enrollments.workspace_id = $1::UUID AND enrollments.state IN ('ACTIVE', 'PAUSED') AND enrollments.lead_id = ANY ($2::UUID[]) ORDER BY enrollments.id FOR UPDATE;

SELECT sequence_versions.id, sequence_versions.sequence_id, sequence_versions.number, sequence_versions.plan, sequence_versions.published_at, sequence_versions.published_by_kind, sequence_versions.published_by_id 
FROM sequence_versions 
WHERE sequence_versions.workspace_id = $1::UUID AND sequence_versions.id = ANY ($2::UUID[]);

SELECT sequence_versions.sequence_id, sequence_versions.id, sequence_versions.triggers 
FROM sequence_versions JOIN sequences ON sequences.workspace_id = sequence_versions.workspace_id AND sequences.id = sequence_versions.sequence_id AND sequences.published_version = sequence_versions.number 
WHERE sequence_versions.workspace_id = $1::UUID AND sequences.archived_at IS NULL AND sequence_versions.triggers != jsonb_build_array() ORDER BY sequences.created_at, sequences.id;

UPDATE leads SET version=$1::INTEGER, updated_at=$2::TIMESTAMP WITH TIME ZONE, deleted_at=$3::TIMESTAMP WITH TIME ZONE, merged_into_id=$4::UUID, first_name=$5::VARCHAR, last_name=$6::VARCHAR, title=$7::VARCHAR, email=$8::VARCHAR, phones=$9::TEXT[], language=$10::VARCHAR, company=$11::VARCHAR, industry=$12::VARCHAR, employees=$13::INTEGER, annual_revenue=$14::NUMERIC(18, 3), website=$15::VARCHAR, street=$16::VARCHAR, city=$17::VARCHAR, region=$18::VARCHAR, postal_code=$19::VARCHAR, country=$20::VARCHAR, time_zone=$21::VARCHAR, budget=$22::VARCHAR, authority=$23::VARCHAR, need=$24::VARCHAR, timeline=$25::VARCHAR, do_not_call=$26::BOOLEAN, do_not_email=$27::BOOLEAN, notes=$28::VARCHAR, source=$29::VARCHAR, first_touch_at=$30::TIMESTAMP WITH TIME ZONE, first_touch_detail=$31::VARCHAR, first_utm_source=$32::VARCHAR, first_utm_medium=$33::VARCHAR, first_utm_campaign=$34::VARCHAR, first_utm_term=$35::VARCHAR, first_utm_content=$36::VARCHAR, last_source=$37::VARCHAR, last_touch_at=$38::TIMESTAMP WITH TIME ZONE, last_touch_detail=$39::VARCHAR, last_utm_source=$40::VARCHAR, last_utm_medium=$41::VARCHAR, last_utm_campaign=$42::VARCHAR, last_utm_term=$43::VARCHAR, last_utm_content=$44::VARCHAR, status=$45::VARCHAR, status_since=$46::TIMESTAMP WITH TIME ZONE, owner_id=$47::UUID, assigned_at=$48::TIMESTAMP WITH TIME ZONE, pipeline_id=$49::UUID, stage_id=$50::UUID, stage_entered_at=$51::TIMESTAMP WITH TIME ZONE, deal_value=$52::NUMERIC(18, 3), deal_currency=$53::VARCHAR, deal_probability=$54::SMALLINT, expected_close_date=$55::DATE, closed_at=$56::TIMESTAMP WITH TIME ZONE, score_total=$57::SMALLINT, grade=$58::VARCHAR, temperature=$59::VARCHAR, priority=$60::VARCHAR, scored_at=$61::TIMESTAMP WITH TIME ZONE, rescore_at=$62::TIMESTAMP WITH TIME ZONE, pinned_priority=$63::VARCHAR, pin_reason=$64::VARCHAR, pinned_until=$65::TIMESTAMP WITH TIME ZONE, website_visits=$66::INTEGER, content_downloads=$67::INTEGER, page_views=$68::INTEGER, email_opens=$69::INTEGER, email_clicks=$70::INTEGER, social_engagements=$71::INTEGER, contact_requested_at=$72::TIMESTAMP WITH TIME ZONE, outbound_attempts=$73::INTEGER, first_contacted_at=$74::TIMESTAMP WITH TIME ZONE, last_contacted_at=$75::TIMESTAMP WITH TIME ZONE, last_activity_at=$76::TIMESTAMP WITH TIME ZONE, first_response_started_at=$77::TIMESTAMP WITH TIME ZONE, first_response_due_at=$78::TIMESTAMP WITH TIME ZONE, first_response_minutes=$79::INTEGER, event_sequence=$80::BIGINT, live_enrollments=$81::INTEGER WHERE leads.workspace_id = $82::UUID AND leads.id = $83::UUID AND leads.version = $84::INTEGER RETURNING leads.id;

INSERT INTO status_changes (workspace_id, id, lead_id, from_status, to_status, reason, forced, actor_kind, actor_id, at, seconds_in_previous) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::VARCHAR, $5::VARCHAR, $6::VARCHAR, $7::BOOLEAN, $8::VARCHAR, $9::UUID, $10::TIMESTAMP WITH TIME ZONE, $11::BIGINT);

INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::BIGINT, $5::VARCHAR, $6::TIMESTAMP WITH TIME ZONE, $7::JSONB, $8::VARCHAR, $9::UUID, $10::VARCHAR, $11::UUID);

SELECT stages.id, stages.name 
FROM stages 
WHERE stages.workspace_id = $1::UUID AND stages.id = ANY ($2::UUID[]);

SELECT lead_scores.lead_id, lead_scores.total 
FROM lead_scores 
WHERE lead_scores.workspace_id = $1::UUID AND lead_scores.lead_id = ANY ($2::UUID[]);

SELECT agents.id, agents.name 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);

SELECT tags.id, tags.version, tags.name, tags.color, tags.created_at, tags.updated_at, lead_tags.lead_id AS _lead_id 
FROM tags JOIN lead_tags ON lead_tags.workspace_id = tags.workspace_id AND lead_tags.tag_id = tags.id 
WHERE tags.workspace_id = $1::UUID AND lead_tags.lead_id = ANY ($2::UUID[]) ORDER BY lead_tags.lead_id, lower(tags.name) COLLATE "C";
