SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) ORDER BY leads.id FOR UPDATE;

SELECT external_references.lead_id, external_references.system, external_references.external_id, external_references.created_at, external_references.lead_id AS _parent 
FROM external_references 
WHERE external_references.workspace_id = $1::UUID AND external_references.lead_id = ANY ($2::UUID[]) ORDER BY external_references.lead_id, external_references.system, external_references.external_id;

SELECT tags.id, tags.version, tags.name, tags.color, tags.created_at, tags.updated_at, lead_tags.lead_id AS _lead_id 
FROM tags JOIN lead_tags ON lead_tags.workspace_id = tags.workspace_id AND lead_tags.tag_id = tags.id 
WHERE tags.workspace_id = $1::UUID AND lead_tags.lead_id = ANY ($2::UUID[]) ORDER BY lead_tags.lead_id, lower(tags.name) COLLATE "C";

SELECT CAST(to_jsonb(leads) AS TEXT) AS whole 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = $2::UUID;

SELECT CAST(to_jsonb(lead_scores) AS TEXT) AS whole 
FROM lead_scores 
WHERE lead_scores.workspace_id = $1::UUID AND lead_scores.lead_id = $2::UUID;

SELECT CAST(jsonb_build_object('id', stage_stays.id) AS TEXT) AS key, CAST(to_jsonb(stage_stays) AS TEXT) AS whole 
FROM stage_stays 
WHERE stage_stays.workspace_id = $1::UUID AND stage_stays.lead_id = $2::UUID AND stage_stays.left_at IS NULL FOR UPDATE;

UPDATE stage_stays SET left_at=$1::TIMESTAMP WITH TIME ZONE, left_by_kind=$2::VARCHAR, left_by_id=$3::UUID WHERE stage_stays.workspace_id = $4::UUID AND stage_stays.lead_id = $5::UUID AND stage_stays.left_at IS NULL RETURNING CAST(jsonb_build_object('id', stage_stays.id) AS TEXT) AS key, CAST(to_jsonb(stage_stays) AS TEXT) AS whole;

SELECT enrollments.id, enrollments.version, enrollments.lead_id, enrollments.sequence_id, enrollments.sequence_version_id, enrollments.state, enrollments.step_key, enrollments.step_entered_at, enrollments.due_at, enrollments.enrolled_at, enrollments.enrolled_by_kind, enrollments.enrolled_by_id, enrollments.trigger, enrollments.paused_at, enrollments.paused_until, enrollments.ended_at, enrollments.exit_reason, enrollments.updated_at 
FROM enrollments 
WHERE enrollments.workspace_id = $1::UUID AND enrollments.state IN ('ACTIVE', 'PAUSED') AND enrollments.lead_id = ANY ($2::UUID[]) ORDER BY enrollments.id FOR UPDATE;

SELECT CAST(jsonb_build_object('id', enrollment_steps.id) AS TEXT) AS key, CAST(to_jsonb(enrollment_steps) AS TEXT) AS whole 
FROM enrollment_steps 
WHERE enrollment_steps.workspace_id = $1::UUID AND enrollment_steps.enrollment_id = ANY ($2::UUID[]) AND enrollment_steps.left_at IS NULL FOR UPDATE;

UPDATE enrollment_steps SET left_at=$1::TIMESTAMP WITH TIME ZONE, outcome=$2::VARCHAR WHERE enrollment_steps.workspace_id = $3::UUID AND enrollment_steps.enrollment_id = ANY ($4::UUID[]) AND enrollment_steps.left_at IS NULL RETURNING CAST(jsonb_build_object('id', enrollment_steps.id) AS TEXT) AS key, CAST(to_jsonb(enrollment_steps) AS TEXT) AS whole;

SELECT CAST(jsonb_build_object('id', enrollments.id) AS TEXT) AS key, CAST(to_jsonb(enrollments) AS TEXT) AS whole 
FROM enrollments 
WHERE enrollments.workspace_id = $1::UUID AND enrollments.id = ANY ($2::UUID[]) FOR UPDATE;

