-- What a unit is to reach of an indicator in a period or by a day.
CREATE TABLE targets (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C" NOT NULL,
  unit_id TEXT COLLATE "C" NOT NULL REFERENCES org_units (id),
  indicator_id TEXT COLLATE "C" NOT NULL REFERENCES indicators (id),
  -- A period, or a day instead.
  period TEXT COLLATE "C",
  due_on DATE,
  -- "Trước ngày": the day itself is too late.
  due_exclusive BOOLEAN NOT NULL,
  -- From the first day to the last good one.
  starts_on DATE NOT NULL,
  ends_on DATE NOT NULL,
  -- Where it comes from.
  resolution_item_id TEXT COLLATE "C" REFERENCES resolution_items (id),
  document_id TEXT COLLATE "C" REFERENCES documents (id),
  status TEXT COLLATE "C" NOT NULL,
  -- How many versions it has had, and when the last one took effect.
  version INTEGER NOT NULL,
  changed_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
-- Once for a unit and the same days; one that was withdrawn makes room.
CREATE UNIQUE INDEX targets_once ON targets (indicator_id, unit_id, ends_on, starts_on) WHERE status <> 'withdrawn';
CREATE INDEX targets_by_unit ON targets (unit_id, indicator_id, ends_on);
CREATE INDEX targets_by_document ON targets (document_id) WHERE document_id IS NOT NULL;
CREATE INDEX targets_by_item ON targets (resolution_item_id) WHERE resolution_item_id IS NOT NULL;
-- Every offer, answer and decision, with what it says.
CREATE TABLE target_versions (
  target_id TEXT COLLATE "C" NOT NULL REFERENCES targets (id),
  n INTEGER NOT NULL,
  root_id TEXT COLLATE "C" NOT NULL,
  took_effect_at BIGINT NOT NULL,
  command TEXT COLLATE "C" NOT NULL,
  status TEXT COLLATE "C" NOT NULL,
  -- The last good day it names.
  ends_on DATE NOT NULL,
  -- Decimals as text: exact, and the same on every database.
  value TEXT COLLATE "C",
  value_to TEXT COLLATE "C",
  qualifier TEXT COLLATE "C" NOT NULL,
  wording TEXT COLLATE "C",
  baseline TEXT COLLATE "C",
  weight TEXT COLLATE "C",
  -- What is to be reached on the way, as JSON.
  path TEXT COLLATE "C" NOT NULL,
  reason TEXT COLLATE "C",
  document_id TEXT COLLATE "C" REFERENCES documents (id),
  by_unit_id TEXT COLLATE "C" REFERENCES org_units (id),
  by_user TEXT COLLATE "C",
  by_for TEXT COLLATE "C",
  PRIMARY KEY (target_id, n)
);
