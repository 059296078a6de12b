DROP TABLE indicator_exclusions;
DROP TABLE indicator_corrections;
DROP TABLE indicator_value_states;
DROP TABLE indicator_values;
DROP TABLE indicators;