UPDATE enrollments SET version=(enrollments.version + $1::INTEGER), state=$2::VARCHAR, step_key=$3::VARCHAR, step_entered_at=$4::TIMESTAMP WITH TIME ZONE, due_at=$5::TIMESTAMP WITH TIME ZONE, paused_at=$6::TIMESTAMP WITH TIME ZONE, paused_until=$7::TIMESTAMP WITH TIME ZONE, ended_at=$8::TIMESTAMP WITH TIME ZONE, exit_reason=$9::VARCHAR, updated_at=$10::TIMESTAMP WITH TIME ZONE WHERE enrollments.workspace_id = $11::UUID AND enrollments.id = ANY ($12::UUID[]) RETURNING CAST(jsonb_build_object('id', enrollments.id) AS TEXT) AS key, CAST(to_jsonb(enrollments) AS TEXT) AS whole;

UPDATE leads SET merged_into_id=$1::UUID WHERE leads.workspace_id = $2::UUID AND leads.merged_into_id = $3::UUID RETURNING CAST(jsonb_build_object('id', leads.id) AS TEXT) AS whole;

UPDATE lead_merges SET lead_id=$1::UUID WHERE lead_merges.workspace_id = $2::UUID AND lead_merges.lead_id = $3::UUID RETURNING CAST(jsonb_build_object('id', lead_merges.id) AS TEXT) AS whole;

UPDATE activities SET lead_id=$1::UUID WHERE activities.workspace_id = $2::UUID AND activities.lead_id = $3::UUID RETURNING CAST(jsonb_build_object('id', activities.id) AS TEXT) AS whole;

UPDATE contact_attempts SET lead_id=$1::UUID WHERE contact_attempts.workspace_id = $2::UUID AND contact_attempts.lead_id = $3::UUID RETURNING CAST(jsonb_build_object('id', contact_attempts.id) AS TEXT) AS whole;

SELECT CAST(jsonb_build_object('lead_id', initial_counts.lead_id) AS TEXT) AS key, CAST(to_jsonb(initial_counts) AS TEXT) AS whole 
FROM initial_counts 
WHERE initial_counts.workspace_id = $1::UUID AND initial_counts.lead_id = $2::UUID AND (EXISTS (SELECT * 
FROM initial_counts AS others 
WHERE others.workspace_id = $1::UUID AND others.lead_id = $3::UUID)) FOR UPDATE;

DELETE FROM initial_counts WHERE initial_counts.workspace_id = $1::UUID AND initial_counts.lead_id = $2::UUID AND (EXISTS (SELECT * 
FROM initial_counts AS others 
WHERE others.workspace_id = $1::UUID AND others.lead_id = $3::UUID)) RETURNING CAST(to_jsonb(initial_counts) AS TEXT) AS whole;

UPDATE initial_counts SET lead_id=$1::UUID WHERE initial_counts.workspace_id = $2::UUID AND initial_counts.lead_id = $3::UUID RETURNING CAST(jsonb_build_object() AS TEXT) AS whole;

UPDATE status_changes SET lead_id=$1::UUID WHERE status_changes.workspace_id = $2::UUID AND status_changes.lead_id = $3::UUID RETURNING CAST(jsonb_build_object('id', status_changes.id) AS TEXT) AS whole;

UPDATE assignments SET lead_id=$1::UUID WHERE assignments.workspace_id = $2::UUID AND assignments.lead_id = $3::UUID RETURNING CAST(jsonb_build_object('id', assignments.id) AS TEXT) AS whole;

UPDATE score_entries SET lead_id=$1::UUID WHERE score_entries.workspace_id = $2::UUID AND score_entries.lead_id = $3::UUID RETURNING CAST(jsonb_build_object('id', score_entries.id) AS TEXT) AS whole;

UPDATE close_date_slips SET lead_id=$1::UUID WHERE close_date_slips.workspace_id = $2::UUID AND close_date_slips.lead_id = $3::UUID RETURNING CAST(jsonb_build_object('id', close_date_slips.id) AS TEXT) AS whole;

UPDATE stage_stays SET lead_id=$1::UUID WHERE stage_stays.workspace_id = $2::UUID AND stage_stays.lead_id = $3::UUID RETURNING CAST(jsonb_build_object('id', stage_stays.id) AS TEXT) AS whole;

DELETE FROM lead_scores WHERE lead_scores.workspace_id = $1::UUID AND lead_scores.lead_id = $2::UUID RETURNING CAST(to_jsonb(lead_scores) AS TEXT) AS whole;

