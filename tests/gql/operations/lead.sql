SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;

SELECT lead_scores.lead_id, lead_scores.total, lead_scores.grade, lead_scores.temperature, lead_scores.priority, lead_scores.computed_at, CAST(lead_scores.breakdown AS TEXT) AS breakdown 
FROM lead_scores 
WHERE lead_scores.workspace_id = $1::UUID AND lead_scores.lead_id = ANY ($2::UUID[]);

SELECT agents.id, agents.name 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);

SELECT stages.id, stages.pipeline_id, stages.name 
FROM stages 
WHERE stages.workspace_id = $1::UUID AND stages.id = ANY ($2::UUID[]);

SELECT tags.id, tags.version, tags.name, tags.color, tags.created_at, tags.updated_at, lead_tags.lead_id AS _lead_id 
FROM tags JOIN lead_tags ON lead_tags.workspace_id = tags.workspace_id AND lead_tags.tag_id = tags.id 
WHERE tags.workspace_id = $1::UUID AND lead_tags.lead_id = ANY ($2::UUID[]) ORDER BY lead_tags.lead_id, lower(tags.name) COLLATE "C";

SELECT external_references.lead_id, external_references.system, external_references.external_id, external_references.created_at, external_references.lead_id AS _parent 
FROM external_references 
WHERE external_references.workspace_id = $1::UUID AND external_references.lead_id = ANY ($2::UUID[]) ORDER BY external_references.lead_id, external_references.system, external_references.external_id;

SELECT anon_1.key AS _parent, page.id, page.owner_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT leads.id AS id, leads.owner_id AS owner_id, leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.owner_id = anon_1.key ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT leads.id AS id, leads.created_at AS _sort, leads.id AS _id 
FROM leads JOIN lead_tags ON lead_tags.workspace_id = leads.workspace_id AND lead_tags.lead_id = leads.id 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND lead_tags.tag_id = anon_1.key ORDER BY greatest(leads.created_at) DESC, leads.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.id, page.stage_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT leads.id AS id, leads.stage_id AS stage_id, leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.stage_id = anon_1.key ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT pipelines.id 
FROM pipelines 
WHERE pipelines.workspace_id = $1::UUID AND pipelines.id = ANY ($2::UUID[]);

SELECT lead_tags.tag_id AS key, count(*) AS count 
FROM leads JOIN lead_tags ON lead_tags.workspace_id = leads.workspace_id AND lead_tags.lead_id = leads.id 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND lead_tags.tag_id = ANY ($2::UUID[]) GROUP BY lead_tags.tag_id;

SELECT leads.owner_id AS key, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND leads.owner_id = ANY ($2::UUID[]) GROUP BY leads.owner_id;

SELECT anon_1.key AS _parent, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.pipeline_id = anon_1.key ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT leads.stage_id AS key, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND leads.stage_id = ANY ($2::UUID[]) GROUP BY leads.stage_id;

SELECT leads.pipeline_id AS key, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND leads.pipeline_id = ANY ($2::UUID[]) GROUP BY leads.pipeline_id;
