-- Steps on the way of a task; they never change how the task itself stands.
CREATE TABLE task_milestones (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C" NOT NULL,
  task_id TEXT COLLATE "C" NOT NULL REFERENCES tasks (id),
  ordinal INTEGER NOT NULL,
  title TEXT COLLATE "C" NOT NULL,
  due_on DATE NOT NULL,
  done_on DATE,
  version INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT
);
-- Milestones of a task, in order.
CREATE INDEX task_milestones_by_task ON task_milestones (task_id, ordinal, due_on, id);
-- What tasks serve: documents and other tasks.
CREATE TABLE task_links (
  task_id TEXT COLLATE "C" NOT NULL REFERENCES tasks (id),
  kind TEXT COLLATE "C" NOT NULL,
  target_id TEXT COLLATE "C" NOT NULL,
  root_id TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (task_id, kind, target_id)
);
-- What serves a record.
CREATE INDEX task_links_by_target ON task_links (target_id, kind, task_id);
