-- The chain stands beside the log, not in it: an event is never written to again, and what is removed
-- from the log is still named here. So no seal refers to its event by a foreign key.
ALTER TABLE events DROP COLUMN prev_hash;
ALTER TABLE events DROP COLUMN hash;
CREATE TABLE event_seals (
  -- Position in the chain: dense from 1, in the order (tx, seq) of the events.
  n BIGINT PRIMARY KEY,
  event_id TEXT COLLATE "C" NOT NULL UNIQUE,
  prev_hash TEXT COLLATE "C" NOT NULL,
  hash TEXT COLLATE "C" NOT NULL
);
-- One row: the last sealed event. Its lock makes one sealer at a time.
CREATE TABLE event_chain (
  id TEXT COLLATE "C" PRIMARY KEY,
  n BIGINT NOT NULL,
  hash TEXT COLLATE "C" NOT NULL,
  tx BIGINT NOT NULL,
  seq BIGINT NOT NULL
);
INSERT INTO event_chain (id, n, hash, tx, seq) VALUES
  ('events', 0, '0000000000000000000000000000000000000000000000000000000000000000', 0, 0);
-- Ends of the chain that were signed.
CREATE TABLE chain_heads (
  n BIGINT PRIMARY KEY,
  event_id TEXT COLLATE "C" NOT NULL,
  hash TEXT COLLATE "C" NOT NULL,
  -- Events since the head before.
  count BIGINT NOT NULL,
  sealed_at BIGINT NOT NULL,
  jws TEXT COLLATE "C" NOT NULL
);
-- Values of personal fields, to which the log refers: they can be erased, it cannot.
CREATE TABLE personal_values (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C",
  subject_id TEXT COLLATE "C" NOT NULL,
  field TEXT COLLATE "C" NOT NULL,
  value TEXT COLLATE "C" NOT NULL,
  salt TEXT COLLATE "C" NOT NULL
);
-- All that is kept of a person.
CREATE INDEX personal_values_by_subject ON personal_values (subject_id);
CREATE TABLE personal_reads (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C",
  at BIGINT NOT NULL,
  user_id TEXT COLLATE "C" NOT NULL,
  acting_as TEXT COLLATE "C",
  subject_id TEXT COLLATE "C" NOT NULL,
  what TEXT COLLATE "C" NOT NULL,
  request_id TEXT COLLATE "C" NOT NULL
);
-- Who read about a person, latest first.
CREATE INDEX personal_reads_by_subject ON personal_reads (subject_id, at, id);
ALTER TABLE users ADD COLUMN erased_at BIGINT;
