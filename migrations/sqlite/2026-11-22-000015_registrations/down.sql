DROP TABLE registration_comments;
DROP TABLE registration_line_versions;
DROP TABLE registration_lines;
DROP TABLE registration_moves;
DROP TABLE registrations;
DROP TABLE registration_rules;
DROP TABLE registration_rounds;
