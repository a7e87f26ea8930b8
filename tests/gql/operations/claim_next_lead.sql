SELECT queues.id, queues.version, queues.name, queues.definition, queues.channel, queues.purpose, queues."order", queues.chance_a, queues.chance_b, queues.chance_c, queues.chance_d, queues.default_value, queues.rest_minutes, queues.archived_at, queues.created_at, queues.updated_at 
FROM queues 
WHERE queues.workspace_id = $1::UUID AND queues.id = ANY ($2::UUID[]);

SELECT queue_fillings.filled_at, queue_fillings.complete, queue_fillings.last_rank, queue_fillings.last_lead_id, queue_fillings.next_ready_at 
FROM queue_fillings 
WHERE queue_fillings.workspace_id = $1::UUID AND queue_fillings.queue_id = $2::UUID;

SELECT pg_try_advisory_xact_lock($1::INTEGER, $2::INTEGER) AS pg_try_advisory_xact_lock_1;

SELECT queue_fillings.filled_at, queue_fillings.complete, queue_fillings.last_rank, queue_fillings.last_lead_id, queue_fillings.next_ready_at 
FROM queue_fillings 
WHERE queue_fillings.workspace_id = $1::UUID AND queue_fillings.queue_id = $2::UUID;

DELETE FROM queue_items WHERE queue_items.workspace_id = $1::UUID AND queue_items.queue_id = $2::UUID AND queue_items.lead_id IN (SELECT queue_items.lead_id 
FROM queue_items 
WHERE queue_items.workspace_id = $1::UUID AND queue_items.queue_id = $2::UUID FOR UPDATE SKIP LOCKED);

SELECT leads.id, CAST((coalesce(leads.deal_probability, stages.win_probability, CASE WHEN (leads.grade = $1::VARCHAR) THEN $2::INTEGER WHEN (leads.grade = $3::VARCHAR) THEN $4::INTEGER WHEN (leads.grade = $5::VARCHAR) THEN $6::INTEGER WHEN (leads.grade = $7::VARCHAR) THEN $8::INTEGER ELSE $9::INTEGER END) * coalesce(CASE WHEN (leads.deal_currency = (SELECT workspaces.currency 
FROM workspaces 
WHERE workspaces.workspace_id = $10::UUID)) THEN leads.deal_value END, $11::NUMERIC)) / CAST($12::INTEGER AS NUMERIC) AS NUMERIC(24, 6)) AS rank 
FROM leads LEFT OUTER JOIN stages ON stages.workspace_id = leads.workspace_id AND stages.id = leads.stage_id 
WHERE leads.workspace_id = $10::UUID AND leads.deleted_at IS NULL AND NOT (leads.status = ANY ($13::TEXT[])) AND cardinality(leads.phones) > $14::INTEGER AND leads.do_not_call IS false AND NOT (EXISTS (SELECT * 
FROM claims 
WHERE claims.workspace_id = leads.workspace_id AND claims.lead_id = leads.id AND (claims.ended_at IS NULL AND claims.leased_until > $15::TIMESTAMP WITH TIME ZONE OR claims.state = $16::VARCHAR AND claims.ended_at > $15::TIMESTAMP WITH TIME ZONE - CAST($17::INTERVAL AS INTERVAL)))) ORDER BY CAST((coalesce(leads.deal_probability, stages.win_probability, CASE WHEN (leads.grade = $1::VARCHAR) THEN $2::INTEGER WHEN (leads.grade = $3::VARCHAR) THEN $4::INTEGER WHEN (leads.grade = $5::VARCHAR) THEN $6::INTEGER WHEN (leads.grade = $7::VARCHAR) THEN $8::INTEGER ELSE $9::INTEGER END) * coalesce(CASE WHEN (leads.deal_currency = (SELECT workspaces.currency 
FROM workspaces 
WHERE workspaces.workspace_id = $10::UUID)) THEN leads.deal_value END, $11::NUMERIC)) / CAST($12::INTEGER AS NUMERIC) AS NUMERIC(24, 6)) DESC, leads.id 
 LIMIT $18::INTEGER;

SELECT leads.id, leads.email, leads.phones, leads.country, leads.time_zone, leads.do_not_call, leads.do_not_email 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;

