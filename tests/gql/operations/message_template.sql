SELECT message_templates.id, message_templates.version, message_templates.name, message_templates.description, message_templates.channel, message_templates.current_version, message_templates.archived_at, message_templates.created_at, message_templates.updated_at 
FROM message_templates 
WHERE message_templates.workspace_id = $1::UUID AND message_templates.id = ANY ($2::UUID[]);

SELECT workspaces.workspace_id AS id, workspaces.name, workspaces.currency, workspaces.time_zone, workspaces.country, workspaces.agent_visibility, workspaces.scoring_model, workspaces.version, workspaces.created_at, workspaces.updated_at, workspaces.scoring_version_id, workspaces.postal_address 
FROM workspaces 
WHERE workspaces.workspace_id = $1::UUID;

SELECT anon_1.key AS _parent, page.name, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT sequences.name AS name, lower(sequences.name) COLLATE "C" AS _sort, sequences.id AS _id 
FROM (SELECT DISTINCT plans.workspace_id AS workspace_id, plans.sequence_id AS sequence_id, CAST(anon_2.value ->> $2::TEXT AS UUID) AS template_id 
FROM (SELECT sequences.workspace_id AS workspace_id, sequences.id AS sequence_id, sequences.draft AS plan 
FROM sequences 
WHERE sequences.draft IS NOT NULL UNION ALL SELECT sequence_versions.workspace_id AS workspace_id, sequence_versions.sequence_id AS sequence_id, sequence_versions.plan AS plan 
FROM sequence_versions JOIN sequences ON sequences.workspace_id = sequence_versions.workspace_id AND sequences.id = sequence_versions.sequence_id AND sequences.published_version = sequence_versions.number) AS plans JOIN jsonb_array_elements(plans.plan[$3::TEXT]) AS anon_2(value) ON true 
WHERE anon_2.value ? $4::VARCHAR) AS uses JOIN sequences ON sequences.workspace_id = uses.workspace_id AND sequences.id = uses.sequence_id 
WHERE sequences.workspace_id = $5::UUID AND uses.template_id = anon_1.key ORDER BY greatest(lower(sequences.name) COLLATE "C") ASC, sequences.id ASC 
 LIMIT $6::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.sequence_id, page.number, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT sequence_versions.sequence_id AS sequence_id, sequence_versions.number AS number, sequence_versions.published_at AS _sort, sequence_versions.id AS _id 
FROM (SELECT DISTINCT sequence_versions.workspace_id AS workspace_id, sequence_versions.id AS id, CAST(anon_2.value ->> $2::TEXT AS UUID) AS named 
FROM sequence_versions JOIN jsonb_array_elements(sequence_versions.plan[$3::TEXT]) AS anon_2(value) ON true 
WHERE anon_2.value ? $4::VARCHAR) AS uses JOIN sequence_versions ON sequence_versions.workspace_id = uses.workspace_id AND sequence_versions.id = uses.id 
WHERE sequence_versions.workspace_id = $5::UUID AND uses.named = anon_1.key ORDER BY greatest(sequence_versions.published_at) DESC, sequence_versions.id DESC 
 LIMIT $6::INTEGER) AS page ON true;

