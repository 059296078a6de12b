CREATE TABLE tasks (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  code TEXT,
  title TEXT NOT NULL,
  description TEXT,
  unit_id TEXT NOT NULL REFERENCES org_units (id),
  assigner_unit_id TEXT NOT NULL REFERENCES org_units (id),
  class TEXT NOT NULL,
  field TEXT,
  weight_milli INTEGER NOT NULL,
  start_on TEXT,
  due_on TEXT,
  -- Never changes once set.
  original_due_on TEXT,
  -- The due date as it stood when the original due date ended: what "on time" is judged by.
  judged_due_on TEXT,
  document_id TEXT REFERENCES documents (id),
  lead_individual TEXT,
  expected_product TEXT,
  status TEXT NOT NULL,
  progress INTEGER NOT NULL,
  result TEXT,
  submitted_on TEXT,
  submitted_by TEXT,
  completed_on TEXT,
  last_reported_on TEXT,
  search_text TEXT NOT NULL,
  imported INTEGER NOT NULL,
  created_by TEXT,
  -- When the last of its facts took effect: commands run in order.
  changed_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
-- Tasks of a unit, by due date.
CREATE INDEX tasks_by_unit ON tasks (unit_id, due_on, id);
-- Tasks a unit has to judge.
CREATE INDEX tasks_by_assigner ON tasks (assigner_unit_id, status);
-- Tasks of a whole root, by due date.
CREATE INDEX tasks_by_due ON tasks (root_id, due_on, id);
-- Tasks that a document gave rise to.
CREATE INDEX tasks_by_document ON tasks (document_id);
-- One row per change of what figures count, so that any day can be asked for.
CREATE TABLE task_states (
  task_id TEXT NOT NULL REFERENCES tasks (id),
  n INTEGER NOT NULL,
  root_id TEXT NOT NULL,
  took_effect_at INTEGER NOT NULL,
  unit_id TEXT NOT NULL,
  status TEXT NOT NULL,
  progress INTEGER NOT NULL,
  weight_milli INTEGER NOT NULL,
  due_on TEXT,
  submitted_on TEXT,
  completed_on TEXT,
  deleted INTEGER NOT NULL,
  imported INTEGER NOT NULL,
  PRIMARY KEY (task_id, n)
) STRICT;
-- Histories of all tasks that a unit ever led.
CREATE INDEX task_states_by_unit ON task_states (unit_id, task_id);
CREATE TABLE progress_reports (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  task_id TEXT NOT NULL REFERENCES tasks (id),
  progress INTEGER NOT NULL,
  note TEXT,
  reported_on TEXT NOT NULL,
  reported_by TEXT,
  entered_by TEXT,
  evidence TEXT NOT NULL,
  took_effect_at INTEGER NOT NULL,
  imported INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
-- Reports on a task, latest first.
CREATE INDEX progress_reports_by_task ON progress_reports (task_id, took_effect_at, id);
CREATE TABLE extensions (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  task_id TEXT NOT NULL REFERENCES tasks (id),
  old_due_on TEXT,
  new_due_on TEXT NOT NULL,
  reason TEXT NOT NULL,
  requested_on TEXT NOT NULL,
  requested_by TEXT,
  status TEXT NOT NULL,
  decided_on TEXT,
  decided_by TEXT,
  decision_comment TEXT,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
-- Extensions of a task, in order.
CREATE INDEX extensions_by_task ON extensions (task_id, created_at, id);
