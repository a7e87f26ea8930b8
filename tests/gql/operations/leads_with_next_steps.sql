SELECT leads.id, leads.scored_at, leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $2::INTEGER;

SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;

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
WHERE places.workspace_id = $2::UUID AND places.lead_id = anon_1.key ORDER BY places.at DESC, places.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT enrollment_changes.id 
FROM enrollment_changes 
WHERE enrollment_changes.workspace_id = $1::UUID AND enrollment_changes.id = ANY ($2::UUID[]);

SELECT follow_ups.id 
FROM follow_ups 
WHERE follow_ups.workspace_id = $1::UUID AND follow_ups.id = ANY ($2::UUID[]);

SELECT lead_merges.id 
FROM lead_merges 
WHERE lead_merges.workspace_id = $1::UUID AND lead_merges.id = ANY ($2::UUID[]);

SELECT consent_entries.id 
FROM consent_entries 
WHERE consent_entries.workspace_id = $1::UUID AND consent_entries.id = ANY ($2::UUID[]);

SELECT places.lead_id AS key, count(*) AS count 
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
WHERE places.workspace_id = $1::UUID AND places.lead_id = ANY ($2::UUID[]) GROUP BY places.lead_id;
