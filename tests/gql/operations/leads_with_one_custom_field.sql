SELECT leads.id, leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $2::INTEGER;

SELECT custom_values.lead_id, custom_values.field_id, custom_fields.key, custom_fields.type, custom_values.value 
FROM unnest($1::UUID[], $2::TEXT[]) AS anon_1(lead_id, key) JOIN custom_fields ON custom_fields.workspace_id = $3::UUID AND custom_fields.key = anon_1.key JOIN custom_values ON custom_values.workspace_id = custom_fields.workspace_id AND custom_values.field_id = custom_fields.id AND custom_values.lead_id = anon_1.lead_id ORDER BY custom_values.lead_id, custom_values.field_id, custom_values.place;

SELECT custom_fields.id, custom_fields.key 
FROM custom_fields 
WHERE custom_fields.workspace_id = $1::UUID AND custom_fields.id = ANY ($2::UUID[]);