UPDATE external_references SET lead_id=$1::UUID WHERE external_references.workspace_id = $2::UUID AND external_references.lead_id = $3::UUID RETURNING CAST(jsonb_build_object('system', external_references.system, 'external_id', external_references.external_id) AS TEXT) AS whole;

DELETE FROM lead_tags WHERE lead_tags.workspace_id = $1::UUID AND lead_tags.lead_id = $2::UUID AND (EXISTS (SELECT * 
FROM lead_tags AS others 
WHERE others.workspace_id = $1::UUID AND others.lead_id = $3::UUID AND lead_tags.tag_id = others.tag_id)) RETURNING CAST(to_jsonb(lead_tags) AS TEXT) AS whole;

UPDATE lead_tags SET lead_id=$1::UUID WHERE lead_tags.workspace_id = $2::UUID AND lead_tags.lead_id = $3::UUID RETURNING CAST(jsonb_build_object('tag_id', lead_tags.tag_id) AS TEXT) AS whole;

DELETE FROM search_terms WHERE search_terms.workspace_id = $1::UUID AND search_terms.lead_id = $2::UUID;

DELETE FROM duplicate_keys WHERE duplicate_keys.workspace_id = $1::UUID AND duplicate_keys.lead_id = $2::UUID;

SELECT CAST(jsonb_build_object('id', campaign_members.id) AS TEXT) AS key, CAST(to_jsonb(campaign_members) AS TEXT) AS whole 
FROM campaign_members 
WHERE campaign_members.workspace_id = $1::UUID AND campaign_members.lead_id = $2::UUID AND (EXISTS (SELECT * 
FROM campaign_members AS others 
WHERE others.workspace_id = $1::UUID AND others.lead_id = $3::UUID AND campaign_members.campaign_id = others.campaign_id)) FOR UPDATE;

UPDATE campaign_members SET joined_at=least(campaign_members.joined_at, (SELECT others.joined_at 
FROM campaign_members AS others 
WHERE others.workspace_id = $1::UUID AND others.lead_id = $2::UUID AND campaign_members.campaign_id = others.campaign_id)), sent_at=least(campaign_members.sent_at, (SELECT others.sent_at 
FROM campaign_members AS others 
WHERE others.workspace_id = $1::UUID AND others.lead_id = $2::UUID AND campaign_members.campaign_id = others.campaign_id)), delivered_at=least(campaign_members.delivered_at, (SELECT others.delivered_at 
FROM campaign_members AS others 
WHERE others.workspace_id = $1::UUID AND others.lead_id = $2::UUID AND campaign_members.campaign_id = others.campaign_id)), opened_at=least(campaign_members.opened_at, (SELECT others.opened_at 
FROM campaign_members AS others 
WHERE others.workspace_id = $1::UUID AND others.lead_id = $2::UUID AND campaign_members.campaign_id = others.campaign_id)), clicked_at=least(campaign_members.clicked_at, (SELECT others.clicked_at 
FROM campaign_members AS others 
WHERE others.workspace_id = $1::UUID AND others.lead_id = $2::UUID AND campaign_members.campaign_id = others.campaign_id)), responded_at=least(campaign_members.responded_at, (SELECT others.responded_at 
FROM campaign_members AS others 
WHERE others.workspace_id = $1::UUID AND others.lead_id = $2::UUID AND campaign_members.campaign_id = others.campaign_id)), opted_out_at=least(campaign_members.opted_out_at, (SELECT others.opted_out_at 
FROM campaign_members AS others 
WHERE others.workspace_id = $1::UUID AND others.lead_id = $2::UUID AND campaign_members.campaign_id = others.campaign_id)), reported_conversion_at=least(campaign_members.reported_conversion_at, (SELECT others.reported_conversion_at 
FROM campaign_members AS others 
WHERE others.workspace_id = $1::UUID AND others.lead_id = $2::UUID AND campaign_members.campaign_id = others.campaign_id)), touches=coalesce(campaign_members.touches + (SELECT others.touches 
FROM campaign_members AS others 
WHERE others.workspace_id = $1::UUID AND others.lead_id = $2::UUID AND campaign_members.campaign_id = others.campaign_id), campaign_members.touches, (SELECT others.touches 
FROM campaign_members AS others 
WHERE others.workspace_id = $1::UUID AND others.lead_id = $2::UUID AND campaign_members.campaign_id = others.campaign_id)), last_touch_at=greatest(campaign_members.last_touch_at, (SELECT others.last_touch_at 
FROM campaign_members AS others 
WHERE others.workspace_id = $1::UUID AND others.lead_id = $2::UUID AND campaign_members.campaign_id = others.campaign_id)) WHERE campaign_members.workspace_id = $1::UUID AND campaign_members.lead_id = $3::UUID AND (EXISTS (SELECT * 
FROM campaign_members AS others 
WHERE others.workspace_id = $1::UUID AND others.lead_id = $2::UUID AND campaign_members.campaign_id = others.campaign_id)) RETURNING CAST(jsonb_build_object('id', campaign_members.id) AS TEXT) AS key, CAST(to_jsonb(campaign_members) AS TEXT) AS whole;

