SELECT campaigns.id, campaigns.version, campaigns.name, campaigns.description, campaigns.type, campaigns.status, campaigns.status_since, campaigns.starts_at, campaigns.ends_at, campaigns.started_at, campaigns.ended_at, campaigns.attribution_days, campaigns.weights_changed_at, campaigns.created_at, campaigns.updated_at 
FROM campaigns 
WHERE campaigns.workspace_id = $1::UUID AND campaigns.id = $2::UUID ORDER BY campaigns.id FOR NO KEY UPDATE;

SELECT campaign_variants.id, campaign_variants.campaign_id, campaign_variants.version, campaign_variants.name, campaign_variants.description, campaign_variants.weight, campaign_variants.created_at, campaign_variants.updated_at, campaign_variants.campaign_id AS _parent 
FROM campaign_variants 
WHERE campaign_variants.workspace_id = $1::UUID AND campaign_variants.campaign_id = ANY ($2::UUID[]) ORDER BY campaign_variants.campaign_id, campaign_variants.created_at, campaign_variants.id;

INSERT INTO campaign_variants (workspace_id, id, campaign_id, name, description, weight, version, created_at, updated_at) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::VARCHAR, $5::VARCHAR, $6::INTEGER, $7::INTEGER, $8::TIMESTAMP WITH TIME ZONE, $9::TIMESTAMP WITH TIME ZONE);

SELECT campaign_members.id, campaign_members.lead_id, campaign_members.variant_id 
FROM campaign_members 
WHERE campaign_members.workspace_id = $1::UUID AND campaign_members.campaign_id = $2::UUID;

UPDATE campaign_members SET variant_id=anon_1.variant_id FROM unnest($1::UUID[], $2::UUID[]) AS anon_1(member_id, variant_id) WHERE campaign_members.workspace_id = $3::UUID AND campaign_members.id = anon_1.member_id;

UPDATE campaigns SET name=$1::VARCHAR, description=$2::VARCHAR, type=$3::VARCHAR, status=$4::VARCHAR, status_since=$5::TIMESTAMP WITH TIME ZONE, starts_at=$6::TIMESTAMP WITH TIME ZONE, ends_at=$7::TIMESTAMP WITH TIME ZONE, started_at=$8::TIMESTAMP WITH TIME ZONE, ended_at=$9::TIMESTAMP WITH TIME ZONE, attribution_days=$10::SMALLINT, weights_changed_at=$11::TIMESTAMP WITH TIME ZONE, version=$12::INTEGER, updated_at=$13::TIMESTAMP WITH TIME ZONE WHERE campaigns.workspace_id = $14::UUID AND campaigns.id = $15::UUID;

SELECT campaign_variants.id, campaign_variants.campaign_id, campaign_variants.version, campaign_variants.name, campaign_variants.description, campaign_variants.weight, campaign_variants.created_at, campaign_variants.updated_at, campaign_variants.campaign_id AS _parent 
FROM campaign_variants 
WHERE campaign_variants.workspace_id = $1::UUID AND campaign_variants.campaign_id = ANY ($2::UUID[]) ORDER BY campaign_variants.campaign_id, campaign_variants.created_at, campaign_variants.id;

SELECT campaigns.id 
FROM campaigns 
WHERE campaigns.workspace_id = $1::UUID AND campaigns.id = ANY ($2::UUID[]);
