-- How many levels below the own unit persons are readable by name: named members are for the commune
-- and the branch that keep them, counts above.
ALTER TABLE levels ADD COLUMN names_depth INTEGER NOT NULL DEFAULT 0;
UPDATE levels SET names_depth = 2 WHERE id IN ('commune', 'branch');
CREATE TABLE persons (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  -- Who keeps the record.
  unit_id TEXT NOT NULL REFERENCES org_units (id),
  full_name TEXT NOT NULL,
  search_text TEXT NOT NULL,
  birth_year INTEGER,
  user_id TEXT REFERENCES users (id),
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
-- Persons a unit keeps.
CREATE INDEX persons_by_unit ON persons (unit_id);
-- One account stands for one person.
CREATE UNIQUE INDEX persons_by_user ON persons (user_id) WHERE user_id IS NOT NULL AND deleted_at IS NULL;
-- What makes a person a Party member, apart from the person.
CREATE TABLE memberships (
  person_id TEXT PRIMARY KEY REFERENCES persons (id),
  root_id TEXT NOT NULL,
  card_number TEXT,
  admitted_on TEXT,
  official_on TEXT,
  status TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE TABLE posts (
  id TEXT PRIMARY KEY,
  rank INTEGER NOT NULL,
  name_vi TEXT NOT NULL,
  name_en TEXT NOT NULL,
  system TEXT NOT NULL,
  -- One person at a time in a unit.
  single INTEGER NOT NULL,
  -- What the post lets its holder be in the unit, if anything.
  role TEXT
) STRICT;
CREATE TABLE holdings (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  unit_id TEXT NOT NULL REFERENCES org_units (id),
  post_id TEXT NOT NULL REFERENCES posts (id),
  person_id TEXT NOT NULL REFERENCES persons (id),
  is_primary INTEGER NOT NULL,
  starts_on TEXT NOT NULL,
  -- The last day.
  ends_on TEXT,
  document_id TEXT REFERENCES documents (id),
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
-- Who holds what in a unit.
CREATE INDEX holdings_by_unit ON holdings (unit_id, post_id);
-- What a person holds.
CREATE INDEX holdings_by_person ON holdings (person_id);
CREATE TABLE concurrency_models (
  id TEXT PRIMARY KEY,
  rank INTEGER NOT NULL,
  name_vi TEXT NOT NULL,
  name_en TEXT NOT NULL,
  scope TEXT NOT NULL,
  -- All posts lie under one and the same unit of this level, or in it.
  within TEXT NOT NULL REFERENCES levels (id)
) STRICT;
CREATE TABLE concurrency_model_posts (
  model_id TEXT NOT NULL REFERENCES concurrency_models (id),
  n INTEGER NOT NULL,
  post_id TEXT NOT NULL REFERENCES posts (id),
  -- Level of the unit in which the post is held.
  level TEXT NOT NULL REFERENCES levels (id),
  PRIMARY KEY (model_id, n)
) STRICT;
CREATE TABLE congresses (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  unit_id TEXT NOT NULL REFERENCES org_units (id),
  -- The term it begins.
  term_id TEXT REFERENCES terms (id),
  ordinal INTEGER,
  kind TEXT NOT NULL,
  opened_on TEXT,
  closed_on TEXT,
  delegates_called INTEGER,
  delegates_present INTEGER,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
-- Congresses of a unit.
CREATE INDEX congresses_by_unit ON congresses (unit_id);
-- The congress of a term.
CREATE INDEX congresses_by_term ON congresses (term_id);
CREATE TABLE deputies (
  id TEXT PRIMARY KEY,
  root_id TEXT,
  assignment_id TEXT NOT NULL REFERENCES assignments (id),
  user_id TEXT NOT NULL REFERENCES users (id),
  from_on TEXT NOT NULL,
  -- The last day.
  to_on TEXT NOT NULL,
  reason TEXT NOT NULL,
  ended_at INTEGER,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
-- Whom somebody stands in for.
CREATE INDEX deputies_by_user ON deputies (user_id);
-- Who stands in under an assignment.
CREATE INDEX deputies_by_assignment ON deputies (assignment_id);
-- The holding an assignment comes from, and ends with.
ALTER TABLE assignments ADD COLUMN holding_id TEXT REFERENCES holdings (id);
CREATE INDEX assignments_by_holding ON assignments (holding_id) WHERE holding_id IS NOT NULL;
INSERT INTO posts (id, rank, name_vi, name_en, system, single, role) VALUES
  ('secretary', 10, 'Bí thư', 'Secretary', 'party', 1, 'leader'),
  ('standing_deputy_secretary', 20, 'Phó Bí thư Thường trực', 'Standing deputy secretary', 'party', 1, 'leader'),
  ('deputy_secretary', 30, 'Phó Bí thư', 'Deputy secretary', 'party', 0, 'officer'),
  ('standing_committee_member', 40, 'Ủy viên Ban Thường vụ', 'Standing committee member', 'party', 0, NULL),
  ('committee_member', 50, 'Ủy viên Ban Chấp hành', 'Committee member', 'party', 0, NULL),
  ('branch_committee_member', 60, 'Chi ủy viên', 'Branch committee member', 'party', 0, NULL),
  ('inspection_chair', 70, 'Chủ nhiệm Ủy ban Kiểm tra', 'Chair of the inspection commission', 'party', 1, 'leader'),
  ('organisation_head', 80, 'Trưởng Ban Tổ chức', 'Head of the organisation board', 'party', 1, 'leader'),
  ('propaganda_head', 90, 'Trưởng Ban Tuyên giáo', 'Head of the propaganda board', 'party', 1, 'leader'),
  ('mass_mobilisation_head', 100, 'Trưởng Ban Dân vận', 'Head of the mass mobilisation board', 'party', 1, 'leader'),
  ('political_centre_director', 110, 'Giám đốc Trung tâm chính trị', 'Director of the political centre', 'party', 1, NULL),
  ('peoples_council_chair', 200, 'Chủ tịch Hội đồng nhân dân', 'Chair of the People''s Council', 'state', 1, NULL),
  ('peoples_committee_chair', 210, 'Chủ tịch Ủy ban nhân dân', 'Chair of the People''s Committee', 'state', 1, NULL),
  ('peoples_committee_deputy_chair', 220, 'Phó Chủ tịch Ủy ban nhân dân', 'Deputy chair of the People''s Committee', 'state', 0, NULL),
  ('chief_inspector', 230, 'Chánh Thanh tra', 'Chief inspector', 'state', 1, 'leader'),
  ('part_time_worker', 240, 'Người hoạt động không chuyên trách cấp xã', 'Part-time commune worker', 'state', 0, NULL),
  ('hamlet_head', 250, 'Trưởng ấp', 'Head of the hamlet', 'state', 1, NULL),
  ('front_chair', 300, 'Chủ tịch Ủy ban Mặt trận Tổ quốc', 'Chair of the Fatherland Front', 'front', 1, NULL),
  ('front_committee_head', 310, 'Trưởng ban công tác Mặt trận', 'Head of the Front committee', 'front', 1, NULL),
  ('farmers_chair', 400, 'Chủ tịch Hội Nông dân', 'Chair of the Farmers'' Union', 'mass_organisation', 1, NULL),
  ('women_chair', 410, 'Chủ tịch Hội Liên hiệp Phụ nữ', 'Chair of the Women''s Union', 'mass_organisation', 1, NULL),
  ('veterans_chair', 420, 'Chủ tịch Hội Cựu chiến binh', 'Chair of the Veterans'' Association', 'mass_organisation', 1, NULL),
  ('labour_chair', 430, 'Chủ tịch Liên đoàn Lao động', 'Chair of the Trade Union', 'mass_organisation', 1, NULL),
  ('youth_secretary', 440, 'Bí thư Đoàn Thanh niên', 'Secretary of the Youth Union', 'mass_organisation', 1, NULL);
INSERT INTO concurrency_models (id, rank, name_vi, name_en, scope, within) VALUES
  ('secretary_hamlet_head', 10, 'Bí thư chi bộ đồng thời là Trưởng ấp', 'Branch secretary who is head of the hamlet', 'hamlet', 'branch'),
  ('secretary_front_head', 20, 'Bí thư chi bộ kiêm Trưởng ban công tác Mặt trận', 'Branch secretary who heads the Front committee', 'hamlet', 'branch'),
  ('part_time_worker_secretary', 30, 'Người hoạt động không chuyên trách cấp xã kiêm Bí thư chi bộ ấp', 'Part-time commune worker who is a branch secretary', 'hamlet', 'commune'),
  ('secretary_chair', 40, 'Bí thư Đảng ủy đồng thời là Chủ tịch Ủy ban nhân dân xã', 'Commune secretary who chairs the People''s Committee', 'commune', 'commune'),
  ('deputy_secretary_chair', 50, 'Phó Bí thư Đảng ủy đồng thời là Chủ tịch Ủy ban nhân dân xã', 'Commune deputy secretary who chairs the People''s Committee', 'commune', 'commune'),
  ('inspection_chair_chief_inspector', 60, 'Chủ nhiệm Ủy ban Kiểm tra kiêm Chánh Thanh tra huyện', 'Chair of the inspection commission who is chief inspector of the district', 'district', 'district'),
  ('propaganda_head_centre_director', 70, 'Ủy viên Ban Thường vụ, Trưởng Ban Tuyên giáo kiêm Giám đốc Trung tâm chính trị huyện', 'Standing member who heads the propaganda board and directs the political centre', 'district', 'district');
INSERT INTO concurrency_model_posts (model_id, n, post_id, level) VALUES
  ('secretary_hamlet_head', 1, 'secretary', 'branch'),
  ('secretary_hamlet_head', 2, 'hamlet_head', 'branch'),
  ('secretary_front_head', 1, 'secretary', 'branch'),
  ('secretary_front_head', 2, 'front_committee_head', 'branch'),
  ('part_time_worker_secretary', 1, 'secretary', 'branch'),
  ('part_time_worker_secretary', 2, 'part_time_worker', 'commune'),
  ('secretary_chair', 1, 'secretary', 'commune'),
  ('secretary_chair', 2, 'peoples_committee_chair', 'commune'),
  ('deputy_secretary_chair', 1, 'deputy_secretary', 'commune'),
  ('deputy_secretary_chair', 2, 'peoples_committee_chair', 'commune'),
  ('inspection_chair_chief_inspector', 1, 'inspection_chair', 'district'),
  ('inspection_chair_chief_inspector', 2, 'chief_inspector', 'district'),
  ('propaganda_head_centre_director', 1, 'standing_committee_member', 'district'),
  ('propaganda_head_centre_director', 2, 'propaganda_head', 'district'),
  ('propaganda_head_centre_director', 3, 'political_centre_director', 'district');
