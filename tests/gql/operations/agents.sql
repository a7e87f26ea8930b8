SELECT agents.id, agents.name, agents.team_id, lower(agents.name) COLLATE "C" AS _sort, agents.id AS _id 
FROM agents 
WHERE agents.workspace_id = $1::UUID ORDER BY lower(agents.name) COLLATE "C" ASC, agents.id ASC 
 LIMIT $2::INTEGER;

SELECT count(*) AS count_1 
FROM agents 
WHERE agents.workspace_id = $1::UUID;

SELECT anon_1.id, convert_to('{"name":' || CAST(to_json(anon_1.name) AS TEXT) || ',"manager":' || coalesce((SELECT '{"name":' || CAST(to_json(anon_2.name) AS TEXT) || '}' AS row 
FROM (SELECT agents.name AS name 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = anon_1.manager_id) AS anon_2), 'null') || '}', 'UTF8') AS row 
FROM (SELECT teams.id AS id, teams.name AS name, teams.manager_id AS manager_id 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = ANY ($2::UUID[])) AS anon_1;

SELECT anon_1.key AS _parent, page.id, page.lead_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT activities.id AS id, activities.lead_id AS lead_id, activities.occurred_at AS _sort, activities.id AS _id 
FROM activities 
WHERE activities.workspace_id = $2::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = activities.workspace_id AND leads.id = activities.lead_id AND leads.deleted_at IS NULL)) AND activities.agent_id = anon_1.key ORDER BY activities.occurred_at DESC, activities.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.id, page.owner_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT leads.id AS id, leads.owner_id AS owner_id, leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.owner_id = anon_1.key ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.id, page.lead_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT contact_attempts.id AS id, contact_attempts.lead_id AS lead_id, contact_attempts.occurred_at AS _sort, contact_attempts.id AS _id 
FROM contact_attempts 
WHERE contact_attempts.workspace_id = $2::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = contact_attempts.workspace_id AND leads.id = contact_attempts.lead_id AND leads.deleted_at IS NULL)) AND contact_attempts.agent_id = anon_1.key ORDER BY contact_attempts.occurred_at DESC, contact_attempts.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT activities.agent_id AS key, count(*) AS count 
FROM activities 
WHERE activities.workspace_id = $1::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = activities.workspace_id AND leads.id = activities.lead_id AND leads.deleted_at IS NULL)) AND activities.agent_id = ANY ($2::UUID[]) GROUP BY activities.agent_id;

SELECT leads.id, leads.first_name, leads.last_name 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;

SELECT leads.owner_id AS key, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND leads.owner_id = ANY ($2::UUID[]) GROUP BY leads.owner_id;

SELECT agents.id, agents.name 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);

SELECT contact_attempts.agent_id AS key, count(*) AS count 
FROM contact_attempts 
WHERE contact_attempts.workspace_id = $1::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = contact_attempts.workspace_id AND leads.id = contact_attempts.lead_id AND leads.deleted_at IS NULL)) AND contact_attempts.agent_id = ANY ($2::UUID[]) GROUP BY contact_attempts.agent_id;
