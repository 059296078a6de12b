CREATE TABLE users (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C",
  username TEXT COLLATE "C" NOT NULL,
  username_key TEXT COLLATE "C" NOT NULL UNIQUE,
  display_name TEXT COLLATE "C" NOT NULL,
  -- The folded words of both names.
  search_text TEXT COLLATE "C" NOT NULL,
  password_hash TEXT COLLATE "C" NOT NULL,
  disabled_at BIGINT,
  version INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE TABLE assignments (
  id TEXT COLLATE "C" PRIMARY KEY,
  user_id TEXT COLLATE "C" NOT NULL REFERENCES users (id),
  unit_id TEXT COLLATE "C" REFERENCES org_units (id),
  root_id TEXT COLLATE "C",
  role TEXT COLLATE "C" NOT NULL,
  ground TEXT COLLATE "C" NOT NULL,
  ground_note TEXT COLLATE "C",
  valid_from DATE,
  -- The last day of the assignment.
  valid_to DATE,
  ended_at BIGINT,
  version INTEGER NOT NULL,
  created_at BIGINT NOT NULL
);
-- Posts of one person.
CREATE INDEX assignments_by_user ON assignments (user_id);
-- Who acts in a unit.
CREATE INDEX assignments_by_unit ON assignments (unit_id);
CREATE TABLE sessions (
  id TEXT COLLATE "C" PRIMARY KEY,
  user_id TEXT COLLATE "C" NOT NULL REFERENCES users (id),
  assignment_id TEXT COLLATE "C" NOT NULL REFERENCES assignments (id),
  root_id TEXT COLLATE "C",
  -- Which token of the family is the current one.
  generation INTEGER NOT NULL,
  rotated_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  revoked_at BIGINT,
  revoked_because TEXT COLLATE "C"
);
-- Sessions of a person, to end them all.
CREATE INDEX sessions_by_user ON sessions (user_id);
