SELECT activities.id, activities.lead_id, activities.type, activities.agent_id, activities.occurred_at AS _sort, activities.id AS _id 
FROM activities 
WHERE activities.workspace_id = $1::UUID AND activities.type = ANY ($2::TEXT[]) AND activities.occurred_at < $3::TIMESTAMP WITH TIME ZONE AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = activities.workspace_id AND leads.id = activities.lead_id AND leads.deleted_at IS NULL)) ORDER BY activities.occurred_at DESC, activities.id DESC 
 LIMIT $4::INTEGER;

SELECT count(*) AS count_1 
FROM activities 
WHERE activities.workspace_id = $1::UUID AND activities.type = ANY ($2::TEXT[]) AND activities.occurred_at < $3::TIMESTAMP WITH TIME ZONE AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = activities.workspace_id AND leads.id = activities.lead_id AND leads.deleted_at IS NULL));

SELECT anon_1.id, convert_to('{"name":' || CAST(to_json(anon_1.name) AS TEXT) || ',"team":' || coalesce((SELECT '{"name":' || CAST(to_json(anon_2.name) AS TEXT) || '}' AS row 
FROM (SELECT teams.name AS name 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = anon_1.team_id) AS anon_2), 'null') || '}', 'UTF8') AS row 
FROM (SELECT agents.id AS id, agents.name AS name, agents.team_id AS team_id 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[])) AS anon_1;

SELECT consent_entries.id, consent_entries.lead_id, consent_entries.channel, consent_entries.purpose, consent_entries.action, consent_entries.basis, consent_entries.claimed, consent_entries.source, consent_entries.evidence, consent_entries.evidence_url, consent_entries.at, consent_entries.expires_at, consent_entries.recorded_at, consent_entries.cause_id, consent_entries.actor_kind, consent_entries.actor_id, consent_entries.cause_id AS _parent 
FROM consent_entries 
WHERE consent_entries.workspace_id = $1::UUID AND consent_entries.cause_id = ANY ($2::UUID[]) ORDER BY consent_entries.cause_id, consent_entries.channel, consent_entries.purpose, consent_entries.id;

SELECT leads.id, leads.first_name, leads.last_name, leads.owner_id 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;

SELECT agents.id, agents.name, agents.team_id 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);

SELECT tags.id, tags.version, tags.name, tags.color, tags.created_at, tags.updated_at, lead_tags.lead_id AS _lead_id 
FROM tags JOIN lead_tags ON lead_tags.workspace_id = tags.workspace_id AND lead_tags.tag_id = tags.id 
WHERE tags.workspace_id = $1::UUID AND lead_tags.lead_id = ANY ($2::UUID[]) ORDER BY lead_tags.lead_id, lower(tags.name) COLLATE "C";
