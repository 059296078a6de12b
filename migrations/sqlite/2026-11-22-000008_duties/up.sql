-- Duties that come again every period and become a task each time.
CREATE TABLE recurring_duties (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  unit_id TEXT NOT NULL REFERENCES org_units (id),
  assigner_unit_id TEXT NOT NULL REFERENCES org_units (id),
  title TEXT NOT NULL,
  description TEXT,
  class TEXT NOT NULL,
  field TEXT,
  weight_milli INTEGER NOT NULL,
  document_id TEXT REFERENCES documents (id),
  lead_individual TEXT,
  expected_product TEXT,
  every TEXT NOT NULL,
  due_from TEXT NOT NULL,
  due_day INTEGER NOT NULL,
  -- Days from the start of a task to its due day; none: it starts with its period.
  lead_days INTEGER,
  starts_on TEXT NOT NULL,
  ends_on TEXT,
  status TEXT NOT NULL,
  -- What its tasks are born as: registered by the unit itself, or accepted since a superior gave it.
  task_status TEXT NOT NULL,
  -- What was due before this day is not made any more: it began, was resumed or got other days then.
  active_since TEXT NOT NULL,
  -- The day the next task is made; none: nothing is to be made.
  next_on TEXT,
  created_by TEXT,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
-- Duties of a unit, and those it has to judge.
CREATE INDEX recurring_duties_by_unit ON recurring_duties (unit_id, id);
CREATE INDEX recurring_duties_by_assigner ON recurring_duties (assigner_unit_id, id);
-- What the daily round looks for.
CREATE INDEX recurring_duties_by_next ON recurring_duties (next_on, id) WHERE next_on IS NOT NULL;
-- The task a duty became in a period: one, ever.
CREATE TABLE duty_tasks (
  duty_id TEXT NOT NULL REFERENCES recurring_duties (id),
  period TEXT NOT NULL,
  task_id TEXT NOT NULL UNIQUE REFERENCES tasks (id),
  root_id TEXT NOT NULL,
  PRIMARY KEY (duty_id, period)
) STRICT;
