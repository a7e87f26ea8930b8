SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID FOR KEY SHARE;

SELECT custom_fields.id, custom_fields.version, custom_fields.key, custom_fields.label, custom_fields.description, custom_fields.type, custom_fields.required, custom_fields.archived_at, custom_fields.created_at, custom_fields.updated_at 
FROM custom_fields 
WHERE custom_fields.workspace_id = $1::UUID AND (custom_fields.key = ANY ($2::TEXT[]) OR custom_fields.required AND custom_fields.archived_at IS NULL) ORDER BY custom_fields.id FOR KEY SHARE;

SELECT custom_field_options.field_id, custom_field_options.key, custom_field_options.label, custom_field_options.position, custom_field_options.archived_at, custom_field_options.field_id AS _parent 
FROM custom_field_options 
WHERE custom_field_options.workspace_id = $1::UUID AND custom_field_options.field_id = ANY ($2::UUID[]) ORDER BY custom_field_options.field_id, custom_field_options.position, custom_field_options.key;

SELECT CASE WHEN anon_2.alone THEN CAST(pg_advisory_xact_lock(anon_2.key) AS TEXT) ELSE CAST(pg_advisory_xact_lock_shared(anon_2.key) AS TEXT) END AS anon_1 
FROM unnest($1::BIGINT[], $2::BOOLEAN[]) AS anon_2(key, alone);

SELECT external_references.system, external_references.external_id, external_references.lead_id 
FROM unnest($1::TEXT[], $2::TEXT[]) AS anon_1(system, external_id) JOIN external_references ON external_references.system = anon_1.system AND external_references.external_id = anon_1.external_id 
WHERE external_references.workspace_id = $3::UUID;

SELECT anon_1.key, known.id 
FROM unnest($1::TEXT[]) AS anon_1(key) JOIN LATERAL (SELECT leads.id AS id, leads.created_at AS created_at 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.email_key = anon_1.key AND leads.deleted_at IS NULL
 LIMIT ALL OFFSET 0) AS known ON true ORDER BY known.created_at DESC, known.id DESC;

SELECT anon_1.name AS _asked, tags.id, tags.version, tags.name, tags.color, tags.created_at, tags.updated_at 
FROM tags JOIN unnest($1::TEXT[]) AS anon_1(name) ON lower(tags.name) = lower(anon_1.name) 
WHERE tags.workspace_id = $2::UUID FOR KEY SHARE OF tags;

SELECT anon_1.name AS _asked, tags.id, tags.version, tags.name, tags.color, tags.created_at, tags.updated_at 
FROM tags JOIN unnest($1::TEXT[]) AS anon_1(name) ON lower(tags.name) = lower(anon_1.name) 
WHERE tags.workspace_id = $2::UUID FOR KEY SHARE OF tags;

INSERT INTO tags (workspace_id, id, name, color, version, created_at, updated_at) VALUES ($1::UUID, $2::UUID, $3::VARCHAR, $4::VARCHAR, $5::INTEGER, $6::TIMESTAMP WITH TIME ZONE, $7::TIMESTAMP WITH TIME ZONE) ON CONFLICT (workspace_id, lower(name)) DO NOTHING;

SELECT anon_1.name AS _asked, tags.id, tags.version, tags.name, tags.color, tags.created_at, tags.updated_at 
FROM tags JOIN unnest($1::TEXT[]) AS anon_1(name) ON lower(tags.name) = lower(anon_1.name) 
WHERE tags.workspace_id = $2::UUID FOR KEY SHARE OF tags;

SELECT CAST(jsonb_agg(jsonb_build_array(sequence_versions.sequence_id, sequence_versions.id, sequence_versions.triggers) ORDER BY sequences.created_at, sequences.id) AS TEXT) AS jsonb_agg_1 
FROM sequence_versions JOIN sequences ON sequences.workspace_id = sequence_versions.workspace_id AND sequences.id = sequence_versions.sequence_id AND sequences.published_version = sequence_versions.number 
WHERE sequence_versions.workspace_id = $1::UUID AND sequences.archived_at IS NULL AND sequence_versions.triggers != jsonb_build_array();

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

