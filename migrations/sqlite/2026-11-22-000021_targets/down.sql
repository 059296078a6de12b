DROP TABLE target_versions;
DROP TABLE targets;
