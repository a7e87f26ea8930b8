SELECT teams.id, teams.version, teams.name, teams.manager_id, teams.created_at, teams.updated_at 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = $2::UUID ORDER BY teams.id FOR UPDATE;

SELECT teams.id 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND lower(teams.name) = lower($2);

UPDATE teams SET name=$1::VARCHAR, manager_id=$2::UUID, version=$3::INTEGER, updated_at=$4::TIMESTAMP WITH TIME ZONE WHERE teams.workspace_id = $5::UUID AND teams.id = $6::UUID;

SELECT anon_1.key AS _parent, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT lower(agents.name) COLLATE "C" AS _sort, agents.id AS _id 
FROM agents 
WHERE agents.workspace_id = $2::UUID AND agents.team_id = anon_1.key ORDER BY lower(agents.name) COLLATE "C" ASC, agents.id ASC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT agents.team_id AS key, count(*) AS count 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.team_id = ANY ($2::UUID[]) GROUP BY agents.team_id;