SELECT contact_rules.rules 
FROM contact_rules 
WHERE contact_rules.workspace_id = $1::UUID ORDER BY contact_rules.version DESC 
 LIMIT $2::INTEGER;

SELECT suppressions.id, suppressions.kind, suppressions.channel, suppressions.lead_id, suppressions.address, suppressions.reason, suppressions.note, suppressions.at, suppressions.cause_id, suppressions.actor_kind, suppressions.actor_id, suppressions.lifted_at, suppressions.lift_note, suppressions.lifted_by_kind, suppressions.lifted_by_id 
FROM suppressions 
WHERE suppressions.workspace_id = $1::UUID AND suppressions.lifted_at IS NULL AND suppressions.channel = $2::VARCHAR AND suppressions.lead_id = ANY ($3::UUID[]) UNION ALL SELECT suppressions.id, suppressions.kind, suppressions.channel, suppressions.lead_id, suppressions.address, suppressions.reason, suppressions.note, suppressions.at, suppressions.cause_id, suppressions.actor_kind, suppressions.actor_id, suppressions.lifted_at, suppressions.lift_note, suppressions.lifted_by_kind, suppressions.lifted_by_id 
FROM suppressions 
WHERE suppressions.workspace_id = $1::UUID AND suppressions.lifted_at IS NULL AND suppressions.channel = $2::VARCHAR AND suppressions.address = ANY ($4::TEXT[]) UNION ALL SELECT suppressions.id, suppressions.kind, suppressions.channel, suppressions.lead_id, suppressions.address, suppressions.reason, suppressions.note, suppressions.at, suppressions.cause_id, suppressions.actor_kind, suppressions.actor_id, suppressions.lifted_at, suppressions.lift_note, suppressions.lifted_by_kind, suppressions.lifted_by_id 
FROM suppressions 
WHERE suppressions.workspace_id = $1::UUID AND suppressions.lifted_at IS NULL AND suppressions.channel = $2::VARCHAR AND suppressions.kind = $5::VARCHAR;

SELECT DISTINCT ON (consent_entries.lead_id, consent_entries.channel, consent_entries.purpose, consent_entries.claimed) consent_entries.id, consent_entries.lead_id, consent_entries.channel, consent_entries.purpose, consent_entries.action, consent_entries.basis, consent_entries.claimed, consent_entries.source, consent_entries.evidence, consent_entries.evidence_url, consent_entries.at, consent_entries.expires_at, consent_entries.recorded_at, consent_entries.cause_id, consent_entries.actor_kind, consent_entries.actor_id 
FROM consent_entries 
WHERE consent_entries.workspace_id = $1::UUID AND consent_entries.lead_id = ANY ($2::UUID[]) AND consent_entries.at <= $3::TIMESTAMP WITH TIME ZONE AND consent_entries.channel = $4::VARCHAR AND consent_entries.purpose = $5::VARCHAR ORDER BY consent_entries.lead_id, consent_entries.channel, consent_entries.purpose, consent_entries.claimed, consent_entries.at DESC, consent_entries.action = $6::VARCHAR DESC, consent_entries.recorded_at DESC, consent_entries.id DESC;

SELECT recent.lead_id, recent.channel, recent.occurred_at 
FROM (SELECT contact_attempts.lead_id AS lead_id, contact_attempts.channel AS channel, contact_attempts.occurred_at AS occurred_at, row_number() OVER (PARTITION BY contact_attempts.lead_id, contact_attempts.channel ORDER BY contact_attempts.occurred_at DESC) AS place 
FROM contact_attempts 
WHERE contact_attempts.workspace_id = $1::UUID AND contact_attempts.lead_id = ANY ($2::UUID[]) AND contact_attempts.direction = $3::VARCHAR AND contact_attempts.occurred_at > $4::TIMESTAMP WITH TIME ZONE AND contact_attempts.occurred_at <= $5::TIMESTAMP WITH TIME ZONE) AS recent 
WHERE recent.place <= $6::INTEGER ORDER BY recent.lead_id, recent.occurred_at DESC;

