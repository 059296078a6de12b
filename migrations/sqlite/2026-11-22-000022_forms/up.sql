-- What units report period by period.
CREATE TABLE forms (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  -- Who asks for it; the units it asks lie below, or are itself.
  unit_id TEXT NOT NULL REFERENCES org_units (id),
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  search_text TEXT NOT NULL,
  period_kind TEXT NOT NULL,
  -- The code of the regime by which its periods close.
  regime TEXT NOT NULL,
  -- The first and the last period it is asked for, and the days they hold.
  valid_from TEXT NOT NULL,
  valid_until TEXT,
  starts_on TEXT NOT NULL,
  ends_on TEXT,
  created_by TEXT,
  versions INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX forms_by_code ON forms (root_id, code);
CREATE INDEX forms_by_unit ON forms (unit_id, id);
-- Everything that decides who owes what until when, from one period on: a period is judged by the
-- version in force for it.
CREATE TABLE form_versions (
  form_id TEXT NOT NULL REFERENCES forms (id),
  n INTEGER NOT NULL,
  root_id TEXT NOT NULL,
  from_period TEXT NOT NULL,
  starts_on TEXT NOT NULL,
  -- Addressees, deadlines, chain, items and rules, as JSON.
  content TEXT NOT NULL,
  set_at INTEGER NOT NULL,
  set_by TEXT,
  PRIMARY KEY (form_id, n)
) STRICT;
-- Units that need not hand in a form for some periods, with the reason: counted apart from the missing.
CREATE TABLE form_exemptions (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  form_id TEXT NOT NULL REFERENCES forms (id),
  unit_id TEXT NOT NULL REFERENCES org_units (id),
  from_period TEXT NOT NULL,
  to_period TEXT,
  starts_on TEXT NOT NULL,
  ends_on TEXT,
  reason TEXT NOT NULL,
  -- Days before it was granted still say missing.
  granted_at INTEGER NOT NULL,
  granted_by TEXT,
  -- From then on it frees of no period that had not ended.
  ended_at INTEGER,
  version INTEGER NOT NULL
) STRICT;
CREATE INDEX form_exemptions_by_form ON form_exemptions (form_id, unit_id);
-- A locked period opened again for one unit, with the reason.
CREATE TABLE form_unlocks (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  form_id TEXT NOT NULL REFERENCES forms (id),
  unit_id TEXT NOT NULL REFERENCES org_units (id),
  period TEXT NOT NULL,
  until_on TEXT NOT NULL,
  reason TEXT NOT NULL,
  granted_at INTEGER NOT NULL,
  granted_by TEXT
) STRICT;
CREATE INDEX form_unlocks_by_form ON form_unlocks (form_id, unit_id);
-- What one unit hands in of one form for one period.
CREATE TABLE submissions (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  form_id TEXT NOT NULL REFERENCES forms (id),
  form_version INTEGER NOT NULL,
  unit_id TEXT NOT NULL REFERENCES org_units (id),
  -- Who hands it in: the unit itself, or after it closed who came after it.
  reporter_id TEXT NOT NULL REFERENCES org_units (id),
  period TEXT NOT NULL,
  starts_on TEXT NOT NULL,
  ends_on TEXT NOT NULL,
  state TEXT NOT NULL,
  -- How many of the approving units approved it.
  approvals INTEGER NOT NULL,
  nil INTEGER NOT NULL,
  -- What was typed, as JSON; figures that were handed in are kept with the values.
  lines TEXT NOT NULL,
  channel TEXT NOT NULL,
  -- Who works on the draft, and since when.
  holder_id TEXT,
  held_since INTEGER,
  first_submitted_at INTEGER,
  submitted_at INTEGER,
  submitted_by TEXT,
  submitted_for TEXT,
  -- Comments on lines of the last return that want an answer, as JSON.
  asked TEXT NOT NULL,
  -- Of the lines as they were approved.
  content_hash TEXT,
  moves INTEGER NOT NULL,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX submissions_once ON submissions (form_id, unit_id, period);
CREATE INDEX submissions_by_unit ON submissions (unit_id, ends_on);
CREATE INDEX submissions_by_reporter ON submissions (reporter_id, ends_on);
-- Every step of a submission with the lines as they were.
CREATE TABLE submission_moves (
  submission_id TEXT NOT NULL REFERENCES submissions (id),
  n INTEGER NOT NULL,
  root_id TEXT NOT NULL,
  command TEXT NOT NULL,
  took_effect_at INTEGER NOT NULL,
  -- Where it was done.
  unit_id TEXT,
  done_by TEXT,
  state TEXT NOT NULL,
  approvals INTEGER NOT NULL,
  nil INTEGER NOT NULL,
  lines TEXT NOT NULL,
  -- What was said of single lines, as JSON.
  comments TEXT NOT NULL,
  reason TEXT,
  PRIMARY KEY (submission_id, n)
) STRICT;
