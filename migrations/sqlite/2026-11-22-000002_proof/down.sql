ALTER TABLE users DROP COLUMN erased_at;
DROP TABLE personal_reads;
DROP TABLE personal_values;
DROP TABLE chain_heads;
DROP TABLE event_chain;
DROP TABLE event_seals;
ALTER TABLE events ADD COLUMN prev_hash TEXT;
ALTER TABLE events ADD COLUMN hash TEXT;
