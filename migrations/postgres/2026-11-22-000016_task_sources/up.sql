-- What a task was made of, where that is another record: an item of a programme, a line of a registration.
-- A source becomes a task once.
CREATE TABLE task_sources (
  task_id TEXT COLLATE "C" PRIMARY KEY REFERENCES tasks (id),
  root_id TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  source_id TEXT COLLATE "C" NOT NULL,
  UNIQUE (source_id, kind)
);
