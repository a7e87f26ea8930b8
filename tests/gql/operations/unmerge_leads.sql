SELECT lead_merges.id, lead_merges.lead_id, lead_merges.survivor_id, lead_merges.loser_id, lead_merges.at, lead_merges.actor_kind, lead_merges.actor_id, lead_merges.decisions, lead_merges.moved, lead_merges.unmerged_at, lead_merges.unmerged_by_kind, lead_merges.unmerged_by_id 
FROM lead_merges 
WHERE lead_merges.workspace_id = $1::UUID AND lead_merges.id = ANY ($2::UUID[]);

SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) ORDER BY leads.id FOR UPDATE;

SELECT lead_merges.id, lead_merges.lead_id, lead_merges.survivor_id, lead_merges.loser_id, lead_merges.at, lead_merges.actor_kind, lead_merges.actor_id, lead_merges.decisions, lead_merges.moved, lead_merges.unmerged_at, lead_merges.unmerged_by_kind, lead_merges.unmerged_by_id 
FROM lead_merges 
WHERE lead_merges.workspace_id = $1::UUID AND lead_merges.id = $2::UUID ORDER BY lead_merges.id FOR UPDATE;

SELECT lead_merges.id, lead_merges.loser_id 
FROM lead_merges 
WHERE lead_merges.workspace_id = $1::UUID AND lead_merges.unmerged_at IS NULL AND (lead_merges.loser_id = $2::UUID OR lead_merges.survivor_id = $2::UUID AND lead_merges.id > $3::UUID) ORDER BY lead_merges.id DESC 
 LIMIT $4::INTEGER;

SELECT merge_parts.position 
FROM merge_parts 
WHERE merge_parts.workspace_id = $1::UUID AND merge_parts.merge_id = $2::UUID AND merge_parts.relation = 'leads' AND merge_parts.kind = 'CHANGED';

SELECT former.id, former.version, former.created_at, former.updated_at, former.deleted_at, former.merged_into_id, former.first_name, former.last_name, former.title, former.email, former.phones, former.language, former.company, former.industry, former.employees, former.annual_revenue, former.website, former.street, former.city, former.region, former.postal_code, former.country, former.time_zone, former.budget, former.authority, former.need, former.timeline, former.do_not_call, former.do_not_email, former.notes, former.source, former.first_touch_at, former.first_touch_detail, former.first_utm_source, former.first_utm_medium, former.first_utm_campaign, former.first_utm_term, former.first_utm_content, former.last_source, former.last_touch_at, former.last_touch_detail, former.last_utm_source, former.last_utm_medium, former.last_utm_campaign, former.last_utm_term, former.last_utm_content, former.status, former.status_since, former.owner_id, former.assigned_at, former.stage_id, former.pipeline_id, former.stage_entered_at, former.deal_value, former.deal_currency, former.deal_probability, former.expected_close_date, former.closed_at, former.score_total, former.grade, former.temperature, former.scored_at, former.rescore_at, former.pinned_priority, former.pin_reason, former.pinned_until, former.priority, former.website_visits, former.content_downloads, former.page_views, former.email_opens, former.email_clicks, former.social_engagements, former.contact_requested_at, former.outbound_attempts, former.first_contacted_at, former.last_contacted_at, former.last_activity_at, former.event_sequence, former.first_response_started_at, former.first_response_due_at, former.first_response_minutes, former.live_enrollments 
FROM jsonb_populate_record(NULL::leads, (SELECT merge_parts.rows 
FROM merge_parts 
WHERE merge_parts.workspace_id = $1::UUID AND merge_parts.merge_id = $2::UUID AND merge_parts.position = $3::INTEGER)[$4::INT][$5::TEXT]) AS former;

