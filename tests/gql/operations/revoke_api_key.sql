UPDATE api_keys SET revoked_at=$1::TIMESTAMP WITH TIME ZONE WHERE api_keys.workspace_id = $2::UUID AND api_keys.id = $3::UUID AND api_keys.revoked_at IS NULL;

SELECT api_keys.id, api_keys.name, api_keys.hint, api_keys.role, api_keys.agent_id, api_keys.scopes, api_keys.created_at, api_keys.expires_at, api_keys.revoked_at, api_keys.last_used_at 
FROM api_keys 
WHERE api_keys.workspace_id = $1::UUID AND api_keys.id = ANY ($2::UUID[]);
