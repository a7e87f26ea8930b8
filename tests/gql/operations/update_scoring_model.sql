SELECT scoring_models.id, scoring_models.version, scoring_models.key, scoring_models.name, scoring_models.description, scoring_models.published_number, scoring_models.created_at, scoring_models.updated_at 
FROM scoring_models 
WHERE scoring_models.workspace_id = $1::UUID AND scoring_models.id = $2::UUID ORDER BY scoring_models.id FOR UPDATE;

UPDATE scoring_models SET key=$1::VARCHAR, name=$2::VARCHAR, description=$3::VARCHAR, published_number=$4::INTEGER, version=$5::INTEGER, updated_at=$6::TIMESTAMP WITH TIME ZONE WHERE scoring_models.workspace_id = $7::UUID AND scoring_models.id = $8::UUID;
