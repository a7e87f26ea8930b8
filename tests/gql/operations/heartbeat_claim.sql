SELECT claims.id, claims.queue_id, claims.lead_id, claims.state, claims.claimed_at, claims.leased_until, claims.ended_at, claims.contact_attempt_id, claims.note, claims.actor_kind, claims.actor_id 
FROM claims 
WHERE claims.workspace_id = $1::UUID AND claims.id = ANY ($2::UUID[]);

SELECT claims.id, claims.queue_id, claims.lead_id, claims.state, claims.claimed_at, claims.leased_until, claims.ended_at, claims.contact_attempt_id, claims.note, claims.actor_kind, claims.actor_id 
FROM claims 
WHERE claims.workspace_id = $1::UUID AND claims.id = $2::UUID ORDER BY claims.id FOR UPDATE;

UPDATE claims SET queue_id=$1::UUID, lead_id=$2::UUID, state=$3::VARCHAR, claimed_at=$4::TIMESTAMP WITH TIME ZONE, leased_until=$5::TIMESTAMP WITH TIME ZONE, ended_at=$6::TIMESTAMP WITH TIME ZONE, contact_attempt_id=$7::UUID, note=$8::VARCHAR, actor_kind=$9::VARCHAR, actor_id=$10::UUID WHERE claims.workspace_id = $11::UUID AND claims.id = $12::UUID;