INSERT INTO queue_items (workspace_id, queue_id, lead_id, rank, ready_until) SELECT $1::UUID AS anon_1, $2::UUID AS anon_2, unnest($3::UUID[]) AS unnest_1, unnest($4::NUMERIC[]) AS unnest_2, unnest($5::TIMESTAMP WITH TIME ZONE[]) AS unnest_3 ON CONFLICT DO NOTHING;

INSERT INTO queue_fillings (workspace_id, queue_id, filled_at, complete, last_rank, last_lead_id, next_ready_at) VALUES ($1::UUID, $2::UUID, $3::TIMESTAMP WITH TIME ZONE, $4::BOOLEAN, $5::NUMERIC(24, 6), $6::UUID, $7::TIMESTAMP WITH TIME ZONE) ON CONFLICT (workspace_id, queue_id) DO UPDATE SET filled_at = excluded.filled_at, complete = excluded.complete, last_rank = excluded.last_rank, last_lead_id = excluded.last_lead_id, next_ready_at = excluded.next_ready_at;

SELECT queue_items.lead_id 
FROM queue_items 
WHERE queue_items.workspace_id = $1::UUID AND queue_items.queue_id = $2::UUID AND (queue_items.ready_until IS NULL OR queue_items.ready_until > $3::TIMESTAMP WITH TIME ZONE) ORDER BY queue_items.rank DESC, queue_items.lead_id 
 LIMIT $4::INTEGER FOR UPDATE SKIP LOCKED;

DELETE FROM queue_items WHERE queue_items.workspace_id = $1::UUID AND queue_items.queue_id = $2::UUID AND queue_items.lead_id = $3::UUID;

SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = $2::UUID ORDER BY leads.id FOR UPDATE;

SELECT leads.id 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND NOT (leads.status = ANY ($2::TEXT[])) AND cardinality(leads.phones) > $3::INTEGER AND leads.do_not_call IS false AND NOT (EXISTS (SELECT * 
FROM claims 
WHERE claims.workspace_id = leads.workspace_id AND claims.lead_id = leads.id AND (claims.ended_at IS NULL AND claims.leased_until > $4::TIMESTAMP WITH TIME ZONE OR claims.state = $5::VARCHAR AND claims.ended_at > $4::TIMESTAMP WITH TIME ZONE - CAST($6::INTERVAL AS INTERVAL)))) AND leads.id = $7::UUID;

UPDATE claims SET state=$1::VARCHAR, ended_at=claims.leased_until WHERE claims.workspace_id = $2::UUID AND claims.lead_id = $3::UUID AND claims.ended_at IS NULL AND claims.leased_until <= $4::TIMESTAMP WITH TIME ZONE;

SELECT contact_rules.rules 
FROM contact_rules 
WHERE contact_rules.workspace_id = $1::UUID ORDER BY contact_rules.version DESC 
 LIMIT $2::INTEGER;

SELECT suppressions.id, suppressions.kind, suppressions.channel, suppressions.lead_id, suppressions.address, suppressions.reason, suppressions.note, suppressions.at, suppressions.cause_id, suppressions.actor_kind, suppressions.actor_id, suppressions.lifted_at, suppressions.lift_note, suppressions.lifted_by_kind, suppressions.lifted_by_id 
FROM suppressions 
WHERE suppressions.workspace_id = $1::UUID AND suppressions.lifted_at IS NULL AND suppressions.channel = $2::VARCHAR AND suppressions.lead_id = ANY ($3::UUID[]) UNION ALL SELECT suppressions.id, suppressions.kind, suppressions.channel, suppressions.lead_id, suppressions.address, suppressions.reason, suppressions.note, suppressions.at, suppressions.cause_id, suppressions.actor_kind, suppressions.actor_id, suppressions.lifted_at, suppressions.lift_note, suppressions.lifted_by_kind, suppressions.lifted_by_id 
FROM suppressions 
WHERE suppressions.workspace_id = $1::UUID AND suppressions.lifted_at IS NULL AND suppressions.channel = $2::VARCHAR AND suppressions.address = ANY ($4::TEXT[]) UNION ALL SELECT suppressions.id, suppressions.kind, suppressions.channel, suppressions.lead_id, suppressions.address, suppressions.reason, suppressions.note, suppressions.at, suppressions.cause_id, suppressions.actor_kind, suppressions.actor_id, suppressions.lifted_at, suppressions.lift_note, suppressions.lifted_by_kind, suppressions.lifted_by_id 
FROM suppressions 
WHERE suppressions.workspace_id = $1::UUID AND suppressions.lifted_at IS NULL AND suppressions.channel = $2::VARCHAR AND suppressions.kind = $5::VARCHAR;

