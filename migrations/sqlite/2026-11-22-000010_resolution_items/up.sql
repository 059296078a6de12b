-- What a resolution says, clause by clause: a tree in the order of the paper.
CREATE TABLE resolution_items (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  document_id TEXT NOT NULL REFERENCES documents (id),
  -- Of the same document; none: it stands at the top.
  parent_id TEXT REFERENCES resolution_items (id),
  kind TEXT NOT NULL,
  -- Its place among its siblings: ranks are compared as texts, and there is always room between two.
  rank TEXT NOT NULL,
  label TEXT,
  text TEXT NOT NULL,
  field TEXT,
  -- Lists of words, as JSON; empty: it concerns all.
  levels TEXT NOT NULL,
  unit_kinds TEXT NOT NULL,
  -- The document that gave it its present wording, where another one did.
  amending_document_id TEXT REFERENCES documents (id),
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
-- The items of a document.
CREATE INDEX resolution_items_by_document ON resolution_items (document_id, id);
-- What another document has reworded.
CREATE INDEX resolution_items_by_amending ON resolution_items (amending_document_id) WHERE amending_document_id IS NOT NULL;
-- Every version of an item, also the present one, with the same columns.
CREATE TABLE resolution_item_versions (
  id TEXT NOT NULL REFERENCES resolution_items (id),
  root_id TEXT NOT NULL,
  document_id TEXT NOT NULL,
  parent_id TEXT,
  kind TEXT NOT NULL,
  rank TEXT NOT NULL,
  label TEXT,
  text TEXT NOT NULL,
  field TEXT,
  levels TEXT NOT NULL,
  unit_kinds TEXT NOT NULL,
  amending_document_id TEXT,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  -- When this version took effect.
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER,
  PRIMARY KEY (id, version)
) STRICT;
-- What a document said on a day.
CREATE INDEX resolution_item_versions_by_document ON resolution_item_versions (document_id, id, version);
