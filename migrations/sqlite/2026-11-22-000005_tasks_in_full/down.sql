DROP TABLE task_links;
DROP TABLE task_milestones;
