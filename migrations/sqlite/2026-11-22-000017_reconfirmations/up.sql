-- What owners answered when a document changed what their programmes and tasks put into practice. Who is
-- asked follows from the documents, programmes and tasks themselves; only answers are kept.
CREATE TABLE reconfirmations (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  -- The document that amends, replaces or repeals what is put into practice.
  document_id TEXT NOT NULL REFERENCES documents (id),
  -- A programme or a task: it has its owner, also when the owner's unit closes.
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  outcome TEXT NOT NULL,
  note TEXT,
  -- Who gave the answer as it now stands, and when.
  answered_by TEXT,
  answered_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
-- One answer of a record to a document; and in which order answers are listed.
CREATE UNIQUE INDEX reconfirmations_once ON reconfirmations (document_id, subject_kind, subject_id);
-- What a record answered.
CREATE INDEX reconfirmations_by_subject ON reconfirmations (subject_id, document_id);
