-- What changed in no unit and bears on the figures of all of them: settings, calendars, regimes, catalogues.
-- Sessions change nothing that is read, and are the most of what happens in no unit.
CREATE INDEX events_of_instance ON events (tx, seq) WHERE root_unit IS NULL AND subject_type <> 'session';