DELETE FROM campaign_members WHERE campaign_members.workspace_id = $1::UUID AND campaign_members.lead_id = $2::UUID AND (EXISTS (SELECT * 
FROM campaign_members AS others 
WHERE others.workspace_id = $1::UUID AND others.lead_id = $3::UUID AND campaign_members.campaign_id = others.campaign_id)) RETURNING CAST(to_jsonb(campaign_members) AS TEXT) AS whole;

UPDATE campaign_members SET lead_id=$1::UUID WHERE campaign_members.workspace_id = $2::UUID AND campaign_members.lead_id = $3::UUID RETURNING CAST(jsonb_build_object('id', campaign_members.id) AS TEXT) AS whole;

UPDATE consent_entries SET lead_id=$1::UUID WHERE consent_entries.workspace_id = $2::UUID AND consent_entries.lead_id = $3::UUID RETURNING CAST(jsonb_build_object('id', consent_entries.id) AS TEXT) AS whole;

SELECT CAST(jsonb_build_object('id', suppressions.id) AS TEXT) AS key, CAST(to_jsonb(suppressions) AS TEXT) AS whole 
FROM suppressions 
WHERE suppressions.workspace_id = $1::UUID AND suppressions.lead_id = $2::UUID AND (EXISTS (SELECT * 
FROM suppressions AS others 
WHERE others.workspace_id = $1::UUID AND others.lead_id = $3::UUID AND suppressions.channel = others.channel AND others.lifted_at IS NULL)) AND suppressions.lifted_at IS NULL FOR UPDATE;

UPDATE suppressions SET lead_id=$1::UUID WHERE suppressions.workspace_id = $2::UUID AND suppressions.lead_id = $3::UUID RETURNING CAST(jsonb_build_object('id', suppressions.id) AS TEXT) AS whole;

UPDATE follow_ups SET lead_id=$1::UUID WHERE follow_ups.workspace_id = $2::UUID AND follow_ups.lead_id = $3::UUID RETURNING CAST(jsonb_build_object('id', follow_ups.id) AS TEXT) AS whole;

UPDATE enrollments SET lead_id=$1::UUID WHERE enrollments.workspace_id = $2::UUID AND enrollments.lead_id = $3::UUID RETURNING CAST(jsonb_build_object('id', enrollments.id) AS TEXT) AS whole;

UPDATE enrollment_changes SET lead_id=$1::UUID WHERE enrollment_changes.workspace_id = $2::UUID AND enrollment_changes.lead_id = $3::UUID RETURNING CAST(jsonb_build_object('id', enrollment_changes.id) AS TEXT) AS whole;

SELECT CAST(jsonb_build_object('id', claims.id) AS TEXT) AS key, CAST(to_jsonb(claims) AS TEXT) AS whole 
FROM claims 
WHERE claims.workspace_id = $1::UUID AND claims.lead_id = $2::UUID AND (EXISTS (SELECT * 
FROM claims AS others 
WHERE others.workspace_id = $1::UUID AND others.lead_id = $3::UUID AND others.ended_at IS NULL)) AND claims.ended_at IS NULL FOR UPDATE;

UPDATE claims SET lead_id=$1::UUID WHERE claims.workspace_id = $2::UUID AND claims.lead_id = $3::UUID RETURNING CAST(jsonb_build_object('id', claims.id) AS TEXT) AS whole;