SELECT former.id, former.version, former.created_at, former.updated_at, former.deleted_at, former.merged_into_id, former.first_name, former.last_name, former.title, former.email, former.phones, former.language, former.company, former.industry, former.employees, former.annual_revenue, former.website, former.street, former.city, former.region, former.postal_code, former.country, former.time_zone, former.budget, former.authority, former.need, former.timeline, former.do_not_call, former.do_not_email, former.notes, former.source, former.first_touch_at, former.first_touch_detail, former.first_utm_source, former.first_utm_medium, former.first_utm_campaign, former.first_utm_term, former.first_utm_content, former.last_source, former.last_touch_at, former.last_touch_detail, former.last_utm_source, former.last_utm_medium, former.last_utm_campaign, former.last_utm_term, former.last_utm_content, former.status, former.status_since, former.owner_id, former.assigned_at, former.stage_id, former.pipeline_id, former.stage_entered_at, former.deal_value, former.deal_currency, former.deal_probability, former.expected_close_date, former.closed_at, former.score_total, former.grade, former.temperature, former.scored_at, former.rescore_at, former.pinned_priority, former.pin_reason, former.pinned_until, former.priority, former.website_visits, former.content_downloads, former.page_views, former.email_opens, former.email_clicks, former.social_engagements, former.contact_requested_at, former.outbound_attempts, former.first_contacted_at, former.last_contacted_at, former.last_activity_at, former.event_sequence, former.first_response_started_at, former.first_response_due_at, former.first_response_minutes, former.live_enrollments 
FROM jsonb_populate_record(NULL::leads, (SELECT merge_parts.rows 
FROM merge_parts 
WHERE merge_parts.workspace_id = $1::UUID AND merge_parts.merge_id = $2::UUID AND merge_parts.position = $3::INTEGER)[$4::INT][$5::TEXT]) AS former;

SELECT merge_parts.position, merge_parts.relation, merge_parts.through, merge_parts.kind 
FROM merge_parts 
WHERE merge_parts.workspace_id = $1::UUID AND merge_parts.merge_id = $2::UUID ORDER BY merge_parts.position DESC;

DELETE FROM score_entries WHERE score_entries.workspace_id = $1::UUID AND (score_entries.id) IN (SELECT kept.id 
FROM jsonb_populate_recordset(NULL::score_entries, (SELECT merge_parts.rows 
FROM merge_parts 
WHERE merge_parts.workspace_id = $1::UUID AND merge_parts.merge_id = $2::UUID AND merge_parts.position = $3::INTEGER)) AS kept);

DELETE FROM enrollment_changes WHERE enrollment_changes.workspace_id = $1::UUID AND (enrollment_changes.id) IN (SELECT kept.id 
FROM jsonb_populate_recordset(NULL::enrollment_changes, (SELECT merge_parts.rows 
FROM merge_parts 
WHERE merge_parts.workspace_id = $1::UUID AND merge_parts.merge_id = $2::UUID AND merge_parts.position = $3::INTEGER)) AS kept);

UPDATE lead_scores SET total=source.total, grade=source.grade, temperature=source.temperature, priority=source.priority, model_key=source.model_key, model_version=source.model_version, computed_at=source.computed_at, breakdown=source.breakdown FROM (SELECT anon_1.pair AS pair, former_1.workspace_id AS workspace_id, former_1.lead_id AS lead_id, former_1.total AS total, former_1.grade AS grade, former_1.temperature AS temperature, former_1.priority AS priority, former_1.model_key AS model_key, former_1.model_version AS model_version, former_1.computed_at AS computed_at, former_1.breakdown AS breakdown 
FROM jsonb_array_elements((SELECT merge_parts.rows 
FROM merge_parts 
WHERE merge_parts.workspace_id = $1::UUID AND merge_parts.merge_id = $2::UUID AND merge_parts.position = $3::INTEGER)) AS anon_1(pair) JOIN LATERAL jsonb_populate_record(NULL::lead_scores, anon_1.pair[$4::TEXT]) AS former_1 ON true) AS source WHERE lead_scores.workspace_id = $1::UUID AND lead_scores.workspace_id = source.workspace_id AND lead_scores.lead_id = source.lead_id AND to_jsonb(lead_scores) = source.pair[$5::TEXT];

