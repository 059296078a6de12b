CREATE TABLE users (
  id TEXT PRIMARY KEY,
  root_id TEXT,
  username TEXT NOT NULL,
  username_key TEXT NOT NULL UNIQUE,
  display_name TEXT NOT NULL,
  -- The folded words of both names.
  search_text TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  disabled_at INTEGER,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE TABLE assignments (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id),
  unit_id TEXT REFERENCES org_units (id),
  root_id TEXT,
  role TEXT NOT NULL,
  ground TEXT NOT NULL,
  ground_note TEXT,
  valid_from TEXT,
  -- The last day of the assignment.
  valid_to TEXT,
  ended_at INTEGER,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
-- Posts of one person.
CREATE INDEX assignments_by_user ON assignments (user_id);
-- Who acts in a unit.
CREATE INDEX assignments_by_unit ON assignments (unit_id);
CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id),
  assignment_id TEXT NOT NULL REFERENCES assignments (id),
  root_id TEXT,
  -- Which token of the family is the current one.
  generation INTEGER NOT NULL,
  rotated_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER,
  revoked_because TEXT
) STRICT;
-- Sessions of a person, to end them all.
CREATE INDEX sessions_by_user ON sessions (user_id);
