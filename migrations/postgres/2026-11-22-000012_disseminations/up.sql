-- One unit's study (quán triệt) of one document. What it is follows from days: nothing here goes back but by a superior.
CREATE TABLE disseminations (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C" NOT NULL,
  document_id TEXT COLLATE "C" NOT NULL REFERENCES documents (id),
  -- Whose study it is now; which unit's it was on a past day stands in dissemination_holders.
  unit_id TEXT COLLATE "C" NOT NULL REFERENCES org_units (id),
  title TEXT COLLATE "C",
  note TEXT COLLATE "C",
  -- The plan as a document of its own.
  plan_document_id TEXT COLLATE "C" REFERENCES documents (id),
  -- Which row of dissemination_plans is in force.
  plan_n INTEGER NOT NULL,
  -- The days now known, kept with every change so that lists can be narrowed by them.
  started_on DATE,
  completed_on DATE,
  verified_on DATE,
  -- Who said that it is complete: the same person verifies nothing.
  completed_by TEXT COLLATE "C",
  completed_for TEXT COLLATE "C",
  created_by TEXT COLLATE "C",
  created_for TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  -- The unit closed and its heir studies the document itself.
  ended_at BIGINT
);
CREATE UNIQUE INDEX disseminations_of_unit ON disseminations (document_id, unit_id);
CREATE INDEX disseminations_by_document ON disseminations (document_id, id);
CREATE INDEX disseminations_by_unit ON disseminations (unit_id, id);
CREATE INDEX disseminations_by_plan ON disseminations (plan_document_id);
-- What was planned, a row for each time: a past day is judged by the plan then in force.
CREATE TABLE dissemination_plans (
  dissemination_id TEXT COLLATE "C" NOT NULL REFERENCES disseminations (id),
  n INTEGER NOT NULL,
  root_id TEXT COLLATE "C" NOT NULL,
  set_on DATE NOT NULL,
  -- The unit's own deadline.
  due_on DATE,
  -- A list of waves with their planned numbers, as JSON.
  waves TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (dissemination_id, n)
);
-- Whose study it was on which days: from the first up to, but not on, the last.
CREATE TABLE dissemination_holders (
  dissemination_id TEXT COLLATE "C" NOT NULL REFERENCES disseminations (id),
  unit_id TEXT COLLATE "C" NOT NULL REFERENCES org_units (id),
  root_id TEXT COLLATE "C" NOT NULL,
  from_on DATE,
  until_on DATE,
  PRIMARY KEY (dissemination_id, unit_id)
);
CREATE TABLE dissemination_sessions (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C" NOT NULL,
  dissemination_id TEXT COLLATE "C" NOT NULL REFERENCES disseminations (id),
  audience TEXT COLLATE "C" NOT NULL,
  form TEXT COLLATE "C" NOT NULL,
  held_on DATE NOT NULL,
  place TEXT COLLATE "C",
  -- Who presented, as JSON.
  rapporteurs TEXT COLLATE "C" NOT NULL,
  key_points TEXT COLLATE "C",
  local_link TEXT COLLATE "C",
  public_concerns TEXT COLLATE "C",
  -- Numbers by class of the audience, as JSON.
  attendance TEXT COLLATE "C" NOT NULL,
  recorded_by TEXT COLLATE "C",
  recorded_for TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT
);
CREATE INDEX dissemination_sessions_held ON dissemination_sessions (dissemination_id, held_on, id);
-- What figures know of a session, a row for each time it was recorded otherwise. The first counts from the day it was held,
-- a correction from its own day, a deleted one up to the day it was deleted.
CREATE TABLE dissemination_session_versions (
  session_id TEXT COLLATE "C" NOT NULL REFERENCES dissemination_sessions (id),
  n INTEGER NOT NULL,
  root_id TEXT COLLATE "C" NOT NULL,
  dissemination_id TEXT COLLATE "C" NOT NULL REFERENCES disseminations (id),
  from_on DATE NOT NULL,
  until_on DATE,
  audience TEXT COLLATE "C" NOT NULL,
  held_on DATE NOT NULL,
  attendance TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (session_id, n)
);
CREATE INDEX dissemination_session_versions_by ON dissemination_session_versions (dissemination_id);
-- That a wave is complete, and with the last one the whole; what was sent back ended on a day.
CREATE TABLE dissemination_completions (
  dissemination_id TEXT COLLATE "C" NOT NULL REFERENCES disseminations (id),
  n INTEGER NOT NULL,
  root_id TEXT COLLATE "C" NOT NULL,
  audience TEXT COLLATE "C" NOT NULL,
  completed_on DATE NOT NULL,
  is_whole BOOLEAN NOT NULL,
  undone_on DATE,
  PRIMARY KEY (dissemination_id, n)
);
-- What those who studied have understood.
CREATE TABLE study_checks (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C" NOT NULL,
  dissemination_id TEXT COLLATE "C" NOT NULL REFERENCES disseminations (id),
  kind TEXT COLLATE "C" NOT NULL,
  checked_on DATE NOT NULL,
  group_text TEXT COLLATE "C",
  examined INTEGER NOT NULL,
  passed INTEGER NOT NULL,
  -- Hundredths of a point, out of a scale in points.
  average_hundredths INTEGER,
  scale INTEGER,
  recorded_by TEXT COLLATE "C",
  created_at BIGINT NOT NULL
);
CREATE INDEX study_checks_by_dissemination ON study_checks (dissemination_id, id);
-- What superiors found when they asked a sample.
CREATE TABLE dissemination_verifications (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C" NOT NULL,
  dissemination_id TEXT COLLATE "C" NOT NULL REFERENCES disseminations (id),
  -- The verifying unit.
  unit_id TEXT COLLATE "C" NOT NULL REFERENCES org_units (id),
  n INTEGER NOT NULL,
  verified_on DATE NOT NULL,
  sampled INTEGER NOT NULL,
  understood INTEGER NOT NULL,
  outcome TEXT COLLATE "C" NOT NULL,
  comment TEXT COLLATE "C",
  reason TEXT COLLATE "C",
  created_by TEXT COLLATE "C",
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX dissemination_verifications_in_order ON dissemination_verifications (dissemination_id, n);