SELECT DISTINCT ON (consent_entries.lead_id, consent_entries.channel, consent_entries.purpose, consent_entries.claimed) consent_entries.id, consent_entries.lead_id, consent_entries.channel, consent_entries.purpose, consent_entries.action, consent_entries.basis, consent_entries.claimed, consent_entries.source, consent_entries.evidence, consent_entries.evidence_url, consent_entries.at, consent_entries.expires_at, consent_entries.recorded_at, consent_entries.cause_id, consent_entries.actor_kind, consent_entries.actor_id 
FROM consent_entries 
WHERE consent_entries.workspace_id = $1::UUID AND consent_entries.lead_id = ANY ($2::UUID[]) AND consent_entries.at <= $3::TIMESTAMP WITH TIME ZONE AND consent_entries.channel = $4::VARCHAR AND consent_entries.purpose = $5::VARCHAR ORDER BY consent_entries.lead_id, consent_entries.channel, consent_entries.purpose, consent_entries.claimed, consent_entries.at DESC, consent_entries.action = $6::VARCHAR DESC, consent_entries.recorded_at DESC, consent_entries.id DESC;

SELECT recent.lead_id, recent.channel, recent.occurred_at 
FROM (SELECT contact_attempts.lead_id AS lead_id, contact_attempts.channel AS channel, contact_attempts.occurred_at AS occurred_at, row_number() OVER (PARTITION BY contact_attempts.lead_id, contact_attempts.channel ORDER BY contact_attempts.occurred_at DESC) AS place 
FROM contact_attempts 
WHERE contact_attempts.workspace_id = $1::UUID AND contact_attempts.lead_id = ANY ($2::UUID[]) AND contact_attempts.direction = $3::VARCHAR AND contact_attempts.occurred_at > $4::TIMESTAMP WITH TIME ZONE AND contact_attempts.occurred_at <= $5::TIMESTAMP WITH TIME ZONE) AS recent 
WHERE recent.place <= $6::INTEGER ORDER BY recent.lead_id, recent.occurred_at DESC;

INSERT INTO claims (workspace_id, id, queue_id, lead_id, state, claimed_at, leased_until, ended_at, contact_attempt_id, note, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::UUID, $5::VARCHAR, $6::TIMESTAMP WITH TIME ZONE, $7::TIMESTAMP WITH TIME ZONE, $8::TIMESTAMP WITH TIME ZONE, $9::UUID, $10::VARCHAR, $11::VARCHAR, $12::UUID);

WITH w0 AS (INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::BIGINT, $5::VARCHAR, $6::TIMESTAMP WITH TIME ZONE, $7::JSONB, $8::VARCHAR, $9::UUID, $10::VARCHAR, $11::UUID)) UPDATE leads SET version=$12::INTEGER, updated_at=$13::TIMESTAMP WITH TIME ZONE, event_sequence=$14::BIGINT WHERE leads.workspace_id = $1::UUID AND leads.id = $15::UUID AND leads.version = $16::INTEGER RETURNING leads.id;

SELECT agents.id, agents.name 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);

SELECT claims.id, claims.queue_id, claims.lead_id, claims.state, claims.claimed_at, claims.leased_until, claims.ended_at, claims.contact_attempt_id, claims.note, claims.actor_kind, claims.actor_id 
FROM claims 
WHERE claims.workspace_id = $1::UUID AND claims.ended_at IS NULL AND claims.lead_id = ANY ($2::UUID[]);

SELECT queues.id, queues.name 
FROM queues 
WHERE queues.workspace_id = $1::UUID AND queues.id = ANY ($2::UUID[]);

SELECT lead_scores.lead_id, lead_scores.total 
FROM lead_scores 
WHERE lead_scores.workspace_id = $1::UUID AND lead_scores.lead_id = ANY ($2::UUID[]);
