SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments, lower(leads.company) COLLATE "C" AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND leads.status = ANY ($2::TEXT[]) AND NOT (leads.grade = ANY ($3::TEXT[])) AND leads.email IS NOT NULL AND strpos(lower(leads.company), lower($4::VARCHAR)) > $5::INTEGER AND leads.employees >= $6::BIGINT AND leads.annual_revenue > $7::NUMERIC AND leads.expected_close_date >= $8::DATE AND leads.created_at >= $9::TIMESTAMP WITH TIME ZONE AND leads.created_at < $10::TIMESTAMP WITH TIME ZONE AND leads.score_total >= $11::BIGINT AND leads.score_total <= $12::BIGINT AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_1.name) AS lower_1 
FROM unnest($13::TEXT[]) AS anon_1(name)))) AND NOT (EXISTS (SELECT * 
FROM unnest($14::TEXT[]) AS anon_2(name) 
WHERE NOT (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) = lower(anon_2.name))))) AND NOT (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_3.name) AS lower_2 
FROM unnest($15::TEXT[]) AS anon_3(name)))) AND (EXISTS (SELECT * 
FROM agents AS members 
WHERE members.workspace_id = leads.workspace_id AND members.id = leads.owner_id AND members.team_id IS NOT NULL)) AND (EXISTS (SELECT * 
FROM external_references 
WHERE external_references.workspace_id = leads.workspace_id AND external_references.lead_id = leads.id AND starts_with(lower(external_references.system), lower($16::VARCHAR)))) AND leads.do_not_call IS false AND (lower(leads.country) = lower($17::VARCHAR) OR NOT coalesce(leads.city IS NULL, false)) ORDER BY lower(leads.company) COLLATE "C" ASC NULLS LAST, leads.id ASC 
 LIMIT $18::INTEGER;

SELECT count(*) AS count_1 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND leads.status = ANY ($2::TEXT[]) AND NOT (leads.grade = ANY ($3::TEXT[])) AND leads.email IS NOT NULL AND strpos(lower(leads.company), lower($4::VARCHAR)) > $5::INTEGER AND leads.employees >= $6::BIGINT AND leads.annual_revenue > $7::NUMERIC AND leads.expected_close_date >= $8::DATE AND leads.created_at >= $9::TIMESTAMP WITH TIME ZONE AND leads.created_at < $10::TIMESTAMP WITH TIME ZONE AND leads.score_total >= $11::BIGINT AND leads.score_total <= $12::BIGINT AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_1.name) AS lower_1 
FROM unnest($13::TEXT[]) AS anon_1(name)))) AND NOT (EXISTS (SELECT * 
FROM unnest($14::TEXT[]) AS anon_2(name) 
WHERE NOT (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) = lower(anon_2.name))))) AND NOT (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_3.name) AS lower_2 
FROM unnest($15::TEXT[]) AS anon_3(name)))) AND (EXISTS (SELECT * 
FROM agents AS members 
WHERE members.workspace_id = leads.workspace_id AND members.id = leads.owner_id AND members.team_id IS NOT NULL)) AND (EXISTS (SELECT * 
FROM external_references 
WHERE external_references.workspace_id = leads.workspace_id AND external_references.lead_id = leads.id AND starts_with(lower(external_references.system), lower($16::VARCHAR)))) AND leads.do_not_call IS false AND (lower(leads.country) = lower($17::VARCHAR) OR NOT coalesce(leads.city IS NULL, false));
