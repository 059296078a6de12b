CREATE TABLE org_units (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  short_name TEXT,
  name_key TEXT NOT NULL,
  search_text TEXT NOT NULL,
  level TEXT NOT NULL REFERENCES levels (id),
  kind TEXT NOT NULL REFERENCES unit_kinds (id),
  parent_id TEXT REFERENCES org_units (id),
  -- '/' + the ids from the root to this unit, each followed by '/'.
  path TEXT NOT NULL UNIQUE,
  depth INTEGER NOT NULL,
  issuer_code TEXT,
  traits TEXT NOT NULL,
  valid_from TEXT,
  closed_on TEXT,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
-- Children of a unit, in order of their codes.
CREATE INDEX org_units_by_parent ON org_units (parent_id, code);
-- What a unit was called and where it lay, from a day on: history is read from here.
CREATE TABLE org_unit_versions (
  unit_id TEXT NOT NULL REFERENCES org_units (id),
  n INTEGER NOT NULL,
  root_id TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to TEXT,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  short_name TEXT,
  level TEXT NOT NULL,
  kind TEXT NOT NULL,
  parent_id TEXT,
  PRIMARY KEY (unit_id, n)
) STRICT;
-- The tree of one root on a day.
CREATE INDEX org_unit_versions_by_root ON org_unit_versions (root_id, unit_id, n);
CREATE TABLE org_unit_relations (
  predecessor_id TEXT NOT NULL REFERENCES org_units (id),
  successor_id TEXT NOT NULL REFERENCES org_units (id),
  kind TEXT NOT NULL,
  root_id TEXT NOT NULL,
  is_partial INTEGER NOT NULL,
  took_effect_on TEXT NOT NULL,
  document_id TEXT,
  PRIMARY KEY (predecessor_id, successor_id, kind)
) STRICT;
-- Predecessors of a unit.
CREATE INDEX org_unit_relations_by_successor ON org_unit_relations (successor_id);
CREATE TABLE org_unit_external_ids (
  unit_id TEXT NOT NULL REFERENCES org_units (id),
  scheme TEXT NOT NULL,
  code TEXT NOT NULL,
  root_id TEXT NOT NULL,
  PRIMARY KEY (unit_id, scheme),
  UNIQUE (scheme, code)
) STRICT;
