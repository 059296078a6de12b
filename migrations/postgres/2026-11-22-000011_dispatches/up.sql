-- One document sent to many units by one above them.
CREATE TABLE dispatches (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C" NOT NULL,
  document_id TEXT COLLATE "C" NOT NULL REFERENCES documents (id),
  -- The sending unit.
  unit_id TEXT COLLATE "C" NOT NULL REFERENCES org_units (id),
  note TEXT COLLATE "C",
  -- To whom it was said to go, as JSON: a request that comes again is compared with it.
  addressed TEXT COLLATE "C" NOT NULL,
  created_by TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
-- How a document went down, and what a unit sent.
CREATE INDEX dispatches_by_document ON dispatches (document_id, id);
CREATE INDEX dispatches_by_unit ON dispatches (unit_id, id);
-- The deadlines of a dispatch, a row for each time they were set: a past day is judged by those then in force.
CREATE TABLE dispatch_deadlines (
  dispatch_id TEXT COLLATE "C" NOT NULL REFERENCES dispatches (id),
  n INTEGER NOT NULL,
  root_id TEXT COLLATE "C" NOT NULL,
  set_at BIGINT NOT NULL,
  -- When others took their place; none: they are in force.
  until_at BIGINT,
  receipt_due_on DATE,
  study_due_on DATE,
  programme_due_on DATE,
  PRIMARY KEY (dispatch_id, n)
);
-- A document as one unit got it. Its state follows from the moments.
CREATE TABLE receipts (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C" NOT NULL,
  dispatch_id TEXT COLLATE "C" NOT NULL REFERENCES dispatches (id),
  document_id TEXT COLLATE "C" NOT NULL REFERENCES documents (id),
  -- The receiving unit.
  unit_id TEXT COLLATE "C" NOT NULL REFERENCES org_units (id),
  seen_at BIGINT,
  seen_by TEXT COLLATE "C",
  received_at BIGINT,
  received_by TEXT COLLATE "C",
  assigned_at BIGINT,
  assigned_by TEXT COLLATE "C",
  -- Who puts it into practice: the unit or one below it, a post or a person in words.
  assigned_unit_id TEXT COLLATE "C" REFERENCES org_units (id),
  assigned_to TEXT COLLATE "C",
  exempt_at BIGINT,
  exempt_by TEXT COLLATE "C",
  exempt_reason TEXT COLLATE "C",
  recalled_at BIGINT,
  recalled_by TEXT COLLATE "C",
  recall_reason TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
-- A unit has a document once, until it is recalled; and who reads it for that reason.
CREATE UNIQUE INDEX receipts_in_hand ON receipts (document_id, unit_id) WHERE recalled_at IS NULL;
-- All that was sent of a document, of a dispatch and to a unit.
CREATE INDEX receipts_by_document ON receipts (document_id, id);
CREATE INDEX receipts_by_dispatch ON receipts (dispatch_id, id);
CREATE INDEX receipts_by_unit ON receipts (unit_id, id);
