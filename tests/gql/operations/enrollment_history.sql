SELECT sequences.id, sequences.version, sequences.name, sequences.type, sequences.description, sequences.draft, sequences.published_version, sequences.archived_at, sequences.created_at, sequences.updated_at 
FROM sequences 
WHERE sequences.workspace_id = $1::UUID AND sequences.id = ANY ($2::UUID[]);

SELECT anon_1.key AS _parent, page.lead_id, page.sequence_id, page.kind, page.at, page.actor_kind, page.actor_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT enrollment_changes.lead_id AS lead_id, enrollment_changes.sequence_id AS sequence_id, enrollment_changes.kind AS kind, enrollment_changes.at AS at, enrollment_changes.actor_kind AS actor_kind, enrollment_changes.actor_id AS actor_id, enrollment_changes.at AS _sort, enrollment_changes.id AS _id 
FROM enrollment_changes 
WHERE enrollment_changes.workspace_id = $2::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = enrollment_changes.workspace_id AND leads.id = enrollment_changes.lead_id AND leads.deleted_at IS NULL)) AND enrollment_changes.sequence_id = anon_1.key ORDER BY enrollment_changes.at DESC, enrollment_changes.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT enrollment_changes.sequence_id AS key, count(*) AS count 
FROM enrollment_changes 
WHERE enrollment_changes.workspace_id = $1::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = enrollment_changes.workspace_id AND leads.id = enrollment_changes.lead_id AND leads.deleted_at IS NULL)) AND enrollment_changes.sequence_id = ANY ($2::UUID[]) GROUP BY enrollment_changes.sequence_id;

SELECT leads.id, leads.first_name, leads.last_name 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;

SELECT agents.id, agents.name 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);
