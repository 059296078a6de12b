-- What is measured, and how its values come together.
CREATE TABLE indicators (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  -- Who defined it; units below report it.
  unit_id TEXT NOT NULL REFERENCES org_units (id),
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  search_text TEXT NOT NULL,
  measure_unit TEXT NOT NULL,
  direction TEXT NOT NULL,
  decimals INTEGER NOT NULL,
  definition TEXT,
  method TEXT,
  -- Of other indicators, by their codes; a computed indicator takes no values.
  formula TEXT,
  over_periods TEXT NOT NULL,
  over_units TEXT NOT NULL,
  -- What a share is multiplied by: 100 for per cent.
  factor INTEGER NOT NULL,
  weight_indicator_id TEXT REFERENCES indicators (id),
  -- The level whose units report it; any level without it.
  level TEXT,
  period_kind TEXT NOT NULL,
  -- The code of the regime by which its periods close.
  regime TEXT NOT NULL,
  -- Up to two lists of classes, as JSON.
  dimensions TEXT NOT NULL,
  -- Which version of a standard it counts by, such as a poverty line.
  rule_set TEXT,
  field TEXT,
  -- Who answers for it by its field, and may approve its values.
  agency_unit_id TEXT REFERENCES org_units (id),
  retired_on TEXT,
  created_by TEXT,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
CREATE UNIQUE INDEX indicators_by_code ON indicators (root_id, code) WHERE deleted_at IS NULL;
CREATE INDEX indicators_by_unit ON indicators (unit_id, id);
-- One figure of one unit for one period; '' is the total, else a class of each dimension.
CREATE TABLE indicator_values (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  indicator_id TEXT NOT NULL REFERENCES indicators (id),
  unit_id TEXT NOT NULL REFERENCES org_units (id),
  period TEXT NOT NULL,
  starts_on TEXT NOT NULL,
  ends_on TEXT NOT NULL,
  cell TEXT NOT NULL,
  status TEXT NOT NULL,
  -- Decimals as text: exact, and the same on every database.
  value TEXT,
  numerator TEXT,
  denominator TEXT,
  qualifier TEXT NOT NULL,
  estimated INTEGER NOT NULL,
  -- Of a milestone: the day it was reached.
  reached_on TEXT,
  -- Of a qualitative indicator: as the approver judged.
  verdict TEXT,
  note TEXT,
  -- Where it came from: entered by itself, by a form, or loaded as history.
  source TEXT NOT NULL,
  submission_id TEXT,
  entered_by TEXT,
  entered_for TEXT,
  -- Where it was approved, for those who come too late.
  approved_unit_id TEXT REFERENCES org_units (id),
  approved_at INTEGER,
  -- How many states it has had, and when the last one took effect.
  states INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX indicator_values_once ON indicator_values (indicator_id, unit_id, ends_on, period, cell);
CREATE INDEX indicator_values_by_unit ON indicator_values (unit_id, ends_on, indicator_id);
CREATE INDEX indicator_values_by_submission ON indicator_values (submission_id) WHERE submission_id IS NOT NULL;
-- What a figure was on any day.
CREATE TABLE indicator_value_states (
  value_id TEXT NOT NULL REFERENCES indicator_values (id),
  n INTEGER NOT NULL,
  root_id TEXT NOT NULL,
  took_effect_at INTEGER NOT NULL,
  command TEXT NOT NULL,
  status TEXT NOT NULL,
  value TEXT,
  numerator TEXT,
  denominator TEXT,
  qualifier TEXT NOT NULL,
  estimated INTEGER NOT NULL,
  reached_on TEXT,
  verdict TEXT,
  reason TEXT,
  PRIMARY KEY (value_id, n)
) STRICT;
-- Another value for an approved figure: asked for with a reason, decided by who approves.
CREATE TABLE indicator_corrections (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  value_id TEXT NOT NULL REFERENCES indicator_values (id),
  status TEXT NOT NULL,
  old_value TEXT,
  old_numerator TEXT,
  old_denominator TEXT,
  value TEXT,
  numerator TEXT,
  denominator TEXT,
  qualifier TEXT NOT NULL,
  estimated INTEGER NOT NULL,
  reached_on TEXT,
  verdict TEXT,
  reason TEXT NOT NULL,
  requested_by TEXT,
  requested_for TEXT,
  requested_on TEXT NOT NULL,
  decided_by TEXT,
  decided_for TEXT,
  decided_on TEXT,
  decision_comment TEXT,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX indicator_corrections_by_value ON indicator_corrections (value_id, id);
-- Units whose figures do not go into those above, with the reason, from one day to another.
CREATE TABLE indicator_exclusions (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  indicator_id TEXT NOT NULL REFERENCES indicators (id),
  unit_id TEXT NOT NULL REFERENCES org_units (id),
  from_on TEXT NOT NULL,
  until_on TEXT,
  reason TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX indicator_exclusions_by_indicator ON indicator_exclusions (indicator_id, unit_id);
