-- A number that is another one as soon as what somebody may do under a session could be another thing.
-- Nodes keep actors in memory by it. It is drawn by chance: after a failover that lost something, a
-- counter could come to the same number again for something else.
ALTER TABLE sessions ADD COLUMN standing BIGINT NOT NULL DEFAULT 0;
-- Sessions under an assignment, when it or its unit changes.
CREATE INDEX sessions_by_assignment ON sessions (assignment_id);
CREATE FUNCTION new_standing() RETURNS BIGINT LANGUAGE sql VOLATILE AS
$$ SELECT floor(random() * 9007199254740992)::BIGINT $$;
CREATE FUNCTION session_stands_anew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.standing := new_standing();
  RETURN NEW;
END $$;
CREATE TRIGGER sessions_stand_anew BEFORE UPDATE OF user_id, assignment_id, deputy_id, revoked_at ON sessions
FOR EACH ROW EXECUTE FUNCTION session_stands_anew();
CREATE FUNCTION sessions_of_user_stand_anew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE sessions SET standing = new_standing() WHERE user_id = NEW.id OR deputy_id IN (
    SELECT deputies.id FROM assignments JOIN deputies ON deputies.assignment_id = assignments.id
    WHERE assignments.user_id = NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER users_stand_anew AFTER UPDATE OF disabled_at ON users
FOR EACH ROW EXECUTE FUNCTION sessions_of_user_stand_anew();
CREATE FUNCTION sessions_of_assignment_stand_anew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE sessions SET standing = new_standing() WHERE assignment_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER assignments_stand_anew AFTER UPDATE ON assignments
FOR EACH ROW EXECUTE FUNCTION sessions_of_assignment_stand_anew();
CREATE FUNCTION sessions_of_deputy_stand_anew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE sessions SET standing = new_standing() WHERE deputy_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER deputies_stand_anew AFTER UPDATE ON deputies
FOR EACH ROW EXECUTE FUNCTION sessions_of_deputy_stand_anew();
CREATE FUNCTION sessions_of_unit_stand_anew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE sessions SET standing = new_standing()
  WHERE assignment_id IN (SELECT id FROM assignments WHERE unit_id = NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER org_units_stand_anew AFTER UPDATE OF root_id, level, path, depth, closed_on ON org_units
FOR EACH ROW EXECUTE FUNCTION sessions_of_unit_stand_anew();
CREATE FUNCTION all_sessions_stand_anew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE sessions SET standing = new_standing();
  RETURN NULL;
END $$;
CREATE TRIGGER levels_stand_anew AFTER UPDATE ON levels
FOR EACH STATEMENT EXECUTE FUNCTION all_sessions_stand_anew();
