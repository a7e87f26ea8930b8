SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments, leads.created_at AS _sort, leads.id AS _id 
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

SELECT anon_1.key AS _parent, page.id, page.version, page.name, page.description, page.type, page.status, page.status_since, page.starts_at, page.ends_at, page.started_at, page.ended_at, page.attribution_days, page.weights_changed_at, page.created_at, page.updated_at, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT campaigns.id AS id, campaigns.version AS version, campaigns.name AS name, campaigns.description AS description, campaigns.type AS type, campaigns.status AS status, campaigns.status_since AS status_since, campaigns.starts_at AS starts_at, campaigns.ends_at AS ends_at, campaigns.started_at AS started_at, campaigns.ended_at AS ended_at, campaigns.attribution_days AS attribution_days, campaigns.weights_changed_at AS weights_changed_at, campaigns.created_at AS created_at, campaigns.updated_at AS updated_at, campaign_members.joined_at AS _sort, campaigns.id AS _id 
FROM campaigns JOIN campaign_members ON campaign_members.workspace_id = campaigns.workspace_id AND campaign_members.campaign_id = campaigns.id AND campaign_members.left_at IS NULL 
WHERE campaigns.workspace_id = $2::UUID AND campaign_members.lead_id = anon_1.key ORDER BY greatest(campaign_members.joined_at) DESC, campaigns.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.id, page.campaign_id, page.lead_id, page.variant_id, page.joined_at, page.left_at, page.sent_at, page.delivered_at, page.opened_at, page.clicked_at, page.responded_at, page.opted_out_at, page.reported_conversion_at, page.touches, page.last_touch_at, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT campaign_members.id AS id, campaign_members.campaign_id AS campaign_id, campaign_members.lead_id AS lead_id, campaign_members.variant_id AS variant_id, campaign_members.joined_at AS joined_at, campaign_members.left_at AS left_at, campaign_members.sent_at AS sent_at, campaign_members.delivered_at AS delivered_at, campaign_members.opened_at AS opened_at, campaign_members.clicked_at AS clicked_at, campaign_members.responded_at AS responded_at, campaign_members.opted_out_at AS opted_out_at, campaign_members.reported_conversion_at AS reported_conversion_at, campaign_members.touches AS touches, campaign_members.last_touch_at AS last_touch_at, campaign_members.joined_at AS _sort, campaign_members.id AS _id 
FROM campaign_members 
WHERE campaign_members.workspace_id = $2::UUID AND campaign_members.left_at IS NULL AND campaign_members.lead_id = anon_1.key ORDER BY campaign_members.joined_at DESC, campaign_members.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.type, page.id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT places.type AS type, places.id AS id, places.at AS _sort, places.id AS _id 
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
 LIMIT $4::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.id, page.lead_id, page.type, page.occurred_at, page.recorded_at, page.source, page.source_event_id, page.asset, page.subject, page.body, page.agent_id, page.actor_kind, page.actor_id, page.campaign_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT activities.id AS id, activities.lead_id AS lead_id, activities.type AS type, activities.occurred_at AS occurred_at, activities.recorded_at AS recorded_at, activities.source AS source, activities.source_event_id AS source_event_id, activities.asset AS asset, activities.subject AS subject, activities.body AS body, activities.agent_id AS agent_id, activities.actor_kind AS actor_kind, activities.actor_id AS actor_id, activities.campaign_id AS campaign_id, activities.occurred_at AS _sort, activities.id AS _id 
FROM activities 
WHERE activities.workspace_id = $2::UUID AND activities.campaign_id = $3::UUID AND activities.lead_id = anon_1.key ORDER BY activities.occurred_at DESC, activities.id DESC 
 LIMIT $4::INTEGER) AS page ON true;

SELECT campaign_members.lead_id AS key, count(*) AS count 
FROM campaign_members 
WHERE campaign_members.workspace_id = $1::UUID AND campaign_members.left_at IS NULL AND campaign_members.lead_id = ANY ($2::UUID[]) GROUP BY campaign_members.lead_id;

SELECT campaign_variants.id, campaign_variants.campaign_id, campaign_variants.version, campaign_variants.name, campaign_variants.description, campaign_variants.weight, campaign_variants.created_at, campaign_variants.updated_at 
FROM campaign_variants 
WHERE campaign_variants.workspace_id = $1::UUID AND campaign_variants.id = ANY ($2::UUID[]);

SELECT campaigns.id, campaigns.version, campaigns.name, campaigns.description, campaigns.type, campaigns.status, campaigns.status_since, campaigns.starts_at, campaigns.ends_at, campaigns.started_at, campaigns.ended_at, campaigns.attribution_days, campaigns.weights_changed_at, campaigns.created_at, campaigns.updated_at 
FROM campaigns 
WHERE campaigns.workspace_id = $1::UUID AND campaigns.id = ANY ($2::UUID[]);

SELECT campaign_members.id, campaign_members.campaign_id, campaign_members.lead_id, campaign_members.variant_id, campaign_members.joined_at, campaign_members.left_at, campaign_members.sent_at, campaign_members.delivered_at, campaign_members.opened_at, campaign_members.clicked_at, campaign_members.responded_at, campaign_members.opted_out_at, campaign_members.reported_conversion_at, campaign_members.touches, campaign_members.last_touch_at 
FROM campaign_members 
WHERE campaign_members.workspace_id = $1::UUID AND campaign_members.id = ANY ($2::UUID[]);
