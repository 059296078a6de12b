-- A task as it is seen from a unit: kept by triggers, so that a list of a territory is read in its order,
-- however much lies there. Deleted tasks are seen from nowhere.
CREATE TABLE task_places (
  task_id TEXT COLLATE "C" NOT NULL REFERENCES tasks (id),
  anchor_id TEXT COLLATE "C" NOT NULL,
  root_id TEXT COLLATE "C" NOT NULL,
  near SMALLINT NOT NULL,
  status TEXT COLLATE "C" NOT NULL,
  -- The due date; the last day there is for none.
  due_key DATE NOT NULL,
  PRIMARY KEY (task_id, anchor_id)
);
-- A page of a territory, by status and due date.
CREATE INDEX task_places_in_order ON task_places (anchor_id, near, status, due_key, task_id);
-- The unit itself and the units above it; `near`: what lies there is read one by one from the anchor
-- (`levels.detail_depth`). A path is '/' and the ids from the root down, each of 36 letters with a '/'.
CREATE VIEW unit_anchors AS
SELECT unit.id AS unit_id, anchor.id AS anchor_id, CASE WHEN unit.depth - step.depth <= levels.detail_depth THEN 1 ELSE 0 END AS near
FROM org_units AS unit
JOIN (SELECT 0 AS depth UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4
  UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9
  UNION ALL SELECT 10 UNION ALL SELECT 11 UNION ALL SELECT 12) AS step ON step.depth <= unit.depth
JOIN org_units AS anchor ON anchor.id = substr(unit.path, 2 + 37 * step.depth, 36)
JOIN levels ON levels.id = anchor.level;
-- From where a task is seen: the unit that leads it and those with a part in it, from each unit above them;
-- and the unit that gave it.
CREATE VIEW task_anchors AS
SELECT tasks.id AS task_id, unit_anchors.anchor_id, unit_anchors.near
FROM tasks JOIN unit_anchors ON unit_anchors.unit_id = tasks.unit_id
UNION ALL
SELECT id, assigner_unit_id, 1 FROM tasks
UNION ALL
SELECT task_parts.task_id, unit_anchors.anchor_id, unit_anchors.near
FROM task_parts JOIN unit_anchors ON unit_anchors.unit_id = task_parts.unit_id
WHERE task_parts.deleted_at IS NULL;
INSERT INTO task_places (task_id, anchor_id, root_id, near, status, due_key)
SELECT tasks.id, anchor_id, tasks.root_id, max(near), tasks.status, coalesce(tasks.due_on, '9999-12-31')
FROM tasks JOIN task_anchors ON task_anchors.task_id = tasks.id
WHERE tasks.deleted_at IS NULL
GROUP BY tasks.id, anchor_id;
CREATE FUNCTION place_task(task TEXT) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM task_places WHERE task_id = task;
  INSERT INTO task_places (task_id, anchor_id, root_id, near, status, due_key)
  SELECT tasks.id, anchor_id, tasks.root_id, max(near), tasks.status, coalesce(tasks.due_on, '9999-12-31')
  FROM tasks JOIN task_anchors ON task_anchors.task_id = tasks.id
  WHERE tasks.deleted_at IS NULL AND tasks.id = task
  GROUP BY tasks.id, anchor_id;
END $$;
CREATE FUNCTION task_placed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM place_task(NEW.id);
  RETURN NULL;
END $$;
CREATE FUNCTION task_stands_anew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE task_places SET status = NEW.status, due_key = coalesce(NEW.due_on, '9999-12-31')
  WHERE task_id = NEW.id;
  RETURN NULL;
END $$;
CREATE FUNCTION task_part_placed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM place_task(NEW.task_id);
  RETURN NULL;
END $$;
CREATE FUNCTION tasks_of_unit_placed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM place_task(id) FROM (SELECT id FROM tasks WHERE unit_id = NEW.id UNION SELECT task_id FROM task_parts WHERE unit_id = NEW.id) AS mine;
  RETURN NULL;
END $$;
CREATE TRIGGER tasks_placed AFTER INSERT ON tasks
FOR EACH ROW EXECUTE FUNCTION task_placed();
CREATE TRIGGER tasks_stand_anew AFTER UPDATE OF status, due_on ON tasks FOR EACH ROW
WHEN (OLD.status IS DISTINCT FROM NEW.status OR OLD.due_on IS DISTINCT FROM NEW.due_on)
EXECUTE FUNCTION task_stands_anew();
CREATE TRIGGER tasks_placed_anew AFTER UPDATE OF unit_id, assigner_unit_id, deleted_at ON tasks FOR EACH ROW
WHEN (OLD.unit_id IS DISTINCT FROM NEW.unit_id OR OLD.assigner_unit_id IS DISTINCT FROM NEW.assigner_unit_id
  OR (OLD.deleted_at IS NULL) IS DISTINCT FROM (NEW.deleted_at IS NULL))
EXECUTE FUNCTION task_placed();
CREATE TRIGGER task_parts_placed AFTER INSERT ON task_parts
FOR EACH ROW EXECUTE FUNCTION task_part_placed();
CREATE TRIGGER task_parts_placed_anew AFTER UPDATE OF unit_id, deleted_at ON task_parts FOR EACH ROW
WHEN (OLD.unit_id IS DISTINCT FROM NEW.unit_id
  OR (OLD.deleted_at IS NULL) IS DISTINCT FROM (NEW.deleted_at IS NULL))
EXECUTE FUNCTION task_part_placed();
CREATE TRIGGER org_units_placed_anew AFTER UPDATE OF path, level ON org_units FOR EACH ROW
WHEN (OLD.path IS DISTINCT FROM NEW.path OR OLD.level IS DISTINCT FROM NEW.level)
EXECUTE FUNCTION tasks_of_unit_placed();
