CREATE TABLE tasks (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C" NOT NULL,
  code TEXT COLLATE "C",
  title TEXT COLLATE "C" NOT NULL,
  description TEXT COLLATE "C",
  unit_id TEXT COLLATE "C" NOT NULL REFERENCES org_units (id),
  assigner_unit_id TEXT COLLATE "C" NOT NULL REFERENCES org_units (id),
  class TEXT COLLATE "C" NOT NULL,
  field TEXT COLLATE "C",
  weight_milli BIGINT NOT NULL,
  start_on DATE,
  due_on DATE,
  -- Never changes once set.
  original_due_on DATE,
  -- The due date as it stood when the original due date ended: what "on time" is judged by.
  judged_due_on DATE,
  document_id TEXT COLLATE "C" REFERENCES documents (id),
  lead_individual TEXT COLLATE "C",
  expected_product TEXT COLLATE "C",
  status TEXT COLLATE "C" NOT NULL,
  progress INTEGER NOT NULL,
  result TEXT COLLATE "C",
  submitted_on DATE,
  submitted_by TEXT COLLATE "C",
  completed_on DATE,
  last_reported_on DATE,
  search_text TEXT COLLATE "C" NOT NULL,
  imported BOOLEAN NOT NULL,
  created_by TEXT COLLATE "C",
  -- When the last of its facts took effect: commands run in order.
  changed_at BIGINT NOT NULL,
  version INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT
);
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
  task_id TEXT COLLATE "C" NOT NULL REFERENCES tasks (id),
  n INTEGER NOT NULL,
  root_id TEXT COLLATE "C" NOT NULL,
  took_effect_at BIGINT NOT NULL,
  unit_id TEXT COLLATE "C" NOT NULL,
  status TEXT COLLATE "C" NOT NULL,
  progress INTEGER NOT NULL,
  weight_milli BIGINT NOT NULL,
  due_on DATE,
  submitted_on DATE,
  completed_on DATE,
  deleted BOOLEAN NOT NULL,
  imported BOOLEAN NOT NULL,
  PRIMARY KEY (task_id, n)
);
-- Histories of all tasks that a unit ever led.
CREATE INDEX task_states_by_unit ON task_states (unit_id, task_id);
CREATE TABLE progress_reports (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C" NOT NULL,
  task_id TEXT COLLATE "C" NOT NULL REFERENCES tasks (id),
  progress INTEGER NOT NULL,
  note TEXT COLLATE "C",
  reported_on DATE NOT NULL,
  reported_by TEXT COLLATE "C",
  entered_by TEXT COLLATE "C",
  evidence TEXT COLLATE "C" NOT NULL,
  took_effect_at BIGINT NOT NULL,
  imported BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL
);
-- Reports on a task, latest first.
CREATE INDEX progress_reports_by_task ON progress_reports (task_id, took_effect_at, id);
CREATE TABLE extensions (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C" NOT NULL,
  task_id TEXT COLLATE "C" NOT NULL REFERENCES tasks (id),
  old_due_on DATE,
  new_due_on DATE NOT NULL,
  reason TEXT COLLATE "C" NOT NULL,
  requested_on DATE NOT NULL,
  requested_by TEXT COLLATE "C",
  status TEXT COLLATE "C" NOT NULL,
  decided_on DATE,
  decided_by TEXT COLLATE "C",
  decision_comment TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at BIGINT NOT NULL
);
-- Extensions of a task, in order.
CREATE INDEX extensions_by_task ON extensions (task_id, created_at, id);
