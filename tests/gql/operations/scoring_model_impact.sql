SELECT versions.id, versions.model_id, versions.version, versions.number, versions.definition, versions.restored_number, versions.created_at, versions.updated_at, versions.published_at, versions.published_by_kind, versions.published_by_id 
FROM (SELECT scoring_model_versions.workspace_id AS workspace_id, scoring_model_versions.id AS id, scoring_model_versions.model_id AS model_id, scoring_model_versions.version AS version, scoring_model_versions.number AS number, scoring_model_versions.definition AS definition, scoring_model_versions.restored_number AS restored_number, scoring_model_versions.created_at AS created_at, scoring_model_versions.updated_at AS updated_at, scoring_model_versions.published_at AS published_at, scoring_model_versions.published_by_kind AS published_by_kind, scoring_model_versions.published_by_id AS published_by_id 
FROM scoring_model_versions UNION ALL SELECT workspaces.workspace_id AS workspace_id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $1::VARCHAR || $2::VARCHAR) AS UUID) AS id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $3::VARCHAR) AS UUID) AS model_id, $4::INTEGER AS version, $5::INTEGER AS number, $6::JSONB AS definition, CAST(NULL AS INTEGER) AS restored_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at, workspaces.created_at AS published_at, $7::VARCHAR AS published_by_kind, CAST(NULL AS UUID) AS published_by_id 
FROM workspaces UNION ALL SELECT workspaces.workspace_id AS workspace_id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $8::VARCHAR || $9::VARCHAR) AS UUID) AS id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $10::VARCHAR) AS UUID) AS model_id, $11::INTEGER AS version, $12::INTEGER AS number, $13::JSONB AS definition, CAST(NULL AS INTEGER) AS restored_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at, workspaces.created_at AS published_at, $14::VARCHAR AS published_by_kind, CAST(NULL AS UUID) AS published_by_id 
FROM workspaces) AS versions 
WHERE versions.workspace_id = $15::UUID AND versions.id = ANY ($16::UUID[]);

SELECT count(*) AS count_1 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL;

SELECT leads.id 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL ORDER BY md5(CAST(leads.id AS TEXT)) 
 LIMIT $2;

SELECT leads.id, leads.title, leads.phones, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.source, leads.score_total, leads.grade, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND leads.id = ANY ($2::UUID[]);

SELECT contact_attempts.lead_id, contact_attempts.outcome, contact_attempts.duration_seconds, contact_attempts.occurred_at 
FROM contact_attempts 
WHERE contact_attempts.workspace_id = $1::UUID AND contact_attempts.lead_id = ANY ($2::UUID[]) AND contact_attempts.channel = $3::VARCHAR;

SELECT versions.id, versions.model_id, versions.version, versions.number, versions.definition, versions.restored_number, versions.created_at, versions.updated_at, versions.published_at, versions.published_by_kind, versions.published_by_id 
FROM (SELECT scoring_model_versions.workspace_id AS workspace_id, scoring_model_versions.id AS id, scoring_model_versions.model_id AS model_id, scoring_model_versions.version AS version, scoring_model_versions.number AS number, scoring_model_versions.definition AS definition, scoring_model_versions.restored_number AS restored_number, scoring_model_versions.created_at AS created_at, scoring_model_versions.updated_at AS updated_at, scoring_model_versions.published_at AS published_at, scoring_model_versions.published_by_kind AS published_by_kind, scoring_model_versions.published_by_id AS published_by_id 
FROM scoring_model_versions UNION ALL SELECT workspaces.workspace_id AS workspace_id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $1::VARCHAR || $2::VARCHAR) AS UUID) AS id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $3::VARCHAR) AS UUID) AS model_id, $4::INTEGER AS version, $5::INTEGER AS number, $6::JSONB AS definition, CAST(NULL AS INTEGER) AS restored_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at, workspaces.created_at AS published_at, $7::VARCHAR AS published_by_kind, CAST(NULL AS UUID) AS published_by_id 
FROM workspaces UNION ALL SELECT workspaces.workspace_id AS workspace_id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $8::VARCHAR || $9::VARCHAR) AS UUID) AS id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $10::VARCHAR) AS UUID) AS model_id, $11::INTEGER AS version, $12::INTEGER AS number, $13::JSONB AS definition, CAST(NULL AS INTEGER) AS restored_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at, workspaces.created_at AS published_at, $14::VARCHAR AS published_by_kind, CAST(NULL AS UUID) AS published_by_id 
FROM workspaces) AS versions 
WHERE versions.workspace_id = $15::UUID AND versions.id = ANY ($16::UUID[]);

SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;

SELECT models.id, models.version, models.key, models.name, models.description, models.published_number, models.created_at, models.updated_at 
FROM (SELECT scoring_models.workspace_id AS workspace_id, scoring_models.id AS id, scoring_models.version AS version, scoring_models.key AS key, scoring_models.name AS name, scoring_models.description AS description, scoring_models.published_number AS published_number, scoring_models.created_at AS created_at, scoring_models.updated_at AS updated_at 
FROM scoring_models UNION ALL SELECT workspaces.workspace_id AS workspace_id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $1::VARCHAR) AS UUID) AS id, $2::INTEGER AS version, $3::VARCHAR AS key, $4::VARCHAR AS name, CAST(NULL AS TEXT) AS description, $5::INTEGER AS published_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at 
FROM workspaces UNION ALL SELECT workspaces.workspace_id AS workspace_id, CAST(md5(CAST(workspaces.workspace_id AS TEXT) || $6::VARCHAR) AS UUID) AS id, $7::INTEGER AS version, $8::VARCHAR AS key, $9::VARCHAR AS name, CAST(NULL AS TEXT) AS description, $10::INTEGER AS published_number, workspaces.created_at AS created_at, workspaces.created_at AS updated_at 
FROM workspaces) AS models 
WHERE models.workspace_id = $11::UUID AND models.id = ANY ($12::UUID[]);

SELECT lead_scores.lead_id, lead_scores.total, lead_scores.grade, lead_scores.temperature, lead_scores.priority, lead_scores.model_key, lead_scores.model_version, lead_scores.computed_at, lead_scores.breakdown 
FROM lead_scores 
WHERE lead_scores.workspace_id = $1::UUID AND lead_scores.lead_id = ANY ($2::UUID[]);
