ALTER TABLE documents ADD COLUMN number_value INTEGER;
ALTER TABLE documents ADD COLUMN number_suffix TEXT NOT NULL DEFAULT '';
-- In which run of numbers the document holds one; none for drafts and for what cannot be read.
ALTER TABLE documents ADD COLUMN series TEXT;
ALTER TABLE documents ADD COLUMN issuing_body TEXT;
ALTER TABLE documents ADD COLUMN effective_on TEXT;
ALTER TABLE documents ADD COLUMN expired_on TEXT;
ALTER TABLE documents ADD COLUMN place TEXT;
ALTER TABLE documents ADD COLUMN signer TEXT;
ALTER TABLE documents ADD COLUMN signing_capacity TEXT;
-- Lists, as JSON.
ALTER TABLE documents ADD COLUMN recipients TEXT NOT NULL DEFAULT '[]';
ALTER TABLE documents ADD COLUMN urgency TEXT NOT NULL DEFAULT 'none';
ALTER TABLE documents ADD COLUMN attachments TEXT NOT NULL DEFAULT '[]';
-- No number twice in one run, and the highest one there.
CREATE UNIQUE INDEX documents_by_number ON documents (series, number_value, number_suffix) WHERE series IS NOT NULL;
-- Which organs may issue which types, from when: 399-QĐ/TW, articles 11 and 13, from a secondary table.
-- An organ or a type without a row in force is not restricted.
CREATE TABLE issuing_rules (
  level TEXT NOT NULL REFERENCES levels (id),
  kind TEXT NOT NULL REFERENCES unit_kinds (id),
  -- The body of the unit; '' where it has one only.
  body TEXT NOT NULL,
  doc_type TEXT NOT NULL REFERENCES document_types (id),
  allowed INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to TEXT,
  legal_basis TEXT NOT NULL,
  PRIMARY KEY (level, kind, body, doc_type, valid_from)
) STRICT;
INSERT INTO issuing_rules (level, kind, body, doc_type, allowed, valid_from, valid_to, legal_basis) VALUES
  ('commune', 'party_committee', 'executive_committee', 'NQ', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'executive_committee', 'QĐ', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'executive_committee', 'KL', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'executive_committee', 'TB', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'executive_committee', 'BC', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'executive_committee', 'KH', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'executive_committee', 'CTr', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'executive_committee', 'ĐA', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'executive_committee', 'PA', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'executive_committee', 'TTr', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'executive_committee', 'CV', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'executive_committee', 'BB', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'executive_committee', 'QC', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'executive_committee', 'QĐi', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'executive_committee', 'HD', 0, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'executive_committee', 'CT', 0, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'executive_committee', 'TT', 0, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'NQ', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'QĐ', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'KL', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'TB', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'BC', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'KH', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'CTr', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'ĐA', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'PA', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'TTr', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'CV', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'BB', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'QC', 0, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'QĐi', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'HD', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'CT', 0, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'TT', 0, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'NQ', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'QĐ', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'KL', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'TB', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'BC', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'KH', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'CTr', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'ĐA', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'PA', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'TTr', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'CV', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'BB', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'QC', 1, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'QĐi', 0, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'HD', 0, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'CT', 0, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'TT', 0, '2026-01-09', NULL, '399-QĐ/TW');
