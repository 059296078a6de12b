-- Steps on the way of a task; they never change how the task itself stands.
CREATE TABLE task_milestones (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  task_id TEXT NOT NULL REFERENCES tasks (id),
  ordinal INTEGER NOT NULL,
  title TEXT NOT NULL,
  due_on TEXT NOT NULL,
  done_on TEXT,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
-- Milestones of a task, in order.
CREATE INDEX task_milestones_by_task ON task_milestones (task_id, ordinal, due_on, id);
-- What tasks serve: documents and other tasks.
CREATE TABLE task_links (
  task_id TEXT NOT NULL REFERENCES tasks (id),
  kind TEXT NOT NULL,
  target_id TEXT NOT NULL,
  root_id TEXT NOT NULL,
  PRIMARY KEY (task_id, kind, target_id)
) STRICT;
-- What serves a record.
CREATE INDEX task_links_by_target ON task_links (target_id, kind, task_id);