INSERT INTO custom_values (workspace_id, lead_id, field_id, place, value, sort_key) SELECT kept.workspace_id, kept.lead_id, kept.field_id, kept.place, kept.value, kept.sort_key 
FROM jsonb_populate_recordset(NULL::custom_values, (SELECT merge_parts.rows 
FROM merge_parts 
WHERE merge_parts.workspace_id = $1::UUID AND merge_parts.merge_id = $2::UUID AND merge_parts.position = $3::INTEGER)) AS kept 
WHERE (kept.workspace_id IS NULL OR kept.field_id IS NULL OR (EXISTS (SELECT * 
FROM custom_fields AS custom_fields_1 
WHERE custom_fields_1.workspace_id = kept.workspace_id AND custom_fields_1.id = kept.field_id))) AND (kept.workspace_id IS NULL OR kept.lead_id IS NULL OR (EXISTS (SELECT * 
FROM leads AS leads_1 
WHERE leads_1.workspace_id = kept.workspace_id AND leads_1.id = kept.lead_id))) ON CONFLICT DO NOTHING;

UPDATE enrollment_changes SET lead_id=$1::UUID WHERE enrollment_changes.workspace_id = $2::UUID AND enrollment_changes.lead_id = $3::UUID AND (enrollment_changes.id) IN (SELECT kept.id 
FROM jsonb_populate_recordset(NULL::enrollment_changes, (SELECT merge_parts.rows 
FROM merge_parts 
WHERE merge_parts.workspace_id = $2::UUID AND merge_parts.merge_id = $4::UUID AND merge_parts.position = $5::INTEGER)) AS kept);

UPDATE enrollments SET lead_id=$1::UUID WHERE enrollments.workspace_id = $2::UUID AND enrollments.lead_id = $3::UUID AND (enrollments.id) IN (SELECT kept.id 
FROM jsonb_populate_recordset(NULL::enrollments, (SELECT merge_parts.rows 
FROM merge_parts 
WHERE merge_parts.workspace_id = $2::UUID AND merge_parts.merge_id = $4::UUID AND merge_parts.position = $5::INTEGER)) AS kept);

UPDATE follow_ups SET lead_id=$1::UUID WHERE follow_ups.workspace_id = $2::UUID AND follow_ups.lead_id = $3::UUID AND (follow_ups.id) IN (SELECT kept.id 
FROM jsonb_populate_recordset(NULL::follow_ups, (SELECT merge_parts.rows 
FROM merge_parts 
WHERE merge_parts.workspace_id = $2::UUID AND merge_parts.merge_id = $4::UUID AND merge_parts.position = $5::INTEGER)) AS kept);

UPDATE consent_entries SET lead_id=$1::UUID WHERE consent_entries.workspace_id = $2::UUID AND consent_entries.lead_id = $3::UUID AND (consent_entries.id) IN (SELECT kept.id 
FROM jsonb_populate_recordset(NULL::consent_entries, (SELECT merge_parts.rows 
FROM merge_parts 
WHERE merge_parts.workspace_id = $2::UUID AND merge_parts.merge_id = $4::UUID AND merge_parts.position = $5::INTEGER)) AS kept);

INSERT INTO campaign_members (workspace_id, id, campaign_id, lead_id, variant_id, joined_at, left_at, sent_at, delivered_at, opened_at, clicked_at, responded_at, opted_out_at, reported_conversion_at, touches, last_touch_at) SELECT kept.workspace_id, kept.id, kept.campaign_id, kept.lead_id, kept.variant_id, kept.joined_at, kept.left_at, kept.sent_at, kept.delivered_at, kept.opened_at, kept.clicked_at, kept.responded_at, kept.opted_out_at, kept.reported_conversion_at, kept.touches, kept.last_touch_at 
FROM jsonb_populate_recordset(NULL::campaign_members, (SELECT merge_parts.rows 
FROM merge_parts 
WHERE merge_parts.workspace_id = $1::UUID AND merge_parts.merge_id = $2::UUID AND merge_parts.position = $3::INTEGER)) AS kept 
WHERE (kept.workspace_id IS NULL OR kept.campaign_id IS NULL OR (EXISTS (SELECT * 
FROM campaigns AS campaigns_1 
WHERE campaigns_1.workspace_id = kept.workspace_id AND campaigns_1.id = kept.campaign_id))) AND (kept.workspace_id IS NULL OR kept.lead_id IS NULL OR (EXISTS (SELECT * 
FROM leads AS leads_1 
WHERE leads_1.workspace_id = kept.workspace_id AND leads_1.id = kept.lead_id))) AND (kept.workspace_id IS NULL OR kept.variant_id IS NULL OR (EXISTS (SELECT * 
FROM campaign_variants AS campaign_variants_1 
WHERE campaign_variants_1.workspace_id = kept.workspace_id AND campaign_variants_1.id = kept.variant_id))) ON CONFLICT DO NOTHING;

