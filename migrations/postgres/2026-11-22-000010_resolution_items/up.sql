-- What a resolution says, clause by clause: a tree in the order of the paper.
CREATE TABLE resolution_items (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C" NOT NULL,
  document_id TEXT COLLATE "C" NOT NULL REFERENCES documents (id),
  -- Of the same document; none: it stands at the top.
  parent_id TEXT COLLATE "C" REFERENCES resolution_items (id),
  kind TEXT COLLATE "C" NOT NULL,
  -- Its place among its siblings: ranks are compared as texts, and there is always room between two.
  rank TEXT COLLATE "C" NOT NULL,
  label TEXT COLLATE "C",
  text TEXT COLLATE "C" NOT NULL,
  field TEXT COLLATE "C",
  -- Lists of words, as JSON; empty: it concerns all.
  levels TEXT COLLATE "C" NOT NULL,
  unit_kinds TEXT COLLATE "C" NOT NULL,
  -- The document that gave it its present wording, where another one did.
  amending_document_id TEXT COLLATE "C" REFERENCES documents (id),
  version INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT
);
-- The items of a document.
CREATE INDEX resolution_items_by_document ON resolution_items (document_id, id);
-- What another document has reworded.
CREATE INDEX resolution_items_by_amending ON resolution_items (amending_document_id) WHERE amending_document_id IS NOT NULL;
-- Every version of an item, also the present one, with the same columns.
CREATE TABLE resolution_item_versions (
  id TEXT COLLATE "C" NOT NULL REFERENCES resolution_items (id),
  root_id TEXT COLLATE "C" NOT NULL,
  document_id TEXT COLLATE "C" NOT NULL,
  parent_id TEXT COLLATE "C",
  kind TEXT COLLATE "C" NOT NULL,
  rank TEXT COLLATE "C" NOT NULL,
  label TEXT COLLATE "C",
  text TEXT COLLATE "C" NOT NULL,
  field TEXT COLLATE "C",
  levels TEXT COLLATE "C" NOT NULL,
  unit_kinds TEXT COLLATE "C" NOT NULL,
  amending_document_id TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  -- When this version took effect.
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT,
  PRIMARY KEY (id, version)
);
-- What a document said on a day.
CREATE INDEX resolution_item_versions_by_document ON resolution_item_versions (document_id, id, version);
