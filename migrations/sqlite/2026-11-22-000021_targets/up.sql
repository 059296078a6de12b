-- What a unit is to reach of an indicator in a period or by a day.
CREATE TABLE targets (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  unit_id TEXT NOT NULL REFERENCES org_units (id),
  indicator_id TEXT NOT NULL REFERENCES indicators (id),
  -- A period, or a day instead.
  period TEXT,
  due_on TEXT,
  -- "Trước ngày": the day itself is too late.
  due_exclusive INTEGER NOT NULL,
  -- From the first day to the last good one.
  starts_on TEXT NOT NULL,
  ends_on TEXT NOT NULL,
  -- Where it comes from.
  resolution_item_id TEXT REFERENCES resolution_items (id),
  document_id TEXT REFERENCES documents (id),
  status TEXT NOT NULL,
  -- How many versions it has had, and when the last one took effect.
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
-- Once for a unit and the same days; one that was withdrawn makes room.
CREATE UNIQUE INDEX targets_once ON targets (indicator_id, unit_id, ends_on, starts_on) WHERE status <> 'withdrawn';
CREATE INDEX targets_by_unit ON targets (unit_id, indicator_id, ends_on);
CREATE INDEX targets_by_document ON targets (document_id) WHERE document_id IS NOT NULL;
CREATE INDEX targets_by_item ON targets (resolution_item_id) WHERE resolution_item_id IS NOT NULL;
-- Every offer, answer and decision, with what it says.
CREATE TABLE target_versions (
  target_id TEXT NOT NULL REFERENCES targets (id),
  n INTEGER NOT NULL,
  root_id TEXT NOT NULL,
  took_effect_at INTEGER NOT NULL,
  command TEXT NOT NULL,
  status TEXT NOT NULL,
  -- The last good day it names.
  ends_on TEXT NOT NULL,
  -- Decimals as text: exact, and the same on every database.
  value TEXT,
  value_to TEXT,
  qualifier TEXT NOT NULL,
  wording TEXT,
  baseline TEXT,
  weight TEXT,
  -- What is to be reached on the way, as JSON.
  path TEXT NOT NULL,
  reason TEXT,
  document_id TEXT REFERENCES documents (id),
  by_unit_id TEXT REFERENCES org_units (id),
  by_user TEXT,
  by_for TEXT,
  PRIMARY KEY (target_id, n)
) STRICT;
