DROP INDEX criteria_assessments_by_submission;
ALTER TABLE criteria_assessments DROP COLUMN submission_id;
ALTER TABLE criteria_assessments DROP COLUMN value;
