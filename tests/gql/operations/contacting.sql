SELECT leads.id, leads.title, leads.email, leads.phones, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.country, leads.time_zone, leads.do_not_call, leads.do_not_email, leads.source, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $2::INTEGER;

SELECT contact_rules.rules 
FROM contact_rules 
WHERE contact_rules.workspace_id = $1::UUID ORDER BY contact_rules.version DESC 
 LIMIT $2::INTEGER;

SELECT DISTINCT ON (consent_entries.lead_id, consent_entries.channel, consent_entries.purpose, consent_entries.claimed) consent_entries.id, consent_entries.lead_id, consent_entries.channel, consent_entries.purpose, consent_entries.action, consent_entries.basis, consent_entries.claimed, consent_entries.source, consent_entries.evidence, consent_entries.evidence_url, consent_entries.at, consent_entries.expires_at, consent_entries.recorded_at, consent_entries.cause_id, consent_entries.actor_kind, consent_entries.actor_id 
FROM consent_entries 
WHERE consent_entries.workspace_id = $1::UUID AND consent_entries.lead_id = ANY ($2::UUID[]) AND consent_entries.at <= $3::TIMESTAMP WITH TIME ZONE ORDER BY consent_entries.lead_id, consent_entries.channel, consent_entries.purpose, consent_entries.claimed, consent_entries.at DESC, consent_entries.action = $4::VARCHAR DESC, consent_entries.recorded_at DESC, consent_entries.id DESC;

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
