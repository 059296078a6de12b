-- The chain stands beside the log, not in it: an event is never written to again, and what is removed
-- from the log is still named here. So no seal refers to its event by a foreign key.
ALTER TABLE events DROP COLUMN prev_hash;
ALTER TABLE events DROP COLUMN hash;
CREATE TABLE event_seals (
  -- Position in the chain: dense from 1, in the order (tx, seq) of the events.
  n INTEGER PRIMARY KEY,
  event_id TEXT NOT NULL UNIQUE,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
-- One row: the last sealed event. Its lock makes one sealer at a time.
CREATE TABLE event_chain (
  id TEXT PRIMARY KEY,
  n INTEGER NOT NULL,
  hash TEXT NOT NULL,
  tx INTEGER NOT NULL,
  seq INTEGER NOT NULL
) STRICT;
INSERT INTO event_chain (id, n, hash, tx, seq) VALUES
  ('events', 0, '0000000000000000000000000000000000000000000000000000000000000000', 0, 0);
-- Ends of the chain that were signed.
CREATE TABLE chain_heads (
  n INTEGER PRIMARY KEY,
  event_id TEXT NOT NULL,
  hash TEXT NOT NULL,
  -- Events since the head before.
  count INTEGER NOT NULL,
  sealed_at INTEGER NOT NULL,
  jws TEXT NOT NULL
) STRICT;
-- Values of personal fields, to which the log refers: they can be erased, it cannot.
CREATE TABLE personal_values (
  id TEXT PRIMARY KEY,
  root_id TEXT,
  subject_id TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  salt TEXT NOT NULL
) STRICT;
-- All that is kept of a person.
CREATE INDEX personal_values_by_subject ON personal_values (subject_id);
CREATE TABLE personal_reads (
  id TEXT PRIMARY KEY,
  root_id TEXT,
  at INTEGER NOT NULL,
  user_id TEXT NOT NULL,
  acting_as TEXT,
  subject_id TEXT NOT NULL,
  what TEXT NOT NULL,
  request_id TEXT NOT NULL
) STRICT;
-- Who read about a person, latest first.
CREATE INDEX personal_reads_by_subject ON personal_reads (subject_id, at, id);
ALTER TABLE users ADD COLUMN erased_at INTEGER;
