SELECT campaigns.id, campaigns.version, campaigns.name, campaigns.description, campaigns.type, campaigns.status, campaigns.status_since, campaigns.starts_at, campaigns.ends_at, campaigns.started_at, campaigns.ended_at, campaigns.attribution_days, campaigns.weights_changed_at, campaigns.created_at, campaigns.updated_at 
FROM campaigns 
WHERE campaigns.workspace_id = $1::UUID AND campaigns.id = ANY ($2::UUID[]) ORDER BY campaigns.id FOR SHARE;

SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) ORDER BY leads.id FOR UPDATE;

SELECT campaign_members.id, campaign_members.campaign_id, campaign_members.lead_id, campaign_members.variant_id, campaign_members.joined_at, campaign_members.left_at, campaign_members.sent_at, campaign_members.delivered_at, campaign_members.opened_at, campaign_members.clicked_at, campaign_members.responded_at, campaign_members.opted_out_at, campaign_members.reported_conversion_at, campaign_members.touches, campaign_members.last_touch_at 
FROM unnest($1::UUID[], $2::UUID[]) AS anon_1(campaign_id, lead_id) JOIN campaign_members ON campaign_members.campaign_id = anon_1.campaign_id AND campaign_members.lead_id = anon_1.lead_id 
WHERE campaign_members.workspace_id = $3::UUID;

SELECT campaign_variants.id, campaign_variants.campaign_id, campaign_variants.version, campaign_variants.name, campaign_variants.description, campaign_variants.weight, campaign_variants.created_at, campaign_variants.updated_at, campaign_variants.campaign_id AS _parent 
FROM campaign_variants 
WHERE campaign_variants.workspace_id = $1::UUID AND campaign_variants.campaign_id = ANY ($2::UUID[]) ORDER BY campaign_variants.campaign_id, campaign_variants.created_at, campaign_variants.id;

UPDATE leads SET version=$1::INTEGER, updated_at=$2::TIMESTAMP WITH TIME ZONE, event_sequence=$3::BIGINT WHERE leads.workspace_id = $4::UUID AND leads.id = $5::UUID AND leads.version = $6::INTEGER RETURNING leads.id;

INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::BIGINT, $5::VARCHAR, $6::TIMESTAMP WITH TIME ZONE, $7::JSONB, $8::VARCHAR, $9::UUID, $10::VARCHAR, $11::UUID);

INSERT INTO campaign_members (workspace_id, id, campaign_id, lead_id, variant_id, joined_at, left_at, sent_at, delivered_at, opened_at, clicked_at, responded_at, opted_out_at, reported_conversion_at, touches, last_touch_at) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::UUID, $5::UUID, $6::TIMESTAMP WITH TIME ZONE, $7::TIMESTAMP WITH TIME ZONE, $8::TIMESTAMP WITH TIME ZONE, $9::TIMESTAMP WITH TIME ZONE, $10::TIMESTAMP WITH TIME ZONE, $11::TIMESTAMP WITH TIME ZONE, $12::TIMESTAMP WITH TIME ZONE, $13::TIMESTAMP WITH TIME ZONE, $14::TIMESTAMP WITH TIME ZONE, $15::INTEGER, $16::TIMESTAMP WITH TIME ZONE);

SELECT leads.id, leads.status 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;

SELECT campaigns.id, campaigns.name 
FROM campaigns 
WHERE campaigns.workspace_id = $1::UUID AND campaigns.id = ANY ($2::UUID[]);
