SELECT sequences.id, sequences.version, sequences.name, sequences.type, sequences.description, sequences.draft, sequences.published_version, sequences.archived_at, sequences.created_at, sequences.updated_at 
FROM sequences 
WHERE sequences.workspace_id = $1::UUID AND sequences.id = ANY ($2::UUID[]);

SELECT anon_1.key AS _parent, page.lead_id, page.state, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT enrollments.lead_id AS lead_id, enrollments.state AS state, enrollments.enrolled_at AS _sort, enrollments.id AS _id 
FROM enrollments 
WHERE enrollments.workspace_id = $2::UUID AND enrollments.state = ANY ($3::TEXT[]) AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = enrollments.workspace_id AND leads.id = enrollments.lead_id AND leads.deleted_at IS NULL)) AND enrollments.sequence_id = anon_1.key ORDER BY enrollments.enrolled_at DESC, enrollments.id DESC 
 LIMIT $4::INTEGER) AS page ON true;

SELECT DISTINCT ON (enrollment_runs.sequence_id) enrollment_runs.id, enrollment_runs.sequence_id, enrollment_runs.sequence_version_id, enrollment_runs.number, enrollment_runs.running_enrollments, enrollment_runs.total, enrollment_runs.done, enrollment_runs.moved, enrollment_runs.position, enrollment_runs.started_at, enrollment_runs.finished_at 
FROM enrollment_runs 
WHERE enrollment_runs.workspace_id = $1::UUID AND enrollment_runs.sequence_id = ANY ($2::UUID[]) ORDER BY enrollment_runs.sequence_id, enrollment_runs.number DESC;

SELECT sequence_versions.id, sequence_versions.sequence_id, sequence_versions.number, sequence_versions.plan, sequence_versions.published_at, sequence_versions.published_by_kind, sequence_versions.published_by_id 
FROM sequence_versions JOIN sequences ON sequences.workspace_id = sequence_versions.workspace_id AND sequences.id = sequence_versions.sequence_id AND sequences.published_version = sequence_versions.number 
WHERE sequence_versions.workspace_id = $1::UUID AND sequence_versions.sequence_id = ANY ($2::UUID[]);

SELECT sequence_versions.sequence_id, sequence_versions.id 
FROM sequence_versions JOIN sequences ON sequences.workspace_id = sequence_versions.workspace_id AND sequences.id = sequence_versions.sequence_id 
WHERE sequence_versions.workspace_id = $1::UUID AND sequence_versions.sequence_id = ANY ($2::UUID[]) AND sequence_versions.number > sequences.published_version - $3::INTEGER ORDER BY sequence_versions.number DESC;

SELECT enrollments.sequence_id AS key, count(*) AS count 
FROM enrollments 
WHERE enrollments.workspace_id = $1::UUID AND enrollments.state = ANY ($2::TEXT[]) AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = enrollments.workspace_id AND leads.id = enrollments.lead_id AND leads.deleted_at IS NULL)) AND enrollments.sequence_id = ANY ($3::UUID[]) GROUP BY enrollments.sequence_id;

SELECT leads.id, leads.first_name, leads.last_name 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;

SELECT sequence_versions.id, sequence_versions.number 
FROM sequence_versions 
WHERE sequence_versions.workspace_id = $1::UUID AND sequence_versions.id = ANY ($2::UUID[]);

SELECT sequence_versions.id, sequence_versions.sequence_id, sequence_versions.number, sequence_versions.plan, sequence_versions.published_at, sequence_versions.published_by_kind, sequence_versions.published_by_id 
FROM sequence_versions 
WHERE sequence_versions.workspace_id = $1::UUID AND sequence_versions.id = ANY ($2::UUID[]);

SELECT anon_1.key AS _parent, convert_to(listed.rows, 'UTF8') AS rows 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT '[' || coalesce(string_agg('{"state":"' || page.state || '"}', ','), '') || ']' AS rows 
FROM (SELECT enrollments.state AS state, enrollments.enrolled_at AS _sort, enrollments.id AS _id 
FROM enrollments 
WHERE enrollments.workspace_id = $2::UUID AND (EXISTS (SELECT * 
FROM leads 
WHERE leads.workspace_id = enrollments.workspace_id AND leads.id = enrollments.lead_id AND leads.deleted_at IS NULL)) AND enrollments.sequence_version_id = anon_1.key ORDER BY enrollments.enrolled_at DESC, enrollments.id DESC 
 LIMIT $3::INTEGER) AS page) AS listed ON true;

SELECT enrollment_runs.id, enrollment_runs.sequence_id, enrollment_runs.sequence_version_id, enrollment_runs.number, enrollment_runs.running_enrollments, enrollment_runs.total, enrollment_runs.done, enrollment_runs.moved, enrollment_runs.position, enrollment_runs.started_at, enrollment_runs.finished_at 
FROM enrollment_runs 
WHERE enrollment_runs.workspace_id = $1::UUID AND enrollment_runs.sequence_version_id = ANY ($2::UUID[]);

