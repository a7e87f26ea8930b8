SELECT campaigns.id, campaigns.version, campaigns.name, campaigns.description, campaigns.type, campaigns.status, campaigns.status_since, campaigns.starts_at, campaigns.ends_at, campaigns.started_at, campaigns.ended_at, campaigns.attribution_days, campaigns.weights_changed_at, campaigns.created_at, campaigns.updated_at 
FROM campaigns 
WHERE campaigns.workspace_id = $1::UUID AND campaigns.id = ANY ($2::UUID[]) ORDER BY campaigns.id FOR SHARE;

SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) ORDER BY leads.id FOR UPDATE;

SELECT campaign_members.id, campaign_members.campaign_id, campaign_members.lead_id, campaign_members.variant_id, campaign_members.joined_at, campaign_members.left_at, campaign_members.sent_at, campaign_members.delivered_at, campaign_members.opened_at, campaign_members.clicked_at, campaign_members.responded_at, campaign_members.opted_out_at, campaign_members.reported_conversion_at, campaign_members.touches, campaign_members.last_touch_at 
FROM unnest($1::UUID[], $2::UUID[]) AS anon_1(campaign_id, lead_id) JOIN campaign_members ON campaign_members.campaign_id = anon_1.campaign_id AND campaign_members.lead_id = anon_1.lead_id 
WHERE campaign_members.workspace_id = $3::UUID;

INSERT INTO activities (workspace_id, id, lead_id, type, occurred_at, recorded_at, source, source_event_id, asset, subject, body, agent_id, actor_kind, actor_id, campaign_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::VARCHAR, $5::TIMESTAMP WITH TIME ZONE, $6::TIMESTAMP WITH TIME ZONE, $7::VARCHAR, $8::VARCHAR, $9::VARCHAR, $10::VARCHAR, $11::VARCHAR, $12::UUID, $13::VARCHAR, $14::UUID, $15::UUID) ON CONFLICT (workspace_id, source, source_event_id) DO NOTHING RETURNING activities.id;

UPDATE campaign_members SET campaign_id=$1::UUID, lead_id=$2::UUID, variant_id=$3::UUID, joined_at=$4::TIMESTAMP WITH TIME ZONE, left_at=$5::TIMESTAMP WITH TIME ZONE, sent_at=$6::TIMESTAMP WITH TIME ZONE, delivered_at=$7::TIMESTAMP WITH TIME ZONE, opened_at=$8::TIMESTAMP WITH TIME ZONE, clicked_at=$9::TIMESTAMP WITH TIME ZONE, responded_at=$10::TIMESTAMP WITH TIME ZONE, opted_out_at=$11::TIMESTAMP WITH TIME ZONE, reported_conversion_at=$12::TIMESTAMP WITH TIME ZONE, touches=$13::INTEGER, last_touch_at=$14::TIMESTAMP WITH TIME ZONE WHERE campaign_members.workspace_id = $15::UUID AND campaign_members.id = $16::UUID;

SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT lead_scores.lead_id, lead_scores.total, lead_scores.grade, lead_scores.temperature, lead_scores.priority, lead_scores.model_key, lead_scores.model_version, lead_scores.computed_at, lead_scores.breakdown 
FROM lead_scores 
WHERE lead_scores.workspace_id = $1::UUID AND lead_scores.lead_id = ANY ($2::UUID[]);

SELECT CAST(jsonb_agg(jsonb_build_array(sequence_versions.sequence_id, sequence_versions.id, sequence_versions.triggers) ORDER BY sequences.created_at, sequences.id) AS TEXT) AS jsonb_agg_1 
FROM sequence_versions JOIN sequences ON sequences.workspace_id = sequence_versions.workspace_id AND sequences.id = sequence_versions.sequence_id AND sequences.published_version = sequence_versions.number 
WHERE sequence_versions.workspace_id = $1::UUID AND sequences.archived_at IS NULL AND sequence_versions.triggers != jsonb_build_array();

UPDATE leads SET version=$1::INTEGER, updated_at=$2::TIMESTAMP WITH TIME ZONE, event_sequence=$3::BIGINT WHERE leads.workspace_id = $4::UUID AND leads.id = $5::UUID AND leads.version = $6::INTEGER RETURNING leads.id;

INSERT INTO suppressions (workspace_id, id, kind, channel, lead_id, address, reason, note, at, cause_id, actor_kind, actor_id, lifted_at, lift_note, lifted_by_kind, lifted_by_id) VALUES ($1::UUID, $2::UUID, $3::VARCHAR, $4::VARCHAR, $5::UUID, $6::VARCHAR, $7::VARCHAR, $8::VARCHAR, $9::TIMESTAMP WITH TIME ZONE, $10::UUID, $11::VARCHAR, $12::UUID, $13::TIMESTAMP WITH TIME ZONE, $14::VARCHAR, $15::VARCHAR, $16::UUID) ON CONFLICT DO NOTHING;

INSERT INTO consent_entries (workspace_id, id, lead_id, channel, purpose, action, basis, claimed, source, evidence, evidence_url, at, expires_at, recorded_at, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::VARCHAR, $5::VARCHAR, $6::VARCHAR, $7::VARCHAR, $8::BOOLEAN, $9::VARCHAR, $10::VARCHAR, $11::VARCHAR, $12::TIMESTAMP WITH TIME ZONE, $13::TIMESTAMP WITH TIME ZONE, $14::TIMESTAMP WITH TIME ZONE, $15::UUID, $16::VARCHAR, $17::UUID);

INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::BIGINT, $5::VARCHAR, $6::TIMESTAMP WITH TIME ZONE, $7::JSONB, $8::VARCHAR, $9::UUID, $10::VARCHAR, $11::UUID);

SELECT consent_entries.id, consent_entries.lead_id, consent_entries.channel, consent_entries.purpose, consent_entries.action, consent_entries.basis, consent_entries.claimed, consent_entries.source, consent_entries.evidence, consent_entries.evidence_url, consent_entries.at, consent_entries.expires_at, consent_entries.recorded_at, consent_entries.cause_id, consent_entries.actor_kind, consent_entries.actor_id, consent_entries.cause_id AS _parent 
FROM consent_entries 
WHERE consent_entries.workspace_id = $1::UUID AND consent_entries.cause_id = ANY ($2::UUID[]) ORDER BY consent_entries.cause_id, consent_entries.channel, consent_entries.purpose, consent_entries.id;
