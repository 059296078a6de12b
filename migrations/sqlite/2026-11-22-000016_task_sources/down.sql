DROP TABLE task_sources;
