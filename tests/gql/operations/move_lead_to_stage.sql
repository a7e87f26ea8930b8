SELECT pipelines.id, pipelines.version, pipelines.name, pipelines.description, pipelines.archived_at, pipelines.created_at, pipelines.updated_at 
FROM pipelines 
WHERE pipelines.workspace_id = $1::UUID AND pipelines.id = (SELECT stages.pipeline_id 
FROM stages 
WHERE stages.workspace_id = $1::UUID AND stages.id = $2::UUID) FOR SHARE;

SELECT stages.id, stages.pipeline_id, stages.version, stages.name, stages.position, stages.kind, stages.win_probability, stages.mapped_status, stages.rotting_days, stages.required_fields, stages.deleted_at, stages.created_at, stages.updated_at 
FROM stages 
WHERE stages.workspace_id = $1::UUID AND stages.id = ANY ($2::UUID[]);

SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = $2::UUID ORDER BY leads.id FOR UPDATE;

UPDATE stage_stays SET left_at=greatest(stage_stays.entered_at, $1::TIMESTAMP WITH TIME ZONE), left_by_kind=$2::VARCHAR, left_by_id=$3::UUID WHERE stage_stays.workspace_id = $4::UUID AND stage_stays.lead_id = ANY ($5::UUID[]) AND stage_stays.left_at IS NULL;

WITH w0 AS (INSERT INTO stage_stays (workspace_id, id, lead_id, pipeline_id, stage_id, entered_at, left_at, entered_by_kind, entered_by_id, left_by_kind, left_by_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::UUID, $5::UUID, $6::TIMESTAMP WITH TIME ZONE, $7::TIMESTAMP WITH TIME ZONE, $8::VARCHAR, $9::UUID, $10::VARCHAR, $11::UUID)), w1 AS (INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $12::UUID, $13::UUID, $14::BIGINT, $15::VARCHAR, $16::TIMESTAMP WITH TIME ZONE, $17::JSONB, $18::VARCHAR, $19::UUID, $20::VARCHAR, $21::UUID)) UPDATE leads SET version=$22::INTEGER, updated_at=$23::TIMESTAMP WITH TIME ZONE, pipeline_id=$24::UUID, stage_id=$25::UUID, stage_entered_at=$26::TIMESTAMP WITH TIME ZONE, event_sequence=$27::BIGINT WHERE leads.workspace_id = $1::UUID AND leads.id = $28::UUID AND leads.version = $29::INTEGER RETURNING leads.id;

SELECT stages.id, stages.name 
FROM stages 
WHERE stages.workspace_id = $1::UUID AND stages.id = ANY ($2::UUID[]);

SELECT lead_scores.lead_id, lead_scores.total 
FROM lead_scores 
WHERE lead_scores.workspace_id = $1::UUID AND lead_scores.lead_id = ANY ($2::UUID[]);

SELECT tags.id, tags.version, tags.name, tags.color, tags.created_at, tags.updated_at, lead_tags.lead_id AS _lead_id 
FROM tags JOIN lead_tags ON lead_tags.workspace_id = tags.workspace_id AND lead_tags.tag_id = tags.id 
WHERE tags.workspace_id = $1::UUID AND lead_tags.lead_id = ANY ($2::UUID[]) ORDER BY lead_tags.lead_id, lower(tags.name) COLLATE "C";

SELECT agents.id, agents.name 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);
