SELECT tags.id, tags.name, lower(tags.name) COLLATE "C" AS _sort, tags.id AS _id 
FROM tags 
WHERE tags.workspace_id = $1::UUID ORDER BY lower(tags.name) COLLATE "C" ASC, tags.id ASC 
 LIMIT $2::INTEGER;

SELECT count(*) AS count_1 
FROM tags 
WHERE tags.workspace_id = $1::UUID;

SELECT anon_1.key AS _parent, page.id, page.first_name, page.last_name, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT leads.id AS id, leads.first_name AS first_name, leads.last_name AS last_name, leads.created_at AS _sort, leads.id AS _id 
FROM leads JOIN lead_tags ON lead_tags.workspace_id = leads.workspace_id AND lead_tags.lead_id = leads.id 
WHERE leads.workspace_id = $2::UUID AND leads.deleted_at IS NULL AND lead_tags.tag_id = anon_1.key ORDER BY greatest(leads.created_at) DESC, leads.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT lead_tags.tag_id AS key, count(*) AS count 
FROM leads JOIN lead_tags ON lead_tags.workspace_id = leads.workspace_id AND lead_tags.lead_id = leads.id 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND lead_tags.tag_id = ANY ($2::UUID[]) GROUP BY lead_tags.tag_id;
