SELECT leads.id, leads.budget, leads.authority, leads.need, leads.timeline, leads.source, leads.first_touch_at, leads.first_touch_detail, leads.first_utm_source, leads.first_utm_medium, leads.first_utm_campaign, leads.first_utm_term, leads.first_utm_content, leads.status, leads.owner_id, leads.stage_id, leads.deal_value, leads.deal_currency, leads.expected_close_date, leads.score_total AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL ORDER BY leads.score_total DESC, leads.id DESC 
 LIMIT $2::INTEGER;

SELECT anon_1.id, convert_to('{"id":"Agent:' || CAST(anon_1.id AS TEXT) || '","name":' || CAST(to_json(anon_1.name) AS TEXT) || ',"team":' || coalesce((SELECT '{"id":"Team:' || CAST(anon_2.id AS TEXT) || '","name":' || CAST(to_json(anon_2.name) AS TEXT) || ',"manager":' || coalesce((SELECT '{"id":"Agent:' || CAST(anon_3.id AS TEXT) || '","team":' || coalesce((SELECT '{"name":' || CAST(to_json(anon_4.name) AS TEXT) || '}' AS row 
FROM (SELECT teams.name AS name 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = anon_3.team_id) AS anon_4), 'null') || '}' AS row 
FROM (SELECT agents.id AS id, agents.team_id AS team_id 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = anon_2.manager_id) AS anon_3), 'null') || '}' AS row 
FROM (SELECT teams.id AS id, teams.name AS name, teams.manager_id AS manager_id 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = anon_1.team_id) AS anon_2), 'null') || '}', 'UTF8') AS row 
FROM (SELECT agents.id AS id, agents.name AS name, agents.team_id AS team_id 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[])) AS anon_1;

SELECT stages.id, stages.pipeline_id, stages.name 
FROM stages 
WHERE stages.workspace_id = $1::UUID AND stages.id = ANY ($2::UUID[]);

SELECT lead_scores.lead_id, lead_scores.total, lead_scores.model_key, lead_scores.model_version, CAST(lead_scores.breakdown AS TEXT) AS breakdown 
FROM lead_scores 
WHERE lead_scores.workspace_id = $1::UUID AND lead_scores.lead_id = ANY ($2::UUID[]);

SELECT pipelines.id, pipelines.name 
FROM pipelines 
WHERE pipelines.workspace_id = $1::UUID AND pipelines.id = ANY ($2::UUID[]);

SELECT stages.id, stages.pipeline_id, stages.version, stages.name, stages.position, stages.kind, stages.win_probability, stages.mapped_status, stages.rotting_days, stages.required_fields, stages.deleted_at, stages.created_at, stages.updated_at, stages.pipeline_id AS _parent 
FROM stages 
WHERE stages.workspace_id = $1::UUID AND stages.pipeline_id = ANY ($2::UUID[]) AND stages.deleted_at IS NULL ORDER BY stages.pipeline_id, stages.position, stages.id;
