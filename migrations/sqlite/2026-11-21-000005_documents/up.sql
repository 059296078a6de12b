CREATE TABLE terms (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  unit_id TEXT NOT NULL REFERENCES org_units (id),
  ordinal TEXT,
  name TEXT NOT NULL,
  from_year INTEGER,
  to_year INTEGER,
  starts_on TEXT,
  ends_on TEXT,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
-- Terms of a unit, latest first.
CREATE INDEX terms_by_unit ON terms (unit_id, from_year);
CREATE TABLE documents (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  doc_type TEXT NOT NULL REFERENCES document_types (id),
  number_text TEXT,
  issuer_unit_id TEXT NOT NULL REFERENCES org_units (id),
  issued_on TEXT,
  title TEXT NOT NULL,
  abstract_text TEXT,
  status TEXT NOT NULL,
  term_id TEXT REFERENCES terms (id),
  search_text TEXT NOT NULL,
  created_by TEXT,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
-- The register of an issuer, latest first.
CREATE INDEX documents_by_issuer ON documents (issuer_unit_id, issued_on);
-- The register of a whole root, latest first and the undated last.
CREATE INDEX documents_by_day ON documents (root_id, issued_on DESC, id DESC);
CREATE TABLE document_contents (
  document_id TEXT PRIMARY KEY REFERENCES documents (id),
  root_id TEXT NOT NULL,
  content TEXT NOT NULL
) STRICT;
CREATE TABLE document_relations (
  from_id TEXT NOT NULL REFERENCES documents (id),
  to_id TEXT NOT NULL REFERENCES documents (id),
  relation TEXT NOT NULL,
  root_id TEXT NOT NULL,
  PRIMARY KEY (from_id, to_id, relation)
) STRICT;
-- What concretises a document.
CREATE INDEX document_relations_by_target ON document_relations (to_id);
