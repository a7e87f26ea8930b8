SELECT follow_ups.id, follow_ups.version, follow_ups.lead_id, follow_ups.agent_id, follow_ups.kind, follow_ups.title, follow_ups.note, follow_ups.due_at, follow_ups.due_local, follow_ups.due_zone, follow_ups.due_adjustment, follow_ups.state, follow_ups.resolution, follow_ups.outcome, follow_ups.snoozes, follow_ups.origin, follow_ups.cause_id, follow_ups.policy_version, follow_ups.attempt_number, follow_ups.closed_at, follow_ups.closed_by_kind, follow_ups.closed_by_id, follow_ups.actor_kind, follow_ups.actor_id, follow_ups.created_at, follow_ups.updated_at, follow_ups.due_at AS _sort, follow_ups.id AS _id 
FROM follow_ups 
WHERE follow_ups.workspace_id = $1::UUID AND follow_ups.state = 'OPEN' AND NOT (follow_ups.state = 'OPEN' AND follow_ups.due_at < $2::TIMESTAMP WITH TIME ZONE) AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = follow_ups.workspace_id AND leads.id = follow_ups.lead_id AND leads.deleted_at IS NULL)) ORDER BY follow_ups.due_at ASC, follow_ups.id ASC 
 LIMIT $3::INTEGER;

SELECT agents.id, agents.name, lower(agents.name) COLLATE "C" AS _sort, agents.id AS _id 
FROM agents 
WHERE agents.workspace_id = $1::UUID ORDER BY lower(agents.name) COLLATE "C" ASC, agents.id ASC 
 LIMIT $2::INTEGER;

SELECT anon_1.key AS _parent, convert_to(listed.rows, 'UTF8') AS rows 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT '[' || coalesce(string_agg('{"title":' || CAST(to_json(page.title) AS TEXT) || '}', ','), '') || ']' AS rows 
FROM (SELECT follow_ups.title AS title, follow_ups.due_at AS _sort, follow_ups.id AS _id 
FROM follow_ups 
WHERE follow_ups.workspace_id = $2::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = follow_ups.workspace_id AND leads.id = follow_ups.lead_id AND leads.deleted_at IS NULL)) AND follow_ups.agent_id = anon_1.key ORDER BY follow_ups.due_at ASC, follow_ups.id ASC 
 LIMIT $3::INTEGER) AS page) AS listed ON true;

SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT workspaces.time_zone AS zone, (SELECT coalesce(jsonb_agg(to_jsonb(working_hours)), jsonb_build_array()) AS coalesce_1 
FROM working_hours 
WHERE working_hours.workspace_id = $1::UUID AND (working_hours.team_id IS NULL OR working_hours.team_id = ANY ($2::UUID[]) OR working_hours.team_id IN (SELECT agents.team_id 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($3::UUID[])))) AS hours, (SELECT coalesce(jsonb_object_agg(agents.id, agents.team_id), jsonb_build_object()) AS coalesce_2 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($3::UUID[])) AS teams, (SELECT coalesce(array_agg(teams.id), CAST(ARRAY[] AS UUID[])) AS coalesce_3 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = ANY ($2::UUID[])) AS known_teams 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT outcome_policies.id, outcome_policies.version, outcome_policies.rules, outcome_policies.published_at, outcome_policies.actor_kind, outcome_policies.actor_id 
FROM outcome_policies 
WHERE outcome_policies.workspace_id = $1::UUID ORDER BY outcome_policies.version DESC 
 LIMIT $2::INTEGER;

SELECT (SELECT outcome_policies.rules 
FROM outcome_policies 
WHERE outcome_policies.workspace_id = $1::UUID ORDER BY outcome_policies.version DESC 
 LIMIT $2::INTEGER) AS rules 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT anon_1.key AS _parent, convert_to(listed.rows, 'UTF8') AS rows 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT '[' || coalesce(string_agg('{"title":' || CAST(to_json(page.title) AS TEXT) || '}', ','), '') || ']' AS rows 
FROM (SELECT follow_ups.title AS title, follow_ups.due_at AS _sort, follow_ups.id AS _id 
FROM follow_ups 
WHERE follow_ups.workspace_id = $2::UUID AND follow_ups.state = 'OPEN' AND follow_ups.due_at < $3::TIMESTAMP WITH TIME ZONE AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = follow_ups.workspace_id AND leads.id = follow_ups.lead_id AND leads.deleted_at IS NULL)) AND follow_ups.agent_id = anon_1.key ORDER BY follow_ups.due_at ASC, follow_ups.id ASC 
 LIMIT $4::INTEGER) AS page) AS listed ON true;

