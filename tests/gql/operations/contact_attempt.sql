SELECT contact_attempts.id, contact_attempts.lead_id, contact_attempts.channel, contact_attempts.social_network, contact_attempts.direction, contact_attempts.outcome, contact_attempts.occurred_at, contact_attempts.recorded_at, contact_attempts.duration_seconds, contact_attempts.agent_id, contact_attempts.provider, contact_attempts.provider_id, contact_attempts.recording_url, contact_attempts.transcript_url, contact_attempts.notes, contact_attempts.actor_kind, contact_attempts.actor_id 
FROM contact_attempts 
WHERE contact_attempts.workspace_id = $1::UUID AND contact_attempts.id = ANY ($2::UUID[]);

SELECT claims.id, claims.queue_id, claims.lead_id, claims.state, claims.claimed_at, claims.leased_until, claims.ended_at, claims.contact_attempt_id, claims.note, claims.actor_kind, claims.actor_id, claims.contact_attempt_id AS _parent 
FROM claims 
WHERE claims.workspace_id = $1::UUID AND claims.contact_attempt_id = ANY ($2::UUID[]) ORDER BY claims.contact_attempt_id, claims.claimed_at, claims.id;

SELECT queues.id, queues.version, queues.name, queues.definition, queues.channel, queues.purpose, queues."order", queues.chance_a, queues.chance_b, queues.chance_c, queues.chance_d, queues.default_value, queues.rest_minutes, queues.archived_at, queues.created_at, queues.updated_at 
FROM queues 
WHERE queues.workspace_id = $1::UUID AND queues.id = ANY ($2::UUID[]);

SELECT follow_ups.id, follow_ups.version, follow_ups.lead_id, follow_ups.agent_id, follow_ups.kind, follow_ups.title, follow_ups.note, follow_ups.due_at, follow_ups.due_local, follow_ups.due_zone, follow_ups.due_adjustment, follow_ups.state, follow_ups.resolution, follow_ups.outcome, follow_ups.snoozes, follow_ups.told_due_at, follow_ups.origin, follow_ups.cause_id, follow_ups.policy_version, follow_ups.attempt_number, follow_ups.closed_at, follow_ups.closed_by_kind, follow_ups.closed_by_id, follow_ups.actor_kind, follow_ups.actor_id, follow_ups.created_at, follow_ups.updated_at, follow_ups.cause_id AS _parent 
FROM follow_ups 
WHERE follow_ups.workspace_id = $1::UUID AND follow_ups.cause_id = ANY ($2::UUID[]) AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = follow_ups.workspace_id AND leads.id = follow_ups.lead_id AND leads.deleted_at IS NULL)) ORDER BY follow_ups.cause_id, follow_ups.due_at, follow_ups.id;

SELECT consent_entries.id, consent_entries.lead_id, consent_entries.channel, consent_entries.purpose, consent_entries.action, consent_entries.basis, consent_entries.claimed, consent_entries.source, consent_entries.evidence, consent_entries.evidence_url, consent_entries.at, consent_entries.expires_at, consent_entries.recorded_at, consent_entries.cause_id, consent_entries.actor_kind, consent_entries.actor_id, consent_entries.cause_id AS _parent 
FROM consent_entries 
WHERE consent_entries.workspace_id = $1::UUID AND consent_entries.cause_id = ANY ($2::UUID[]) ORDER BY consent_entries.cause_id, consent_entries.channel, consent_entries.purpose, consent_entries.id;

SELECT activities.id, activities.lead_id, activities.type, activities.occurred_at, activities.recorded_at, activities.source, activities.source_event_id, activities.asset, activities.subject, activities.body, activities.agent_id, activities.actor_kind, activities.actor_id, activities.campaign_id 
FROM activities 
WHERE activities.workspace_id = $1::UUID AND activities.id = ANY ($2::UUID[]);

SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;
