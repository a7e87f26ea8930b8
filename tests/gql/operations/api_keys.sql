SELECT anon_1._sort, anon_1._id, convert_to('{"id":"ApiKey:' || CAST(anon_1.id AS TEXT) || '","name":' || CAST(to_json(anon_1.name) AS TEXT) || ',"role":"' || anon_1.role || '","agent":' || coalesce((SELECT '{"name":' || CAST(to_json(anon_2.name) AS TEXT) || ',"team":' || coalesce((SELECT '{"name":' || CAST(to_json(anon_3.name) AS TEXT) || '}' AS row 
FROM (SELECT teams.name AS name 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = anon_2.team_id) AS anon_3), 'null') || '}' AS row 
FROM (SELECT agents.name AS name, agents.team_id AS team_id 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = anon_1.agent_id) AS anon_2), 'null') || '}', 'UTF8') AS row 
FROM (SELECT api_keys.id AS id, api_keys.name AS name, api_keys.role AS role, api_keys.agent_id AS agent_id, api_keys.created_at AS _sort, api_keys.id AS _id 
FROM api_keys 
WHERE api_keys.workspace_id = $1::UUID ORDER BY api_keys.created_at DESC, api_keys.id DESC 
 LIMIT 101) AS anon_1;

SELECT count(*) AS count_1 
FROM api_keys 
WHERE api_keys.workspace_id = $1::UUID;