DELETE FROM queue_items WHERE queue_items.workspace_id = $1::UUID AND queue_items.lead_id = $2::UUID RETURNING CAST(to_jsonb(queue_items) AS TEXT) AS whole;

DELETE FROM custom_values WHERE custom_values.workspace_id = $1::UUID AND custom_values.lead_id = $2::UUID AND (EXISTS (SELECT * 
FROM custom_values AS others 
WHERE others.workspace_id = $1::UUID AND others.lead_id = $3::UUID AND custom_values.field_id = others.field_id)) RETURNING CAST(to_jsonb(custom_values) AS TEXT) AS whole;

UPDATE custom_values SET lead_id=$1::UUID WHERE custom_values.workspace_id = $2::UUID AND custom_values.lead_id = $3::UUID RETURNING CAST(jsonb_build_object('field_id', custom_values.field_id, 'place', custom_values.place) AS TEXT) AS whole;

SELECT CAST(jsonb_build_object('id', campaign_members.id) AS TEXT) AS key, CAST(to_jsonb(campaign_members) AS TEXT) AS whole 
FROM campaign_members 
WHERE campaign_members.workspace_id = $1::UUID AND campaign_members.lead_id = $2::UUID;

SELECT CAST(jsonb_build_object('id', suppressions.id) AS TEXT) AS key, CAST(to_jsonb(suppressions) AS TEXT) AS whole 
FROM suppressions 
WHERE suppressions.workspace_id = $1::UUID AND suppressions.lead_id = $2::UUID;

SELECT CAST(jsonb_build_object('id', follow_ups.id) AS TEXT) AS key, CAST(to_jsonb(follow_ups) AS TEXT) AS whole 
FROM follow_ups 
WHERE follow_ups.workspace_id = $1::UUID AND follow_ups.lead_id = $2::UUID;

SELECT CAST(jsonb_build_object('id', enrollment_steps.id) AS TEXT) AS key, CAST(to_jsonb(enrollment_steps) AS TEXT) AS whole 
FROM enrollment_steps 
WHERE enrollment_steps.workspace_id = $1::UUID AND enrollment_steps.enrollment_id IN (SELECT enrollments.id 
FROM enrollments 
WHERE enrollments.workspace_id = $1::UUID AND enrollments.lead_id = $2::UUID);

SELECT CAST(jsonb_build_object('id', enrollments.id) AS TEXT) AS key, CAST(to_jsonb(enrollments) AS TEXT) AS whole 
FROM enrollments 
WHERE enrollments.workspace_id = $1::UUID AND enrollments.lead_id = $2::UUID;

