SELECT coalesce(max(outcome_policies.version), $1::INTEGER) AS coalesce_1 
FROM outcome_policies 
WHERE outcome_policies.workspace_id = $2::UUID;

INSERT INTO outcome_policies (workspace_id, id, version, rules, published_at, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::INTEGER, $4::JSONB, $5::TIMESTAMP WITH TIME ZONE, $6::VARCHAR, $7::UUID);
