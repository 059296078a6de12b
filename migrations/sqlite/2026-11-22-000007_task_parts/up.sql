-- What other units contribute to a task; no figure looks at it.
CREATE TABLE task_parts (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  task_id TEXT NOT NULL REFERENCES tasks (id),
  -- The coordinating unit, never the lead unit.
  unit_id TEXT NOT NULL REFERENCES org_units (id),
  description TEXT,
  due_on TEXT,
  progress INTEGER NOT NULL,
  status TEXT NOT NULL,
  submitted_on TEXT,
  submitted_by TEXT,
  -- Whose deputy submitted it.
  submitted_for TEXT,
  accepted_on TEXT,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
-- Parts of a task; a unit has one.
CREATE UNIQUE INDEX task_parts_by_task ON task_parts (task_id, unit_id) WHERE deleted_at IS NULL;
-- Tasks in which a unit takes part, or did.
CREATE INDEX task_parts_by_unit ON task_parts (unit_id, task_id);
-- A report is on the task itself, or on a part of it.
ALTER TABLE progress_reports ADD COLUMN part_id TEXT REFERENCES task_parts (id);
-- Reports on a part, latest first.
CREATE INDEX progress_reports_by_part ON progress_reports (part_id, took_effect_at, id) WHERE part_id IS NOT NULL;
