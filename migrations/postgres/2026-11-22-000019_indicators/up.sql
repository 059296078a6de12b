-- What is measured, and how its values come together.
CREATE TABLE indicators (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C" NOT NULL,
  -- Who defined it; units below report it.
  unit_id TEXT COLLATE "C" NOT NULL REFERENCES org_units (id),
  code TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  search_text TEXT COLLATE "C" NOT NULL,
  measure_unit TEXT COLLATE "C" NOT NULL,
  direction TEXT COLLATE "C" NOT NULL,
  decimals INTEGER NOT NULL,
  definition TEXT COLLATE "C",
  method TEXT COLLATE "C",
  -- Of other indicators, by their codes; a computed indicator takes no values.
  formula TEXT COLLATE "C",
  over_periods TEXT COLLATE "C" NOT NULL,
  over_units TEXT COLLATE "C" NOT NULL,
  -- What a share is multiplied by: 100 for per cent.
  factor INTEGER NOT NULL,
  weight_indicator_id TEXT COLLATE "C" REFERENCES indicators (id),
  -- The level whose units report it; any level without it.
  level TEXT COLLATE "C",
  period_kind TEXT COLLATE "C" NOT NULL,
  -- The code of the regime by which its periods close.
  regime TEXT COLLATE "C" NOT NULL,
  -- Up to two lists of classes, as JSON.
  dimensions TEXT COLLATE "C" NOT NULL,
  -- Which version of a standard it counts by, such as a poverty line.
  rule_set TEXT COLLATE "C",
  field TEXT COLLATE "C",
  -- Who answers for it by its field, and may approve its values.
  agency_unit_id TEXT COLLATE "C" REFERENCES org_units (id),
  retired_on DATE,
  created_by TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT
);
CREATE UNIQUE INDEX indicators_by_code ON indicators (root_id, code) WHERE deleted_at IS NULL;
CREATE INDEX indicators_by_unit ON indicators (unit_id, id);
-- One figure of one unit for one period; '' is the total, else a class of each dimension.
CREATE TABLE indicator_values (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C" NOT NULL,
  indicator_id TEXT COLLATE "C" NOT NULL REFERENCES indicators (id),
  unit_id TEXT COLLATE "C" NOT NULL REFERENCES org_units (id),
  period TEXT COLLATE "C" NOT NULL,
  starts_on DATE NOT NULL,
  ends_on DATE NOT NULL,
  cell TEXT COLLATE "C" NOT NULL,
  status TEXT COLLATE "C" NOT NULL,
  -- Decimals as text: exact, and the same on every database.
  value TEXT COLLATE "C",
  numerator TEXT COLLATE "C",
  denominator TEXT COLLATE "C",
  qualifier TEXT COLLATE "C" NOT NULL,
  estimated BOOLEAN NOT NULL,
  -- Of a milestone: the day it was reached.
  reached_on DATE,
  -- Of a qualitative indicator: as the approver judged.
  verdict TEXT COLLATE "C",
  note TEXT COLLATE "C",
  -- Where it came from: entered by itself, by a form, or loaded as history.
  source TEXT COLLATE "C" NOT NULL,
  submission_id TEXT COLLATE "C",
  entered_by TEXT COLLATE "C",
  entered_for TEXT COLLATE "C",
  -- Where it was approved, for those who come too late.
  approved_unit_id TEXT COLLATE "C" REFERENCES org_units (id),
  approved_at BIGINT,
  -- How many states it has had, and when the last one took effect.
  states INTEGER NOT NULL,
  changed_at BIGINT NOT NULL,
  version INTEGER NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX indicator_values_once ON indicator_values (indicator_id, unit_id, ends_on, period, cell);
CREATE INDEX indicator_values_by_unit ON indicator_values (unit_id, ends_on, indicator_id);
CREATE INDEX indicator_values_by_submission ON indicator_values (submission_id) WHERE submission_id IS NOT NULL;
-- What a figure was on any day.
CREATE TABLE indicator_value_states (
  value_id TEXT COLLATE "C" NOT NULL REFERENCES indicator_values (id),
  n INTEGER NOT NULL,
  root_id TEXT COLLATE "C" NOT NULL,
  took_effect_at BIGINT NOT NULL,
  command TEXT COLLATE "C" NOT NULL,
  status TEXT COLLATE "C" NOT NULL,
  value TEXT COLLATE "C",
  numerator TEXT COLLATE "C",
  denominator TEXT COLLATE "C",
  qualifier TEXT COLLATE "C" NOT NULL,
  estimated BOOLEAN NOT NULL,
  reached_on DATE,
  verdict TEXT COLLATE "C",
  reason TEXT COLLATE "C",
  PRIMARY KEY (value_id, n)
);
-- Another value for an approved figure: asked for with a reason, decided by who approves.
CREATE TABLE indicator_corrections (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C" NOT NULL,
  value_id TEXT COLLATE "C" NOT NULL REFERENCES indicator_values (id),
  status TEXT COLLATE "C" NOT NULL,
  old_value TEXT COLLATE "C",
  old_numerator TEXT COLLATE "C",
  old_denominator TEXT COLLATE "C",
  value TEXT COLLATE "C",
  numerator TEXT COLLATE "C",
  denominator TEXT COLLATE "C",
  qualifier TEXT COLLATE "C" NOT NULL,
  estimated BOOLEAN NOT NULL,
  reached_on DATE,
  verdict TEXT COLLATE "C",
  reason TEXT COLLATE "C" NOT NULL,
  requested_by TEXT COLLATE "C",
  requested_for TEXT COLLATE "C",
  requested_on DATE NOT NULL,
  decided_by TEXT COLLATE "C",
  decided_for TEXT COLLATE "C",
  decided_on DATE,
  decision_comment TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX indicator_corrections_by_value ON indicator_corrections (value_id, id);
-- Units whose figures do not go into those above, with the reason, from one day to another.
CREATE TABLE indicator_exclusions (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C" NOT NULL,
  indicator_id TEXT COLLATE "C" NOT NULL REFERENCES indicators (id),
  unit_id TEXT COLLATE "C" NOT NULL REFERENCES org_units (id),
  from_on DATE NOT NULL,
  until_on DATE,
  reason TEXT COLLATE "C" NOT NULL,
  version INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX indicator_exclusions_by_indicator ON indicator_exclusions (indicator_id, unit_id);
