SELECT queues.id 
FROM queues 
WHERE queues.workspace_id = $1::UUID AND queues.archived_at IS NULL AND lower(queues.name) = lower($2::VARCHAR);

INSERT INTO queues (workspace_id, id, name, definition, channel, purpose, "order", chance_a, chance_b, chance_c, chance_d, default_value, rest_minutes, archived_at, version, created_at, updated_at) VALUES ($1::UUID, $2::UUID, $3::VARCHAR, $4::JSONB, $5::VARCHAR, $6::VARCHAR, $7::VARCHAR, $8::SMALLINT, $9::SMALLINT, $10::SMALLINT, $11::SMALLINT, $12::NUMERIC(18, 3), $13::INTEGER, $14::TIMESTAMP WITH TIME ZONE, $15::INTEGER, $16::TIMESTAMP WITH TIME ZONE, $17::TIMESTAMP WITH TIME ZONE);
