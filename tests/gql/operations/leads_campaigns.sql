SELECT leads.id, leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM campaign_members AS joined 
WHERE joined.workspace_id = leads.workspace_id AND joined.lead_id = leads.id AND joined.left_at IS NULL AND joined.campaign_id = $2::UUID)) ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $3::INTEGER;

SELECT count(*) AS count_1 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM campaign_members AS joined 
WHERE joined.workspace_id = leads.workspace_id AND joined.lead_id = leads.id AND joined.left_at IS NULL AND joined.campaign_id = $2::UUID));

SELECT anon_1.key AS _parent, convert_to(listed.rows, 'UTF8') AS rows 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT '[' || coalesce(string_agg('{"id":"Campaign:' || CAST(page.id AS TEXT) || '","name":' || CAST(to_json(page.name) AS TEXT) || '}', ','), '') || ']' AS rows 
FROM (SELECT campaigns.id AS id, campaigns.name AS name, campaign_members.joined_at AS _sort, campaigns.id AS _id 
FROM campaigns JOIN campaign_members ON campaign_members.workspace_id = campaigns.workspace_id AND campaign_members.campaign_id = campaigns.id AND campaign_members.left_at IS NULL 
WHERE campaigns.workspace_id = $2::UUID AND campaign_members.lead_id = anon_1.key ORDER BY greatest(campaign_members.joined_at) DESC, campaigns.id DESC 
 LIMIT $3::INTEGER) AS page) AS listed ON true;

