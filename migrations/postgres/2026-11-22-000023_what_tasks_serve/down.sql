DROP INDEX task_links_by_root;
DROP INDEX tasks_naming;
