DROP TABLE task_milestones;
