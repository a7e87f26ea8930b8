SELECT tags.id, tags.version, tags.name, tags.color, tags.created_at, tags.updated_at 
FROM tags 
WHERE tags.workspace_id = $1::UUID AND tags.id = $2::UUID ORDER BY tags.id FOR UPDATE;

SELECT anon_1.name AS _asked, tags.id, tags.version, tags.name, tags.color, tags.created_at, tags.updated_at 
FROM tags JOIN unnest($1::TEXT[]) AS anon_1(name) ON lower(tags.name) = lower(anon_1.name) 
WHERE tags.workspace_id = $2::UUID FOR KEY SHARE OF tags;

UPDATE tags SET name=$1::VARCHAR, color=$2::VARCHAR, version=$3::INTEGER, updated_at=$4::TIMESTAMP WITH TIME ZONE WHERE tags.workspace_id = $5::UUID AND tags.id = $6::UUID;

INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::BIGINT, $5::VARCHAR, $6::TIMESTAMP WITH TIME ZONE, $7::JSONB, $8::VARCHAR, $9::UUID, $10::VARCHAR, $11::UUID);

SELECT anon_1.key AS _parent, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT leads.created_at AS _sort, leads.id AS _id 
FROM leads JOIN lead_tags ON lead_tags.workspace_id = leads.workspace_id AND lead_tags.lead_id = leads.id 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND lead_tags.tag_id = anon_1.key ORDER BY greatest(leads.created_at) DESC, leads.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT lead_tags.tag_id AS key, count(*) AS count 
FROM leads JOIN lead_tags ON lead_tags.workspace_id = leads.workspace_id AND lead_tags.lead_id = leads.id 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND lead_tags.tag_id = ANY ($2::UUID[]) GROUP BY lead_tags.tag_id;
