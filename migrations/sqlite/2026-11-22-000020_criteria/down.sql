DROP TABLE criteria_recognitions;
DROP TABLE criteria_unit_rules;
DROP TABLE criteria_assessments;
DROP TABLE criteria_sets;
