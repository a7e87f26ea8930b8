SELECT activities.id, activities.lead_id, activities.type, activities.occurred_at, activities.recorded_at, activities.source, activities.source_event_id, activities.asset, activities.subject, activities.body, activities.agent_id, activities.actor_kind, activities.actor_id, activities.campaign_id 
FROM activities 
WHERE activities.workspace_id = $1::UUID AND activities.id = ANY ($2::UUID[]);

SELECT consent_entries.id, consent_entries.lead_id, consent_entries.channel, consent_entries.purpose, consent_entries.action, consent_entries.basis, consent_entries.claimed, consent_entries.source, consent_entries.evidence, consent_entries.evidence_url, consent_entries.at, consent_entries.expires_at, consent_entries.recorded_at, consent_entries.cause_id, consent_entries.actor_kind, consent_entries.actor_id, consent_entries.cause_id AS _parent 
FROM consent_entries 
WHERE consent_entries.workspace_id = $1::UUID AND consent_entries.cause_id = ANY ($2::UUID[]) ORDER BY consent_entries.cause_id, consent_entries.channel, consent_entries.purpose, consent_entries.id;

SELECT contact_attempts.id 
FROM contact_attempts 
WHERE contact_attempts.workspace_id = $1::UUID AND contact_attempts.id = ANY ($2::UUID[]);

SELECT leads.id 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;