UPDATE campaign_members SET campaign_id=source.campaign_id, lead_id=source.lead_id, variant_id=source.variant_id, joined_at=source.joined_at, left_at=source.left_at, sent_at=source.sent_at, delivered_at=source.delivered_at, opened_at=source.opened_at, clicked_at=source.clicked_at, responded_at=source.responded_at, opted_out_at=source.opted_out_at, reported_conversion_at=source.reported_conversion_at, touches=source.touches, last_touch_at=source.last_touch_at FROM (SELECT anon_1.pair AS pair, former_1.workspace_id AS workspace_id, former_1.id AS id, former_1.campaign_id AS campaign_id, former_1.lead_id AS lead_id, former_1.variant_id AS variant_id, former_1.joined_at AS joined_at, former_1.left_at AS left_at, former_1.sent_at AS sent_at, former_1.delivered_at AS delivered_at, former_1.opened_at AS opened_at, former_1.clicked_at AS clicked_at, former_1.responded_at AS responded_at, former_1.opted_out_at AS opted_out_at, former_1.reported_conversion_at AS reported_conversion_at, former_1.touches AS touches, former_1.last_touch_at AS last_touch_at 
FROM jsonb_array_elements((SELECT merge_parts.rows 
FROM merge_parts 
WHERE merge_parts.workspace_id = $1::UUID AND merge_parts.merge_id = $2::UUID AND merge_parts.position = $3::INTEGER)) AS anon_1(pair) JOIN LATERAL jsonb_populate_record(NULL::campaign_members, anon_1.pair[$4::TEXT]) AS former_1 ON true) AS source WHERE campaign_members.workspace_id = $1::UUID AND campaign_members.workspace_id = source.workspace_id AND campaign_members.id = source.id AND to_jsonb(campaign_members) = source.pair[$5::TEXT];

INSERT INTO lead_tags (workspace_id, lead_id, tag_id, tagged_at) SELECT kept.workspace_id, kept.lead_id, kept.tag_id, kept.tagged_at 
FROM jsonb_populate_recordset(NULL::lead_tags, (SELECT merge_parts.rows 
FROM merge_parts 
WHERE merge_parts.workspace_id = $1::UUID AND merge_parts.merge_id = $2::UUID AND merge_parts.position = $3::INTEGER)) AS kept 
WHERE (kept.workspace_id IS NULL OR kept.lead_id IS NULL OR (EXISTS (SELECT * 
FROM leads AS leads_1 
WHERE leads_1.workspace_id = kept.workspace_id AND leads_1.id = kept.lead_id))) AND (kept.workspace_id IS NULL OR kept.tag_id IS NULL OR (EXISTS (SELECT * 
FROM tags AS tags_1 
WHERE tags_1.workspace_id = kept.workspace_id AND tags_1.id = kept.tag_id))) ON CONFLICT DO NOTHING;

UPDATE external_references SET lead_id=$1::UUID WHERE external_references.workspace_id = $2::UUID AND external_references.lead_id = $3::UUID AND (external_references.system, external_references.external_id) IN (SELECT kept.system, kept.external_id 
FROM jsonb_populate_recordset(NULL::external_references, (SELECT merge_parts.rows 
FROM merge_parts 
WHERE merge_parts.workspace_id = $2::UUID AND merge_parts.merge_id = $4::UUID AND merge_parts.position = $5::INTEGER)) AS kept);

