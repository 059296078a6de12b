-- What units report period by period.
CREATE TABLE forms (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C" NOT NULL,
  -- Who asks for it; the units it asks lie below, or are itself.
  unit_id TEXT COLLATE "C" NOT NULL REFERENCES org_units (id),
  code TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  search_text TEXT COLLATE "C" NOT NULL,
  period_kind TEXT COLLATE "C" NOT NULL,
  -- The code of the regime by which its periods close.
  regime TEXT COLLATE "C" NOT NULL,
  -- The first and the last period it is asked for, and the days they hold.
  valid_from TEXT COLLATE "C" NOT NULL,
  valid_until TEXT COLLATE "C",
  starts_on DATE NOT NULL,
  ends_on DATE,
  created_by TEXT COLLATE "C",
  versions INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX forms_by_code ON forms (root_id, code);
CREATE INDEX forms_by_unit ON forms (unit_id, id);
-- Everything that decides who owes what until when, from one period on: a period is judged by the
-- version in force for it.
CREATE TABLE form_versions (
  form_id TEXT COLLATE "C" NOT NULL REFERENCES forms (id),
  n INTEGER NOT NULL,
  root_id TEXT COLLATE "C" NOT NULL,
  from_period TEXT COLLATE "C" NOT NULL,
  starts_on DATE NOT NULL,
  -- Addressees, deadlines, chain, items and rules, as JSON.
  content TEXT COLLATE "C" NOT NULL,
  set_at BIGINT NOT NULL,
  set_by TEXT COLLATE "C",
  PRIMARY KEY (form_id, n)
);
-- Units that need not hand in a form for some periods, with the reason: counted apart from the missing.
CREATE TABLE form_exemptions (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C" NOT NULL,
  form_id TEXT COLLATE "C" NOT NULL REFERENCES forms (id),
  unit_id TEXT COLLATE "C" NOT NULL REFERENCES org_units (id),
  from_period TEXT COLLATE "C" NOT NULL,
  to_period TEXT COLLATE "C",
  starts_on DATE NOT NULL,
  ends_on DATE,
  reason TEXT COLLATE "C" NOT NULL,
  -- Days before it was granted still say missing.
  granted_at BIGINT NOT NULL,
  granted_by TEXT COLLATE "C",
  -- From then on it frees of no period that had not ended.
  ended_at BIGINT,
  version INTEGER NOT NULL
);
CREATE INDEX form_exemptions_by_form ON form_exemptions (form_id, unit_id);
-- A locked period opened again for one unit, with the reason.
CREATE TABLE form_unlocks (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C" NOT NULL,
  form_id TEXT COLLATE "C" NOT NULL REFERENCES forms (id),
  unit_id TEXT COLLATE "C" NOT NULL REFERENCES org_units (id),
  period TEXT COLLATE "C" NOT NULL,
  until_on DATE NOT NULL,
  reason TEXT COLLATE "C" NOT NULL,
  granted_at BIGINT NOT NULL,
  granted_by TEXT COLLATE "C"
);
CREATE INDEX form_unlocks_by_form ON form_unlocks (form_id, unit_id);
-- What one unit hands in of one form for one period.
CREATE TABLE submissions (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C" NOT NULL,
  form_id TEXT COLLATE "C" NOT NULL REFERENCES forms (id),
  form_version INTEGER NOT NULL,
  unit_id TEXT COLLATE "C" NOT NULL REFERENCES org_units (id),
  -- Who hands it in: the unit itself, or after it closed who came after it.
  reporter_id TEXT COLLATE "C" NOT NULL REFERENCES org_units (id),
  period TEXT COLLATE "C" NOT NULL,
  starts_on DATE NOT NULL,
  ends_on DATE NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
  -- How many of the approving units approved it.
  approvals INTEGER NOT NULL,
  nil BOOLEAN NOT NULL,
  -- What was typed, as JSON; figures that were handed in are kept with the values.
  lines TEXT COLLATE "C" NOT NULL,
  channel TEXT COLLATE "C" NOT NULL,
  -- Who works on the draft, and since when.
  holder_id TEXT COLLATE "C",
  held_since BIGINT,
  first_submitted_at BIGINT,
  submitted_at BIGINT,
  submitted_by TEXT COLLATE "C",
  submitted_for TEXT COLLATE "C",
  -- Comments on lines of the last return that want an answer, as JSON.
  asked TEXT COLLATE "C" NOT NULL,
  -- Of the lines as they were approved.
  content_hash TEXT COLLATE "C",
  moves INTEGER NOT NULL,
  version INTEGER NOT NULL,
  changed_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX submissions_once ON submissions (form_id, unit_id, period);
CREATE INDEX submissions_by_unit ON submissions (unit_id, ends_on);
CREATE INDEX submissions_by_reporter ON submissions (reporter_id, ends_on);
-- Every step of a submission with the lines as they were.
CREATE TABLE submission_moves (
  submission_id TEXT COLLATE "C" NOT NULL REFERENCES submissions (id),
  n INTEGER NOT NULL,
  root_id TEXT COLLATE "C" NOT NULL,
  command TEXT COLLATE "C" NOT NULL,
  took_effect_at BIGINT NOT NULL,
  -- Where it was done.
  unit_id TEXT COLLATE "C",
  done_by TEXT COLLATE "C",
  state TEXT COLLATE "C" NOT NULL,
  approvals INTEGER NOT NULL,
  nil BOOLEAN NOT NULL,
  lines TEXT COLLATE "C" NOT NULL,
  -- What was said of single lines, as JSON.
  comments TEXT COLLATE "C" NOT NULL,
  reason TEXT COLLATE "C",
  PRIMARY KEY (submission_id, n)
);
