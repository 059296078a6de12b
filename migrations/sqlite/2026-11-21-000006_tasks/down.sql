DROP TABLE extensions;
DROP TABLE progress_reports;
DROP TABLE task_states;
DROP TABLE tasks;
