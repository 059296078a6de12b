DROP FUNCTION has_replayed;
ALTER TABLE sessions DROP COLUMN wrote;
