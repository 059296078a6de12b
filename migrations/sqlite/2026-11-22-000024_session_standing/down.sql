DROP TRIGGER levels_stand_anew;
DROP TRIGGER org_units_stand_anew;
DROP TRIGGER deputies_stand_anew;
DROP TRIGGER assignments_stand_anew;
DROP TRIGGER users_stand_anew;
DROP TRIGGER sessions_stand_anew;
DROP INDEX sessions_by_assignment;
ALTER TABLE sessions DROP COLUMN standing;
