-- One unit's study (quán triệt) of one document. What it is follows from days: nothing here goes back but by a superior.
CREATE TABLE disseminations (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  document_id TEXT NOT NULL REFERENCES documents (id),
  -- Whose study it is now; which unit's it was on a past day stands in dissemination_holders.
  unit_id TEXT NOT NULL REFERENCES org_units (id),
  title TEXT,
  note TEXT,
  -- The plan as a document of its own.
  plan_document_id TEXT REFERENCES documents (id),
  -- Which row of dissemination_plans is in force.
  plan_n INTEGER NOT NULL,
  -- The days now known, kept with every change so that lists can be narrowed by them.
  started_on TEXT,
  completed_on TEXT,
  verified_on TEXT,
  -- Who said that it is complete: the same person verifies nothing.
  completed_by TEXT,
  completed_for TEXT,
  created_by TEXT,
  created_for TEXT,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  -- The unit closed and its heir studies the document itself.
  ended_at INTEGER
) STRICT;
CREATE UNIQUE INDEX disseminations_of_unit ON disseminations (document_id, unit_id);
CREATE INDEX disseminations_by_document ON disseminations (document_id, id);
CREATE INDEX disseminations_by_unit ON disseminations (unit_id, id);
CREATE INDEX disseminations_by_plan ON disseminations (plan_document_id);
-- What was planned, a row for each time: a past day is judged by the plan then in force.
CREATE TABLE dissemination_plans (
  dissemination_id TEXT NOT NULL REFERENCES disseminations (id),
  n INTEGER NOT NULL,
  root_id TEXT NOT NULL,
  set_on TEXT NOT NULL,
  -- The unit's own deadline.
  due_on TEXT,
  -- A list of waves with their planned numbers, as JSON.
  waves TEXT NOT NULL,
  PRIMARY KEY (dissemination_id, n)
) STRICT;
-- Whose study it was on which days: from the first up to, but not on, the last.
CREATE TABLE dissemination_holders (
  dissemination_id TEXT NOT NULL REFERENCES disseminations (id),
  unit_id TEXT NOT NULL REFERENCES org_units (id),
  root_id TEXT NOT NULL,
  from_on TEXT,
  until_on TEXT,
  PRIMARY KEY (dissemination_id, unit_id)
) STRICT;
CREATE TABLE dissemination_sessions (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  dissemination_id TEXT NOT NULL REFERENCES disseminations (id),
  audience TEXT NOT NULL,
  form TEXT NOT NULL,
  held_on TEXT NOT NULL,
  place TEXT,
  -- Who presented, as JSON.
  rapporteurs TEXT NOT NULL,
  key_points TEXT,
  local_link TEXT,
  public_concerns TEXT,
  -- Numbers by class of the audience, as JSON.
  attendance TEXT NOT NULL,
  recorded_by TEXT,
  recorded_for TEXT,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
CREATE INDEX dissemination_sessions_held ON dissemination_sessions (dissemination_id, held_on, id);
-- What figures know of a session, a row for each time it was recorded otherwise. The first counts from the day it was held,
-- a correction from its own day, a deleted one up to the day it was deleted.
CREATE TABLE dissemination_session_versions (
  session_id TEXT NOT NULL REFERENCES dissemination_sessions (id),
  n INTEGER NOT NULL,
  root_id TEXT NOT NULL,
  dissemination_id TEXT NOT NULL REFERENCES disseminations (id),
  from_on TEXT NOT NULL,
  until_on TEXT,
  audience TEXT NOT NULL,
  held_on TEXT NOT NULL,
  attendance TEXT NOT NULL,
  PRIMARY KEY (session_id, n)
) STRICT;
CREATE INDEX dissemination_session_versions_by ON dissemination_session_versions (dissemination_id);
-- That a wave is complete, and with the last one the whole; what was sent back ended on a day.
CREATE TABLE dissemination_completions (
  dissemination_id TEXT NOT NULL REFERENCES disseminations (id),
  n INTEGER NOT NULL,
  root_id TEXT NOT NULL,
  audience TEXT NOT NULL,
  completed_on TEXT NOT NULL,
  is_whole INTEGER NOT NULL,
  undone_on TEXT,
  PRIMARY KEY (dissemination_id, n)
) STRICT;
-- What those who studied have understood.
CREATE TABLE study_checks (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  dissemination_id TEXT NOT NULL REFERENCES disseminations (id),
  kind TEXT NOT NULL,
  checked_on TEXT NOT NULL,
  group_text TEXT,
  examined INTEGER NOT NULL,
  passed INTEGER NOT NULL,
  -- Hundredths of a point, out of a scale in points.
  average_hundredths INTEGER,
  scale INTEGER,
  recorded_by TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX study_checks_by_dissemination ON study_checks (dissemination_id, id);
-- What superiors found when they asked a sample.
CREATE TABLE dissemination_verifications (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  dissemination_id TEXT NOT NULL REFERENCES disseminations (id),
  -- The verifying unit.
  unit_id TEXT NOT NULL REFERENCES org_units (id),
  n INTEGER NOT NULL,
  verified_on TEXT NOT NULL,
  sampled INTEGER NOT NULL,
  understood INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  comment TEXT,
  reason TEXT,
  created_by TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX dissemination_verifications_in_order ON dissemination_verifications (dissemination_id, n);
