SELECT segments.id, segments.version, segments.name, segments.description, segments.definition, segments.created_at, segments.updated_at 
FROM segments 
WHERE segments.workspace_id = $1::UUID AND segments.id = ANY ($2::UUID[]);

SELECT segments.id, segments.version, segments.name, segments.description, segments.definition, segments.created_at, segments.updated_at 
FROM segments 
WHERE segments.workspace_id = $1::UUID AND segments.id = ANY ($2::UUID[]);

SELECT leads.id, leads.version, leads.created_at, leads.updated_at, leads.deleted_at, leads.merged_into_id, leads.first_name, leads.last_name, leads.title, leads.email, leads.phones, leads.language, leads.company, leads.industry, leads.employees, leads.annual_revenue, leads.website, leads.street, leads.city, leads.region, leads.postal_code, leads.country, leads.time_zone, leads.budget, leads.authority, leads.need, leads.timeline, leads.do_not_call, leads.do_not_email, leads.notes, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.last_source, leads.last_touch_at, leads.last_touch_detail, leads.last_utm_source, leads.last_utm_medium, leads.last_utm_campaign, leads.last_utm_term, leads.last_utm_content, leads.status, leads.status_since, leads.owner_id, leads.assigned_at, leads.stage_id, leads.pipeline_id, leads.stage_entered_at, leads.deal_value, leads.deal_currency, leads.deal_probability, leads.expected_close_date, leads.closed_at, leads.score_total, leads.grade, leads.temperature, leads.scored_at, leads.rescore_at, leads.pinned_priority, leads.pin_reason, leads.pinned_until, leads.priority, leads.website_visits, leads.content_downloads, leads.page_views, leads.email_opens, leads.email_clicks, leads.social_engagements, leads.contact_requested_at, leads.outbound_attempts, leads.first_contacted_at, leads.last_contacted_at, leads.last_activity_at, leads.event_sequence, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.live_enrollments, leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_1.name) AS lower_1 
FROM unnest($2::TEXT[]) AS anon_1(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_1 
WHERE custom_values_1.workspace_id = leads.workspace_id AND custom_values_1.lead_id = leads.id AND custom_values_1.field_id = (SELECT custom_fields_1.id 
FROM custom_fields AS custom_fields_1 
WHERE custom_fields_1.workspace_id = $1::UUID AND custom_fields_1.key = $3::VARCHAR AND custom_fields_1.type = ANY ($4::TEXT[])) AND custom_values_1.sort_key >= $5::VARCHAR)) ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $6::INTEGER;

SELECT segments.id, segments.version, segments.name, segments.description, segments.definition, segments.created_at, segments.updated_at, lower(segments.name) COLLATE "C" AS _sort, segments.id AS _id 
FROM segments 
WHERE segments.workspace_id = $1::UUID ORDER BY lower(segments.name) COLLATE "C" ASC, segments.id ASC 
 LIMIT $2::INTEGER;

SELECT segments.id, segments.version, segments.name, segments.description, segments.definition, segments.created_at, segments.updated_at 
FROM segments 
WHERE segments.workspace_id = $1::UUID AND segments.id = ANY ($2::UUID[]);

SELECT segments.id, segments.version, segments.name, segments.description, segments.definition, segments.created_at, segments.updated_at 
FROM segments 
WHERE segments.workspace_id = $1::UUID AND segments.id = ANY ($2::UUID[]);

