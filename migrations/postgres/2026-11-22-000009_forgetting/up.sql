ALTER TABLE persons ADD COLUMN erased_at BIGINT;
-- Readings whose time is over.
CREATE INDEX personal_reads_by_age ON personal_reads (at);
-- Sessions that have run out.
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
