-- What changed in no unit and bears on the figures of all of them: settings, calendars, regimes, catalogues.
-- Sessions change nothing that is read, and are the most of what happens in no unit.
-- The root is the same in all of them; without it the planner takes the index of all roots.
CREATE INDEX events_of_instance ON events (root_unit, tx, seq)
WHERE root_unit IS NULL AND subject_type <> 'session';
