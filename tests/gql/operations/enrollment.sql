SELECT enrollments.id, enrollments.version, enrollments.lead_id, enrollments.sequence_id, enrollments.sequence_version_id, enrollments.state, enrollments.step_key, enrollments.step_entered_at, enrollments.due_at, enrollments.enrolled_at, enrollments.enrolled_by_kind, enrollments.enrolled_by_id, enrollments.trigger, enrollments.paused_at, enrollments.paused_until, enrollments.ended_at, enrollments.exit_reason, enrollments.updated_at 
FROM enrollments 
WHERE enrollments.workspace_id = $1::UUID AND enrollments.id = ANY ($2::UUID[]);

SELECT agents.id, agents.name 
FROM agents 
WHERE agents.workspace_id = $1::UUID AND agents.id = ANY ($2::UUID[]);

SELECT leads.id, leads.first_name, leads.last_name 
FROM leads 
WHERE leads.workspace_id = $1::UUID AND leads.id = ANY ($2::UUID[]) AND leads.deleted_at IS NULL;

SELECT sequences.id, sequences.name, sequences.type 
FROM sequences 
WHERE sequences.workspace_id = $1::UUID AND sequences.id = ANY ($2::UUID[]);

SELECT anon_1.key AS _parent, page.sequence_version_id, page.step_key, page.entered_at, page.left_at, page.outcome, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT enrollment_steps.sequence_version_id AS sequence_version_id, enrollment_steps.step_key AS step_key, enrollment_steps.entered_at AS entered_at, enrollment_steps.left_at AS left_at, enrollment_steps.outcome AS outcome, enrollment_steps.entered_at AS _sort, enrollment_steps.id AS _id 
FROM enrollment_steps 
WHERE enrollment_steps.workspace_id = $2::UUID AND enrollment_steps.enrollment_id = anon_1.key ORDER BY enrollment_steps.entered_at ASC, enrollment_steps.id ASC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT sequence_versions.id, sequence_versions.number, sequence_versions.published_at 
FROM sequence_versions 
WHERE sequence_versions.workspace_id = $1::UUID AND sequence_versions.id = ANY ($2::UUID[]);

SELECT anon_1.key AS _parent, page.enrollment_id, page.lead_id, page.sequence_id, page.kind, page.at, page.actor_kind, page.actor_id, page._sort, page._id 
FROM unnest($1::UUID[]) AS anon_1(key) JOIN LATERAL (SELECT enrollment_changes.enrollment_id AS enrollment_id, enrollment_changes.lead_id AS lead_id, enrollment_changes.sequence_id AS sequence_id, enrollment_changes.kind AS kind, enrollment_changes.at AS at, enrollment_changes.actor_kind AS actor_kind, enrollment_changes.actor_id AS actor_id, enrollment_changes.at AS _sort, enrollment_changes.id AS _id 
FROM enrollment_changes 
WHERE enrollment_changes.workspace_id = $2::UUID AND enrollment_changes.enrollment_id = anon_1.key ORDER BY enrollment_changes.at DESC, enrollment_changes.id DESC 
 LIMIT $3::INTEGER) AS page ON true;

SELECT enrollment_steps.enrollment_id AS key, count(*) AS count 
FROM enrollment_steps 
WHERE enrollment_steps.workspace_id = $1::UUID AND enrollment_steps.enrollment_id = ANY ($2::UUID[]) GROUP BY enrollment_steps.enrollment_id;
