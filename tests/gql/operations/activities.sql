SELECT activities.id, activities.lead_id, activities.type, activities.occurred_at, activities.recorded_at, activities.source, activities.source_event_id, activities.asset, activities.subject, activities.body, activities.agent_id, activities.actor_kind, activities.actor_id, activities.campaign_id, activities.occurred_at AS _sort, activities.id AS _id 
FROM activities 
WHERE activities.workspace_id = $1::UUID AND activities.type = ANY ($2::TEXT[]) AND activities.occurred_at < $3::TIMESTAMP WITH TIME ZONE AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = activities.workspace_id AND leads.id = activities.lead_id AND leads.deleted_at IS NULL)) ORDER BY activities.occurred_at DESC, activities.id DESC 
 LIMIT $4::INTEGER;

SELECT count(*) AS count_1 
FROM activities 
WHERE activities.workspace_id = $1::UUID AND activities.type = ANY ($2::TEXT[]) AND activities.occurred_at < $3::TIMESTAMP WITH TIME ZONE AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = activities.workspace_id AND leads.id = activities.lead_id AND leads.deleted_at IS NULL));

SELECT agents.id, agents.version, agents.name, agents.email, agents.team_id, agents.availability, agents.capacity, agents.weight, agents.territories, agents.languages, agents.sources, agents.last_assigned_at, agents.credit, agents.created_at, agents.updated_at 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);

SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;

SELECT consent_entries.id, consent_entries.lead_id, consent_entries.channel, consent_entries.purpose, consent_entries.action, consent_entries.basis, consent_entries.claimed, consent_entries.source, consent_entries.evidence, consent_entries.evidence_url, consent_entries.at, consent_entries.expires_at, consent_entries.recorded_at, consent_entries.cause_id, consent_entries.actor_kind, consent_entries.actor_id, consent_entries.cause_id AS _parent 
FROM consent_entries 
WHERE consent_entries.workspace_id = $1::UUID AND consent_entries.cause_id = ANY ($2::UUID[]) ORDER BY consent_entries.cause_id, consent_entries.channel, consent_entries.purpose, consent_entries.id;

SELECT tags.id, tags.version, tags.name, tags.color, tags.created_at, tags.updated_at, lead_tags.lead_id AS _lead_id 
FROM tags JOIN lead_tags ON lead_tags.workspace_id = tags.workspace_id AND lead_tags.tag_id = tags.id 
WHERE tags.workspace_id = $1::UUID AND lead_tags.lead_id = ANY ($2::UUID[]) ORDER BY lead_tags.lead_id, lower(tags.name) COLLATE "C";

SELECT teams.id, teams.version, teams.name, teams.manager_id, teams.created_at, teams.updated_at 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = ANY ($2::UUID[]);
