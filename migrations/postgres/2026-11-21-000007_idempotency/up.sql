CREATE TABLE idempotency_keys (
  user_id TEXT COLLATE "C" NOT NULL,
  key TEXT COLLATE "C" NOT NULL,
  operation TEXT COLLATE "C" NOT NULL,
  root_id TEXT COLLATE "C",
  request_hash TEXT COLLATE "C" NOT NULL,
  answer TEXT COLLATE "C",
  created_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, key, operation)
);
-- Sweeping what is older than 48 hours.
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
