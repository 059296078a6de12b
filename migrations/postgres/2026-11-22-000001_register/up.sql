ALTER TABLE documents ADD COLUMN number_value INTEGER;
ALTER TABLE documents ADD COLUMN number_suffix TEXT COLLATE "C" NOT NULL DEFAULT '';
-- In which run of numbers the document holds one; none for drafts and for what cannot be read.
ALTER TABLE documents ADD COLUMN series TEXT COLLATE "C";
ALTER TABLE documents ADD COLUMN issuing_body TEXT COLLATE "C";
ALTER TABLE documents ADD COLUMN effective_on DATE;
ALTER TABLE documents ADD COLUMN expired_on DATE;
ALTER TABLE documents ADD COLUMN place TEXT COLLATE "C";
ALTER TABLE documents ADD COLUMN signer TEXT COLLATE "C";
ALTER TABLE documents ADD COLUMN signing_capacity TEXT COLLATE "C";
-- Lists, as JSON.
ALTER TABLE documents ADD COLUMN recipients TEXT COLLATE "C" NOT NULL DEFAULT '[]';
ALTER TABLE documents ADD COLUMN urgency TEXT COLLATE "C" NOT NULL DEFAULT 'none';
ALTER TABLE documents ADD COLUMN attachments TEXT COLLATE "C" NOT NULL DEFAULT '[]';
-- No number twice in one run, and the highest one there.
CREATE UNIQUE INDEX documents_by_number ON documents (series, number_value, number_suffix) WHERE series IS NOT NULL;
-- Which organs may issue which types, from when: 399-QĐ/TW, articles 11 and 13, from a secondary table.
-- An organ or a type without a row in force is not restricted.
CREATE TABLE issuing_rules (
  level TEXT COLLATE "C" NOT NULL REFERENCES levels (id),
  kind TEXT COLLATE "C" NOT NULL REFERENCES unit_kinds (id),
  -- The body of the unit; '' where it has one only.
  body TEXT COLLATE "C" NOT NULL,
  doc_type TEXT COLLATE "C" NOT NULL REFERENCES document_types (id),
  allowed BOOLEAN NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE,
  legal_basis TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (level, kind, body, doc_type, valid_from)
);
INSERT INTO issuing_rules (level, kind, body, doc_type, allowed, valid_from, valid_to, legal_basis) VALUES
  ('commune', 'party_committee', 'executive_committee', 'NQ', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'executive_committee', 'QĐ', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'executive_committee', 'KL', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'executive_committee', 'TB', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'executive_committee', 'BC', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'executive_committee', 'KH', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'executive_committee', 'CTr', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'executive_committee', 'ĐA', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'executive_committee', 'PA', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'executive_committee', 'TTr', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'executive_committee', 'CV', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'executive_committee', 'BB', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'executive_committee', 'QC', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'executive_committee', 'QĐi', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'executive_committee', 'HD', FALSE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'executive_committee', 'CT', FALSE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'executive_committee', 'TT', FALSE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'NQ', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'QĐ', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'KL', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'TB', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'BC', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'KH', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'CTr', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'ĐA', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'PA', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'TTr', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'CV', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'BB', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'QC', FALSE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'QĐi', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'HD', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'CT', FALSE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('commune', 'party_committee', 'standing_committee', 'TT', FALSE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'NQ', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'QĐ', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'KL', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'TB', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'BC', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'KH', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'CTr', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'ĐA', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'PA', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'TTr', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'CV', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'BB', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'QC', TRUE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'QĐi', FALSE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'HD', FALSE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'CT', FALSE, '2026-01-09', NULL, '399-QĐ/TW'),
  ('branch', 'branch', '', 'TT', FALSE, '2026-01-09', NULL, '399-QĐ/TW');