SELECT count(*) AS count_1 
FROM follow_ups 
WHERE follow_ups.workspace_id = $1::UUID AND follow_ups.state = 'OPEN' AND NOT (follow_ups.state = 'OPEN' AND follow_ups.due_at < $2::TIMESTAMP WITH TIME ZONE) AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = follow_ups.workspace_id AND leads.id = follow_ups.lead_id AND leads.deleted_at IS NULL));

SELECT agents.id, agents.name, agents.team_id 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);

SELECT leads.id, leads.first_name, leads.last_name, leads.status, leads.owner_id, leads.closed_at, leads.first_contacted_at, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;

SELECT contact_attempts.id, contact_attempts.outcome 
FROM contact_attempts 
WHERE contact_attempts.workspace_id = $1::UUID AND contact_attempts.id = ANY ($2::UUID[]);

SELECT teams.id, teams.name 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = ANY ($2::UUID[]);

SELECT workspaces.time_zone AS zone, (SELECT coalesce(jsonb_agg(to_jsonb(working_hours)), jsonb_build_array()) AS coalesce_1 
FROM working_hours 
WHERE working_hours.workspace_id = $1::UUID AND (working_hours.team_id IS NULL OR working_hours.team_id = ANY ($2::UUID[]) OR working_hours.team_id IN (SELECT agents.team_id 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($3::UUID[])))) AS hours, (SELECT coalesce(jsonb_object_agg(agents.id, agents.team_id), jsonb_build_object()) AS coalesce_2 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($3::UUID[])) AS teams, (SELECT coalesce(array_agg(teams.id), CAST(ARRAY[] AS UUID[])) AS coalesce_3 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = ANY ($2::UUID[])) AS known_teams 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT DISTINCT ON (follow_ups.lead_id) follow_ups.id, follow_ups.version, follow_ups.lead_id, follow_ups.agent_id, follow_ups.kind, follow_ups.title, follow_ups.note, follow_ups.due_at, follow_ups.due_local, follow_ups.due_zone, follow_ups.due_adjustment, follow_ups.state, follow_ups.resolution, follow_ups.outcome, follow_ups.snoozes, follow_ups.told_due_at, follow_ups.origin, follow_ups.cause_id, follow_ups.policy_version, follow_ups.attempt_number, follow_ups.closed_at, follow_ups.closed_by_kind, follow_ups.closed_by_id, follow_ups.actor_kind, follow_ups.actor_id, follow_ups.created_at, follow_ups.updated_at 
FROM follow_ups 
WHERE follow_ups.workspace_id = $1::UUID AND follow_ups.lead_id = ANY ($2::UUID[]) AND follow_ups.state = 'OPEN' ORDER BY follow_ups.lead_id, follow_ups.due_at, follow_ups.id;

SELECT anon_1.key AS _parent, convert_to(listed.rows, 'UTF8') AS rows 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT '[' || coalesce(string_agg('{"title":' || CAST(to_json(page.title) AS TEXT) || '}', ','), '') || ']' AS rows 
FROM (SELECT follow_ups.title AS title, follow_ups.due_at AS _sort, follow_ups.id AS _id 
FROM follow_ups 
WHERE follow_ups.workspace_id = $2::UUID AND follow_ups.lead_id = anon_1.key ORDER BY follow_ups.due_at ASC, follow_ups.id ASC 
 LIMIT $3::INTEGER) AS page) AS listed ON true;

SELECT workspaces.time_zone AS zone, (SELECT coalesce(jsonb_agg(to_jsonb(working_hours)), jsonb_build_array()) AS coalesce_1 
FROM working_hours 
WHERE working_hours.workspace_id = $1::UUID AND (working_hours.team_id IS NULL OR working_hours.team_id = ANY ($2::UUID[]) OR working_hours.team_id IN (SELECT agents.team_id 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($3::UUID[])))) AS hours, (SELECT coalesce(jsonb_object_agg(agents.id, agents.team_id), jsonb_build_object()) AS coalesce_2 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($3::UUID[])) AS teams, (SELECT coalesce(array_agg(teams.id), CAST(ARRAY[] AS UUID[])) AS coalesce_3 
FROM teams 
WHERE teams.workspace_id = $1::UUID AND teams.id = ANY ($2::UUID[])) AS known_teams 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;
