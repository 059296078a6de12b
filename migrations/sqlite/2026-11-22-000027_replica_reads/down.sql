ALTER TABLE sessions DROP COLUMN wrote;
