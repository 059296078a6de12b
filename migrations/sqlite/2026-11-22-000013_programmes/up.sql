-- How a unit means to put documents into practice: from draft to adoption, issue and execution.
CREATE TABLE programmes (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  -- Whose programme it is.
  unit_id TEXT NOT NULL REFERENCES org_units (id),
  title TEXT NOT NULL,
  -- The kind of paper it becomes.
  doc_type TEXT NOT NULL REFERENCES document_types (id),
  term_id TEXT REFERENCES terms (id),
  year INTEGER,
  drafting_body TEXT,
  status TEXT NOT NULL,
  -- 1, and one more with each amendment.
  revision INTEGER NOT NULL,
  -- How often this revision was before the superior.
  round INTEGER NOT NULL,
  -- Who handed in the draft that is under review: another person records its adoption.
  submitted_by TEXT,
  submitted_for TEXT,
  -- The paper of the last issue, and the day of the first.
  document_id TEXT REFERENCES documents (id),
  first_issued_on TEXT,
  created_by TEXT,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
CREATE INDEX programmes_by_unit ON programmes (unit_id, id);
-- Which programme a paper is.
CREATE INDEX programmes_by_document ON programmes (document_id) WHERE document_id IS NOT NULL;
-- The documents a programme puts into practice.
CREATE TABLE programme_parents (
  programme_id TEXT NOT NULL REFERENCES programmes (id),
  document_id TEXT NOT NULL REFERENCES documents (id),
  relation TEXT NOT NULL,
  root_id TEXT NOT NULL,
  PRIMARY KEY (programme_id, document_id, relation)
) STRICT;
CREATE INDEX programme_parents_by_document ON programme_parents (document_id, programme_id);
-- What is to be done, in order.
CREATE TABLE programme_items (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  programme_id TEXT NOT NULL REFERENCES programmes (id),
  -- Its place: ranks are compared as texts, and there is always room between two.
  rank TEXT NOT NULL,
  text TEXT NOT NULL,
  class TEXT NOT NULL,
  -- 1 comes first.
  priority INTEGER,
  pressing_issue TEXT,
  field TEXT,
  start_on TEXT,
  due_on TEXT,
  -- A list of steps with their days, as JSON.
  roadmap TEXT NOT NULL,
  -- Money in whole đồng.
  amount INTEGER,
  source TEXT,
  people INTEGER,
  lead_collective TEXT,
  -- The unit of the programme or one below it.
  lead_unit_id TEXT NOT NULL REFERENCES org_units (id),
  lead_individual TEXT,
  -- A list of ids, as JSON.
  coordinating_unit_ids TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
CREATE INDEX programme_items_by_programme ON programme_items (programme_id, id);
CREATE INDEX programme_items_by_lead ON programme_items (lead_unit_id, id);
-- The clauses and targets an item serves.
CREATE TABLE programme_item_links (
  item_id TEXT NOT NULL REFERENCES programme_items (id),
  resolution_item_id TEXT NOT NULL REFERENCES resolution_items (id),
  root_id TEXT NOT NULL,
  PRIMARY KEY (item_id, resolution_item_id)
) STRICT;
CREATE INDEX programme_item_links_by_target ON programme_item_links (resolution_item_id, item_id);
-- What a unit above says of a draft, and what the unit answered.
CREATE TABLE programme_comments (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  programme_id TEXT NOT NULL REFERENCES programmes (id),
  -- None: of the whole.
  item_id TEXT REFERENCES programme_items (id),
  revision INTEGER NOT NULL,
  round INTEGER NOT NULL,
  -- The commenting unit.
  unit_id TEXT NOT NULL REFERENCES org_units (id),
  text TEXT NOT NULL,
  answer TEXT,
  answer_text TEXT,
  answered_at INTEGER,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX programme_comments_by_programme ON programme_comments (programme_id, id);
-- A programme as it was handed over each time.
CREATE TABLE programme_versions (
  programme_id TEXT NOT NULL REFERENCES programmes (id),
  n INTEGER NOT NULL,
  root_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  round INTEGER NOT NULL,
  -- The step that kept it.
  step TEXT NOT NULL,
  kept_at INTEGER NOT NULL,
  kept_by TEXT,
  title TEXT NOT NULL,
  -- Its items, as JSON.
  items TEXT NOT NULL,
  -- The paper it was issued as, and the tasks a later issue touched, as JSON.
  document_id TEXT REFERENCES documents (id),
  affected TEXT NOT NULL,
  PRIMARY KEY (programme_id, n)
) STRICT;
-- Who adopts programmes of units of a level, from a day to a day.
CREATE TABLE adoption_rules (
  id TEXT PRIMARY KEY,
  level TEXT NOT NULL REFERENCES levels (id),
  origin TEXT NOT NULL,
  from_on TEXT NOT NULL,
  -- The last day; none: until further notice.
  to_on TEXT,
  body TEXT NOT NULL,
  vote_required INTEGER NOT NULL,
  -- More than this share of those present must be in favour.
  share_num INTEGER,
  share_den INTEGER,
  source TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX adoption_rules_by_day ON adoption_rules (level, origin, from_on);
INSERT INTO adoption_rules (id, level, origin, from_on, to_on, body, vote_required, share_num, share_den, source) VALUES
  ('0199a0b2-99ef-7abf-89c9-e38eccd48096', 'central', 'party', '2000-01-01', NULL, 'collective', 1, 1, 2, 'Chương trình hành động do tập thể cấp ủy xây dựng; ở cơ sở do hội nghị đảng viên thảo luận, thông qua'),
  ('0199a0b2-da94-7d5c-8c09-f8edc52181bf', 'central', 'state', '2000-01-01', NULL, 'collective', 1, 1, 2, 'Chương trình hành động do tập thể cấp ủy xây dựng; ở cơ sở do hội nghị đảng viên thảo luận, thông qua'),
  ('0199a0b2-375a-714f-80c8-3e0c55d12c4f', 'central', 'own_congress', '2020-04-23', NULL, 'congress_discussion', 0, NULL, NULL, 'Công văn 11977-CV/VPTW'),
  ('0199a0b2-14f3-72ec-8892-827eb3a7c6a4', 'province', 'party', '2000-01-01', NULL, 'collective', 1, 1, 2, 'Chương trình hành động do tập thể cấp ủy xây dựng; ở cơ sở do hội nghị đảng viên thảo luận, thông qua'),
  ('0199a0b2-f389-7333-80fb-4a00081677e5', 'province', 'state', '2000-01-01', NULL, 'collective', 1, 1, 2, 'Chương trình hành động do tập thể cấp ủy xây dựng; ở cơ sở do hội nghị đảng viên thảo luận, thông qua'),
  ('0199a0b2-02d0-7067-856c-9d10e740bef3', 'province', 'own_congress', '2020-04-23', NULL, 'congress_discussion', 0, NULL, NULL, 'Công văn 11977-CV/VPTW'),
  ('0199a0b2-b7e6-733f-8b6c-05af743ea3d0', 'district', 'party', '2000-01-01', NULL, 'collective', 1, 1, 2, 'Chương trình hành động do tập thể cấp ủy xây dựng; ở cơ sở do hội nghị đảng viên thảo luận, thông qua'),
  ('0199a0b2-8dcf-7df8-82a8-cff24f8f6b87', 'district', 'state', '2000-01-01', NULL, 'collective', 1, 1, 2, 'Chương trình hành động do tập thể cấp ủy xây dựng; ở cơ sở do hội nghị đảng viên thảo luận, thông qua'),
  ('0199a0b2-e324-7bf0-8ea2-f811972f00a8', 'district', 'own_congress', '2020-04-23', NULL, 'congress_discussion', 0, NULL, NULL, 'Công văn 11977-CV/VPTW'),
  ('0199a0b2-96c6-7773-89f8-ec9c24165470', 'commune', 'party', '2000-01-01', NULL, 'collective', 1, 1, 2, 'Chương trình hành động do tập thể cấp ủy xây dựng; ở cơ sở do hội nghị đảng viên thảo luận, thông qua'),
  ('0199a0b2-64f3-72ad-85e9-b30d857d6375', 'commune', 'state', '2000-01-01', NULL, 'collective', 1, 1, 2, 'Chương trình hành động do tập thể cấp ủy xây dựng; ở cơ sở do hội nghị đảng viên thảo luận, thông qua'),
  ('0199a0b2-34a4-7bf4-8cbc-9fd7bc2ec100', 'commune', 'own_congress', '2020-04-23', NULL, 'congress_discussion', 0, NULL, NULL, 'Công văn 11977-CV/VPTW'),
  ('0199a0b2-cf07-7a89-83d4-92aa565d5f23', 'branch', 'party', '2000-01-01', NULL, 'members_conference', 1, 1, 2, 'Chương trình hành động do tập thể cấp ủy xây dựng; ở cơ sở do hội nghị đảng viên thảo luận, thông qua'),
  ('0199a0b2-dce1-7592-8e28-02706f889e94', 'branch', 'state', '2000-01-01', NULL, 'members_conference', 1, 1, 2, 'Chương trình hành động do tập thể cấp ủy xây dựng; ở cơ sở do hội nghị đảng viên thảo luận, thông qua'),
  ('0199a0b2-7eb7-78b4-86c9-a38de88e72c9', 'branch', 'own_congress', '2020-04-23', NULL, 'congress_discussion', 0, NULL, NULL, 'Công văn 11977-CV/VPTW');
-- How a revision was adopted.
CREATE TABLE programme_adoptions (
  programme_id TEXT NOT NULL REFERENCES programmes (id),
  n INTEGER NOT NULL,
  root_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  rule_id TEXT NOT NULL REFERENCES adoption_rules (id),
  adopted_on TEXT NOT NULL,
  body TEXT NOT NULL,
  eligible INTEGER NOT NULL,
  present INTEGER NOT NULL,
  in_favour INTEGER,
  against INTEGER,
  abstained INTEGER,
  note TEXT,
  PRIMARY KEY (programme_id, n)
) STRICT;
