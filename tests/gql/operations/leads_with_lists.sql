SELECT leads.id, leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $2::INTEGER;

SELECT count(*) AS count_1 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL;

SELECT anon_1.key AS _parent, page.id, page.lead_id, page.type, page.occurred_at, page.agent_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT activities.id AS id, activities.lead_id AS lead_id, activities.type AS type, activities.occurred_at AS occurred_at, activities.agent_id AS agent_id, activities.occurred_at AS _sort, activities.id AS _id 
FROM activities 
WHERE activities.workspace_id = $2::UUID AND activities.lead_id = anon_1.key ORDER BY activities.occurred_at DESC, activities.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT tags.id, tags.version, tags.name, tags.color, tags.created_at, tags.updated_at, lead_tags.lead_id AS _lead_id 
FROM tags JOIN lead_tags ON lead_tags.workspace_id = tags.workspace_id AND lead_tags.tag_id = tags.id 
WHERE tags.workspace_id = $1::UUID AND lead_tags.lead_id = ANY ($2::UUID[]) ORDER BY lead_tags.lead_id, lower(tags.name) COLLATE "C";

SELECT external_references.lead_id, external_references.system, external_references.external_id, external_references.created_at, external_references.lead_id AS _parent 
FROM external_references 
WHERE external_references.workspace_id = $1::UUID AND external_references.lead_id = ANY ($2::UUID[]) ORDER BY external_references.lead_id, external_references.system, external_references.external_id;

SELECT anon_1.key AS _parent, page.id, page.outcome, page.agent_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT contact_attempts.id AS id, contact_attempts.outcome AS outcome, contact_attempts.agent_id AS agent_id, contact_attempts.occurred_at AS _sort, contact_attempts.id AS _id 
FROM contact_attempts 
WHERE contact_attempts.workspace_id = $2::UUID AND contact_attempts.lead_id = anon_1.key ORDER BY contact_attempts.occurred_at ASC, contact_attempts.id ASC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.from_total, page.total, page.cause, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT score_entries.from_total AS from_total, score_entries.total AS total, score_entries.cause AS cause, score_entries.at AS _sort, score_entries.id AS _id 
FROM score_entries 
WHERE score_entries.workspace_id = $2::UUID AND score_entries.lead_id = anon_1.key ORDER BY score_entries.at DESC, score_entries.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.lead_id, page.from_status, page.to_status, page.actor_kind, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT status_changes.lead_id AS lead_id, status_changes.from_status AS from_status, status_changes.to_status AS to_status, status_changes.actor_kind AS actor_kind, status_changes.at AS _sort, status_changes.id AS _id 
FROM status_changes 
WHERE status_changes.workspace_id = $2::UUID AND status_changes.lead_id = anon_1.key ORDER BY status_changes.at DESC, status_changes.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT activities.lead_id AS key, count(*) AS count 
FROM activities 
WHERE activities.workspace_id = $1::UUID AND activities.lead_id = ANY ($2::UUID[]) GROUP BY activities.lead_id;

SELECT agents.id, agents.name 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);

SELECT leads.id, leads.first_name, leads.last_name 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;

SELECT score_entries.lead_id AS key, count(*) AS count 
FROM score_entries 
WHERE score_entries.workspace_id = $1::UUID AND score_entries.lead_id = ANY ($2::UUID[]) GROUP BY score_entries.lead_id;

SELECT contact_attempts.lead_id AS key, count(*) AS count 
FROM contact_attempts 
WHERE contact_attempts.workspace_id = $1::UUID AND contact_attempts.lead_id = ANY ($2::UUID[]) GROUP BY contact_attempts.lead_id;
