-- A set of criteria (bộ tiêu chí) that units are judged by: of the whole instance, or of the unit at the top of a tree.
CREATE TABLE criteria_sets (
  id TEXT PRIMARY KEY,
  -- None for both: of the whole instance.
  root_id TEXT,
  unit_id TEXT REFERENCES org_units (id),
  code TEXT NOT NULL,
  -- Which version of the code: content in force is frozen, another content is another version.
  revision INTEGER NOT NULL,
  name TEXT NOT NULL,
  -- The units it judges.
  level TEXT NOT NULL REFERENCES levels (id),
  kind TEXT REFERENCES unit_kinds (id),
  achievement TEXT NOT NULL,
  legal_basis TEXT NOT NULL,
  document_id TEXT REFERENCES documents (id),
  first_year INTEGER NOT NULL,
  last_year INTEGER NOT NULL,
  note TEXT,
  -- Lists as JSON: groups of criteria, groups of units, overall conditions, criteria with what they ask.
  groups TEXT NOT NULL,
  unit_groups TEXT NOT NULL,
  conditions TEXT NOT NULL,
  criteria TEXT NOT NULL,
  -- The set whose recognition this one presupposes.
  requires_id TEXT REFERENCES criteria_sets (id),
  replaces_id TEXT REFERENCES criteria_sets (id),
  status TEXT NOT NULL,
  effective_on TEXT,
  -- The first day on which the next version holds.
  replaced_on TEXT,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX criteria_sets_by_code ON criteria_sets (code, COALESCE(unit_id, ''), revision);
CREATE INDEX criteria_sets_by_unit ON criteria_sets (unit_id, id);
CREATE INDEX criteria_sets_requiring ON criteria_sets (requires_id);
-- What was said of a unit and a criterion, in the order in which it was said; nothing here changes.
CREATE TABLE criteria_assessments (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  set_id TEXT NOT NULL REFERENCES criteria_sets (id),
  unit_id TEXT NOT NULL REFERENCES org_units (id),
  criterion TEXT NOT NULL,
  n INTEGER NOT NULL,
  kind TEXT NOT NULL,
  -- None for what was returned.
  stated TEXT,
  assessed_on TEXT NOT NULL,
  reason TEXT,
  evidence TEXT,
  -- Addresses of evidence, as JSON.
  links TEXT NOT NULL,
  -- The self-assessment that this verifies or returns.
  answers_id TEXT REFERENCES criteria_assessments (id),
  -- The unit that said it, and the person.
  by_unit_id TEXT NOT NULL REFERENCES org_units (id),
  recorded_by TEXT,
  recorded_for TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX criteria_assessments_in_order ON criteria_assessments (set_id, unit_id, criterion, n);
CREATE INDEX criteria_assessments_by_unit ON criteria_assessments (unit_id, id);
-- To which group a unit belongs under a set, and which criteria it must hold, from a day on.
CREATE TABLE criteria_unit_rules (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  set_id TEXT NOT NULL REFERENCES criteria_sets (id),
  unit_id TEXT NOT NULL REFERENCES org_units (id),
  n INTEGER NOT NULL,
  from_on TEXT NOT NULL,
  unit_group TEXT,
  -- Codes of criteria, as JSON.
  must_hold TEXT NOT NULL,
  reason TEXT,
  by_unit_id TEXT NOT NULL REFERENCES org_units (id),
  recorded_by TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX criteria_unit_rules_in_order ON criteria_unit_rules (set_id, unit_id, n);
CREATE INDEX criteria_unit_rules_by_unit ON criteria_unit_rules (unit_id, id);
-- That a decision recognised a unit under a set, and perhaps that another withdrew it.
CREATE TABLE criteria_recognitions (
  id TEXT PRIMARY KEY,
  root_id TEXT NOT NULL,
  set_id TEXT NOT NULL REFERENCES criteria_sets (id),
  unit_id TEXT NOT NULL REFERENCES org_units (id),
  by_unit_id TEXT NOT NULL REFERENCES org_units (id),
  recognised_on TEXT NOT NULL,
  decision_text TEXT,
  document_id TEXT REFERENCES documents (id),
  -- The first day on which it no longer holds.
  withdrawn_on TEXT,
  withdrawal_reason TEXT,
  withdrawal_text TEXT,
  withdrawal_document_id TEXT REFERENCES documents (id),
  recorded_by TEXT,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX criteria_recognitions_in_force ON criteria_recognitions (set_id, unit_id) WHERE withdrawn_on IS NULL;
CREATE INDEX criteria_recognitions_by_unit ON criteria_recognitions (unit_id, id);
-- Only what was read in the sources is here: names, groups and conditions; no content and no threshold was guessed.
INSERT INTO criteria_sets (id, code, revision, name, level, kind, achievement, legal_basis, first_year, last_year, note, groups, unit_groups, conditions, criteria, status, effective_on, version, created_at, updated_at) VALUES
  ('0199a0b2-68f6-7c47-8cd5-26e2c81fca04', 'ntm-xa-2021-2025', 1, 'Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2021 - 2025', 'commune', 'party_committee', 'standard', 'Quyết định 318/QĐ-TTg ngày 08/3/2022 của Thủ tướng Chính phủ', 2021, 2025, 'Tên và thứ tự 19 tiêu chí, tên 5 nhóm và 7 vùng theo văn bản; chưa có nội dung tiêu chí, chỉ tiêu và mức đạt theo vùng. Bổ sung bằng một bản mới thay bản này.', '[{"no": "I", "name": "Quy hoạch"}, {"no": "II", "name": "Hạ tầng kinh tế - xã hội"}, {"no": "III", "name": "Kinh tế và tổ chức sản xuất"}, {"no": "IV", "name": "Văn hóa - Xã hội - Môi trường"}, {"no": "V", "name": "Hệ thống chính trị"}]', '[{"code": "tdmnpb", "name": "Trung du miền núi phía Bắc", "description": null}, {"code": "dbsh", "name": "Đồng bằng sông Hồng", "description": null}, {"code": "btb", "name": "Bắc Trung Bộ", "description": null}, {"code": "dhntb", "name": "Duyên hải Nam Trung Bộ", "description": null}, {"code": "tn", "name": "Tây Nguyên", "description": null}, {"code": "dnb", "name": "Đông Nam Bộ", "description": null}, {"code": "dbscl", "name": "Đồng bằng sông Cửu Long", "description": null}]', '[]', '[{"no": 1, "code": "ntm-xa-01", "name": "Quy hoạch", "group": null, "sub_criteria": []}, {"no": 2, "code": "ntm-xa-02", "name": "Giao thông", "group": null, "sub_criteria": []}, {"no": 3, "code": "ntm-xa-03", "name": "Thuỷ lợi và phòng, chống thiên tai", "group": null, "sub_criteria": []}, {"no": 4, "code": "ntm-xa-04", "name": "Điện", "group": null, "sub_criteria": []}, {"no": 5, "code": "ntm-xa-05", "name": "Trường học", "group": null, "sub_criteria": []}, {"no": 6, "code": "ntm-xa-06", "name": "Cơ sở vật chất văn hoá", "group": null, "sub_criteria": []}, {"no": 7, "code": "ntm-xa-07", "name": "Cơ sở hạ tầng thương mại nông thôn", "group": null, "sub_criteria": []}, {"no": 8, "code": "ntm-xa-08", "name": "Thông tin và Truyền thông", "group": null, "sub_criteria": []}, {"no": 9, "code": "ntm-xa-09", "name": "Nhà ở dân cư", "group": null, "sub_criteria": []}, {"no": 10, "code": "ntm-xa-10", "name": "Thu nhập", "group": null, "sub_criteria": []}, {"no": 11, "code": "ntm-xa-11", "name": "Nghèo đa chiều", "group": null, "sub_criteria": []}, {"no": 12, "code": "ntm-xa-12", "name": "Lao động", "group": null, "sub_criteria": []}, {"no": 13, "code": "ntm-xa-13", "name": "Tổ chức sản xuất và phát triển kinh tế nông thôn", "group": null, "sub_criteria": []}, {"no": 14, "code": "ntm-xa-14", "name": "Giáo dục và Đào tạo", "group": null, "sub_criteria": []}, {"no": 15, "code": "ntm-xa-15", "name": "Y tế", "group": null, "sub_criteria": []}, {"no": 16, "code": "ntm-xa-16", "name": "Văn hoá", "group": null, "sub_criteria": []}, {"no": 17, "code": "ntm-xa-17", "name": "Môi trường và an toàn thực phẩm", "group": null, "sub_criteria": []}, {"no": 18, "code": "ntm-xa-18", "name": "Hệ thống chính trị và tiếp cận pháp luật", "group": null, "sub_criteria": []}, {"no": 19, "code": "ntm-xa-19", "name": "Quốc phòng và An ninh", "group": null, "sub_criteria": []}]', 'in_force', '2022-03-08', 1, 0, 0),
  ('0199a0b2-a754-7b58-81ca-4e7e2c73e53d', 'ntm-nang-cao-xa-2021-2025', 1, 'Bộ tiêu chí quốc gia về xã nông thôn mới nâng cao giai đoạn 2021 - 2025', 'commune', 'party_committee', 'advanced', 'Quyết định 318/QĐ-TTg ngày 08/3/2022 của Thủ tướng Chính phủ', 2021, 2025, 'Chỉ có tên bộ tiêu chí; tiêu chí và mức đạt cần được nhập theo văn bản trước khi ban hành trong hệ thống.', '[]', '[{"code": "tdmnpb", "name": "Trung du miền núi phía Bắc", "description": null}, {"code": "dbsh", "name": "Đồng bằng sông Hồng", "description": null}, {"code": "btb", "name": "Bắc Trung Bộ", "description": null}, {"code": "dhntb", "name": "Duyên hải Nam Trung Bộ", "description": null}, {"code": "tn", "name": "Tây Nguyên", "description": null}, {"code": "dnb", "name": "Đông Nam Bộ", "description": null}, {"code": "dbscl", "name": "Đồng bằng sông Cửu Long", "description": null}]', '[]', '[]', 'draft', NULL, 1, 0, 0),
  ('0199a0b2-9fef-718d-8e17-0b9e1cc9250b', 'ntm-huyen-2021-2025', 1, 'Bộ tiêu chí quốc gia về huyện nông thôn mới giai đoạn 2021 - 2025', 'district', 'party_committee', 'standard', 'Quyết định 320/QĐ-TTg ngày 08/3/2022 của Thủ tướng Chính phủ', 2021, 2025, 'Tên 9 tiêu chí và 5 điều kiện theo nguồn đã đọc; thứ tự tiêu chí chưa được kiểm tra; chưa có chỉ tiêu và mức đạt.', '[]', '[]', '[{"no": 1, "text": "Có 100% số xã trên địa bàn đạt chuẩn nông thôn mới"}, {"no": 2, "text": "Có ít nhất 10% số xã trên địa bàn đạt chuẩn nông thôn mới nâng cao"}, {"no": 3, "text": "Có 100% số thị trấn trên địa bàn đạt chuẩn đô thị văn minh"}, {"no": 4, "text": "Tỷ lệ hài lòng của người dân trên địa bàn đối với kết quả xây dựng nông thôn mới của huyện đạt từ 90% trở lên (ở từng xã, từng nội dung từ 80% trở lên)"}, {"no": 5, "text": "Đạt các tiêu chí huyện nông thôn mới giai đoạn 2021 - 2025"}]', '[{"no": 1, "code": "ntm-huyen-01", "name": "Quy hoạch", "group": null, "sub_criteria": []}, {"no": 2, "code": "ntm-huyen-02", "name": "Giao thông", "group": null, "sub_criteria": []}, {"no": 3, "code": "ntm-huyen-03", "name": "Thủy lợi và phòng, chống thiên tai", "group": null, "sub_criteria": []}, {"no": 4, "code": "ntm-huyen-04", "name": "Điện", "group": null, "sub_criteria": []}, {"no": 5, "code": "ntm-huyen-05", "name": "Y tế - Văn hóa - Giáo dục", "group": null, "sub_criteria": []}, {"no": 6, "code": "ntm-huyen-06", "name": "Kinh tế", "group": null, "sub_criteria": []}, {"no": 7, "code": "ntm-huyen-07", "name": "Môi trường", "group": null, "sub_criteria": []}, {"no": 8, "code": "ntm-huyen-08", "name": "Chất lượng môi trường sống", "group": null, "sub_criteria": []}, {"no": 9, "code": "ntm-huyen-09", "name": "Hệ thống chính trị - An ninh trật tự - Hành chính công", "group": null, "sub_criteria": []}]', 'draft', NULL, 1, 0, 0),
  ('0199a0b2-04ae-7caf-80c8-067c5d9d5a90', 'ntm-xa-2016-2020', 1, 'Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2016 - 2020', 'commune', 'party_committee', 'standard', 'Quyết định 1980/QĐ-TTg ngày 17/10/2016 của Thủ tướng Chính phủ', 2016, 2020, 'Chỉ có tiêu chí số 10 (Thu nhập) với mức đạt theo vùng; các tiêu chí khác cần được nhập theo văn bản.', '[]', '[{"code": "tdmnpb", "name": "Trung du miền núi phía Bắc", "description": null}, {"code": "dbsh", "name": "Đồng bằng sông Hồng", "description": null}, {"code": "btb", "name": "Bắc Trung Bộ", "description": null}, {"code": "dhntb", "name": "Duyên hải Nam Trung Bộ", "description": null}, {"code": "tn", "name": "Tây Nguyên", "description": null}, {"code": "dnb", "name": "Đông Nam Bộ", "description": null}, {"code": "dbscl", "name": "Đồng bằng sông Cửu Long", "description": null}]', '[]', '[{"no": 10, "code": "ntm-2016-10", "name": "Thu nhập", "group": null, "sub_criteria": [{"code": "ntm-2016-10.1", "name": "Thu nhập bình quân đầu người khu vực nông thôn đến năm 2020", "unit": "triệu đồng/người", "direction": "higher", "thresholds": [{"group": null, "value": 45, "text": null}, {"group": "tdmnpb", "value": 36, "text": null}, {"group": "dbsh", "value": 50, "text": null}, {"group": "btb", "value": 36, "text": null}, {"group": "dhntb", "value": 41, "text": null}, {"group": "tn", "value": 41, "text": null}, {"group": "dnb", "value": 59, "text": null}, {"group": "dbscl", "value": 50, "text": null}]}]}]', 'draft', NULL, 1, 0, 0),
  ('0199a0b2-b3a7-79f5-825b-3ac712c2c94d', 'ntm-xa-2026-2030', 1, 'Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2026 - 2030', 'commune', 'party_committee', 'standard', 'Quyết định 51/2025/QĐ-TTg ngày 29/12/2025 của Thủ tướng Chính phủ', 2026, 2030, 'Tên 10 tiêu chí và 3 nhóm xã theo tin công bố văn bản; chưa có 47 chỉ tiêu và mức đạt theo nhóm xã. Bổ sung bằng một bản mới thay bản này.', '[]', '[{"code": "nhom-1", "name": "Xã nhóm 1", "description": "Xã liền kề đô thị hiện hữu và có định hướng phát triển thành đô thị, hoặc xã có tỷ trọng ngành nông nghiệp trong cơ cấu kinh tế dưới 10%, hoặc xã được định hướng là đô thị mới"}, {"code": "nhom-2", "name": "Xã nhóm 2", "description": "Xã không thuộc nhóm 1 và nhóm 3"}, {"code": "nhom-3", "name": "Xã nhóm 3", "description": "Xã khu vực II và xã khu vực III thuộc địa bàn vùng đồng bào dân tộc thiểu số và miền núi"}]', '[]', '[{"no": 1, "code": "ntm-2026-01", "name": "Quy hoạch", "group": null, "sub_criteria": []}, {"no": 2, "code": "ntm-2026-02", "name": "Hạ tầng kinh tế - xã hội", "group": null, "sub_criteria": []}, {"no": 3, "code": "ntm-2026-03", "name": "Phát triển kinh tế nông thôn", "group": null, "sub_criteria": []}, {"no": 4, "code": "ntm-2026-04", "name": "Đào tạo nguồn nhân lực nông thôn", "group": null, "sub_criteria": []}, {"no": 5, "code": "ntm-2026-05", "name": "Văn hóa, giáo dục, y tế", "group": null, "sub_criteria": []}, {"no": 6, "code": "ntm-2026-06", "name": "Giảm nghèo và an sinh xã hội", "group": null, "sub_criteria": []}, {"no": 7, "code": "ntm-2026-07", "name": "Khoa học công nghệ và chuyển đổi số", "group": null, "sub_criteria": []}, {"no": 8, "code": "ntm-2026-08", "name": "Môi trường và cảnh quan nông thôn", "group": null, "sub_criteria": []}, {"no": 9, "code": "ntm-2026-09", "name": "Xây dựng hệ thống chính trị và hành chính công", "group": null, "sub_criteria": []}, {"no": 10, "code": "ntm-2026-10", "name": "Tiếp cận pháp luật và an ninh, quốc phòng", "group": null, "sub_criteria": []}]', 'in_force', '2026-02-15', 1, 0, 0);
