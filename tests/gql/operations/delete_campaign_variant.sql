SELECT campaign_variants.id, campaign_variants.campaign_id, campaign_variants.version, campaign_variants.name, campaign_variants.description, campaign_variants.weight, campaign_variants.created_at, campaign_variants.updated_at 
FROM campaign_variants 
WHERE campaign_variants.workspace_id = $1::UUID AND campaign_variants.id = ANY ($2::UUID[]);

SELECT campaigns.id, campaigns.version, campaigns.name, campaigns.description, campaigns.type, campaigns.status, campaigns.status_since, campaigns.starts_at, campaigns.ends_at, campaigns.started_at, campaigns.ended_at, campaigns.attribution_days, campaigns.weights_changed_at, campaigns.created_at, campaigns.updated_at 
FROM campaigns 
WHERE campaigns.workspace_id = $1::UUID AND campaigns.id = $2::UUID ORDER BY campaigns.id FOR NO KEY UPDATE;

SELECT campaign_variants.id, campaign_variants.campaign_id, campaign_variants.version, campaign_variants.name, campaign_variants.description, campaign_variants.weight, campaign_variants.created_at, campaign_variants.updated_at, campaign_variants.campaign_id AS _parent 
FROM campaign_variants 
WHERE campaign_variants.workspace_id = $1::UUID AND campaign_variants.campaign_id = ANY ($2::UUID[]) ORDER BY campaign_variants.campaign_id, campaign_variants.created_at, campaign_variants.id;

SELECT campaign_members.id, campaign_members.lead_id, campaign_members.variant_id 
FROM campaign_members 
WHERE campaign_members.workspace_id = $1::UUID AND campaign_members.campaign_id = $2::UUID;

UPDATE campaign_members SET variant_id=anon_1.variant_id FROM unnest($1::UUID[], $2::UUID[]) AS anon_1(member_id, variant_id) WHERE campaign_members.workspace_id = $3::UUID AND campaign_members.id = anon_1.member_id;

UPDATE campaign_budget_lines SET variant_id=$1::UUID WHERE campaign_budget_lines.workspace_id = $2::UUID AND campaign_budget_lines.variant_id = $3::UUID;

UPDATE campaign_costs SET variant_id=$1::UUID WHERE campaign_costs.workspace_id = $2::UUID AND campaign_costs.variant_id = $3::UUID;

DELETE FROM campaign_variants WHERE campaign_variants.workspace_id = $1::UUID AND campaign_variants.id = $2::UUID;

UPDATE campaigns SET name=$1::VARCHAR, description=$2::VARCHAR, type=$3::VARCHAR, status=$4::VARCHAR, status_since=$5::TIMESTAMP WITH TIME ZONE, starts_at=$6::TIMESTAMP WITH TIME ZONE, ends_at=$7::TIMESTAMP WITH TIME ZONE, started_at=$8::TIMESTAMP WITH TIME ZONE, ended_at=$9::TIMESTAMP WITH TIME ZONE, attribution_days=$10::SMALLINT, weights_changed_at=$11::TIMESTAMP WITH TIME ZONE, version=$12::INTEGER, updated_at=$13::TIMESTAMP WITH TIME ZONE WHERE campaigns.workspace_id = $14::UUID AND campaigns.id = $15::UUID;

SELECT anon_1.key AS _parent, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT campaign_members.joined_at AS _sort, campaign_members.id AS _id 
FROM campaign_members 
WHERE campaign_members.workspace_id = $2::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = campaign_members.workspace_id AND leads.id = campaign_members.lead_id AND leads.deleted_at IS NULL)) AND campaign_members.left_at IS NULL AND campaign_members.campaign_id = anon_1.key ORDER BY campaign_members.joined_at DESC, campaign_members.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT campaign_variants.id, campaign_variants.campaign_id, campaign_variants.version, campaign_variants.name, campaign_variants.description, campaign_variants.weight, campaign_variants.created_at, campaign_variants.updated_at, campaign_variants.campaign_id AS _parent 
FROM campaign_variants 
WHERE campaign_variants.workspace_id = $1::UUID AND campaign_variants.campaign_id = ANY ($2::UUID[]) ORDER BY campaign_variants.campaign_id, campaign_variants.created_at, campaign_variants.id;

SELECT campaign_members.campaign_id AS key, count(*) AS count 
FROM campaign_members 
WHERE campaign_members.workspace_id = $1::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = campaign_members.workspace_id AND leads.id = campaign_members.lead_id AND leads.deleted_at IS NULL)) AND campaign_members.left_at IS NULL AND campaign_members.campaign_id = ANY ($2::UUID[]) GROUP BY campaign_members.campaign_id;
