-- One document sent to many units by one above them.
CREATE TABLE dispatches (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  document_id TEXT NOT NULL REFERENCES documents (id),
  -- The sending unit.
  unit_id TEXT NOT NULL REFERENCES org_units (id),
  note TEXT,
  -- To whom it was said to go, as JSON: a request that comes again is compared with it.
  addressed TEXT NOT NULL,
  created_by TEXT,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
-- How a document went down, and what a unit sent.
CREATE INDEX dispatches_by_document ON dispatches (document_id, id);
CREATE INDEX dispatches_by_unit ON dispatches (unit_id, id);
-- The deadlines of a dispatch, a row for each time they were set: a past day is judged by those then in force.
CREATE TABLE dispatch_deadlines (
  dispatch_id TEXT NOT NULL REFERENCES dispatches (id),
  n INTEGER NOT NULL,
  root_id TEXT NOT NULL,
  set_at INTEGER NOT NULL,
  -- When others took their place; none: they are in force.
  until_at INTEGER,
  receipt_due_on TEXT,
  study_due_on TEXT,
  programme_due_on TEXT,
  PRIMARY KEY (dispatch_id, n)
) STRICT;
-- A document as one unit got it. Its state follows from the moments.
CREATE TABLE receipts (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  dispatch_id TEXT NOT NULL REFERENCES dispatches (id),
  document_id TEXT NOT NULL REFERENCES documents (id),
  -- The receiving unit.
  unit_id TEXT NOT NULL REFERENCES org_units (id),
  seen_at INTEGER,
  seen_by TEXT,
  received_at INTEGER,
  received_by TEXT,
  assigned_at INTEGER,
  assigned_by TEXT,
  -- Who puts it into practice: the unit or one below it, a post or a person in words.
  assigned_unit_id TEXT REFERENCES org_units (id),
  assigned_to TEXT,
  exempt_at INTEGER,
  exempt_by TEXT,
  exempt_reason TEXT,
  recalled_at INTEGER,
  recalled_by TEXT,
  recall_reason TEXT,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
-- A unit has a document once, until it is recalled; and who reads it for that reason.
CREATE UNIQUE INDEX receipts_in_hand ON receipts (document_id, unit_id) WHERE recalled_at IS NULL;
-- All that was sent of a document, of a dispatch and to a unit.
CREATE INDEX receipts_by_document ON receipts (document_id, id);
CREATE INDEX receipts_by_dispatch ON receipts (dispatch_id, id);
CREATE INDEX receipts_by_unit ON receipts (unit_id, id);
