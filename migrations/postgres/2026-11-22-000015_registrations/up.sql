-- A round in which units below register their tasks, as a document orders it.
CREATE TABLE registration_rounds (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C" NOT NULL,
  document_id TEXT COLLATE "C" NOT NULL REFERENCES documents (id),
  -- The unit that opened it and judges what is registered.
  unit_id TEXT COLLATE "C" NOT NULL REFERENCES org_units (id),
  title TEXT COLLATE "C" NOT NULL,
  -- What is registered for: a term, or a year.
  term_id TEXT COLLATE "C" REFERENCES terms (id),
  year INTEGER,
  opens_on DATE NOT NULL,
  -- Who was said to register, as JSON: a request that comes again is compared with it.
  addressed TEXT COLLATE "C" NOT NULL,
  closed_at BIGINT,
  cancelled_at BIGINT,
  ended_reason TEXT COLLATE "C",
  created_by TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX registration_rounds_by_unit ON registration_rounds (unit_id, id);
CREATE INDEX registration_rounds_by_document ON registration_rounds (document_id, id);
-- The last day and the quotas of a round, a row for each time they were set: a past day is judged by those then in force.
CREATE TABLE registration_rules (
  round_id TEXT COLLATE "C" NOT NULL REFERENCES registration_rounds (id),
  n INTEGER NOT NULL,
  root_id TEXT COLLATE "C" NOT NULL,
  set_at BIGINT NOT NULL,
  closes_on DATE NOT NULL,
  -- How many tasks units of which level and kind register, as JSON.
  quotas TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (round_id, n)
);
-- What one unit registers in a round; it is there from the day the unit is called upon.
CREATE TABLE registrations (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C" NOT NULL,
  round_id TEXT COLLATE "C" NOT NULL REFERENCES registration_rounds (id),
  unit_id TEXT COLLATE "C" NOT NULL REFERENCES org_units (id),
  state TEXT COLLATE "C" NOT NULL,
  -- The first day decides whether it was late.
  first_submitted_on DATE,
  -- Who handed in what waits for an answer, and as whose deputy.
  submitted_by TEXT COLLATE "C",
  submitted_for TEXT COLLATE "C",
  -- How many moves it has made.
  moves INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
-- A unit registers once in a round; what ended with its unit stays beside that of the successor.
CREATE UNIQUE INDEX registrations_once ON registrations (round_id, unit_id) WHERE state <> 'ended';
CREATE INDEX registrations_by_round ON registrations (round_id, id);
CREATE INDEX registrations_by_unit ON registrations (unit_id, id);
-- Every move of a registration: what it was on any day, and what it then said.
CREATE TABLE registration_moves (
  registration_id TEXT COLLATE "C" NOT NULL REFERENCES registrations (id),
  n INTEGER NOT NULL,
  root_id TEXT COLLATE "C" NOT NULL,
  command TEXT COLLATE "C" NOT NULL,
  took_effect_at BIGINT NOT NULL,
  -- Whose it was, and what it was, after the move.
  unit_id TEXT COLLATE "C" NOT NULL REFERENCES org_units (id),
  state TEXT COLLATE "C" NOT NULL,
  reason TEXT COLLATE "C",
  comment TEXT COLLATE "C",
  -- Its lines with their versions at the move, as JSON.
  lines TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (registration_id, n)
);
-- One task that a unit registers, or that was imposed on it.
CREATE TABLE registration_lines (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C" NOT NULL,
  registration_id TEXT COLLATE "C" NOT NULL REFERENCES registrations (id),
  title TEXT COLLATE "C" NOT NULL,
  description TEXT COLLATE "C",
  class TEXT COLLATE "C" NOT NULL,
  field TEXT COLLATE "C",
  weight_milli BIGINT NOT NULL,
  start_on DATE,
  due_on DATE,
  expected_product TEXT COLLATE "C",
  lead_individual TEXT COLLATE "C",
  lead_unit_id TEXT COLLATE "C" NOT NULL REFERENCES org_units (id),
  -- Lists, as JSON: items of resolutions it serves, and steps on the way.
  resolution_item_ids TEXT COLLATE "C" NOT NULL,
  roadmap TEXT COLLATE "C" NOT NULL,
  source TEXT COLLATE "C" NOT NULL,
  -- Why it was imposed, or made a breakthrough.
  reason TEXT COLLATE "C",
  -- From then on it is a task.
  accepted_at BIGINT,
  version INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT
);
CREATE INDEX registration_lines_by_registration ON registration_lines (registration_id, id);
CREATE INDEX registration_lines_by_lead ON registration_lines (lead_unit_id, id);
-- Every version of a line, also the present one.
CREATE TABLE registration_line_versions (
  line_id TEXT COLLATE "C" NOT NULL REFERENCES registration_lines (id),
  version INTEGER NOT NULL,
  root_id TEXT COLLATE "C" NOT NULL,
  registration_id TEXT COLLATE "C" NOT NULL,
  took_effect_at BIGINT NOT NULL,
  class TEXT COLLATE "C" NOT NULL,
  accepted BOOLEAN NOT NULL,
  deleted BOOLEAN NOT NULL,
  -- What it said, as JSON.
  content TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (line_id, version)
);
CREATE INDEX registration_line_versions_by_registration ON registration_line_versions (registration_id, line_id, version);
-- What was said of a line when its registration was returned.
CREATE TABLE registration_comments (
  registration_id TEXT COLLATE "C" NOT NULL REFERENCES registrations (id),
  n INTEGER NOT NULL,
  line_id TEXT COLLATE "C" NOT NULL REFERENCES registration_lines (id),
  root_id TEXT COLLATE "C" NOT NULL,
  comment TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (registration_id, n, line_id)
);
