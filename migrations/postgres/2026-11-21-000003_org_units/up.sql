CREATE TABLE org_units (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C" NOT NULL,
  code TEXT COLLATE "C" NOT NULL UNIQUE,
  name TEXT COLLATE "C" NOT NULL,
  short_name TEXT COLLATE "C",
  name_key TEXT COLLATE "C" NOT NULL,
  search_text TEXT COLLATE "C" NOT NULL,
  level TEXT COLLATE "C" NOT NULL REFERENCES levels (id),
  kind TEXT COLLATE "C" NOT NULL REFERENCES unit_kinds (id),
  parent_id TEXT COLLATE "C" REFERENCES org_units (id),
  -- '/' + the ids from the root to this unit, each followed by '/'.
  path TEXT COLLATE "C" NOT NULL UNIQUE,
  depth INTEGER NOT NULL,
  issuer_code TEXT COLLATE "C",
  traits TEXT COLLATE "C" NOT NULL,
  valid_from DATE,
  closed_on DATE,
  version INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
-- Children of a unit, in order of their codes.
CREATE INDEX org_units_by_parent ON org_units (parent_id, code);
-- What a unit was called and where it lay, from a day on: history is read from here.
CREATE TABLE org_unit_versions (
  unit_id TEXT COLLATE "C" NOT NULL REFERENCES org_units (id),
  n INTEGER NOT NULL,
  root_id TEXT COLLATE "C" NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE,
  code TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  short_name TEXT COLLATE "C",
  level TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  parent_id TEXT COLLATE "C",
  PRIMARY KEY (unit_id, n)
);
-- The tree of one root on a day.
CREATE INDEX org_unit_versions_by_root ON org_unit_versions (root_id, unit_id, n);
CREATE TABLE org_unit_relations (
  predecessor_id TEXT COLLATE "C" NOT NULL REFERENCES org_units (id),
  successor_id TEXT COLLATE "C" NOT NULL REFERENCES org_units (id),
  kind TEXT COLLATE "C" NOT NULL,
  root_id TEXT COLLATE "C" NOT NULL,
  is_partial BOOLEAN NOT NULL,
  took_effect_on DATE NOT NULL,
  document_id TEXT COLLATE "C",
  PRIMARY KEY (predecessor_id, successor_id, kind)
);
-- Predecessors of a unit.
CREATE INDEX org_unit_relations_by_successor ON org_unit_relations (successor_id);
CREATE TABLE org_unit_external_ids (
  unit_id TEXT COLLATE "C" NOT NULL REFERENCES org_units (id),
  scheme TEXT COLLATE "C" NOT NULL,
  code TEXT COLLATE "C" NOT NULL,
  root_id TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (unit_id, scheme),
  UNIQUE (scheme, code)
);
