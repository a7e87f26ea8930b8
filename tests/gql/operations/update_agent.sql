SELECT agents.id, agents.version, agents.name, agents.email, agents.team_id, agents.availability, agents.capacity, agents.weight, agents.territories, agents.languages, agents.sources, agents.last_assigned_at, agents.credit, agents.created_at, agents.updated_at 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = $2::UUID ORDER BY agents.id FOR NO KEY UPDATE;

UPDATE agents SET name=$1::VARCHAR, email=$2::VARCHAR, team_id=$3::UUID, availability=$4::VARCHAR, capacity=$5::INTEGER, weight=$6::INTEGER, territories=$7::TEXT[], languages=$8::TEXT[], sources=$9::TEXT[], last_assigned_at=$10::TIMESTAMP WITH TIME ZONE, credit=$11::INTEGER, version=$12::INTEGER, updated_at=$13::TIMESTAMP WITH TIME ZONE WHERE agents.workspace_id = $14::UUID AND agents.id = $15::UUID;

SELECT anon_1.key AS _parent, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND leads.owner_id = anon_1.key ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT leads.owner_id AS key, count(*) AS count 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND leads.owner_id = ANY ($2::UUID[]) GROUP BY leads.owner_id;
