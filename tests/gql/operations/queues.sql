SELECT queues.id, queues.version, queues.name, queues.definition, queues.channel, queues.purpose, queues."order", queues.chance_a, queues.chance_b, queues.chance_c, queues.chance_d, queues.default_value, queues.rest_minutes, queues.archived_at, queues.created_at, queues.updated_at, lower(queues.name) COLLATE "C" AS _sort, queues.id AS _id 
FROM queues 
WHERE queues.workspace_id = $1::UUID AND queues.archived_at IS NULL ORDER BY lower(queues.name) COLLATE "C" ASC, queues.id ASC 
 LIMIT $2::INTEGER;

SELECT queues.id, queues.version, queues.name, queues.definition, queues.channel, queues.purpose, queues."order", queues.chance_a, queues.chance_b, queues.chance_c, queues.chance_d, queues.default_value, queues.rest_minutes, queues.archived_at, queues.created_at, queues.updated_at, lower(queues.name) COLLATE "C" AS _sort, queues.id AS _id 
FROM queues 
WHERE queues.workspace_id = $1::UUID ORDER BY lower(queues.name) COLLATE "C" ASC, queues.id ASC 
 LIMIT $2::INTEGER;

SELECT leads.id, leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $2::INTEGER;

SELECT agents.id, lower(agents.name) COLLATE "C" AS _sort, agents.id AS _id 
FROM agents 
WHERE agents.workspace_id = $1::UUID ORDER BY lower(agents.name) COLLATE "C" ASC, agents.id ASC 
 LIMIT $2::INTEGER;

SELECT count(*) AS count_1 
FROM queues 
WHERE queues.workspace_id = $1::UUID;

SELECT count(*) AS count_1 
FROM queues 
WHERE queues.workspace_id = $1::UUID AND queues.archived_at IS NULL;

SELECT anon_1.key AS _parent, page.id, page.queue_id, page.lead_id, page.state, page.claimed_at, page.leased_until, page.ended_at, page.contact_attempt_id, page.note, page.actor_kind, page.actor_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT claims.id AS id, claims.queue_id AS queue_id, claims.lead_id AS lead_id, claims.state AS state, claims.claimed_at AS claimed_at, claims.leased_until AS leased_until, claims.ended_at AS ended_at, claims.contact_attempt_id AS contact_attempt_id, claims.note AS note, claims.actor_kind AS actor_kind, claims.actor_id AS actor_id, claims.claimed_at AS _sort, claims.id AS _id 
FROM claims 
WHERE claims.workspace_id = $2::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = claims.workspace_id AND leads.id = claims.lead_id AND leads.deleted_at IS NULL)) AND claims.queue_id = anon_1.key ORDER BY claims.claimed_at DESC, claims.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT claims.id, claims.queue_id, claims.lead_id, claims.state, claims.claimed_at, claims.leased_until, claims.ended_at, claims.contact_attempt_id, claims.note, claims.actor_kind, claims.actor_id 
FROM claims 
WHERE claims.workspace_id = $1::UUID AND claims.ended_at IS NULL AND claims.lead_id = ANY ($2::UUID[]);

SELECT anon_1.key AS _parent, page.state, page.leased_until, page.ended_at, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT claims.state AS state, claims.leased_until AS leased_until, claims.ended_at AS ended_at, claims.claimed_at AS _sort, claims.id AS _id 
FROM claims 
WHERE claims.workspace_id = $2::UUID AND claims.lead_id = anon_1.key ORDER BY claims.claimed_at DESC, claims.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT claims.id AS id, claims.claimed_at AS _sort, claims.id AS _id 
FROM claims 
WHERE claims.workspace_id = $2::UUID AND claims.actor_kind = $3::VARCHAR AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = claims.workspace_id AND leads.id = claims.lead_id AND leads.deleted_at IS NULL)) AND claims.actor_id = anon_1.key ORDER BY claims.claimed_at DESC, claims.id DESC 
 LIMIT $4::INTEGER) AS page ON true;

SELECT claims.lead_id AS key, count(*) AS count 
FROM claims 
WHERE claims.workspace_id = $1::UUID AND claims.lead_id = ANY ($2::UUID[]) GROUP BY claims.lead_id;

SELECT claims.queue_id AS key, count(*) AS count 
FROM claims 
WHERE claims.workspace_id = $1::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = claims.workspace_id AND leads.id = claims.lead_id AND leads.deleted_at IS NULL)) AND claims.queue_id = ANY ($2::UUID[]) GROUP BY claims.queue_id;

SELECT agents.id, agents.name 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);

SELECT leads.id, leads.first_name, leads.last_name 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;

SELECT contact_attempts.id, contact_attempts.outcome 
FROM contact_attempts 
WHERE contact_attempts.workspace_id = $1::UUID AND contact_attempts.id = ANY ($2::UUID[]);

SELECT queues.id, queues.name 
FROM queues 
WHERE queues.workspace_id = $1::UUID AND queues.id = ANY ($2::UUID[]);

SELECT claims.actor_id AS key, count(*) AS count 
FROM claims 
WHERE claims.workspace_id = $1::UUID AND claims.actor_kind = $2::VARCHAR AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = claims.workspace_id AND leads.id = claims.lead_id AND leads.deleted_at IS NULL)) AND claims.actor_id = ANY ($3::UUID[]) GROUP BY claims.actor_id;