SELECT $1::INTEGER AS _number, row_number() OVER () AS _place, anon_1.id, anon_1.version, anon_1.created_at, anon_1.updated_at, anon_1.deleted_at, anon_1.merged_into_id, anon_1.first_name, anon_1.last_name, anon_1.title, anon_1.email, anon_1.phones, anon_1.language, anon_1.company, anon_1.industry, anon_1.employees, anon_1.annual_revenue, anon_1.website, anon_1.street, anon_1.city, anon_1.region, anon_1.postal_code, anon_1.country, anon_1.time_zone, anon_1.budget, anon_1.authority, anon_1.need, anon_1.timeline, anon_1.do_not_call, anon_1.do_not_email, anon_1.notes, anon_1.source, anon_1.first_touch_at, anon_1.first_touch_detail, anon_1.first_utm_source, anon_1.first_utm_medium, anon_1.first_utm_campaign, anon_1.first_utm_term, anon_1.first_utm_content, anon_1.last_source, anon_1.last_touch_at, anon_1.last_touch_detail, anon_1.last_utm_source, anon_1.last_utm_medium, anon_1.last_utm_campaign, anon_1.last_utm_term, anon_1.last_utm_content, anon_1.status, anon_1.status_since, anon_1.owner_id, anon_1.assigned_at, anon_1.stage_id, anon_1.pipeline_id, anon_1.stage_entered_at, anon_1.deal_value, anon_1.deal_currency, anon_1.deal_probability, anon_1.expected_close_date, anon_1.closed_at, anon_1.score_total, anon_1.grade, anon_1.temperature, anon_1.scored_at, anon_1.rescore_at, anon_1.pinned_priority, anon_1.pin_reason, anon_1.pinned_until, anon_1.priority, anon_1.website_visits, anon_1.content_downloads, anon_1.page_views, anon_1.email_opens, anon_1.email_clicks, anon_1.social_engagements, anon_1.contact_requested_at, anon_1.outbound_attempts, anon_1.first_contacted_at, anon_1.last_contacted_at, anon_1.last_activity_at, anon_1.event_sequence, anon_1.first_response_started_at, anon_1.first_response_due_at, anon_1.first_response_minutes, anon_1.live_enrollments, anon_1._sort, anon_1._id 
FROM (SELECT leads.id AS id, leads.version AS version, leads.created_at AS created_at, leads.updated_at AS updated_at, leads.deleted_at AS deleted_at, leads.merged_into_id AS merged_into_id, leads.first_name AS first_name, leads.last_name AS last_name, leads.title AS title, leads.email AS email, leads.phones AS phones, leads.language AS language, leads.company AS company, leads.industry AS industry, leads.employees AS employees, leads.annual_revenue AS annual_revenue, leads.website AS website, leads.street AS street, leads.city AS city, leads.region AS region, leads.postal_code AS postal_code, leads.country AS country, leads.time_zone AS time_zone, leads.budget AS budget, leads.authority AS authority, leads.need AS need, leads.timeline AS timeline, leads.do_not_call AS do_not_call, leads.do_not_email AS do_not_email, leads.notes AS notes, leads.source AS source, leads.first_touch_at AS first_touch_at, leads.first_touch_detail AS first_touch_detail, leads.first_utm_source AS first_utm_source, leads.first_utm_medium AS first_utm_medium, leads.first_utm_campaign AS first_utm_campaign, leads.first_utm_term AS first_utm_term, leads.first_utm_content AS first_utm_content, leads.last_source AS last_source, leads.last_touch_at AS last_touch_at, leads.last_touch_detail AS last_touch_detail, leads.last_utm_source AS last_utm_source, leads.last_utm_medium AS last_utm_medium, leads.last_utm_campaign AS last_utm_campaign, leads.last_utm_term AS last_utm_term, leads.last_utm_content AS last_utm_content, leads.status AS status, leads.status_since AS status_since, leads.owner_id AS owner_id, leads.assigned_at AS assigned_at, leads.stage_id AS stage_id, leads.pipeline_id AS pipeline_id, leads.stage_entered_at AS stage_entered_at, leads.deal_value AS deal_value, leads.deal_currency AS deal_currency, leads.deal_probability AS deal_probability, leads.expected_close_date AS expected_close_date, leads.closed_at AS closed_at, leads.score_total AS score_total, leads.grade AS grade, leads.temperature AS temperature, leads.scored_at AS scored_at, leads.rescore_at AS rescore_at, leads.pinned_priority AS pinned_priority, leads.pin_reason AS pin_reason, leads.pinned_until AS pinned_until, leads.priority AS priority, leads.website_visits AS website_visits, leads.content_downloads AS content_downloads, leads.page_views AS page_views, leads.email_opens AS email_opens, leads.email_clicks AS email_clicks, leads.social_engagements AS social_engagements, leads.contact_requested_at AS contact_requested_at, leads.outbound_attempts AS outbound_attempts, leads.first_contacted_at AS first_contacted_at, leads.last_contacted_at AS last_contacted_at, leads.last_activity_at AS last_activity_at, leads.event_sequence AS event_sequence, leads.first_response_started_at AS first_response_started_at, leads.first_response_due_at AS first_response_due_at, leads.first_response_minutes AS first_response_minutes, leads.live_enrollments AS live_enrollments, leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.score_total >= $3::BIGINT AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_2.name) AS lower_1 
FROM unnest($4::TEXT[]) AS anon_2(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_1 
WHERE custom_values_1.workspace_id = leads.workspace_id AND custom_values_1.lead_id = leads.id AND custom_values_1.field_id = (SELECT custom_fields_1.id 
FROM custom_fields AS custom_fields_1 
WHERE custom_fields_1.workspace_id = $2::UUID AND custom_fields_1.key = $5::VARCHAR AND custom_fields_1.type = ANY ($6::TEXT[])) AND custom_values_1.sort_key >= $7::VARCHAR)) ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $8::INTEGER) AS anon_1 UNION ALL SELECT $9::INTEGER AS _number, row_number() OVER () AS _place, anon_3.id, anon_3.version, anon_3.created_at, anon_3.updated_at, anon_3.deleted_at, anon_3.merged_into_id, anon_3.first_name, anon_3.last_name, anon_3.title, anon_3.email, anon_3.phones, anon_3.language, anon_3.company, anon_3.industry, anon_3.employees, anon_3.annual_revenue, anon_3.website, anon_3.street, anon_3.city, anon_3.region, anon_3.postal_code, anon_3.country, anon_3.time_zone, anon_3.budget, anon_3.authority, anon_3.need, anon_3.timeline, anon_3.do_not_call, anon_3.do_not_email, anon_3.notes, anon_3.source, anon_3.first_touch_at, anon_3.first_touch_detail, anon_3.first_utm_source, anon_3.first_utm_medium, anon_3.first_utm_campaign, anon_3.first_utm_term, anon_3.first_utm_content, anon_3.last_source, anon_3.last_touch_at, anon_3.last_touch_detail, anon_3.last_utm_source, anon_3.last_utm_medium, anon_3.last_utm_campaign, anon_3.last_utm_term, anon_3.last_utm_content, anon_3.status, anon_3.status_since, anon_3.owner_id, anon_3.assigned_at, anon_3.stage_id, anon_3.pipeline_id, anon_3.stage_entered_at, anon_3.deal_value, anon_3.deal_currency, anon_3.deal_probability, anon_3.expected_close_date, anon_3.closed_at, anon_3.score_total, anon_3.grade, anon_3.temperature, anon_3.scored_at, anon_3.rescore_at, anon_3.pinned_priority, anon_3.pin_reason, anon_3.pinned_until, anon_3.priority, anon_3.website_visits, anon_3.content_downloads, anon_3.page_views, anon_3.email_opens, anon_3.email_clicks, anon_3.social_engagements, anon_3.contact_requested_at, anon_3.outbound_attempts, anon_3.first_contacted_at, anon_3.last_contacted_at, anon_3.last_activity_at, anon_3.event_sequence, anon_3.first_response_started_at, anon_3.first_response_due_at, anon_3.first_response_minutes, anon_3.live_enrollments, anon_3._sort, anon_3._id 
FROM (SELECT leads.id AS id, leads.version AS version, leads.created_at AS created_at, leads.updated_at AS updated_at, leads.deleted_at AS deleted_at, leads.merged_into_id AS merged_into_id, leads.first_name AS first_name, leads.last_name AS last_name, leads.title AS title, leads.email AS email, leads.phones AS phones, leads.language AS language, leads.company AS company, leads.industry AS industry, leads.employees AS employees, leads.annual_revenue AS annual_revenue, leads.website AS website, leads.street AS street, leads.city AS city, leads.region AS region, leads.postal_code AS postal_code, leads.country AS country, leads.time_zone AS time_zone, leads.budget AS budget, leads.authority AS authority, leads.need AS need, leads.timeline AS timeline, leads.do_not_call AS do_not_call, leads.do_not_email AS do_not_email, leads.notes AS notes, leads.source AS source, leads.first_touch_at AS first_touch_at, leads.first_touch_detail AS first_touch_detail, leads.first_utm_source AS first_utm_source, leads.first_utm_medium AS first_utm_medium, leads.first_utm_campaign AS first_utm_campaign, leads.first_utm_term AS first_utm_term, leads.first_utm_content AS first_utm_content, leads.last_source AS last_source, leads.last_touch_at AS last_touch_at, leads.last_touch_detail AS last_touch_detail, leads.last_utm_source AS last_utm_source, leads.last_utm_medium AS last_utm_medium, leads.last_utm_campaign AS last_utm_campaign, leads.last_utm_term AS last_utm_term, leads.last_utm_content AS last_utm_content, leads.status AS status, leads.status_since AS status_since, leads.owner_id AS owner_id, leads.assigned_at AS assigned_at, leads.stage_id AS stage_id, leads.pipeline_id AS pipeline_id, leads.stage_entered_at AS stage_entered_at, leads.deal_value AS deal_value, leads.deal_currency AS deal_currency, leads.deal_probability AS deal_probability, leads.expected_close_date AS expected_close_date, leads.closed_at AS closed_at, leads.score_total AS score_total, leads.grade AS grade, leads.temperature AS temperature, leads.scored_at AS scored_at, leads.rescore_at AS rescore_at, leads.pinned_priority AS pinned_priority, leads.pin_reason AS pin_reason, leads.pinned_until AS pinned_until, leads.priority AS priority, leads.website_visits AS website_visits, leads.content_downloads AS content_downloads, leads.page_views AS page_views, leads.email_opens AS email_opens, leads.email_clicks AS email_clicks, leads.social_engagements AS social_engagements, leads.contact_requested_at AS contact_requested_at, leads.outbound_attempts AS outbound_attempts, leads.first_contacted_at AS first_contacted_at, leads.last_contacted_at AS last_contacted_at, leads.last_activity_at AS last_activity_at, leads.event_sequence AS event_sequence, leads.first_response_started_at AS first_response_started_at, leads.first_response_due_at AS first_response_due_at, leads.first_response_minutes AS first_response_minutes, leads.live_enrollments AS live_enrollments, leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.score_total >= $10::BIGINT AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_4.name) AS lower_2 
FROM unnest($11::TEXT[]) AS anon_4(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_2 
WHERE custom_values_2.workspace_id = leads.workspace_id AND custom_values_2.lead_id = leads.id AND custom_values_2.field_id = (SELECT custom_fields_2.id 
FROM custom_fields AS custom_fields_2 
WHERE custom_fields_2.workspace_id = $2::UUID AND custom_fields_2.key = $12::VARCHAR AND custom_fields_2.type = ANY ($13::TEXT[])) AND custom_values_2.sort_key >= $14::VARCHAR)) ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $8::INTEGER) AS anon_3;

