DROP INDEX events_by_root;
CREATE INDEX events_by_root ON events (root_unit, tx, seq) WHERE subject_type <> 'session';
