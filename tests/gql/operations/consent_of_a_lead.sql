SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments 
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

SELECT anon_1.key AS _parent, page.id, page.kind, page.channel, page.lead_id, page.reason, page.note, page.at, page.actor_kind, page.actor_id, page.lifted_at, page.lift_note, page.lifted_by_kind, page.lifted_by_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT suppressions.id AS id, suppressions.kind AS kind, suppressions.channel AS channel, suppressions.lead_id AS lead_id, suppressions.reason AS reason, suppressions.note AS note, suppressions.at AS at, suppressions.actor_kind AS actor_kind, suppressions.actor_id AS actor_id, suppressions.lifted_at AS lifted_at, suppressions.lift_note AS lift_note, suppressions.lifted_by_kind AS lifted_by_kind, suppressions.lifted_by_id AS lifted_by_id, suppressions.at AS _sort, suppressions.id AS _id 
FROM suppressions 
WHERE suppressions.workspace_id = $2::UUID AND suppressions.lead_id = anon_1.key ORDER BY suppressions.at DESC, suppressions.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.id, page.lead_id, page.channel, page.purpose, page.action, page.basis, page.claimed, page.source, page.evidence, page.evidence_url, page.at, page.expires_at, page.recorded_at, page.cause_id, page.actor_kind, page.actor_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT consent_entries.id AS id, consent_entries.lead_id AS lead_id, consent_entries.channel AS channel, consent_entries.purpose AS purpose, consent_entries.action AS action, consent_entries.basis AS basis, consent_entries.claimed AS claimed, consent_entries.source AS source, consent_entries.evidence AS evidence, consent_entries.evidence_url AS evidence_url, consent_entries.at AS at, consent_entries.expires_at AS expires_at, consent_entries.recorded_at AS recorded_at, consent_entries.cause_id AS cause_id, consent_entries.actor_kind AS actor_kind, consent_entries.actor_id AS actor_id, consent_entries.at AS _sort, consent_entries.id AS _id 
FROM consent_entries 
WHERE consent_entries.workspace_id = $2::UUID AND consent_entries.lead_id = anon_1.key ORDER BY consent_entries.at DESC, consent_entries.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT DISTINCT ON (consent_entries.lead_id, consent_entries.channel, consent_entries.purpose, consent_entries.claimed) consent_entries.id, consent_entries.lead_id, consent_entries.channel, consent_entries.purpose, consent_entries.action, consent_entries.basis, consent_entries.claimed, consent_entries.source, consent_entries.evidence, consent_entries.evidence_url, consent_entries.at, consent_entries.expires_at, consent_entries.recorded_at, consent_entries.cause_id, consent_entries.actor_kind, consent_entries.actor_id 
FROM consent_entries 
WHERE consent_entries.workspace_id = $1::UUID AND consent_entries.lead_id = ANY ($2::UUID[]) AND consent_entries.at <= $3::TIMESTAMP WITH TIME ZONE AND consent_entries.channel = $4::VARCHAR AND consent_entries.purpose = $5::VARCHAR ORDER BY consent_entries.lead_id, consent_entries.channel, consent_entries.purpose, consent_entries.claimed, consent_entries.at DESC, consent_entries.action = $6::VARCHAR DESC, consent_entries.recorded_at DESC, consent_entries.id DESC;

SELECT suppressions.lead_id AS key, count(*) AS count 
FROM suppressions 
WHERE suppressions.workspace_id = $1::UUID AND suppressions.lead_id = ANY ($2::UUID[]) GROUP BY suppressions.lead_id;

SELECT recent.lead_id, recent.channel, recent.occurred_at 
FROM (SELECT contact_attempts.lead_id AS lead_id, contact_attempts.channel AS channel, contact_attempts.occurred_at AS occurred_at, row_number() OVER (PARTITION BY contact_attempts.lead_id, contact_attempts.channel ORDER BY contact_attempts.occurred_at DESC) AS place 
FROM contact_attempts 
WHERE contact_attempts.workspace_id = $1::UUID AND contact_attempts.lead_id = ANY ($2::UUID[]) AND contact_attempts.direction = $3::VARCHAR AND contact_attempts.occurred_at > $4::TIMESTAMP WITH TIME ZONE AND contact_attempts.occurred_at <= $5::TIMESTAMP WITH TIME ZONE) AS recent 
WHERE recent.place <= $6::INTEGER ORDER BY recent.lead_id, recent.occurred_at DESC;

SELECT agents.id, agents.name 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);

SELECT consent_entries.lead_id AS key, count(*) AS count 
FROM consent_entries 
WHERE consent_entries.workspace_id = $1::UUID AND consent_entries.lead_id = ANY ($2::UUID[]) GROUP BY consent_entries.lead_id;

SELECT activities.id, activities.type 
FROM activities 
WHERE activities.workspace_id = $1::UUID AND activities.id = ANY ($2::UUID[]);

SELECT contact_attempts.id, contact_attempts.outcome 
FROM contact_attempts 
WHERE contact_attempts.workspace_id = $1::UUID AND contact_attempts.id = ANY ($2::UUID[]);
