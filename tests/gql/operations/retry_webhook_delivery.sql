SELECT webhook_deliveries.id, webhook_deliveries.endpoint_id, webhook_deliveries.kind, webhook_deliveries.event_id, webhook_deliveries.lane, webhook_deliveries.xid, webhook_deliveries.state, webhook_deliveries.attempts, webhook_deliveries.next_attempt_at, webhook_deliveries.lease, webhook_deliveries.leased_until, webhook_deliveries.created_at, webhook_deliveries.ended_at 
FROM webhook_deliveries 
WHERE webhook_deliveries.workspace_id = $1::UUID AND webhook_deliveries.id = $2::UUID ORDER BY webhook_deliveries.id FOR UPDATE;

UPDATE webhook_deliveries SET endpoint_id=$1::UUID, kind=$2::VARCHAR, event_id=$3::UUID, lane=$4::UUID, xid=$5::BIGINT, state=$6::VARCHAR, attempts=$7::INTEGER, next_attempt_at=$8::TIMESTAMP WITH TIME ZONE, lease=$9::UUID, leased_until=$10::TIMESTAMP WITH TIME ZONE, ended_at=$11::TIMESTAMP WITH TIME ZONE WHERE webhook_deliveries.workspace_id = $12::UUID AND webhook_deliveries.id = $13::UUID;

SELECT webhook_attempts.id, webhook_attempts.delivery_id, webhook_attempts.at, webhook_attempts.status, webhook_attempts.milliseconds, webhook_attempts.error, webhook_attempts.excerpt, webhook_attempts.delivery_id AS _parent 
FROM webhook_attempts 
WHERE webhook_attempts.workspace_id = $1::UUID AND webhook_attempts.delivery_id = ANY ($2::UUID[]) ORDER BY webhook_attempts.delivery_id, webhook_attempts.at, webhook_attempts.id;
