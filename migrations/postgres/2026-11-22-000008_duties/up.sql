-- Duties that come again every period and become a task each time.
CREATE TABLE recurring_duties (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C" NOT NULL,
  unit_id TEXT COLLATE "C" NOT NULL REFERENCES org_units (id),
  assigner_unit_id TEXT COLLATE "C" NOT NULL REFERENCES org_units (id),
  title TEXT COLLATE "C" NOT NULL,
  description TEXT COLLATE "C",
  class TEXT COLLATE "C" NOT NULL,
  field TEXT COLLATE "C",
  weight_milli BIGINT NOT NULL,
  document_id TEXT COLLATE "C" REFERENCES documents (id),
  lead_individual TEXT COLLATE "C",
  expected_product TEXT COLLATE "C",
  every TEXT COLLATE "C" NOT NULL,
  due_from TEXT COLLATE "C" NOT NULL,
  due_day INTEGER NOT NULL,
  -- Days from the start of a task to its due day; none: it starts with its period.
  lead_days INTEGER,
  starts_on DATE NOT NULL,
  ends_on DATE,
  status TEXT COLLATE "C" NOT NULL,
  -- What its tasks are born as: registered by the unit itself, or accepted since a superior gave it.
  task_status TEXT COLLATE "C" NOT NULL,
  -- What was due before this day is not made any more: it began, was resumed or got other days then.
  active_since DATE NOT NULL,
  -- The day the next task is made; none: nothing is to be made.
  next_on DATE,
  created_by TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT
);
-- Duties of a unit, and those it has to judge.
CREATE INDEX recurring_duties_by_unit ON recurring_duties (unit_id, id);
CREATE INDEX recurring_duties_by_assigner ON recurring_duties (assigner_unit_id, id);
-- What the daily round looks for.
CREATE INDEX recurring_duties_by_next ON recurring_duties (next_on, id) WHERE next_on IS NOT NULL;
-- The task a duty became in a period: one, ever.
CREATE TABLE duty_tasks (
  duty_id TEXT COLLATE "C" NOT NULL REFERENCES recurring_duties (id),
  period TEXT COLLATE "C" NOT NULL,
  task_id TEXT COLLATE "C" NOT NULL UNIQUE REFERENCES tasks (id),
  root_id TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (duty_id, period)
);
