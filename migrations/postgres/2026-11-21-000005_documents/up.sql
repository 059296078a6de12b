CREATE TABLE terms (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C" NOT NULL,
  unit_id TEXT COLLATE "C" NOT NULL REFERENCES org_units (id),
  ordinal TEXT COLLATE "C",
  name TEXT COLLATE "C" NOT NULL,
  from_year INTEGER,
  to_year INTEGER,
  starts_on DATE,
  ends_on DATE,
  version INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT
);
-- Terms of a unit, latest first.
CREATE INDEX terms_by_unit ON terms (unit_id, from_year);
CREATE TABLE documents (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C" NOT NULL,
  doc_type TEXT COLLATE "C" NOT NULL REFERENCES document_types (id),
  number_text TEXT COLLATE "C",
  issuer_unit_id TEXT COLLATE "C" NOT NULL REFERENCES org_units (id),
  issued_on DATE,
  title TEXT COLLATE "C" NOT NULL,
  abstract_text TEXT COLLATE "C",
  status TEXT COLLATE "C" NOT NULL,
  term_id TEXT COLLATE "C" REFERENCES terms (id),
  search_text TEXT COLLATE "C" NOT NULL,
  created_by TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT
);
-- The register of an issuer, latest first.
CREATE INDEX documents_by_issuer ON documents (issuer_unit_id, issued_on);
-- The register of a whole root, latest first and the undated last.
CREATE INDEX documents_by_day ON documents (root_id, issued_on DESC NULLS LAST, id DESC);
CREATE TABLE document_contents (
  document_id TEXT COLLATE "C" PRIMARY KEY REFERENCES documents (id),
  root_id TEXT COLLATE "C" NOT NULL,
  content TEXT COLLATE "C" NOT NULL
);
CREATE TABLE document_relations (
  from_id TEXT COLLATE "C" NOT NULL REFERENCES documents (id),
  to_id TEXT COLLATE "C" NOT NULL REFERENCES documents (id),
  relation TEXT COLLATE "C" NOT NULL,
  root_id TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (from_id, to_id, relation)
);
-- What concretises a document.
CREATE INDEX document_relations_by_target ON document_relations (to_id);
