SELECT suppressions.id, suppressions.kind, suppressions.channel, suppressions.lead_id, suppressions.address, suppressions.reason, suppressions.at, suppressions.at AS _sort, suppressions.id AS _id 
FROM suppressions 
WHERE suppressions.workspace_id = $1::UUID AND (suppressions.lead_id IS NULL OR (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = suppressions.workspace_id AND leads.id = suppressions.lead_id AND leads.deleted_at IS NULL))) ORDER BY suppressions.at DESC, suppressions.id DESC 
 LIMIT $2::INTEGER;

SELECT suppressions.id, suppressions.kind, suppressions.channel, suppressions.lead_id, suppressions.address, suppressions.reason, suppressions.at, suppressions.at AS _sort, suppressions.id AS _id 
FROM suppressions 
WHERE suppressions.workspace_id = $1::UUID AND suppressions.lifted_at IS NULL AND suppressions.channel = ANY ($2::TEXT[]) AND suppressions.kind = ANY ($3::TEXT[]) AND (suppressions.lead_id IS NULL OR (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = suppressions.workspace_id AND leads.id = suppressions.lead_id AND leads.deleted_at IS NULL))) ORDER BY suppressions.at DESC, suppressions.id DESC 
 LIMIT $4::INTEGER;

SELECT count(*) AS count_1 
FROM suppressions 
WHERE suppressions.workspace_id = $1::UUID AND (suppressions.lead_id IS NULL OR (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = suppressions.workspace_id AND leads.id = suppressions.lead_id AND leads.deleted_at IS NULL)));

SELECT leads.id, leads.first_name, leads.last_name 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;

SELECT count(*) AS count_1 
FROM suppressions 
WHERE suppressions.workspace_id = $1::UUID AND suppressions.lifted_at IS NULL AND suppressions.channel = ANY ($2::TEXT[]) AND suppressions.kind = ANY ($3::TEXT[]) AND (suppressions.lead_id IS NULL OR (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = suppressions.workspace_id AND leads.id = suppressions.lead_id AND leads.deleted_at IS NULL)));
