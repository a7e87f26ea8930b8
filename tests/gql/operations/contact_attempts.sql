SELECT contact_attempts.id, contact_attempts.lead_id, contact_attempts.channel, contact_attempts.outcome, contact_attempts.occurred_at, contact_attempts.agent_id, contact_attempts.occurred_at AS _sort, contact_attempts.id AS _id 
FROM contact_attempts 
WHERE contact_attempts.workspace_id = $1::UUID AND contact_attempts.channel = ANY ($2::TEXT[]) AND contact_attempts.direction = ANY ($3::TEXT[]) AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = contact_attempts.workspace_id AND leads.id = contact_attempts.lead_id AND leads.deleted_at IS NULL)) ORDER BY contact_attempts.occurred_at DESC, contact_attempts.id DESC 
 LIMIT $4::INTEGER;

SELECT count(*) AS count_1 
FROM contact_attempts 
WHERE contact_attempts.workspace_id = $1::UUID AND contact_attempts.channel = ANY ($2::TEXT[]) AND contact_attempts.direction = ANY ($3::TEXT[]) AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = contact_attempts.workspace_id AND leads.id = contact_attempts.lead_id AND leads.deleted_at IS NULL));

SELECT agents.id, agents.name 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);

SELECT claims.id, claims.queue_id, claims.lead_id, claims.state, claims.claimed_at, claims.leased_until, claims.ended_at, claims.contact_attempt_id, claims.note, claims.actor_kind, claims.actor_id, claims.contact_attempt_id AS _parent 
FROM claims 
WHERE claims.workspace_id = $1::UUID AND claims.contact_attempt_id = ANY ($2::UUID[]) ORDER BY claims.contact_attempt_id, claims.claimed_at, claims.id;

SELECT follow_ups.id, follow_ups.version, follow_ups.lead_id, follow_ups.agent_id, follow_ups.kind, follow_ups.title, follow_ups.note, follow_ups.due_at, follow_ups.due_local, follow_ups.due_zone, follow_ups.due_adjustment, follow_ups.state, follow_ups.resolution, follow_ups.outcome, follow_ups.snoozes, follow_ups.told_due_at, follow_ups.origin, follow_ups.cause_id, follow_ups.policy_version, follow_ups.attempt_number, follow_ups.closed_at, follow_ups.closed_by_kind, follow_ups.closed_by_id, follow_ups.actor_kind, follow_ups.actor_id, follow_ups.created_at, follow_ups.updated_at, follow_ups.cause_id AS _parent 
FROM follow_ups 
WHERE follow_ups.workspace_id = $1::UUID AND follow_ups.cause_id = ANY ($2::UUID[]) AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = follow_ups.workspace_id AND leads.id = follow_ups.lead_id AND leads.deleted_at IS NULL)) ORDER BY follow_ups.cause_id, follow_ups.due_at, follow_ups.id;

SELECT consent_entries.id, consent_entries.lead_id, consent_entries.channel, consent_entries.purpose, consent_entries.action, consent_entries.basis, consent_entries.claimed, consent_entries.source, consent_entries.evidence, consent_entries.evidence_url, consent_entries.at, consent_entries.expires_at, consent_entries.recorded_at, consent_entries.cause_id, consent_entries.actor_kind, consent_entries.actor_id, consent_entries.cause_id AS _parent 
FROM consent_entries 
WHERE consent_entries.workspace_id = $1::UUID AND consent_entries.cause_id = ANY ($2::UUID[]) ORDER BY consent_entries.cause_id, consent_entries.channel, consent_entries.purpose, consent_entries.id;

SELECT anon_1.id, convert_to('{"id":"Lead:' || CAST(anon_1.id AS TEXT) || '","name":' || coalesce(CAST(to_json(anon_1.name) AS TEXT), 'null') || ',"owner":' || coalesce((SELECT '{"name":' || CAST(to_json(anon_2.name) AS TEXT) || '}' AS row 
FROM (SELECT agents.name AS name 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = anon_1.owner_id) AS anon_2), 'null') || '}', 'UTF8') AS row 
FROM (SELECT leads.id AS id, nullif(concat_ws(' ', nullif(leads.first_name, ''), nullif(leads.last_name, '')), '') AS name, leads.owner_id AS owner_id 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL) AS anon_1;
