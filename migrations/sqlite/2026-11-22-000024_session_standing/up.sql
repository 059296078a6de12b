-- A number that is another one as soon as what somebody may do under a session could be another thing.
-- Nodes keep actors in memory by it. It is drawn by chance: after a failover that lost something, a
-- counter could come to the same number again for something else.
ALTER TABLE sessions ADD COLUMN standing INTEGER NOT NULL DEFAULT 0;
-- Sessions under an assignment, when it or its unit changes.
CREATE INDEX sessions_by_assignment ON sessions (assignment_id);
CREATE TRIGGER sessions_stand_anew AFTER UPDATE OF user_id, assignment_id, deputy_id, revoked_at ON sessions
BEGIN
  UPDATE sessions SET standing = random() WHERE id = NEW.id;
END;
CREATE TRIGGER users_stand_anew AFTER UPDATE OF disabled_at ON users
BEGIN
  UPDATE sessions SET standing = random() WHERE user_id = NEW.id OR deputy_id IN (
    SELECT deputies.id FROM assignments JOIN deputies ON deputies.assignment_id = assignments.id
    WHERE assignments.user_id = NEW.id);
END;
CREATE TRIGGER assignments_stand_anew AFTER UPDATE ON assignments
BEGIN
  UPDATE sessions SET standing = random() WHERE assignment_id = NEW.id;
END;
CREATE TRIGGER deputies_stand_anew AFTER UPDATE ON deputies
BEGIN
  UPDATE sessions SET standing = random() WHERE deputy_id = NEW.id;
END;
CREATE TRIGGER org_units_stand_anew AFTER UPDATE OF root_id, level, path, depth, closed_on ON org_units
BEGIN
  UPDATE sessions SET standing = random()
  WHERE assignment_id IN (SELECT id FROM assignments WHERE unit_id = NEW.id);
END;
CREATE TRIGGER levels_stand_anew AFTER UPDATE ON levels
BEGIN
  UPDATE sessions SET standing = random();
END;
