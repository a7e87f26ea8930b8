SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) ORDER BY leads.id FOR UPDATE;

SELECT leads.id, coalesce(initial_counts.website_visits, $1::INTEGER) + coalesce(recorded.website_visits, $2::INTEGER) AS website_visits, coalesce(initial_counts.content_downloads, $3::INTEGER) + coalesce(recorded.content_downloads, $4::INTEGER) AS content_downloads, coalesce(initial_counts.page_views, $5::INTEGER) + coalesce(recorded.page_views, $6::INTEGER) AS page_views, coalesce(initial_counts.email_opens, $7::INTEGER) + coalesce(recorded.email_opens, $8::INTEGER) AS email_opens, coalesce(initial_counts.email_clicks, $9::INTEGER) + coalesce(recorded.email_clicks, $10::INTEGER) AS email_clicks, coalesce(initial_counts.social_engagements, $11::INTEGER) + coalesce(recorded.social_engagements, $12::INTEGER) AS social_engagements, greatest(recorded.requested_at, attempted.requested_at) AS contact_requested_at, coalesce(attempted.outbound_attempts, $13::INTEGER) AS outbound_attempts, attempted.first_contacted_at, attempted.last_contacted_at, recorded.last_activity_at 
FROM leads LEFT OUTER JOIN initial_counts ON initial_counts.workspace_id = leads.workspace_id AND initial_counts.lead_id = leads.id LEFT OUTER JOIN (SELECT activities.lead_id AS lead_id, count(*) FILTER (WHERE activities.type = $14::VARCHAR) AS website_visits, count(*) FILTER (WHERE activities.type = $15::VARCHAR) AS page_views, count(*) FILTER (WHERE activities.type = $16::VARCHAR) AS email_opens, count(*) FILTER (WHERE activities.type = $17::VARCHAR) AS email_clicks, count(*) FILTER (WHERE activities.type = $18::VARCHAR) AS social_engagements, (count(DISTINCT activities.asset) FILTER (WHERE activities.type = $19::VARCHAR)) + (count(*) FILTER (WHERE activities.type = $19::VARCHAR AND activities.asset IS NULL)) AS content_downloads, max(activities.occurred_at) FILTER (WHERE activities.type = $20::VARCHAR) AS requested_at, max(activities.occurred_at) FILTER (WHERE activities.type != ALL ($21::TEXT[])) AS last_activity_at 
FROM activities 
WHERE activities.workspace_id = $22::UUID AND activities.lead_id = ANY ($23::UUID[]) GROUP BY activities.lead_id) AS recorded ON recorded.lead_id = leads.id LEFT OUTER JOIN (SELECT contact_attempts.lead_id AS lead_id, count(*) FILTER (WHERE contact_attempts.direction = $24::VARCHAR) AS outbound_attempts, min(contact_attempts.occurred_at) FILTER (WHERE contact_attempts.direction = $24::VARCHAR) AS first_contacted_at, max(contact_attempts.occurred_at) FILTER (WHERE contact_attempts.direction = $24::VARCHAR) AS last_contacted_at, max(contact_attempts.occurred_at) FILTER (WHERE contact_attempts.direction = $25::VARCHAR AND contact_attempts.outcome != ALL ($26::TEXT[])) AS requested_at 
FROM contact_attempts 
WHERE contact_attempts.workspace_id = $22::UUID AND contact_attempts.lead_id = ANY ($23::UUID[]) GROUP BY contact_attempts.lead_id) AS attempted ON attempted.lead_id = leads.id 
WHERE leads.workspace_id = $22::UUID AND leads.id = ANY ($23::UUID[]);

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

SELECT CAST(jsonb_agg(jsonb_build_array(sequence_versions.sequence_id, sequence_versions.id, sequence_versions.triggers) ORDER BY sequences.created_at, sequences.id) AS TEXT) AS jsonb_agg_1 
FROM sequence_versions JOIN sequences ON sequences.workspace_id = sequence_versions.workspace_id AND sequences.id = sequence_versions.sequence_id AND sequences.published_version = sequence_versions.number 
WHERE sequence_versions.workspace_id = $1::UUID AND sequences.archived_at IS NULL AND sequence_versions.triggers != jsonb_build_array();

UPDATE leads SET version=$1::INTEGER, updated_at=$2::TIMESTAMP WITH TIME ZONE, score_total=$3::SMALLINT, grade=$4::VARCHAR, temperature=$5::VARCHAR, priority=$6::VARCHAR, scored_at=$7::TIMESTAMP WITH TIME ZONE, rescore_at=$8::TIMESTAMP WITH TIME ZONE, pinned_priority=$9::VARCHAR, pin_reason=$10::VARCHAR, pinned_until=$11::TIMESTAMP WITH TIME ZONE, website_visits=$12::INTEGER, content_downloads=$13::INTEGER, page_views=$14::INTEGER, email_opens=$15::INTEGER, email_clicks=$16::INTEGER, social_engagements=$17::INTEGER, contact_requested_at=$18::TIMESTAMP WITH TIME ZONE, outbound_attempts=$19::INTEGER, first_contacted_at=$20::TIMESTAMP WITH TIME ZONE, last_contacted_at=$21::TIMESTAMP WITH TIME ZONE, last_activity_at=$22::TIMESTAMP WITH TIME ZONE, event_sequence=$23::BIGINT WHERE leads.workspace_id = $24::UUID AND leads.id = $25::UUID AND leads.version = $26::INTEGER RETURNING leads.id;

INSERT INTO lead_scores (workspace_id, lead_id, total, grade, temperature, priority, model_key, model_version, computed_at, breakdown) VALUES ($1::UUID, $2::UUID, $3::SMALLINT, $4::VARCHAR, $5::VARCHAR, $6::VARCHAR, $7::VARCHAR, $8::INTEGER, $9::TIMESTAMP WITH TIME ZONE, $10::JSONB) ON CONFLICT (workspace_id, lead_id) DO UPDATE SET total = excluded.total, grade = excluded.grade, temperature = excluded.temperature, priority = excluded.priority, model_key = excluded.model_key, model_version = excluded.model_version, computed_at = excluded.computed_at, breakdown = excluded.breakdown;

INSERT INTO score_entries (workspace_id, id, lead_id, at, from_total, total, from_grade, grade, model_key, model_version, breakdown, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::TIMESTAMP WITH TIME ZONE, $5::SMALLINT, $6::SMALLINT, $7::VARCHAR, $8::VARCHAR, $9::VARCHAR, $10::INTEGER, $11::JSONB, $12::VARCHAR, $13::UUID, $14::VARCHAR, $15::UUID);

INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::BIGINT, $5::VARCHAR, $6::TIMESTAMP WITH TIME ZONE, $7::JSONB, $8::VARCHAR, $9::UUID, $10::VARCHAR, $11::UUID);

SELECT lead_scores.lead_id, lead_scores.total 
FROM lead_scores 
WHERE lead_scores.workspace_id = $1::UUID AND lead_scores.lead_id = ANY ($2::UUID[]);

SELECT agents.id, agents.name 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);