SELECT leads.id, coalesce(initial_counts.website_visits, $1::INTEGER) + coalesce(recorded.website_visits, $2::INTEGER) AS website_visits, coalesce(initial_counts.content_downloads, $3::INTEGER) + coalesce(recorded.content_downloads, $4::INTEGER) AS content_downloads, coalesce(initial_counts.page_views, $5::INTEGER) + coalesce(recorded.page_views, $6::INTEGER) AS page_views, coalesce(initial_counts.email_opens, $7::INTEGER) + coalesce(recorded.email_opens, $8::INTEGER) AS email_opens, coalesce(initial_counts.email_clicks, $9::INTEGER) + coalesce(recorded.email_clicks, $10::INTEGER) AS email_clicks, coalesce(initial_counts.social_engagements, $11::INTEGER) + coalesce(recorded.social_engagements, $12::INTEGER) AS social_engagements, greatest(recorded.requested_at, attempted.requested_at) AS contact_requested_at, coalesce(attempted.outbound_attempts, $13::INTEGER) AS outbound_attempts, attempted.first_contacted_at, attempted.last_contacted_at, recorded.last_activity_at 
FROM leads LEFT OUTER JOIN initial_counts ON initial_counts.workspace_id = leads.workspace_id AND initial_counts.lead_id = leads.id LEFT OUTER JOIN (SELECT activities.lead_id AS lead_id, count(*) FILTER (WHERE activities.type = $14::VARCHAR) AS website_visits, count(*) FILTER (WHERE activities.type = $15::VARCHAR) AS page_views, count(*) FILTER (WHERE activities.type = $16::VARCHAR) AS email_opens, count(*) FILTER (WHERE activities.type = $17::VARCHAR) AS email_clicks, count(*) FILTER (WHERE activities.type = $18::VARCHAR) AS social_engagements, (count(DISTINCT activities.asset) FILTER (WHERE activities.type = $19::VARCHAR)) + (count(*) FILTER (WHERE activities.type = $19::VARCHAR AND activities.asset IS NULL)) AS content_downloads, max(activities.occurred_at) FILTER (WHERE activities.type = $20::VARCHAR) AS requested_at, max(activities.occurred_at) FILTER (WHERE activities.type != ALL ($21::TEXT[])) AS last_activity_at 
FROM activities 
WHERE activities.workspace_id = $22::UUID AND activities.lead_id = ANY ($23::UUID[]) GROUP BY activities.lead_id) AS recorded ON recorded.lead_id = leads.id LEFT OUTER JOIN (SELECT contact_attempts.lead_id AS lead_id, count(*) FILTER (WHERE contact_attempts.direction = $24::VARCHAR) AS outbound_attempts, min(contact_attempts.occurred_at) FILTER (WHERE contact_attempts.direction = $24::VARCHAR) AS first_contacted_at, max(contact_attempts.occurred_at) FILTER (WHERE contact_attempts.direction = $24::VARCHAR) AS last_contacted_at, max(contact_attempts.occurred_at) FILTER (WHERE contact_attempts.direction = $25::VARCHAR AND contact_attempts.outcome != ALL ($26::TEXT[])) AS requested_at 
FROM contact_attempts 
WHERE contact_attempts.workspace_id = $22::UUID AND contact_attempts.lead_id = ANY ($23::UUID[]) GROUP BY contact_attempts.lead_id) AS attempted ON attempted.lead_id = leads.id 
WHERE leads.workspace_id = $22::UUID AND leads.id = ANY ($23::UUID[]);

INSERT INTO lead_merges (workspace_id, id, lead_id, survivor_id, loser_id, at, actor_kind, actor_id, decisions, moved, unmerged_at, unmerged_by_kind, unmerged_by_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::UUID, $5::UUID, $6::TIMESTAMP WITH TIME ZONE, $7::VARCHAR, $8::UUID, $9::JSONB, $10::JSONB, $11::TIMESTAMP WITH TIME ZONE, $12::VARCHAR, $13::UUID);

SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT lead_scores.lead_id, lead_scores.total, lead_scores.grade, lead_scores.temperature, lead_scores.priority, lead_scores.model_key, lead_scores.model_version, lead_scores.computed_at, lead_scores.breakdown 
FROM lead_scores 
WHERE lead_scores.workspace_id = $1::UUID AND lead_scores.lead_id = ANY ($2::UUID[]);

SELECT enrollments.id, enrollments.version, enrollments.lead_id, enrollments.sequence_id, enrollments.sequence_version_id, enrollments.state, enrollments.step_key, enrollments.step_entered_at, enrollments.due_at, enrollments.enrolled_at, enrollments.enrolled_by_kind, enrollments.enrolled_by_id, enrollments.trigger, enrollments.paused_at, enrollments.paused_until, enrollments.ended_at, enrollments.exit_reason, enrollments.updated_at 
FROM enrollments 
WHERE enrollments.workspace_id = $1::UUID AND enrollments.state IN ('ACTIVE', 'PAUSED') AND enrollments.lead_id = ANY ($2::UUID[]) ORDER BY enrollments.id FOR UPDATE;

SELECT sequence_versions.id, sequence_versions.sequence_id, sequence_versions.number, sequence_versions.plan, sequence_versions.published_at, sequence_versions.published_by_kind, sequence_versions.published_by_id 
FROM sequence_versions 
WHERE sequence_versions.workspace_id = $1::UUID AND sequence_versions.id = ANY ($2::UUID[]);

SELECT CAST(jsonb_agg(jsonb_build_array(sequence_versions.sequence_id, sequence_versions.id, sequence_versions.triggers) ORDER BY sequences.created_at, sequences.id) AS TEXT) AS jsonb_agg_1 
FROM sequence_versions JOIN sequences ON sequences.workspace_id = sequence_versions.workspace_id AND sequences.id = sequence_versions.sequence_id AND sequences.published_version = sequence_versions.number 
WHERE sequence_versions.workspace_id = $1::UUID AND sequences.archived_at IS NULL AND sequence_versions.triggers != jsonb_build_array();

