-- How a unit means to put documents into practice: from draft to adoption, issue and execution.
CREATE TABLE programmes (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C" NOT NULL,
  -- Whose programme it is.
  unit_id TEXT COLLATE "C" NOT NULL REFERENCES org_units (id),
  title TEXT COLLATE "C" NOT NULL,
  -- The kind of paper it becomes.
  doc_type TEXT COLLATE "C" NOT NULL REFERENCES document_types (id),
  term_id TEXT COLLATE "C" REFERENCES terms (id),
  year INTEGER,
  drafting_body TEXT COLLATE "C",
  status TEXT COLLATE "C" NOT NULL,
  -- 1, and one more with each amendment.
  revision INTEGER NOT NULL,
  -- How often this revision was before the superior.
  round INTEGER NOT NULL,
  -- Who handed in the draft that is under review: another person records its adoption.
  submitted_by TEXT COLLATE "C",
  submitted_for TEXT COLLATE "C",
  -- The paper of the last issue, and the day of the first.
  document_id TEXT COLLATE "C" REFERENCES documents (id),
  first_issued_on DATE,
  created_by TEXT COLLATE "C",
  version INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT
);
CREATE INDEX programmes_by_unit ON programmes (unit_id, id);
-- Which programme a paper is.
CREATE INDEX programmes_by_document ON programmes (document_id) WHERE document_id IS NOT NULL;
-- The documents a programme puts into practice.
CREATE TABLE programme_parents (
  programme_id TEXT COLLATE "C" NOT NULL REFERENCES programmes (id),
  document_id TEXT COLLATE "C" NOT NULL REFERENCES documents (id),
  relation TEXT COLLATE "C" NOT NULL,
  root_id TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (programme_id, document_id, relation)
);
CREATE INDEX programme_parents_by_document ON programme_parents (document_id, programme_id);
-- What is to be done, in order.
CREATE TABLE programme_items (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C" NOT NULL,
  programme_id TEXT COLLATE "C" NOT NULL REFERENCES programmes (id),
  -- Its place: ranks are compared as texts, and there is always room between two.
  rank TEXT COLLATE "C" NOT NULL,
  text TEXT COLLATE "C" NOT NULL,
  class TEXT COLLATE "C" NOT NULL,
  -- 1 comes first.
  priority INTEGER,
  pressing_issue TEXT COLLATE "C",
  field TEXT COLLATE "C",
  start_on DATE,
  due_on DATE,
  -- A list of steps with their days, as JSON.
  roadmap TEXT COLLATE "C" NOT NULL,
  -- Money in whole đồng.
  amount BIGINT,
  source TEXT COLLATE "C",
  people INTEGER,
  lead_collective TEXT COLLATE "C",
  -- The unit of the programme or one below it.
  lead_unit_id TEXT COLLATE "C" NOT NULL REFERENCES org_units (id),
  lead_individual TEXT COLLATE "C",
  -- A list of ids, as JSON.
  coordinating_unit_ids TEXT COLLATE "C" NOT NULL,
  version INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT
);
CREATE INDEX programme_items_by_programme ON programme_items (programme_id, id);
CREATE INDEX programme_items_by_lead ON programme_items (lead_unit_id, id);
-- The clauses and targets an item serves.
CREATE TABLE programme_item_links (
  item_id TEXT COLLATE "C" NOT NULL REFERENCES programme_items (id),
  resolution_item_id TEXT COLLATE "C" NOT NULL REFERENCES resolution_items (id),
  root_id TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (item_id, resolution_item_id)
);
CREATE INDEX programme_item_links_by_target ON programme_item_links (resolution_item_id, item_id);
-- What a unit above says of a draft, and what the unit answered.
CREATE TABLE programme_comments (
  id TEXT COLLATE "C" PRIMARY KEY,
  root_id TEXT COLLATE "C" NOT NULL,
  programme_id TEXT COLLATE "C" NOT NULL REFERENCES programmes (id),
  -- None: of the whole.
  item_id TEXT COLLATE "C" REFERENCES programme_items (id),
  revision INTEGER NOT NULL,
  round INTEGER NOT NULL,
  -- The commenting unit.
  unit_id TEXT COLLATE "C" NOT NULL REFERENCES org_units (id),
  text TEXT COLLATE "C" NOT NULL,
  answer TEXT COLLATE "C",
  answer_text TEXT COLLATE "C",
  answered_at BIGINT,
  version INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX programme_comments_by_programme ON programme_comments (programme_id, id);
-- A programme as it was handed over each time.
CREATE TABLE programme_versions (
  programme_id TEXT COLLATE "C" NOT NULL REFERENCES programmes (id),
  n INTEGER NOT NULL,
  root_id TEXT COLLATE "C" NOT NULL,
  revision INTEGER NOT NULL,
  round INTEGER NOT NULL,
  -- The step that kept it.
  step TEXT COLLATE "C" NOT NULL,
  kept_at BIGINT NOT NULL,
  kept_by TEXT COLLATE "C",
  title TEXT COLLATE "C" NOT NULL,
  -- Its items, as JSON.
  items TEXT COLLATE "C" NOT NULL,
  -- The paper it was issued as, and the tasks a later issue touched, as JSON.
  document_id TEXT COLLATE "C" REFERENCES documents (id),
  affected TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (programme_id, n)
);
-- Who adopts programmes of units of a level, from a day to a day.
CREATE TABLE adoption_rules (
  id TEXT COLLATE "C" PRIMARY KEY,
  level TEXT COLLATE "C" NOT NULL REFERENCES levels (id),
  origin TEXT COLLATE "C" NOT NULL,
  from_on DATE NOT NULL,
  -- The last day; none: until further notice.
  to_on DATE,
  body TEXT COLLATE "C" NOT NULL,
  vote_required BOOLEAN NOT NULL,
  -- More than this share of those present must be in favour.
  share_num INTEGER,
  share_den INTEGER,
  source TEXT COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX adoption_rules_by_day ON adoption_rules (level, origin, from_on);
INSERT INTO adoption_rules (id, level, origin, from_on, to_on, body, vote_required, share_num, share_den, source) VALUES
  ('0199a0b2-99ef-7abf-89c9-e38eccd48096', 'central', 'party', '2000-01-01', NULL, 'collective', TRUE, 1, 2, 'Chương trình hành động do tập thể cấp ủy xây dựng; ở cơ sở do hội nghị đảng viên thảo luận, thông qua'),
  ('0199a0b2-da94-7d5c-8c09-f8edc52181bf', 'central', 'state', '2000-01-01', NULL, 'collective', TRUE, 1, 2, 'Chương trình hành động do tập thể cấp ủy xây dựng; ở cơ sở do hội nghị đảng viên thảo luận, thông qua'),
  ('0199a0b2-375a-714f-80c8-3e0c55d12c4f', 'central', 'own_congress', '2020-04-23', NULL, 'congress_discussion', FALSE, NULL, NULL, 'Công văn 11977-CV/VPTW'),
  ('0199a0b2-14f3-72ec-8892-827eb3a7c6a4', 'province', 'party', '2000-01-01', NULL, 'collective', TRUE, 1, 2, 'Chương trình hành động do tập thể cấp ủy xây dựng; ở cơ sở do hội nghị đảng viên thảo luận, thông qua'),
  ('0199a0b2-f389-7333-80fb-4a00081677e5', 'province', 'state', '2000-01-01', NULL, 'collective', TRUE, 1, 2, 'Chương trình hành động do tập thể cấp ủy xây dựng; ở cơ sở do hội nghị đảng viên thảo luận, thông qua'),
  ('0199a0b2-02d0-7067-856c-9d10e740bef3', 'province', 'own_congress', '2020-04-23', NULL, 'congress_discussion', FALSE, NULL, NULL, 'Công văn 11977-CV/VPTW'),
  ('0199a0b2-b7e6-733f-8b6c-05af743ea3d0', 'district', 'party', '2000-01-01', NULL, 'collective', TRUE, 1, 2, 'Chương trình hành động do tập thể cấp ủy xây dựng; ở cơ sở do hội nghị đảng viên thảo luận, thông qua'),
  ('0199a0b2-8dcf-7df8-82a8-cff24f8f6b87', 'district', 'state', '2000-01-01', NULL, 'collective', TRUE, 1, 2, 'Chương trình hành động do tập thể cấp ủy xây dựng; ở cơ sở do hội nghị đảng viên thảo luận, thông qua'),
  ('0199a0b2-e324-7bf0-8ea2-f811972f00a8', 'district', 'own_congress', '2020-04-23', NULL, 'congress_discussion', FALSE, NULL, NULL, 'Công văn 11977-CV/VPTW'),
  ('0199a0b2-96c6-7773-89f8-ec9c24165470', 'commune', 'party', '2000-01-01', NULL, 'collective', TRUE, 1, 2, 'Chương trình hành động do tập thể cấp ủy xây dựng; ở cơ sở do hội nghị đảng viên thảo luận, thông qua'),
  ('0199a0b2-64f3-72ad-85e9-b30d857d6375', 'commune', 'state', '2000-01-01', NULL, 'collective', TRUE, 1, 2, 'Chương trình hành động do tập thể cấp ủy xây dựng; ở cơ sở do hội nghị đảng viên thảo luận, thông qua'),
  ('0199a0b2-34a4-7bf4-8cbc-9fd7bc2ec100', 'commune', 'own_congress', '2020-04-23', NULL, 'congress_discussion', FALSE, NULL, NULL, 'Công văn 11977-CV/VPTW'),
  ('0199a0b2-cf07-7a89-83d4-92aa565d5f23', 'branch', 'party', '2000-01-01', NULL, 'members_conference', TRUE, 1, 2, 'Chương trình hành động do tập thể cấp ủy xây dựng; ở cơ sở do hội nghị đảng viên thảo luận, thông qua'),
  ('0199a0b2-dce1-7592-8e28-02706f889e94', 'branch', 'state', '2000-01-01', NULL, 'members_conference', TRUE, 1, 2, 'Chương trình hành động do tập thể cấp ủy xây dựng; ở cơ sở do hội nghị đảng viên thảo luận, thông qua'),
  ('0199a0b2-7eb7-78b4-86c9-a38de88e72c9', 'branch', 'own_congress', '2020-04-23', NULL, 'congress_discussion', FALSE, NULL, NULL, 'Công văn 11977-CV/VPTW');
-- How a revision was adopted.
CREATE TABLE programme_adoptions (
  programme_id TEXT COLLATE "C" NOT NULL REFERENCES programmes (id),
  n INTEGER NOT NULL,
  root_id TEXT COLLATE "C" NOT NULL,
  revision INTEGER NOT NULL,
  rule_id TEXT COLLATE "C" NOT NULL REFERENCES adoption_rules (id),
  adopted_on DATE NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  eligible INTEGER NOT NULL,
  present INTEGER NOT NULL,
  in_favour INTEGER,
  against INTEGER,
  abstained INTEGER,
  note TEXT COLLATE "C",
  PRIMARY KEY (programme_id, n)
);
