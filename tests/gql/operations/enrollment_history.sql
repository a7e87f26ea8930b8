SELECT sequences.id, sequences.version, sequences.name, sequences.type, sequences.description, sequences.draft, sequences.published_version, sequences.archived_at, sequences.created_at, sequences.updated_at 
FROM sequences 
WHERE sequences.workspace_id = $1::UUID AND sequences.id = ANY ($2::UUID[]);

SELECT anon_1.key AS _parent, page.id, page.enrollment_id, page.lead_id, page.sequence_id, page.kind, page.at, page.exit_reason, page.reason, page.actor_kind, page.actor_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT enrollment_changes.id AS id, enrollment_changes.enrollment_id AS enrollment_id, enrollment_changes.lead_id AS lead_id, enrollment_changes.sequence_id AS sequence_id, enrollment_changes.kind AS kind, enrollment_changes.at AS at, enrollment_changes.exit_reason AS exit_reason, enrollment_changes.reason AS reason, enrollment_changes.actor_kind AS actor_kind, enrollment_changes.actor_id AS actor_id, enrollment_changes.at AS _sort, enrollment_changes.id AS _id 
FROM enrollment_changes 
WHERE enrollment_changes.workspace_id = $2::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = enrollment_changes.workspace_id AND leads.id = enrollment_changes.lead_id AND leads.deleted_at IS NULL)) AND enrollment_changes.sequence_id = anon_1.key ORDER BY enrollment_changes.at DESC, enrollment_changes.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT enrollment_changes.sequence_id AS key, count(*) AS count 
FROM enrollment_changes 
WHERE enrollment_changes.workspace_id = $1::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = enrollment_changes.workspace_id AND leads.id = enrollment_changes.lead_id AND leads.deleted_at IS NULL)) AND enrollment_changes.sequence_id = ANY ($2::UUID[]) GROUP BY enrollment_changes.sequence_id;

SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;

SELECT agents.id, agents.version, agents.name, agents.email, agents.team_id, agents.availability, agents.capacity, agents.weight, agents.territories, agents.languages, agents.sources, agents.last_assigned_at, agents.credit, agents.created_at, agents.updated_at 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);