INSERT INTO lead_scores (workspace_id, lead_id, total, grade, temperature, priority, model_key, model_version, computed_at, breakdown) SELECT kept.workspace_id, kept.lead_id, kept.total, kept.grade, kept.temperature, kept.priority, kept.model_key, kept.model_version, kept.computed_at, kept.breakdown 
FROM jsonb_populate_recordset(NULL::lead_scores, (SELECT merge_parts.rows 
FROM merge_parts 
WHERE merge_parts.workspace_id = $1::UUID AND merge_parts.merge_id = $2::UUID AND merge_parts.position = $3::INTEGER)) AS kept 
WHERE kept.workspace_id IS NULL OR kept.lead_id IS NULL OR (EXISTS (SELECT * 
FROM leads AS leads_1 
WHERE leads_1.workspace_id = kept.workspace_id AND leads_1.id = kept.lead_id)) ON CONFLICT DO NOTHING;

UPDATE stage_stays SET lead_id=$1::UUID WHERE stage_stays.workspace_id = $2::UUID AND stage_stays.lead_id = $3::UUID AND (stage_stays.id) IN (SELECT kept.id 
FROM jsonb_populate_recordset(NULL::stage_stays, (SELECT merge_parts.rows 
FROM merge_parts 
WHERE merge_parts.workspace_id = $2::UUID AND merge_parts.merge_id = $4::UUID AND merge_parts.position = $5::INTEGER)) AS kept);

UPDATE close_date_slips SET lead_id=$1::UUID WHERE close_date_slips.workspace_id = $2::UUID AND close_date_slips.lead_id = $3::UUID AND (close_date_slips.id) IN (SELECT kept.id 
FROM jsonb_populate_recordset(NULL::close_date_slips, (SELECT merge_parts.rows 
FROM merge_parts 
WHERE merge_parts.workspace_id = $2::UUID AND merge_parts.merge_id = $4::UUID AND merge_parts.position = $5::INTEGER)) AS kept);

UPDATE score_entries SET lead_id=$1::UUID WHERE score_entries.workspace_id = $2::UUID AND score_entries.lead_id = $3::UUID AND (score_entries.id) IN (SELECT kept.id 
FROM jsonb_populate_recordset(NULL::score_entries, (SELECT merge_parts.rows 
FROM merge_parts 
WHERE merge_parts.workspace_id = $2::UUID AND merge_parts.merge_id = $4::UUID AND merge_parts.position = $5::INTEGER)) AS kept);

UPDATE assignments SET lead_id=$1::UUID WHERE assignments.workspace_id = $2::UUID AND assignments.lead_id = $3::UUID AND (assignments.id) IN (SELECT kept.id 
FROM jsonb_populate_recordset(NULL::assignments, (SELECT merge_parts.rows 
FROM merge_parts 
WHERE merge_parts.workspace_id = $2::UUID AND merge_parts.merge_id = $4::UUID AND merge_parts.position = $5::INTEGER)) AS kept);

UPDATE status_changes SET lead_id=$1::UUID WHERE status_changes.workspace_id = $2::UUID AND status_changes.lead_id = $3::UUID AND (status_changes.id) IN (SELECT kept.id 
FROM jsonb_populate_recordset(NULL::status_changes, (SELECT merge_parts.rows 
FROM merge_parts 
WHERE merge_parts.workspace_id = $2::UUID AND merge_parts.merge_id = $4::UUID AND merge_parts.position = $5::INTEGER)) AS kept);

UPDATE contact_attempts SET lead_id=$1::UUID WHERE contact_attempts.workspace_id = $2::UUID AND contact_attempts.lead_id = $3::UUID AND (contact_attempts.id) IN (SELECT kept.id 
FROM jsonb_populate_recordset(NULL::contact_attempts, (SELECT merge_parts.rows 
FROM merge_parts 
WHERE merge_parts.workspace_id = $2::UUID AND merge_parts.merge_id = $4::UUID AND merge_parts.position = $5::INTEGER)) AS kept);

