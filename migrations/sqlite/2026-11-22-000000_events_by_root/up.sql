-- Tags of reports: the last change under one root. Sessions need no exception: they lie in no unit.
DROP INDEX events_by_root;
CREATE INDEX events_by_root ON events (root_unit, tx, seq);
