SELECT contact_rules.rules 
FROM contact_rules 
WHERE contact_rules.workspace_id = $1::UUID ORDER BY contact_rules.version DESC 
 LIMIT $2::INTEGER;

SELECT contact_rules.id, contact_rules.version, contact_rules.rules, contact_rules.note, contact_rules.at, contact_rules.actor_kind, contact_rules.actor_id, contact_rules.at AS _sort, contact_rules.id AS _id 
FROM contact_rules 
WHERE contact_rules.workspace_id = $1::UUID ORDER BY contact_rules.at DESC, contact_rules.id DESC 
 LIMIT $2::INTEGER;

SELECT count(*) AS count_1 
FROM contact_rules 
WHERE contact_rules.workspace_id = $1::UUID;