INSERT INTO leads (workspace_id, id, version, created_at, updated_at, deleted_at, merged_into_id, first_name, last_name, title, email, phones, language, company, industry, employees, annual_revenue, website, street, city, region, postal_code, country, time_zone, budget, authority, need, timeline, do_not_call, do_not_email, notes, source, first_touch_at, first_touch_detail, first_utm_source, first_utm_medium, first_utm_campaign, first_utm_term, first_utm_content, last_source, last_touch_at, last_touch_detail, last_utm_source, last_utm_medium, last_utm_campaign, last_utm_term, last_utm_content, status, status_since, owner_id, assigned_at, pipeline_id, stage_id, stage_entered_at, deal_value, deal_currency, deal_probability, expected_close_date, closed_at, score_total, grade, temperature, priority, scored_at, rescore_at, pinned_priority, pin_reason, pinned_until, website_visits, content_downloads, page_views, email_opens, email_clicks, social_engagements, contact_requested_at, outbound_attempts, first_contacted_at, last_contacted_at, last_activity_at, first_response_started_at, first_response_due_at, first_response_minutes, event_sequence, live_enrollments) VALUES ($1::UUID, $2::UUID, $3::INTEGER, $4::TIMESTAMP WITH TIME ZONE, $5::TIMESTAMP WITH TIME ZONE, $6::TIMESTAMP WITH TIME ZONE, $7::UUID, $8::VARCHAR, $9::VARCHAR, $10::VARCHAR, $11::VARCHAR, $12::TEXT[], $13::VARCHAR, $14::VARCHAR, $15::VARCHAR, $16::INTEGER, $17::NUMERIC(18, 3), $18::VARCHAR, $19::VARCHAR, $20::VARCHAR, $21::VARCHAR, $22::VARCHAR, $23::VARCHAR, $24::VARCHAR, $25::VARCHAR, $26::VARCHAR, $27::VARCHAR, $28::VARCHAR, $29::BOOLEAN, $30::BOOLEAN, $31::VARCHAR, $32::VARCHAR, $33::TIMESTAMP WITH TIME ZONE, $34::VARCHAR, $35::VARCHAR, $36::VARCHAR, $37::VARCHAR, $38::VARCHAR, $39::VARCHAR, $40::VARCHAR, $41::TIMESTAMP WITH TIME ZONE, $42::VARCHAR, $43::VARCHAR, $44::VARCHAR, $45::VARCHAR, $46::VARCHAR, $47::VARCHAR, $48::VARCHAR, $49::TIMESTAMP WITH TIME ZONE, $50::UUID, $51::TIMESTAMP WITH TIME ZONE, $52::UUID, $53::UUID, $54::TIMESTAMP WITH TIME ZONE, $55::NUMERIC(18, 3), $56::VARCHAR, $57::SMALLINT, $58::DATE, $59::TIMESTAMP WITH TIME ZONE, $60::SMALLINT, $61::VARCHAR, $62::VARCHAR, $63::VARCHAR, $64::TIMESTAMP WITH TIME ZONE, $65::TIMESTAMP WITH TIME ZONE, $66::VARCHAR, $67::VARCHAR, $68::TIMESTAMP WITH TIME ZONE, $69::INTEGER, $70::INTEGER, $71::INTEGER, $72::INTEGER, $73::INTEGER, $74::INTEGER, $75::TIMESTAMP WITH TIME ZONE, $76::INTEGER, $77::TIMESTAMP WITH TIME ZONE, $78::TIMESTAMP WITH TIME ZONE, $79::TIMESTAMP WITH TIME ZONE, $80::TIMESTAMP WITH TIME ZONE, $81::TIMESTAMP WITH TIME ZONE, $82::INTEGER, $83::BIGINT, $84::INTEGER);

