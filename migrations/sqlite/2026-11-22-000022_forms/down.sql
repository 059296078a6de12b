DROP TABLE submission_moves;
DROP TABLE submissions;
DROP TABLE form_unlocks;
DROP TABLE form_exemptions;
DROP TABLE form_versions;
DROP TABLE forms;
