SELECT outcome_policies.version, outcome_policies.rules, outcome_policies.published_at, outcome_policies.actor_kind, outcome_policies.actor_id, outcome_policies.version AS _sort, outcome_policies.id AS _id 
FROM outcome_policies 
WHERE outcome_policies.workspace_id = $1::UUID ORDER BY outcome_policies.version DESC, outcome_policies.id DESC 
 LIMIT $2::INTEGER;

SELECT count(*) AS count_1 
FROM outcome_policies 
WHERE outcome_policies.workspace_id = $1::UUID;

SELECT agents.id, agents.name 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);

SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;
