SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments, leads.first_response_due_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND leads.first_response_due_at IS NOT NULL AND leads.first_response_due_at < $2::TIMESTAMP WITH TIME ZONE AND leads.first_contacted_at IS NULL ORDER BY leads.first_response_due_at ASC NULLS LAST, leads.id ASC 
 LIMIT $3::INTEGER;

SELECT workspaces.time_zone AS zone, (SELECT coalesce(jsonb_agg(to_jsonb(working_hours)), jsonb_build_array()) AS coalesce_1 
FROM working_hours 
WHERE working_hours.workspace_id = $1::UUID AND (working_hours.team_id IS NULL OR working_hours.team_id = ANY ($2::UUID[]) OR working_hours.team_id IN (SELECT agents.team_id 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($3::UUID[])))) AS hours, (SELECT coalesce(jsonb_object_agg(agents.id, agents.team_id), jsonb_build_object()) AS coalesce_2 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($3::UUID[])) AS teams, (SELECT coalesce(array_agg(teams.id), CAST(ARRAY[] AS UUID[])) AS coalesce_3 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = ANY ($2::UUID[])) AS known_teams 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;