UPDATE activities SET lead_id=$1::UUID WHERE activities.workspace_id = $2::UUID AND activities.lead_id = $3::UUID AND (activities.id) IN (SELECT kept.id 
FROM jsonb_populate_recordset(NULL::activities, (SELECT merge_parts.rows 
FROM merge_parts 
WHERE merge_parts.workspace_id = $2::UUID AND merge_parts.merge_id = $4::UUID AND merge_parts.position = $5::INTEGER)) AS kept);

UPDATE lead_merges SET lead_id=$1::UUID WHERE lead_merges.workspace_id = $2::UUID AND lead_merges.lead_id = $3::UUID AND (lead_merges.id) IN (SELECT kept.id 
FROM jsonb_populate_recordset(NULL::lead_merges, (SELECT merge_parts.rows 
FROM merge_parts 
WHERE merge_parts.workspace_id = $2::UUID AND merge_parts.merge_id = $4::UUID AND merge_parts.position = $5::INTEGER)) AS kept);

UPDATE enrollments SET version=source.version, lead_id=source.lead_id, sequence_id=source.sequence_id, sequence_version_id=source.sequence_version_id, state=source.state, step_key=source.step_key, step_entered_at=source.step_entered_at, due_at=source.due_at, enrolled_at=source.enrolled_at, enrolled_by_kind=source.enrolled_by_kind, enrolled_by_id=source.enrolled_by_id, trigger=source.trigger, paused_at=source.paused_at, paused_until=source.paused_until, ended_at=source.ended_at, exit_reason=source.exit_reason, updated_at=source.updated_at FROM (SELECT anon_1.pair AS pair, former_1.workspace_id AS workspace_id, former_1.id AS id, former_1.version AS version, former_1.lead_id AS lead_id, former_1.sequence_id AS sequence_id, former_1.sequence_version_id AS sequence_version_id, former_1.state AS state, former_1.step_key AS step_key, former_1.step_entered_at AS step_entered_at, former_1.due_at AS due_at, former_1.enrolled_at AS enrolled_at, former_1.enrolled_by_kind AS enrolled_by_kind, former_1.enrolled_by_id AS enrolled_by_id, former_1.trigger AS trigger, former_1.paused_at AS paused_at, former_1.paused_until AS paused_until, former_1.ended_at AS ended_at, former_1.exit_reason AS exit_reason, former_1.updated_at AS updated_at 
FROM jsonb_array_elements((SELECT merge_parts.rows 
FROM merge_parts 
WHERE merge_parts.workspace_id = $1::UUID AND merge_parts.merge_id = $2::UUID AND merge_parts.position = $3::INTEGER)) AS anon_1(pair) JOIN LATERAL jsonb_populate_record(NULL::enrollments, anon_1.pair[$4::TEXT]) AS former_1 ON true) AS source WHERE enrollments.workspace_id = $1::UUID AND enrollments.workspace_id = source.workspace_id AND enrollments.id = source.id AND to_jsonb(enrollments) = source.pair[$5::TEXT];

UPDATE enrollment_steps SET enrollment_id=source.enrollment_id, sequence_version_id=source.sequence_version_id, step_key=source.step_key, entered_at=source.entered_at, left_at=source.left_at, outcome=source.outcome FROM (SELECT anon_1.pair AS pair, former_1.workspace_id AS workspace_id, former_1.id AS id, former_1.enrollment_id AS enrollment_id, former_1.sequence_version_id AS sequence_version_id, former_1.step_key AS step_key, former_1.entered_at AS entered_at, former_1.left_at AS left_at, former_1.outcome AS outcome 
FROM jsonb_array_elements((SELECT merge_parts.rows 
FROM merge_parts 
WHERE merge_parts.workspace_id = $1::UUID AND merge_parts.merge_id = $2::UUID AND merge_parts.position = $3::INTEGER)) AS anon_1(pair) JOIN LATERAL jsonb_populate_record(NULL::enrollment_steps, anon_1.pair[$4::TEXT]) AS former_1 ON true) AS source WHERE enrollment_steps.workspace_id = $1::UUID AND enrollment_steps.workspace_id = source.workspace_id AND enrollment_steps.id = source.id AND to_jsonb(enrollment_steps) = source.pair[$5::TEXT];

