SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = $2::UUID ORDER BY leads.id FOR UPDATE;

SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT lead_scores.lead_id, lead_scores.total, lead_scores.grade, lead_scores.temperature, lead_scores.priority, lead_scores.model_key, lead_scores.model_version, lead_scores.computed_at, lead_scores.breakdown 
FROM lead_scores 
WHERE lead_scores.workspace_id = $1::UUID AND lead_scores.lead_id = ANY ($2::UUID[]);

UPDATE leads SET version=$1::INTEGER, updated_at=$2::TIMESTAMP WITH TIME ZONE, deleted_at=$3::TIMESTAMP WITH TIME ZONE, merged_into_id=$4::UUID, event_sequence=$5::BIGINT WHERE leads.workspace_id = $6::UUID AND leads.id = $7::UUID AND leads.version = $8::INTEGER RETURNING leads.id;

DELETE FROM duplicate_keys WHERE duplicate_keys.workspace_id = $1::UUID AND duplicate_keys.lead_id = ANY ($2::UUID[]);

INSERT INTO duplicate_keys (workspace_id, lead_id, signal, key, exact) VALUES ($1::UUID, $2::UUID, $3::VARCHAR, $4::UUID, $5::BIGINT) ON CONFLICT DO NOTHING;

INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::BIGINT, $5::VARCHAR, $6::TIMESTAMP WITH TIME ZONE, $7::JSONB, $8::VARCHAR, $9::UUID, $10::VARCHAR, $11::UUID);

SELECT agents.id, agents.name 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);

SELECT stages.id, stages.name 
FROM stages 
WHERE stages.workspace_id = $1::UUID AND stages.id = ANY ($2::UUID[]);

SELECT lead_scores.lead_id, lead_scores.total 
FROM lead_scores 
WHERE lead_scores.workspace_id = $1::UUID AND lead_scores.lead_id = ANY ($2::UUID[]);

SELECT tags.id, tags.version, tags.name, tags.color, tags.created_at, tags.updated_at, lead_tags.lead_id AS _lead_id 
FROM tags JOIN lead_tags ON lead_tags.workspace_id = tags.workspace_id AND lead_tags.tag_id = tags.id 
WHERE tags.workspace_id = $1::UUID AND lead_tags.lead_id = ANY ($2::UUID[]) ORDER BY lead_tags.lead_id, lower(tags.name) COLLATE "C";
