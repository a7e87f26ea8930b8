SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = $2::UUID ORDER BY leads.id FOR UPDATE;

SELECT custom_fields.id, custom_fields.version, custom_fields.key, custom_fields.label, custom_fields.description, custom_fields.type, custom_fields.required, custom_fields.archived_at, custom_fields.created_at, custom_fields.updated_at 
FROM custom_fields 
WHERE custom_fields.workspace_id = $1::UUID AND custom_fields.key = ANY ($2::TEXT[]) ORDER BY custom_fields.id FOR KEY SHARE;

SELECT custom_field_options.field_id, custom_field_options.key, custom_field_options.label, custom_field_options.position, custom_field_options.archived_at, custom_field_options.field_id AS _parent 
FROM custom_field_options 
WHERE custom_field_options.workspace_id = $1::UUID AND custom_field_options.field_id = ANY ($2::UUID[]) ORDER BY custom_field_options.field_id, custom_field_options.position, custom_field_options.key;

SELECT custom_values.lead_id, custom_values.field_id, custom_fields.key, custom_fields.type, custom_values.value 
FROM custom_values JOIN custom_fields ON custom_fields.workspace_id = custom_values.workspace_id AND custom_fields.id = custom_values.field_id 
WHERE custom_values.workspace_id = $1::UUID AND custom_values.lead_id = ANY ($2::UUID[]) AND custom_values.field_id = ANY ($3::UUID[]) ORDER BY custom_values.lead_id, custom_values.field_id, custom_values.place;

SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT lead_scores.lead_id, lead_scores.total, lead_scores.grade, lead_scores.temperature, lead_scores.priority, lead_scores.model_key, lead_scores.model_version, lead_scores.computed_at, lead_scores.breakdown 
FROM lead_scores 
WHERE lead_scores.workspace_id = $1::UUID AND lead_scores.lead_id = ANY ($2::UUID[]);

WITH w0 AS (INSERT INTO lead_scores (workspace_id, lead_id, total, grade, temperature, priority, model_key, model_version, computed_at, breakdown) VALUES ($1::UUID, $2::UUID, $3::SMALLINT, $4::VARCHAR, $5::VARCHAR, $6::VARCHAR, $7::VARCHAR, $8::INTEGER, $9::TIMESTAMP WITH TIME ZONE, $10::JSONB) ON CONFLICT (workspace_id, lead_id) DO UPDATE SET total = excluded.total, grade = excluded.grade, temperature = excluded.temperature, priority = excluded.priority, model_key = excluded.model_key, model_version = excluded.model_version, computed_at = excluded.computed_at, breakdown = excluded.breakdown), w1 AS (INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $11::UUID, $12::UUID, $13::BIGINT, $14::VARCHAR, $15::TIMESTAMP WITH TIME ZONE, $16::JSONB, $17::VARCHAR, $18::UUID, $19::VARCHAR, $20::UUID)) UPDATE leads SET version=$21::INTEGER, updated_at=$22::TIMESTAMP WITH TIME ZONE, first_name=$23::VARCHAR, last_name=$24::VARCHAR, title=$25::VARCHAR, email=$26::VARCHAR, phones=$27::TEXT[], language=$28::VARCHAR, company=$29::VARCHAR, industry=$30::VARCHAR, employees=$31::INTEGER, annual_revenue=$32::NUMERIC(18, 3), website=$33::VARCHAR, street=$34::VARCHAR, city=$35::VARCHAR, region=$36::VARCHAR, postal_code=$37::VARCHAR, country=$38::VARCHAR, time_zone=$39::VARCHAR, budget=$40::VARCHAR, authority=$41::VARCHAR, need=$42::VARCHAR, timeline=$43::VARCHAR, do_not_call=$44::BOOLEAN, do_not_email=$45::BOOLEAN, notes=$46::VARCHAR, source=$47::VARCHAR, first_touch_at=$48::TIMESTAMP WITH TIME ZONE, first_touch_detail=$49::VARCHAR, first_utm_source=$50::VARCHAR, first_utm_medium=$51::VARCHAR, first_utm_campaign=$52::VARCHAR, first_utm_term=$53::VARCHAR, first_utm_content=$54::VARCHAR, last_source=$55::VARCHAR, last_touch_at=$56::TIMESTAMP WITH TIME ZONE, last_touch_detail=$57::VARCHAR, last_utm_source=$58::VARCHAR, last_utm_medium=$59::VARCHAR, last_utm_campaign=$60::VARCHAR, last_utm_term=$61::VARCHAR, last_utm_content=$62::VARCHAR, event_sequence=$63::BIGINT WHERE leads.workspace_id = $1::UUID AND leads.id = $64::UUID AND leads.version = $65::INTEGER RETURNING leads.id;

DELETE FROM custom_values USING unnest($1::UUID[], $2::UUID[]) AS anon_1(lead_id, field_id) WHERE custom_values.workspace_id = $3::UUID AND custom_values.lead_id = anon_1.lead_id AND custom_values.field_id = anon_1.field_id;

INSERT INTO custom_values (workspace_id, lead_id, field_id, place, value, sort_key) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::SMALLINT, $5::VARCHAR, $6::VARCHAR COLLATE "C");

SELECT agents.id, agents.name 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);

SELECT tags.id, tags.version, tags.name, tags.color, tags.created_at, tags.updated_at, lead_tags.lead_id AS _lead_id 
FROM tags JOIN lead_tags ON lead_tags.workspace_id = tags.workspace_id AND lead_tags.tag_id = tags.id 
WHERE tags.workspace_id = $1::UUID AND lead_tags.lead_id = ANY ($2::UUID[]) ORDER BY lead_tags.lead_id, lower(tags.name) COLLATE "C";

SELECT stages.id, stages.name 
FROM stages 
WHERE stages.workspace_id = $1::UUID AND stages.id = ANY ($2::UUID[]);

SELECT lead_scores.lead_id, lead_scores.total 
FROM lead_scores 
WHERE lead_scores.workspace_id = $1::UUID AND lead_scores.lead_id = ANY ($2::UUID[]);