UPDATE stage_stays SET lead_id=source.lead_id, pipeline_id=source.pipeline_id, stage_id=source.stage_id, entered_at=source.entered_at, left_at=source.left_at, entered_by_kind=source.entered_by_kind, entered_by_id=source.entered_by_id, left_by_kind=source.left_by_kind, left_by_id=source.left_by_id FROM (SELECT anon_1.pair AS pair, former_1.workspace_id AS workspace_id, former_1.id AS id, former_1.lead_id AS lead_id, former_1.pipeline_id AS pipeline_id, former_1.stage_id AS stage_id, former_1.entered_at AS entered_at, former_1.left_at AS left_at, former_1.entered_by_kind AS entered_by_kind, former_1.entered_by_id AS entered_by_id, former_1.left_by_kind AS left_by_kind, former_1.left_by_id AS left_by_id 
FROM jsonb_array_elements((SELECT merge_parts.rows 
FROM merge_parts 
WHERE merge_parts.workspace_id = $1::UUID AND merge_parts.merge_id = $2::UUID AND merge_parts.position = $3::INTEGER)) AS anon_1(pair) JOIN LATERAL jsonb_populate_record(NULL::stage_stays, anon_1.pair[$4::TEXT]) AS former_1 ON true) AS source WHERE stage_stays.workspace_id = $1::UUID AND stage_stays.workspace_id = source.workspace_id AND stage_stays.id = source.id AND to_jsonb(stage_stays) = source.pair[$5::TEXT];

SELECT stages.id, stages.pipeline_id, stages.version, stages.name, stages.position, stages.kind, stages.win_probability, stages.mapped_status, stages.rotting_days, stages.required_fields, stages.deleted_at, stages.created_at, stages.updated_at 
FROM stages 
WHERE stages.workspace_id = $1::UUID AND stages.id = ANY ($2::UUID[]);

SELECT agents.id, agents.version, agents.name, agents.email, agents.team_id, agents.availability, agents.capacity, agents.weight, agents.territories, agents.languages, agents.sources, agents.last_assigned_at, agents.credit, agents.created_at, agents.updated_at 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);

SELECT enrollments.id, enrollments.version, enrollments.lead_id, enrollments.sequence_id, enrollments.sequence_version_id, enrollments.state, enrollments.step_key, enrollments.step_entered_at, enrollments.due_at, enrollments.enrolled_at, enrollments.enrolled_by_kind, enrollments.enrolled_by_id, enrollments.trigger, enrollments.paused_at, enrollments.paused_until, enrollments.ended_at, enrollments.exit_reason, enrollments.updated_at 
FROM enrollments 
WHERE enrollments.workspace_id = $1::UUID AND enrollments.state IN ('ACTIVE', 'PAUSED') AND enrollments.lead_id = ANY ($2::UUID[]) ORDER BY enrollments.id FOR UPDATE;

UPDATE lead_merges SET lead_id=$1::UUID, survivor_id=$2::UUID, loser_id=$3::UUID, at=$4::TIMESTAMP WITH TIME ZONE, actor_kind=$5::VARCHAR, actor_id=$6::UUID, decisions=$7::JSONB, moved=$8::JSONB, unmerged_at=$9::TIMESTAMP WITH TIME ZONE, unmerged_by_kind=$10::VARCHAR, unmerged_by_id=$11::UUID WHERE lead_merges.workspace_id = $12::UUID AND lead_merges.id = $13::UUID;

SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT lead_scores.lead_id, lead_scores.total, lead_scores.grade, lead_scores.temperature, lead_scores.priority, lead_scores.model_key, lead_scores.model_version, lead_scores.computed_at, lead_scores.breakdown 
FROM lead_scores 
WHERE lead_scores.workspace_id = $1::UUID AND lead_scores.lead_id = ANY ($2::UUID[]);