SELECT segments.id, segments.version, segments.name, segments.description, segments.definition, segments.created_at, segments.updated_at 
FROM segments 
WHERE segments.workspace_id = $1::UUID ORDER BY lower(segments.name) COLLATE "C", segments.id;

SELECT segments.id, segments.version, segments.name, segments.description, segments.definition, segments.created_at, segments.updated_at 
FROM segments 
WHERE segments.workspace_id = $1::UUID AND segments.id = ANY ($2::UUID[]);

SELECT count(*) AS count_1 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_1.name) AS lower_1 
FROM unnest($2::TEXT[]) AS anon_1(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_1 
WHERE custom_values_1.workspace_id = leads.workspace_id AND custom_values_1.lead_id = leads.id AND custom_values_1.field_id = (SELECT custom_fields_1.id 
FROM custom_fields AS custom_fields_1 
WHERE custom_fields_1.workspace_id = $1::UUID AND custom_fields_1.key = $3::VARCHAR AND custom_fields_1.type = ANY ($4::TEXT[])) AND custom_values_1.sort_key >= $5::VARCHAR));

SELECT segments.id, segments.version, segments.name, segments.description, segments.definition, segments.created_at, segments.updated_at 
FROM segments 
WHERE segments.workspace_id = $1::UUID AND segments.id = ANY ($2::UUID[]);