SELECT anon_1.key AS _parent, page.id, page.template_id, page.number, page.content, page.created_by_kind, page.created_by_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT message_template_versions.id AS id, message_template_versions.template_id AS template_id, message_template_versions.number AS number, message_template_versions.content AS content, message_template_versions.created_by_kind AS created_by_kind, message_template_versions.created_by_id AS created_by_id, message_template_versions.number AS _sort, message_template_versions.id AS _id 
FROM message_template_versions 
WHERE message_template_versions.workspace_id = $2::UUID AND message_template_versions.template_id = anon_1.key ORDER BY message_template_versions.number DESC, message_template_versions.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT uses.template_id AS key, count(*) AS count 
FROM (SELECT DISTINCT plans.workspace_id AS workspace_id, plans.sequence_id AS sequence_id, CAST(anon_1.value ->> $1::TEXT AS UUID) AS template_id 
FROM (SELECT sequences.workspace_id AS workspace_id, sequences.id AS sequence_id, sequences.draft AS plan 
FROM sequences 
WHERE sequences.draft IS NOT NULL UNION ALL SELECT sequence_versions.workspace_id AS workspace_id, sequence_versions.sequence_id AS sequence_id, sequence_versions.plan AS plan 
FROM sequence_versions JOIN sequences ON sequences.workspace_id = sequence_versions.workspace_id AND sequences.id = sequence_versions.sequence_id AND sequences.published_version = sequence_versions.number) AS plans JOIN jsonb_array_elements(plans.plan[$2::TEXT]) AS anon_1(value) ON true 
WHERE anon_1.value ? $3::VARCHAR) AS uses JOIN sequences ON sequences.workspace_id = uses.workspace_id AND sequences.id = uses.sequence_id 
WHERE sequences.workspace_id = $4::UUID AND uses.template_id = ANY ($5::UUID[]) GROUP BY uses.template_id;

SELECT uses.named AS key, count(*) AS count 
FROM (SELECT DISTINCT sequence_versions.workspace_id AS workspace_id, sequence_versions.id AS id, CAST(anon_1.value ->> $1::TEXT AS UUID) AS named 
FROM sequence_versions JOIN jsonb_array_elements(sequence_versions.plan[$2::TEXT]) AS anon_1(value) ON true 
WHERE anon_1.value ? $3::VARCHAR) AS uses JOIN sequence_versions ON sequence_versions.workspace_id = uses.workspace_id AND sequence_versions.id = uses.id 
WHERE sequence_versions.workspace_id = $4::UUID AND uses.named = ANY ($5::UUID[]) GROUP BY uses.named;

SELECT sequences.id, sequences.name 
FROM sequences 
WHERE sequences.workspace_id = $1::UUID AND sequences.id = ANY ($2::UUID[]);

SELECT message_template_versions.template_id AS key, count(*) AS count 
FROM message_template_versions 
WHERE message_template_versions.workspace_id = $1::UUID AND message_template_versions.template_id = ANY ($2::UUID[]) GROUP BY message_template_versions.template_id;

SELECT anon_1.key AS _parent, page.number, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT sequence_versions.number AS number, sequence_versions.published_at AS _sort, sequence_versions.id AS _id 
FROM (SELECT DISTINCT sequence_versions.workspace_id AS workspace_id, sequence_versions.id AS id, CAST(anon_2.value ->> $2::TEXT AS UUID) AS named 
FROM sequence_versions JOIN jsonb_array_elements(sequence_versions.plan[$3::TEXT]) AS anon_2(value) ON true 
WHERE anon_2.value ? $4::VARCHAR) AS uses JOIN sequence_versions ON sequence_versions.workspace_id = uses.workspace_id AND sequence_versions.id = uses.id 
WHERE sequence_versions.workspace_id = $5::UUID AND uses.named = anon_1.key ORDER BY greatest(sequence_versions.published_at) DESC, sequence_versions.id DESC 
 LIMIT $6::INTEGER) AS page ON true;

SELECT uses.named AS key, count(*) AS count 
FROM (SELECT DISTINCT sequence_versions.workspace_id AS workspace_id, sequence_versions.id AS id, CAST(anon_1.value ->> $1::TEXT AS UUID) AS named 
FROM sequence_versions JOIN jsonb_array_elements(sequence_versions.plan[$2::TEXT]) AS anon_1(value) ON true 
WHERE anon_1.value ? $3::VARCHAR) AS uses JOIN sequence_versions ON sequence_versions.workspace_id = uses.workspace_id AND sequence_versions.id = uses.id 
WHERE sequence_versions.workspace_id = $4::UUID AND uses.named = ANY ($5::UUID[]) GROUP BY uses.named;