SELECT anon_1.key AS _parent, page.id, page.campaign_id, page.variant_id, page.joined_at, page.touches, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT campaign_members.id AS id, campaign_members.campaign_id AS campaign_id, campaign_members.variant_id AS variant_id, campaign_members.joined_at AS joined_at, campaign_members.touches AS touches, campaign_members.joined_at AS _sort, campaign_members.id AS _id 
FROM campaign_members 
WHERE campaign_members.workspace_id = $2::UUID AND campaign_members.left_at IS NULL AND campaign_members.lead_id = anon_1.key ORDER BY campaign_members.joined_at DESC, campaign_members.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, convert_to(listed.rows, 'UTF8') AS rows 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT '[' || coalesce(string_agg(CASE WHEN (page.type = 'ACTIVITY') THEN (SELECT '{}' AS row 
FROM (SELECT activities.id AS id 
FROM activities 
WHERE activities.workspace_id = $2::UUID AND activities.id = page.id) AS anon_2) WHEN (page.type = 'CONTACT_ATTEMPT') THEN (SELECT '{}' AS row 
FROM (SELECT contact_attempts.id AS id 
FROM contact_attempts 
WHERE contact_attempts.workspace_id = $2::UUID AND contact_attempts.id = page.id) AS anon_3) WHEN (page.type = 'STATUS_CHANGE') THEN (SELECT '{}' AS row 
FROM (SELECT status_changes.id AS id 
FROM status_changes 
WHERE status_changes.workspace_id = $2::UUID AND status_changes.id = page.id) AS anon_4) WHEN (page.type = 'ASSIGNMENT') THEN (SELECT '{}' AS row 
FROM (SELECT assignments.id AS id 
FROM assignments 
WHERE assignments.workspace_id = $2::UUID AND assignments.id = page.id) AS anon_5) WHEN (page.type = 'SCORE_CHANGE') THEN (SELECT '{}' AS row 
FROM (SELECT score_entries.id AS id 
FROM score_entries 
WHERE score_entries.workspace_id = $2::UUID AND score_entries.id = page.id) AS anon_6) WHEN (page.type = 'STAGE_STAY') THEN (SELECT '{}' AS row 
FROM (SELECT stage_stays.id AS id 
FROM stage_stays 
WHERE stage_stays.workspace_id = $2::UUID AND stage_stays.id = page.id) AS anon_7) WHEN (page.type = 'CLOSE_DATE_SLIP') THEN (SELECT '{}' AS row 
FROM (SELECT close_date_slips.id AS id 
FROM close_date_slips 
WHERE close_date_slips.workspace_id = $2::UUID AND close_date_slips.id = page.id) AS anon_8) WHEN (page.type = 'CAMPAIGN_MEMBERSHIP') THEN (SELECT '{"id":"CampaignMember:' || CAST(anon_9.id AS TEXT) || '","joinedAt":"' || replace(CAST(timezone('UTC', anon_9.joined_at) AS TEXT), ' ', 'T') || 'Z"}' AS row 
FROM (SELECT campaign_members.id AS id, campaign_members.joined_at AS joined_at 
FROM campaign_members 
WHERE campaign_members.workspace_id = $2::UUID AND campaign_members.id = page.id) AS anon_9) WHEN (page.type = 'ENROLLMENT_CHANGE') THEN (SELECT '{}' AS row 
FROM (SELECT enrollment_changes.id AS id 
FROM enrollment_changes 
WHERE enrollment_changes.workspace_id = $2::UUID AND enrollment_changes.id = page.id) AS anon_10) WHEN (page.type = 'FOLLOW_UP') THEN (SELECT '{}' AS row 
FROM (SELECT follow_ups.id AS id 
FROM follow_ups 
WHERE follow_ups.workspace_id = $2::UUID AND follow_ups.id = page.id) AS anon_11) WHEN (page.type = 'MERGE') THEN (SELECT '{}' AS row 
FROM (SELECT lead_merges.id AS id 
FROM lead_merges 
WHERE lead_merges.workspace_id = $2::UUID AND lead_merges.id = page.id) AS anon_12) WHEN (page.type = 'CONSENT') THEN (SELECT '{}' AS row 
FROM (SELECT consent_entries.id AS id 
FROM consent_entries 
WHERE consent_entries.workspace_id = $2::UUID AND consent_entries.id = page.id) AS anon_13) END, ','), '') || ']' AS rows 
FROM (SELECT places.type AS type, places.id AS id, places.at AS _sort, places.id AS _id 
FROM (SELECT activities.workspace_id AS workspace_id, activities.lead_id AS lead_id, activities.id AS id, activities.occurred_at AS at, 'ACTIVITY' AS type 
FROM activities UNION ALL SELECT contact_attempts.workspace_id AS workspace_id, contact_attempts.lead_id AS lead_id, contact_attempts.id AS id, contact_attempts.occurred_at AS at, 'CONTACT_ATTEMPT' AS type 
FROM contact_attempts UNION ALL SELECT status_changes.workspace_id AS workspace_id, status_changes.lead_id AS lead_id, status_changes.id AS id, status_changes.at AS at, 'STATUS_CHANGE' AS type 
FROM status_changes UNION ALL SELECT assignments.workspace_id AS workspace_id, assignments.lead_id AS lead_id, assignments.id AS id, assignments.at AS at, 'ASSIGNMENT' AS type 
FROM assignments UNION ALL SELECT score_entries.workspace_id AS workspace_id, score_entries.lead_id AS lead_id, score_entries.id AS id, score_entries.at AS at, 'SCORE_CHANGE' AS type 
FROM score_entries UNION ALL SELECT stage_stays.workspace_id AS workspace_id, stage_stays.lead_id AS lead_id, stage_stays.id AS id, stage_stays.entered_at AS at, 'STAGE_STAY' AS type 
FROM stage_stays UNION ALL SELECT close_date_slips.workspace_id AS workspace_id, close_date_slips.lead_id AS lead_id, close_date_slips.id AS id, close_date_slips.at AS at, 'CLOSE_DATE_SLIP' AS type 
FROM close_date_slips UNION ALL SELECT enrollment_changes.workspace_id AS workspace_id, enrollment_changes.lead_id AS lead_id, enrollment_changes.id AS id, enrollment_changes.at AS at, 'ENROLLMENT_CHANGE' AS type 
FROM enrollment_changes UNION ALL SELECT follow_ups.workspace_id AS workspace_id, follow_ups.lead_id AS lead_id, follow_ups.id AS id, follow_ups.created_at AS at, 'FOLLOW_UP' AS type 
FROM follow_ups UNION ALL SELECT lead_merges.workspace_id AS workspace_id, lead_merges.lead_id AS lead_id, lead_merges.id AS id, lead_merges.at AS at, 'MERGE' AS type 
FROM lead_merges UNION ALL SELECT campaign_members.workspace_id AS workspace_id, campaign_members.lead_id AS lead_id, campaign_members.id AS id, campaign_members.joined_at AS at, 'CAMPAIGN_MEMBERSHIP' AS type 
FROM campaign_members UNION ALL SELECT consent_entries.workspace_id AS workspace_id, consent_entries.lead_id AS lead_id, consent_entries.id AS id, consent_entries.at AS at, 'CONSENT' AS type 
FROM consent_entries) AS places 
WHERE places.workspace_id = $2::UUID AND places.type = ANY ($3::TEXT[]) AND places.lead_id = anon_1.key ORDER BY places.at DESC, places.id DESC 
 LIMIT $4::INTEGER) AS page) AS listed ON true;

SELECT anon_1.key AS _parent, convert_to(listed.rows, 'UTF8') AS rows 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT '[' || coalesce(string_agg('{"id":"Activity:' || CAST(page.id AS TEXT) || '","type":"' || page.type || '"}', ','), '') || ']' AS rows 
FROM (SELECT activities.id AS id, activities.type AS type, activities.occurred_at AS _sort, activities.id AS _id 
FROM activities 
WHERE activities.workspace_id = $2::UUID AND activities.campaign_id = $3::UUID AND activities.lead_id = anon_1.key ORDER BY activities.occurred_at DESC, activities.id DESC 
 LIMIT $4::INTEGER) AS page) AS listed ON true;

SELECT campaign_members.lead_id AS key, count(*) AS count 
FROM campaign_members 
WHERE campaign_members.workspace_id = $1::UUID AND campaign_members.left_at IS NULL AND campaign_members.lead_id = ANY ($2::UUID[]) GROUP BY campaign_members.lead_id;

SELECT campaign_variants.id, campaign_variants.name 
FROM campaign_variants 
WHERE campaign_variants.workspace_id = $1::UUID AND campaign_variants.id = ANY ($2::UUID[]);

SELECT campaigns.id, campaigns.name 
FROM campaigns 
WHERE campaigns.workspace_id = $1::UUID AND campaigns.id = ANY ($2::UUID[]);
