DROP INDEX progress_reports_by_part;
-- What was reported on parts is no report on the task.
DELETE FROM progress_reports WHERE part_id IS NOT NULL;
ALTER TABLE progress_reports DROP COLUMN part_id;
DROP TABLE task_parts;
