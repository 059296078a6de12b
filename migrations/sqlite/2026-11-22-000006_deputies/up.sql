-- The deputyship a session acts under.
ALTER TABLE sessions ADD COLUMN deputy_id TEXT REFERENCES deputies (id);
-- Sessions under a deputyship, to end them with it.
CREATE INDEX sessions_by_deputy ON sessions (deputy_id);
-- Beside each account that did something: the one whose deputy it was.
ALTER TABLE tasks ADD COLUMN submitted_for TEXT;
-- Nothing reads it, and the log says who created a task.
ALTER TABLE tasks DROP COLUMN created_by;
ALTER TABLE progress_reports ADD COLUMN entered_for TEXT;
ALTER TABLE extensions ADD COLUMN requested_for TEXT;
ALTER TABLE extensions ADD COLUMN decided_for TEXT;