UPDATE leads SET version=$1::INTEGER, updated_at=$2::TIMESTAMP WITH TIME ZONE, deleted_at=$3::TIMESTAMP WITH TIME ZONE, merged_into_id=$4::UUID, first_name=$5::VARCHAR, last_name=$6::VARCHAR, title=$7::VARCHAR, email=$8::VARCHAR, phones=$9::TEXT[], language=$10::VARCHAR, company=$11::VARCHAR, industry=$12::VARCHAR, employees=$13::INTEGER, annual_revenue=$14::NUMERIC(18, 3), website=$15::VARCHAR, street=$16::VARCHAR, city=$17::VARCHAR, region=$18::VARCHAR, postal_code=$19::VARCHAR, country=$20::VARCHAR, time_zone=$21::VARCHAR, budget=$22::VARCHAR, authority=$23::VARCHAR, need=$24::VARCHAR, timeline=$25::VARCHAR, do_not_call=$26::BOOLEAN, do_not_email=$27::BOOLEAN, notes=$28::VARCHAR, source=$29::VARCHAR, first_touch_at=$30::TIMESTAMP WITH TIME ZONE, first_touch_detail=$31::VARCHAR, first_utm_source=$32::VARCHAR, first_utm_medium=$33::VARCHAR, first_utm_campaign=$34::VARCHAR, first_utm_term=$35::VARCHAR, first_utm_content=$36::VARCHAR, last_source=$37::VARCHAR, last_touch_at=$38::TIMESTAMP WITH TIME ZONE, last_touch_detail=$39::VARCHAR, last_utm_source=$40::VARCHAR, last_utm_medium=$41::VARCHAR, last_utm_campaign=$42::VARCHAR, last_utm_term=$43::VARCHAR, last_utm_content=$44::VARCHAR, owner_id=$45::UUID, assigned_at=$46::TIMESTAMP WITH TIME ZONE, score_total=$47::SMALLINT, grade=$48::VARCHAR, temperature=$49::VARCHAR, priority=$50::VARCHAR, scored_at=$51::TIMESTAMP WITH TIME ZONE, rescore_at=$52::TIMESTAMP WITH TIME ZONE, pinned_priority=$53::VARCHAR, pin_reason=$54::VARCHAR, pinned_until=$55::TIMESTAMP WITH TIME ZONE, website_visits=$56::INTEGER, content_downloads=$57::INTEGER, page_views=$58::INTEGER, email_opens=$59::INTEGER, email_clicks=$60::INTEGER, social_engagements=$61::INTEGER, contact_requested_at=$62::TIMESTAMP WITH TIME ZONE, outbound_attempts=$63::INTEGER, first_contacted_at=$64::TIMESTAMP WITH TIME ZONE, last_contacted_at=$65::TIMESTAMP WITH TIME ZONE, last_activity_at=$66::TIMESTAMP WITH TIME ZONE, first_response_started_at=$67::TIMESTAMP WITH TIME ZONE, first_response_due_at=$68::TIMESTAMP WITH TIME ZONE, first_response_minutes=$69::INTEGER, event_sequence=$70::BIGINT WHERE leads.workspace_id = $71::UUID AND leads.id = $72::UUID AND leads.version = $73::INTEGER RETURNING leads.id;

DELETE FROM search_terms WHERE search_terms.workspace_id = $1::UUID AND search_terms.lead_id = ANY ($2::UUID[]);

INSERT INTO search_terms (workspace_id, term, lead_id) VALUES ($1::UUID, $2::VARCHAR COLLATE "C", $3::UUID);

DELETE FROM duplicate_keys WHERE duplicate_keys.workspace_id = $1::UUID AND duplicate_keys.lead_id = ANY ($2::UUID[]);

INSERT INTO duplicate_keys (workspace_id, lead_id, signal, key, exact) VALUES ($1::UUID, $2::UUID, $3::VARCHAR, $4::UUID, $5::BIGINT) ON CONFLICT DO NOTHING;

INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::BIGINT, $5::VARCHAR, $6::TIMESTAMP WITH TIME ZONE, $7::JSONB, $8::VARCHAR, $9::UUID, $10::VARCHAR, $11::UUID);
