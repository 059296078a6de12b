-- Another number with every write of the session, drawn by chance: a replica that shows the number of the
-- primary shows all that the session wrote.
ALTER TABLE sessions ADD COLUMN wrote INTEGER NOT NULL DEFAULT 0;
