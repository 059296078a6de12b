ALTER TABLE extensions DROP COLUMN decided_for;
ALTER TABLE extensions DROP COLUMN requested_for;
ALTER TABLE progress_reports DROP COLUMN entered_for;
ALTER TABLE tasks ADD COLUMN created_by TEXT COLLATE "C";
ALTER TABLE tasks DROP COLUMN submitted_for;
DROP INDEX sessions_by_deputy;
ALTER TABLE sessions DROP COLUMN deputy_id;