UPDATE leads SET version=$1::INTEGER, updated_at=$2::TIMESTAMP WITH TIME ZONE, deleted_at=$3::TIMESTAMP WITH TIME ZONE, merged_into_id=$4::UUID, first_name=$5::VARCHAR, last_name=$6::VARCHAR, title=$7::VARCHAR, email=$8::VARCHAR, phones=$9::TEXT[], language=$10::VARCHAR, company=$11::VARCHAR, industry=$12::VARCHAR, employees=$13::INTEGER, annual_revenue=$14::NUMERIC(18, 3), website=$15::VARCHAR, street=$16::VARCHAR, city=$17::VARCHAR, region=$18::VARCHAR, postal_code=$19::VARCHAR, country=$20::VARCHAR, time_zone=$21::VARCHAR, budget=$22::VARCHAR, authority=$23::VARCHAR, need=$24::VARCHAR, timeline=$25::VARCHAR, do_not_call=$26::BOOLEAN, do_not_email=$27::BOOLEAN, notes=$28::VARCHAR, source=$29::VARCHAR, first_touch_at=$30::TIMESTAMP WITH TIME ZONE, first_touch_detail=$31::VARCHAR, first_utm_source=$32::VARCHAR, first_utm_medium=$33::VARCHAR, first_utm_campaign=$34::VARCHAR, first_utm_term=$35::VARCHAR, first_utm_content=$36::VARCHAR, last_source=$37::VARCHAR, last_touch_at=$38::TIMESTAMP WITH TIME ZONE, last_touch_detail=$39::VARCHAR, last_utm_source=$40::VARCHAR, last_utm_medium=$41::VARCHAR, last_utm_campaign=$42::VARCHAR, last_utm_term=$43::VARCHAR, last_utm_content=$44::VARCHAR, owner_id=$45::UUID, assigned_at=$46::TIMESTAMP WITH TIME ZONE, score_total=$47::SMALLINT, grade=$48::VARCHAR, temperature=$49::VARCHAR, priority=$50::VARCHAR, scored_at=$51::TIMESTAMP WITH TIME ZONE, rescore_at=$52::TIMESTAMP WITH TIME ZONE, pinned_priority=$53::VARCHAR, pin_reason=$54::VARCHAR, pinned_until=$55::TIMESTAMP WITH TIME ZONE, website_visits=$56::INTEGER, content_downloads=$57::INTEGER, page_views=$58::INTEGER, email_opens=$59::INTEGER, email_clicks=$60::INTEGER, social_engagements=$61::INTEGER, contact_requested_at=$62::TIMESTAMP WITH TIME ZONE, outbound_attempts=$63::INTEGER, first_contacted_at=$64::TIMESTAMP WITH TIME ZONE, last_contacted_at=$65::TIMESTAMP WITH TIME ZONE, last_activity_at=$66::TIMESTAMP WITH TIME ZONE, first_response_started_at=$67::TIMESTAMP WITH TIME ZONE, first_response_due_at=$68::TIMESTAMP WITH TIME ZONE, first_response_minutes=$69::INTEGER, event_sequence=$70::BIGINT WHERE leads.workspace_id = $71::UUID AND leads.id = $72::UUID AND leads.version = $73::INTEGER RETURNING leads.id;

DELETE FROM search_terms WHERE search_terms.workspace_id = $1::UUID AND search_terms.lead_id = ANY ($2::UUID[]);

INSERT INTO search_terms (workspace_id, term, lead_id) VALUES ($1::UUID, $2::VARCHAR COLLATE "C", $3::UUID);

DELETE FROM duplicate_keys WHERE duplicate_keys.workspace_id = $1::UUID AND duplicate_keys.lead_id = ANY ($2::UUID[]);

INSERT INTO duplicate_keys (workspace_id, lead_id, signal, key, exact) VALUES ($1::UUID, $2::UUID, $3::VARCHAR, $4::UUID, $5::BIGINT) ON CONFLICT DO NOTHING;

