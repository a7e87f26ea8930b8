SELECT groups.id, groups.signal, groups.signal AS _sort, groups.id AS _id 
FROM (SELECT duplicate_keys.workspace_id AS workspace_id, duplicate_keys.signal AS signal, duplicate_keys.key AS id 
FROM duplicate_keys GROUP BY duplicate_keys.workspace_id, duplicate_keys.signal, duplicate_keys.key 
HAVING count(*) > $1::INTEGER AND NOT (min(duplicate_keys.exact) IS NOT NULL AND min(duplicate_keys.exact) = max(duplicate_keys.exact))) AS groups 
WHERE groups.workspace_id = $2::UUID AND groups.signal = ANY ($3::TEXT[]) ORDER BY groups.signal ASC, groups.id ASC 
 LIMIT $4::INTEGER;

SELECT count(*) AS count_1 
FROM (SELECT duplicate_keys.workspace_id AS workspace_id, duplicate_keys.signal AS signal, duplicate_keys.key AS id 
FROM duplicate_keys GROUP BY duplicate_keys.workspace_id, duplicate_keys.signal, duplicate_keys.key 
HAVING count(*) > $1::INTEGER AND NOT (min(duplicate_keys.exact) IS NOT NULL AND min(duplicate_keys.exact) = max(duplicate_keys.exact))) AS groups 
WHERE groups.workspace_id = $2::UUID AND groups.signal = ANY ($3::TEXT[]);

SELECT anon_1.key AS _parent, page.id, page.first_name, page.last_name, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT leads.id AS id, leads.first_name AS first_name, leads.last_name AS last_name, leads.created_at AS _sort, leads.id AS _id 
FROM leads JOIN duplicate_keys ON duplicate_keys.workspace_id = leads.workspace_id AND duplicate_keys.lead_id = leads.id AND duplicate_keys.signal = ANY ('{EMAIL,MAILBOX,NAME_AND_COMPANY,PHONE}'::text[]) 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND duplicate_keys.key = anon_1.key ORDER BY greatest(leads.created_at) DESC, leads.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT duplicate_keys.key AS key, count(*) AS count 
FROM leads JOIN duplicate_keys ON duplicate_keys.workspace_id = leads.workspace_id AND duplicate_keys.lead_id = leads.id AND duplicate_keys.signal = ANY ('{EMAIL,MAILBOX,NAME_AND_COMPANY,PHONE}'::text[]) 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND duplicate_keys.key = ANY ($2::UUID[]) GROUP BY duplicate_keys.key;

SELECT anon_1.id, others.lead_id, others.signal 
FROM unnest($1::UUID[]) AS anon_1(id) JOIN duplicate_keys ON duplicate_keys.workspace_id = $2::UUID AND duplicate_keys.lead_id = anon_1.id JOIN LATERAL (SELECT theirs.lead_id AS lead_id, theirs.signal AS signal 
FROM duplicate_keys AS theirs 
WHERE theirs.workspace_id = duplicate_keys.workspace_id AND theirs.signal = duplicate_keys.signal AND theirs.key = duplicate_keys.key AND theirs.lead_id != duplicate_keys.lead_id ORDER BY theirs.lead_id 
 LIMIT $3::INTEGER) AS others ON true;

SELECT anon_1.key AS _parent, page.loser_id, page.at, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT lead_merges.loser_id AS loser_id, lead_merges.at AS at, lead_merges.at AS _sort, lead_merges.id AS _id 
FROM lead_merges 
WHERE lead_merges.workspace_id = $2::UUID AND lead_merges.lead_id = anon_1.key ORDER BY lead_merges.at DESC, lead_merges.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT leads.id, leads.first_name, leads.last_name 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;

SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]);
