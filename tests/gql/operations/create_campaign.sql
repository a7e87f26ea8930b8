SELECT campaigns.id 
FROM campaigns 
WHERE campaigns.workspace_id = $1::UUID AND lower(campaigns.name) = lower($2::VARCHAR);

INSERT INTO campaigns (workspace_id, id, name, description, type, status, status_since, starts_at, ends_at, started_at, ended_at, attribution_days, weights_changed_at, version, created_at, updated_at) VALUES ($1::UUID, $2::UUID, $3::VARCHAR, $4::VARCHAR, $5::VARCHAR, $6::VARCHAR, $7::TIMESTAMP WITH TIME ZONE, $8::TIMESTAMP WITH TIME ZONE, $9::TIMESTAMP WITH TIME ZONE, $10::TIMESTAMP WITH TIME ZONE, $11::TIMESTAMP WITH TIME ZONE, $12::SMALLINT, $13::TIMESTAMP WITH TIME ZONE, $14::INTEGER, $15::TIMESTAMP WITH TIME ZONE, $16::TIMESTAMP WITH TIME ZONE);

INSERT INTO campaign_variants (workspace_id, id, campaign_id, name, description, weight, version, created_at, updated_at) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::VARCHAR, $5::VARCHAR, $6::INTEGER, $7::INTEGER, $8::TIMESTAMP WITH TIME ZONE, $9::TIMESTAMP WITH TIME ZONE);

INSERT INTO campaign_status_changes (workspace_id, id, campaign_id, from_status, to_status, reason, actor_kind, actor_id, at) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::VARCHAR, $5::VARCHAR, $6::VARCHAR, $7::VARCHAR, $8::UUID, $9::TIMESTAMP WITH TIME ZONE);

INSERT INTO events (workspace_id, id, lead_id, sequence, type, at, changes, cause, cause_id, actor_kind, actor_id) VALUES ($1::UUID, $2::UUID, $3::UUID, $4::BIGINT, $5::VARCHAR, $6::TIMESTAMP WITH TIME ZONE, $7::JSONB, $8::VARCHAR, $9::UUID, $10::VARCHAR, $11::UUID);

SELECT campaign_variants.id, campaign_variants.campaign_id, campaign_variants.version, campaign_variants.name, campaign_variants.description, campaign_variants.weight, campaign_variants.created_at, campaign_variants.updated_at, campaign_variants.campaign_id AS _parent 
FROM campaign_variants 
WHERE campaign_variants.workspace_id = $1::UUID AND campaign_variants.campaign_id = ANY ($2::UUID[]) ORDER BY campaign_variants.campaign_id, campaign_variants.created_at, campaign_variants.id;

SELECT anon_1.key AS _parent, page.to_status, page.actor_kind, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT campaign_status_changes.to_status AS to_status, campaign_status_changes.actor_kind AS actor_kind, campaign_status_changes.at AS _sort, campaign_status_changes.id AS _id 
FROM campaign_status_changes 
WHERE campaign_status_changes.workspace_id = $2::UUID AND campaign_status_changes.campaign_id = anon_1.key ORDER BY campaign_status_changes.at DESC, campaign_status_changes.id DESC 
 LIMIT $3::INTEGER) AS page ON true;
