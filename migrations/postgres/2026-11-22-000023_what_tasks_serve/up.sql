-- What all tasks of a root serve, read whole when a node first asks.
CREATE INDEX task_links_by_root ON task_links (root_id, kind, target_id, task_id);
CREATE INDEX tasks_naming ON tasks (root_id, document_id, id) WHERE document_id IS NOT NULL;
