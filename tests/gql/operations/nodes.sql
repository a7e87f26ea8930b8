SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;

SELECT stages.id, stages.pipeline_id, stages.version, stages.name, stages.position, stages.kind, stages.win_probability, stages.mapped_status, stages.rotting_days, stages.required_fields, stages.deleted_at, stages.created_at, stages.updated_at 
FROM stages 
WHERE stages.workspace_id = $1::UUID AND stages.id = ANY ($2::UUID[]);

SELECT activities.id, activities.lead_id, activities.type, activities.occurred_at, activities.recorded_at, activities.source, activities.source_event_id, activities.asset, activities.subject, activities.body, activities.agent_id, activities.actor_kind, activities.actor_id, activities.campaign_id 
FROM activities 
WHERE activities.workspace_id = $1::UUID AND activities.id = ANY ($2::UUID[]);

SELECT agents.id, agents.version, agents.name, agents.email, agents.team_id, agents.availability, agents.capacity, agents.weight, agents.territories, agents.languages, agents.sources, agents.last_assigned_at, agents.credit, agents.created_at, agents.updated_at 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);

SELECT tags.id, tags.version, tags.name, tags.color, tags.created_at, tags.updated_at 
FROM tags 
WHERE tags.workspace_id = $1::UUID AND tags.id = ANY ($2::UUID[]);

SELECT contact_attempts.id, contact_attempts.lead_id, contact_attempts.channel, contact_attempts.social_network, contact_attempts.direction, contact_attempts.outcome, contact_attempts.occurred_at, contact_attempts.recorded_at, contact_attempts.duration_seconds, contact_attempts.agent_id, contact_attempts.provider, contact_attempts.provider_id, contact_attempts.recording_url, contact_attempts.transcript_url, contact_attempts.notes, contact_attempts.actor_kind, contact_attempts.actor_id 
FROM contact_attempts 
WHERE contact_attempts.workspace_id = $1::UUID AND contact_attempts.id = ANY ($2::UUID[]);

SELECT teams.id, teams.name 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = ANY ($2::UUID[]);

SELECT pipelines.id, pipelines.name 
FROM pipelines 
WHERE pipelines.workspace_id = $1::UUID AND pipelines.id = ANY ($2::UUID[]);

SELECT anon_1.key AS _parent, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT leads.created_at AS _sort, leads.id AS _id 
FROM leads JOIN lead_tags ON lead_tags.workspace_id = leads.workspace_id AND lead_tags.lead_id = leads.id 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND lead_tags.tag_id = anon_1.key ORDER BY greatest(leads.created_at) DESC, leads.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT lead_tags.tag_id AS key, count(*) AS count 
FROM leads JOIN lead_tags ON lead_tags.workspace_id = leads.workspace_id AND lead_tags.lead_id = leads.id 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND lead_tags.tag_id = ANY ($2::UUID[]) GROUP BY lead_tags.tag_id;
