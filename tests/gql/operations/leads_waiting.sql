SELECT leads.first_name, leads.last_name, leads.status, leads.owner_id, leads.closed_at, leads.first_contacted_at, leads.first_response_started_at, leads.first_response_due_at, leads.first_response_minutes, leads.first_response_due_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL AND leads.first_response_due_at IS NOT NULL AND leads.first_response_due_at < $2::TIMESTAMP WITH TIME ZONE AND leads.first_contacted_at IS NULL ORDER BY leads.first_response_due_at ASC NULLS LAST, leads.id ASC 
 LIMIT $3::INTEGER;

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