SELECT sequence_versions.id, sequence_versions.sequence_id, sequence_versions.number, sequence_versions.plan, sequence_versions.published_at, sequence_versions.published_by_kind, sequence_versions.published_by_id 
FROM sequence_versions 
WHERE sequence_versions.workspace_id = $1::UUID AND sequence_versions.id = ANY ($2::UUID[]);

SELECT enrollment_steps.sequence_version_id AS version_id, enrollment_steps.step_key, count(*) AS entered, count(*) FILTER (WHERE enrollment_steps.outcome = $1::VARCHAR) AS waiting, count(*) FILTER (WHERE enrollment_steps.outcome = $2::VARCHAR) AS done, count(*) FILTER (WHERE enrollment_steps.outcome = $3::VARCHAR) AS skipped, count(*) FILTER (WHERE enrollment_steps.outcome = $4::VARCHAR) AS failed, count(*) FILTER (WHERE enrollment_steps.outcome = $5::VARCHAR) AS exited 
FROM enrollment_steps 
WHERE enrollment_steps.workspace_id = $6::UUID AND enrollment_steps.sequence_version_id = ANY ($7::UUID[]) GROUP BY enrollment_steps.sequence_version_id, enrollment_steps.step_key;

SELECT enrollment_steps.sequence_version_id AS version_id, enrollment_steps.step_key, count(*) AS entered, count(*) FILTER (WHERE enrollment_steps.outcome = $1::VARCHAR) AS waiting, count(*) FILTER (WHERE enrollment_steps.outcome = $2::VARCHAR) AS done, count(*) FILTER (WHERE enrollment_steps.outcome = $3::VARCHAR) AS skipped, count(*) FILTER (WHERE enrollment_steps.outcome = $4::VARCHAR) AS failed, count(*) FILTER (WHERE enrollment_steps.outcome = $5::VARCHAR) AS exited 
FROM enrollment_steps 
WHERE enrollment_steps.workspace_id = $6::UUID AND enrollment_steps.sequence_version_id = ANY ($7::UUID[]) GROUP BY enrollment_steps.sequence_version_id, enrollment_steps.step_key;

SELECT was_there.version_id, count(*) AS enrolled, count(*) FILTER (WHERE enrollments.sequence_version_id = was_there.version_id AND enrollments.state = $1::VARCHAR) AS active, count(*) FILTER (WHERE enrollments.sequence_version_id = was_there.version_id AND enrollments.state = $2::VARCHAR) AS paused, count(*) FILTER (WHERE enrollments.sequence_version_id = was_there.version_id AND enrollments.state = $3::VARCHAR) AS completed, count(*) FILTER (WHERE enrollments.sequence_version_id = was_there.version_id AND enrollments.state = $4::VARCHAR) AS exited, count(*) FILTER (WHERE enrollments.sequence_version_id != was_there.version_id) AS moved, count(*) FILTER (WHERE enrollments.sequence_version_id = was_there.version_id AND leads.status = $5::VARCHAR AND leads.closed_at >= enrollments.enrolled_at) AS converted 
FROM (SELECT DISTINCT enrollment_steps.sequence_version_id AS version_id, enrollment_steps.enrollment_id AS enrollment_id 
FROM enrollment_steps 
WHERE enrollment_steps.workspace_id = $6::UUID AND enrollment_steps.sequence_version_id = ANY ($7::UUID[])) AS was_there JOIN enrollments ON enrollments.id = was_there.enrollment_id JOIN leads ON leads.workspace_id = enrollments.workspace_id AND leads.id = enrollments.lead_id 
WHERE enrollments.workspace_id = $6::UUID GROUP BY was_there.version_id;

SELECT was_there.version_id, count(*) AS enrolled, count(*) FILTER (WHERE enrollments.sequence_version_id = was_there.version_id AND enrollments.state = $1::VARCHAR) AS active, count(*) FILTER (WHERE enrollments.sequence_version_id = was_there.version_id AND enrollments.state = $2::VARCHAR) AS paused, count(*) FILTER (WHERE enrollments.sequence_version_id = was_there.version_id AND enrollments.state = $3::VARCHAR) AS completed, count(*) FILTER (WHERE enrollments.sequence_version_id = was_there.version_id AND enrollments.state = $4::VARCHAR) AS exited, count(*) FILTER (WHERE enrollments.sequence_version_id != was_there.version_id) AS moved, count(*) FILTER (WHERE enrollments.sequence_version_id = was_there.version_id AND leads.status = $5::VARCHAR AND leads.closed_at >= enrollments.enrolled_at) AS converted 
FROM (SELECT DISTINCT enrollment_steps.sequence_version_id AS version_id, enrollment_steps.enrollment_id AS enrollment_id 
FROM enrollment_steps 
WHERE enrollment_steps.workspace_id = $6::UUID AND enrollment_steps.sequence_version_id = ANY ($7::UUID[])) AS was_there JOIN enrollments ON enrollments.id = was_there.enrollment_id JOIN leads ON leads.workspace_id = enrollments.workspace_id AND leads.id = enrollments.lead_id 
WHERE enrollments.workspace_id = $6::UUID GROUP BY was_there.version_id;