INSERT INTO search_terms (workspace_id, term, lead_id) VALUES ($1::UUID, $2::VARCHAR COLLATE "C", $3::UUID);

INSERT INTO duplicate_keys (workspace_id, lead_id, signal, key, exact) VALUES ($1::UUID, $2::UUID, $3::VARCHAR, $4::UUID, $5::BIGINT) ON CONFLICT DO NOTHING;

WITH w0 AS (INSERT INTO lead_scores (workspace_id, lead_id, total, grade, temperature, priority, model_key, model_version, computed_at, breakdown) VALUES ($1::UUID, $2::UUID, $3::SMALLINT, $4::VARCHAR, $5::VARCHAR, $6::VARCHAR, $7::VARCHAR, $8::INTEGER, $9::TIMESTAMP WITH TIME ZONE, $10::JSONB) ON CONFLICT (workspace_id, lead_id) DO UPDATE SET total = excluded.total, grade = excluded.grade, temperature = excluded.temperature, priority = excluded.priority, model_key = excluded.model_key, model_version = excluded.model_version, computed_at = excluded.computed_at, breakdown = excluded.breakdown), w1 AS (INSERT INTO status_changes (workspace_id, id, lead_id, from_status, to_status, reason, forced, actor_kind, actor_id, at, seconds_in_previous) VALUES ($1::UUID, $11::UUID, $12::UUID, $13::VARCHAR, $14::VARCHAR, $15::VARCHAR, $16::BOOLEAN, $17::VARCHAR, $18::UUID, $19::TIMESTAMP WITH TIME ZONE, $20::BIGINT)), w2 AS (INSERT INTO score_entries (workspace_id, id, lead_id, at, from_total, total, from_grade, grade, model_key, model_version, breakdown, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $21::UUID, $22::UUID, $23::TIMESTAMP WITH TIME ZONE, $24::SMALLINT, $25::SMALLINT, $26::VARCHAR, $27::VARCHAR, $28::VARCHAR, $29::INTEGER, $30::JSONB, $31::VARCHAR, $32::UUID, $33::VARCHAR, $34::UUID)) INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $35::UUID, $36::UUID, $37::BIGINT, $38::VARCHAR, $39::TIMESTAMP WITH TIME ZONE, $40::JSONB, $41::VARCHAR, $42::UUID, $43::VARCHAR, $44::UUID);

INSERT INTO external_references (workspace_id, system, external_id, lead_id, created_at) VALUES ($1::UUID, $2::VARCHAR, $3::VARCHAR, $4::UUID, $5::TIMESTAMP WITH TIME ZONE);

INSERT INTO lead_tags (workspace_id, lead_id, tag_id, tagged_at) SELECT $1::UUID AS anon_1, unnest($2::UUID[]) AS unnest_1, unnest($3::UUID[]) AS unnest_2, $4::TIMESTAMP WITH TIME ZONE AS anon_2 ON CONFLICT DO NOTHING;

INSERT INTO custom_values (workspace_id, lead_id, field_id, place, value, sort_key) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::SMALLINT, $5::VARCHAR, $6::VARCHAR COLLATE "C");

SELECT lead_scores.lead_id, lead_scores.total 
FROM lead_scores 
WHERE lead_scores.workspace_id = $1::UUID AND lead_scores.lead_id = ANY ($2::UUID[]);

SELECT tags.id, tags.version, tags.name, tags.color, tags.created_at, tags.updated_at, lead_tags.lead_id AS _lead_id 
FROM tags JOIN lead_tags ON lead_tags.workspace_id = tags.workspace_id AND lead_tags.tag_id = tags.id 
WHERE tags.workspace_id = $1::UUID AND lead_tags.lead_id = ANY ($2::UUID[]) ORDER BY lead_tags.lead_id, lower(tags.name) COLLATE "C";