SELECT $1::INTEGER AS number, leads.id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.id = ANY ($3::UUID[]) AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_1.name) AS lower_1 
FROM unnest($4::TEXT[]) AS anon_1(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_1 
WHERE custom_values_1.workspace_id = leads.workspace_id AND custom_values_1.lead_id = leads.id AND custom_values_1.field_id = (SELECT custom_fields_1.id 
FROM custom_fields AS custom_fields_1 
WHERE custom_fields_1.workspace_id = $2::UUID AND custom_fields_1.key = $5::VARCHAR AND custom_fields_1.type = ANY ($6::TEXT[])) AND custom_values_1.sort_key >= $7::VARCHAR)) UNION ALL SELECT $8::INTEGER AS number, leads.id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.id = ANY ($3::UUID[]) AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_2.name) AS lower_2 
FROM unnest($9::TEXT[]) AS anon_2(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_2 
WHERE custom_values_2.workspace_id = leads.workspace_id AND custom_values_2.lead_id = leads.id AND custom_values_2.field_id = (SELECT custom_fields_2.id 
FROM custom_fields AS custom_fields_2 
WHERE custom_fields_2.workspace_id = $2::UUID AND custom_fields_2.key = $10::VARCHAR AND custom_fields_2.type = ANY ($11::TEXT[])) AND custom_values_2.sort_key >= $12::VARCHAR)) UNION ALL SELECT $13::INTEGER AS number, leads.id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.id = ANY ($3::UUID[]) AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_3.name) AS lower_3 
FROM unnest($14::TEXT[]) AS anon_3(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_3 
WHERE custom_values_3.workspace_id = leads.workspace_id AND custom_values_3.lead_id = leads.id AND custom_values_3.field_id = (SELECT custom_fields_3.id 
FROM custom_fields AS custom_fields_3 
WHERE custom_fields_3.workspace_id = $2::UUID AND custom_fields_3.key = $15::VARCHAR AND custom_fields_3.type = ANY ($16::TEXT[])) AND custom_values_3.sort_key >= $17::VARCHAR)) UNION ALL SELECT $18::INTEGER AS number, leads.id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.id = ANY ($3::UUID[]) AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_4.name) AS lower_4 
FROM unnest($19::TEXT[]) AS anon_4(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_4 
WHERE custom_values_4.workspace_id = leads.workspace_id AND custom_values_4.lead_id = leads.id AND custom_values_4.field_id = (SELECT custom_fields_4.id 
FROM custom_fields AS custom_fields_4 
WHERE custom_fields_4.workspace_id = $2::UUID AND custom_fields_4.key = $20::VARCHAR AND custom_fields_4.type = ANY ($21::TEXT[])) AND custom_values_4.sort_key >= $22::VARCHAR)) UNION ALL SELECT $23::INTEGER AS number, leads.id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.id = ANY ($3::UUID[]) AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_5.name) AS lower_5 
FROM unnest($24::TEXT[]) AS anon_5(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_5 
WHERE custom_values_5.workspace_id = leads.workspace_id AND custom_values_5.lead_id = leads.id AND custom_values_5.field_id = (SELECT custom_fields_5.id 
FROM custom_fields AS custom_fields_5 
WHERE custom_fields_5.workspace_id = $2::UUID AND custom_fields_5.key = $25::VARCHAR AND custom_fields_5.type = ANY ($26::TEXT[])) AND custom_values_5.sort_key >= $27::VARCHAR)) UNION ALL SELECT $28::INTEGER AS number, leads.id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.id = ANY ($3::UUID[]) AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_6.name) AS lower_6 
FROM unnest($29::TEXT[]) AS anon_6(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_6 
WHERE custom_values_6.workspace_id = leads.workspace_id AND custom_values_6.lead_id = leads.id AND custom_values_6.field_id = (SELECT custom_fields_6.id 
FROM custom_fields AS custom_fields_6 
WHERE custom_fields_6.workspace_id = $2::UUID AND custom_fields_6.key = $30::VARCHAR AND custom_fields_6.type = ANY ($31::TEXT[])) AND custom_values_6.sort_key >= $32::VARCHAR)) UNION ALL SELECT $33::INTEGER AS number, leads.id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.id = ANY ($3::UUID[]) AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_7.name) AS lower_7 
FROM unnest($34::TEXT[]) AS anon_7(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_7 
WHERE custom_values_7.workspace_id = leads.workspace_id AND custom_values_7.lead_id = leads.id AND custom_values_7.field_id = (SELECT custom_fields_7.id 
FROM custom_fields AS custom_fields_7 
WHERE custom_fields_7.workspace_id = $2::UUID AND custom_fields_7.key = $35::VARCHAR AND custom_fields_7.type = ANY ($36::TEXT[])) AND custom_values_7.sort_key >= $37::VARCHAR)) UNION ALL SELECT $38::INTEGER AS number, leads.id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.id = ANY ($3::UUID[]) AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_8.name) AS lower_8 
FROM unnest($39::TEXT[]) AS anon_8(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_8 
WHERE custom_values_8.workspace_id = leads.workspace_id AND custom_values_8.lead_id = leads.id AND custom_values_8.field_id = (SELECT custom_fields_8.id 
FROM custom_fields AS custom_fields_8 
WHERE custom_fields_8.workspace_id = $2::UUID AND custom_fields_8.key = $40::VARCHAR AND custom_fields_8.type = ANY ($41::TEXT[])) AND custom_values_8.sort_key >= $42::VARCHAR)) UNION ALL SELECT $43::INTEGER AS number, leads.id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.id = ANY ($3::UUID[]) AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_9.name) AS lower_9 
FROM unnest($44::TEXT[]) AS anon_9(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_9 
WHERE custom_values_9.workspace_id = leads.workspace_id AND custom_values_9.lead_id = leads.id AND custom_values_9.field_id = (SELECT custom_fields_9.id 
FROM custom_fields AS custom_fields_9 
WHERE custom_fields_9.workspace_id = $2::UUID AND custom_fields_9.key = $45::VARCHAR AND custom_fields_9.type = ANY ($46::TEXT[])) AND custom_values_9.sort_key >= $47::VARCHAR)) UNION ALL SELECT $48::INTEGER AS number, leads.id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.id = ANY ($3::UUID[]) AND leads.deleted_at IS NULL AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_10.name) AS lower_10 
FROM unnest($49::TEXT[]) AS anon_10(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_10 
WHERE custom_values_10.workspace_id = leads.workspace_id AND custom_values_10.lead_id = leads.id AND custom_values_10.field_id = (SELECT custom_fields_10.id 
FROM custom_fields AS custom_fields_10 
WHERE custom_fields_10.workspace_id = $2::UUID AND custom_fields_10.key = $50::VARCHAR AND custom_fields_10.type = ANY ($51::TEXT[])) AND custom_values_10.sort_key >= $52::VARCHAR));

