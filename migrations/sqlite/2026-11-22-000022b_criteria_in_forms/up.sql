-- What a unit says of a criterion may come with a report, and with the number it reached.
ALTER TABLE criteria_assessments ADD COLUMN value TEXT;
-- The report it came with.
ALTER TABLE criteria_assessments ADD COLUMN submission_id TEXT;
CREATE INDEX criteria_assessments_by_submission ON criteria_assessments (submission_id) WHERE submission_id IS NOT NULL;
