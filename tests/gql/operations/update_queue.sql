SELECT queues.id, queues.version, queues.name, queues.definition, queues.channel, queues.purpose, queues."order", queues.chance_a, queues.chance_b, queues.chance_c, queues.chance_d, queues.default_value, queues.rest_minutes, queues.archived_at, queues.created_at, queues.updated_at 
FROM queues 
WHERE queues.workspace_id = $1::UUID AND queues.id = $2::UUID ORDER BY queues.id FOR UPDATE;

SELECT queues.id 
FROM queues 
WHERE queues.workspace_id = $1::UUID AND queues.archived_at IS NULL AND lower(queues.name) = lower($2::VARCHAR);

UPDATE queues SET name=$1::VARCHAR, definition=$2::JSONB, channel=$3::VARCHAR, purpose=$4::VARCHAR, "order"=$5::VARCHAR, chance_a=$6::SMALLINT, chance_b=$7::SMALLINT, chance_c=$8::SMALLINT, chance_d=$9::SMALLINT, default_value=$10::NUMERIC(18, 3), rest_minutes=$11::INTEGER, archived_at=$12::TIMESTAMP WITH TIME ZONE, version=$13::INTEGER, updated_at=$14::TIMESTAMP WITH TIME ZONE WHERE queues.workspace_id = $15::UUID AND queues.id = $16::UUID;

DELETE FROM queue_fillings WHERE queue_fillings.workspace_id = $1::UUID AND queue_fillings.queue_id = $2::UUID;

DELETE FROM queue_items WHERE queue_items.workspace_id = $1::UUID AND queue_items.queue_id = $2::UUID AND queue_items.lead_id IN (SELECT queue_items.lead_id 
FROM queue_items 
WHERE queue_items.workspace_id = $1::UUID AND queue_items.queue_id = $2::UUID FOR UPDATE SKIP LOCKED);
