SELECT contact_attempts.id, contact_attempts.lead_id, contact_attempts.channel, contact_attempts.social_network, contact_attempts.direction, contact_attempts.outcome, contact_attempts.occurred_at, contact_attempts.recorded_at, contact_attempts.duration_seconds, contact_attempts.agent_id, contact_attempts.provider, contact_attempts.provider_id, contact_attempts.recording_url, contact_attempts.transcript_url, contact_attempts.notes, contact_attempts.actor_kind, contact_attempts.actor_id 
FROM contact_attempts 
WHERE contact_attempts.workspace_id = $1::UUID AND contact_attempts.id = ANY ($2::UUID[]);

SELECT claims.id, claims.queue_id, claims.lead_id, claims.state, claims.claimed_at, claims.leased_until, claims.ended_at, claims.contact_attempt_id, claims.note, claims.actor_kind, claims.actor_id, claims.contact_attempt_id AS _parent 
FROM claims 
WHERE claims.workspace_id = $1::UUID AND claims.contact_attempt_id = ANY ($2::UUID[]) ORDER BY claims.contact_attempt_id, claims.claimed_at, claims.id;

SELECT queues.id, queues.name 
FROM queues 
WHERE queues.workspace_id = $1::UUID AND queues.id = ANY ($2::UUID[]);

SELECT consent_entries.id, consent_entries.lead_id, consent_entries.channel, consent_entries.purpose, consent_entries.action, consent_entries.basis, consent_entries.claimed, consent_entries.source, consent_entries.evidence, consent_entries.evidence_url, consent_entries.at, consent_entries.expires_at, consent_entries.recorded_at, consent_entries.cause_id, consent_entries.actor_kind, consent_entries.actor_id, consent_entries.cause_id AS _parent 
FROM consent_entries 
WHERE consent_entries.workspace_id = $1::UUID AND consent_entries.cause_id = ANY ($2::UUID[]) ORDER BY consent_entries.cause_id, consent_entries.channel, consent_entries.purpose, consent_entries.id;

SELECT follow_ups.id, follow_ups.version, follow_ups.lead_id, follow_ups.agent_id, follow_ups.kind, follow_ups.title, follow_ups.note, follow_ups.due_at, follow_ups.due_local, follow_ups.due_zone, follow_ups.due_adjustment, follow_ups.state, follow_ups.resolution, follow_ups.outcome, follow_ups.snoozes, follow_ups.told_due_at, follow_ups.origin, follow_ups.cause_id, follow_ups.policy_version, follow_ups.attempt_number, follow_ups.closed_at, follow_ups.closed_by_kind, follow_ups.closed_by_id, follow_ups.actor_kind, follow_ups.actor_id, follow_ups.created_at, follow_ups.updated_at, follow_ups.cause_id AS _parent 
FROM follow_ups 
WHERE follow_ups.workspace_id = $1::UUID AND follow_ups.cause_id = ANY ($2::UUID[]) AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = follow_ups.workspace_id AND leads.id = follow_ups.lead_id AND leads.deleted_at IS NULL)) ORDER BY follow_ups.cause_id, follow_ups.due_at, follow_ups.id;

SELECT activities.id 
FROM activities 
WHERE activities.workspace_id = $1::UUID AND activities.id = ANY ($2::UUID[]);

SELECT leads.id 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;
