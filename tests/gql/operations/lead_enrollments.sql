SELECT leads.id, leads.first_name, leads.last_name, leads.live_enrollments, leads.created_at AS _sort, leads.id AS _id 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.deleted_at IS NULL ORDER BY leads.created_at DESC, leads.id DESC 
 LIMIT $2::INTEGER;

SELECT anon_1.key AS _parent, page.sequence_id, page.state, page.step_key, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT enrollments.sequence_id AS sequence_id, enrollments.state AS state, enrollments.step_key AS step_key, enrollments.enrolled_at AS _sort, enrollments.id AS _id 
FROM enrollments 
WHERE enrollments.workspace_id = $2::UUID AND enrollments.state = ANY ($3::TEXT[]) AND enrollments.lead_id = anon_1.key ORDER BY enrollments.enrolled_at DESC, enrollments.id DESC 
 LIMIT $4::INTEGER) AS page ON true;

SELECT enrollments.lead_id AS key, count(*) AS count 
FROM enrollments 
WHERE enrollments.workspace_id = $1::UUID AND enrollments.state = ANY ($2::TEXT[]) AND enrollments.lead_id = ANY ($3::UUID[]) GROUP BY enrollments.lead_id;

SELECT sequences.id, sequences.name 
FROM sequences 
WHERE sequences.workspace_id = $1::UUID AND sequences.id = ANY ($2::UUID[]);