SELECT segments.id, segments.version, segments.name, segments.description, segments.definition, segments.created_at, segments.updated_at 
FROM segments 
WHERE segments.workspace_id = $1::UUID AND segments.id = ANY ($2::UUID[]);

SELECT $1::INTEGER AS number, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.score_total >= $3::BIGINT AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_1.name) AS lower_1 
FROM unnest($4::TEXT[]) AS anon_1(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_1 
WHERE custom_values_1.workspace_id = leads.workspace_id AND custom_values_1.lead_id = leads.id AND custom_values_1.field_id = (SELECT custom_fields_1.id 
FROM custom_fields AS custom_fields_1 
WHERE custom_fields_1.workspace_id = $2::UUID AND custom_fields_1.key = $5::VARCHAR AND custom_fields_1.type = ANY ($6::TEXT[])) AND custom_values_1.sort_key >= $7::VARCHAR)) UNION ALL SELECT $8::INTEGER AS number, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.score_total >= $9::BIGINT AND (EXISTS (SELECT * 
FROM lead_tags AS carried, tags AS labels 
WHERE carried.workspace_id = leads.workspace_id AND carried.lead_id = leads.id AND labels.workspace_id = carried.workspace_id AND labels.id = carried.tag_id AND lower(labels.name) IN (SELECT lower(anon_2.name) AS lower_2 
FROM unnest($10::TEXT[]) AS anon_2(name)))) AND (EXISTS (SELECT * 
FROM custom_values AS custom_values_2 
WHERE custom_values_2.workspace_id = leads.workspace_id AND custom_values_2.lead_id = leads.id AND custom_values_2.field_id = (SELECT custom_fields_2.id 
FROM custom_fields AS custom_fields_2 
WHERE custom_fields_2.workspace_id = $2::UUID AND custom_fields_2.key = $11::VARCHAR AND custom_fields_2.type = ANY ($12::TEXT[])) AND custom_values_2.sort_key >= $13::VARCHAR));