INSERT INTO lead_scores (workspace_id, lead_id, total, grade, temperature, priority, model_key, model_version, computed_at, breakdown) VALUES ($1::UUID, $2::UUID, $3::SMALLINT, $4::VARCHAR, $5::VARCHAR, $6::VARCHAR, $7::VARCHAR, $8::INTEGER, $9::TIMESTAMP WITH TIME ZONE, $10::JSONB) ON CONFLICT (workspace_id, lead_id) DO UPDATE SET total = excluded.total, grade = excluded.grade, temperature = excluded.temperature, priority = excluded.priority, model_key = excluded.model_key, model_version = excluded.model_version, computed_at = excluded.computed_at, breakdown = excluded.breakdown;

INSERT INTO enrollment_changes (workspace_id, id, enrollment_id, lead_id, sequence_id, kind, at, exit_reason, reason, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::UUID, $5::UUID, $6::VARCHAR, $7::TIMESTAMP WITH TIME ZONE, $8::VARCHAR, $9::VARCHAR, $10::VARCHAR, $11::UUID);

INSERT INTO score_entries (workspace_id, id, lead_id, at, from_total, total, from_grade, grade, model_key, model_version, breakdown, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::TIMESTAMP WITH TIME ZONE, $5::SMALLINT, $6::SMALLINT, $7::VARCHAR, $8::VARCHAR, $9::VARCHAR, $10::INTEGER, $11::JSONB, $12::VARCHAR, $13::UUID, $14::VARCHAR, $15::UUID);

INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::BIGINT, $5::VARCHAR, $6::TIMESTAMP WITH TIME ZONE, $7::JSONB, $8::VARCHAR, $9::UUID, $10::VARCHAR, $11::UUID);

SELECT CAST(to_jsonb(leads) AS TEXT) AS whole 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = $2::UUID;

SELECT CAST(to_jsonb(lead_scores) AS TEXT) AS whole 
FROM lead_scores 
WHERE lead_scores.workspace_id = $1::UUID AND lead_scores.lead_id = $2::UUID;

SELECT CAST(jsonb_build_object('id', campaign_members.id) AS TEXT) AS key, CAST(to_jsonb(campaign_members) AS TEXT) AS whole 
FROM campaign_members 
WHERE campaign_members.workspace_id = $1::UUID AND campaign_members.lead_id = $2::UUID;

SELECT CAST(jsonb_build_object('id', suppressions.id) AS TEXT) AS key, CAST(to_jsonb(suppressions) AS TEXT) AS whole 
FROM suppressions 
WHERE suppressions.workspace_id = $1::UUID AND suppressions.lead_id = $2::UUID;

SELECT CAST(jsonb_build_object('id', follow_ups.id) AS TEXT) AS key, CAST(to_jsonb(follow_ups) AS TEXT) AS whole 
FROM follow_ups 
WHERE follow_ups.workspace_id = $1::UUID AND follow_ups.lead_id = $2::UUID;

SELECT CAST(jsonb_build_object('id', enrollment_steps.id) AS TEXT) AS key, CAST(to_jsonb(enrollment_steps) AS TEXT) AS whole 
FROM enrollment_steps 
WHERE enrollment_steps.workspace_id = $1::UUID AND enrollment_steps.enrollment_id IN (SELECT enrollments.id 
FROM enrollments 
WHERE enrollments.workspace_id = $1::UUID AND enrollments.lead_id = $2::UUID);

SELECT CAST(jsonb_build_object('id', enrollments.id) AS TEXT) AS key, CAST(to_jsonb(enrollments) AS TEXT) AS whole 
FROM enrollments 
WHERE enrollments.workspace_id = $1::UUID AND enrollments.lead_id = $2::UUID;

INSERT INTO merge_parts (workspace_id, merge_id, position, relation, through, kind, rows) VALUES ($1::UUID, $2::UUID, $3::INTEGER, $4::VARCHAR, $5::VARCHAR, $6::VARCHAR, $7::JSONB);

SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]);

SELECT leads.id 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;

SELECT tags.id, tags.version, tags.name, tags.color, tags.created_at, tags.updated_at, lead_tags.lead_id AS _lead_id 
FROM tags JOIN lead_tags ON lead_tags.workspace_id = tags.workspace_id AND lead_tags.tag_id = tags.id 
WHERE tags.workspace_id = $1::UUID AND lead_tags.lead_id = ANY ($2::UUID[]) ORDER BY lead_tags.lead_id, lower(tags.name) COLLATE "C";
