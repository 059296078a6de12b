CREATE TABLE idempotency_keys (
  user_id TEXT NOT NULL,
  key TEXT NOT NULL,
  operation TEXT NOT NULL,
  root_id TEXT,
  request_hash TEXT NOT NULL,
  answer TEXT,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (user_id, key, operation)
) STRICT;
-- Sweeping what is older than 48 hours.
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
