CREATE TABLE events (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  -- The writing transaction: on PostgreSQL transactions commit out of order, so readers go by
  -- (tx, seq) and stop below the oldest open one. SQLite has one writer and keeps 0.
  tx INTEGER NOT NULL DEFAULT 0,
  id TEXT NOT NULL UNIQUE,
  occurred_at INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  imported_by TEXT,
  actor_user TEXT,
  acting_as TEXT,
  on_behalf_of TEXT,
  request_id TEXT NOT NULL,
  root_unit TEXT,
  unit_id TEXT,
  unit_path TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject_type TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  subject_version INTEGER NOT NULL,
  changes TEXT NOT NULL,
  reason TEXT,
  prev_hash TEXT,
  hash TEXT
) STRICT;
-- The change feed, in the order in which transactions became visible.
CREATE INDEX events_by_position ON events (tx, seq);
-- History of one record.
CREATE INDEX events_by_subject ON events (subject_id, seq);
-- Tags of reports: the last change under one root. Log-ins change no figure.
CREATE INDEX events_by_root ON events (root_unit, tx, seq) WHERE subject_type <> 'session';
