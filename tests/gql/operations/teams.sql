SELECT teams.id, teams.name, teams.manager_id, lower(teams.name) COLLATE "C" AS _sort, teams.id AS _id 
FROM teams 
WHERE teams.workspace_id = $1::UUID ORDER BY lower(teams.name) COLLATE "C" ASC, teams.id ASC 
 LIMIT $2::INTEGER;

SELECT count(*) AS count_1 
FROM teams 
WHERE teams.workspace_id = $1::UUID;

SELECT agents.id, agents.name 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);

SELECT anon_1.key AS _parent, page.id, page.deal_value, page.deal_currency, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT leads.id AS id, leads.deal_value AS deal_value, leads.deal_currency AS deal_currency, leads.deal_value AS _sort, leads.id AS _id 
FROM leads JOIN agents ON agents.workspace_id = leads.workspace_id AND agents.id = leads.owner_id 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND agents.team_id = anon_1.key ORDER BY greatest(leads.deal_value) DESC NULLS LAST, leads.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.name, page.team_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT agents.name AS name, agents.team_id AS team_id, lower(agents.name) COLLATE "C" AS _sort, agents.id AS _id 
FROM agents 
WHERE agents.workspace_id = $2::UUID AND agents.team_id = anon_1.key ORDER BY lower(agents.name) COLLATE "C" ASC, agents.id ASC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT agents.team_id AS key, count(*) AS count 
FROM leads JOIN agents ON agents.workspace_id = leads.workspace_id AND agents.id = leads.owner_id 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND agents.team_id = ANY ($2::UUID[]) GROUP BY agents.team_id;

SELECT agents.team_id AS key, count(*) AS count 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.team_id = ANY ($2::UUID[]) GROUP BY agents.team_id;

SELECT teams.id, teams.name 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = ANY ($2::UUID[]);
