CREATE TABLE levels (
  id TEXT COLLATE "C" PRIMARY KEY,
  rank INTEGER NOT NULL,
  name_vi TEXT COLLATE "C" NOT NULL,
  name_en TEXT COLLATE "C" NOT NULL,
  detail_depth INTEGER NOT NULL
);
CREATE TABLE unit_kinds (
  id TEXT COLLATE "C" PRIMARY KEY,
  rank INTEGER NOT NULL,
  name_vi TEXT COLLATE "C" NOT NULL,
  name_en TEXT COLLATE "C" NOT NULL
);
CREATE TABLE document_types (
  id TEXT COLLATE "C" PRIMARY KEY,
  rank INTEGER NOT NULL,
  name_vi TEXT COLLATE "C" NOT NULL,
  name_en TEXT COLLATE "C" NOT NULL,
  system TEXT COLLATE "C" NOT NULL
);
-- detail_depth: how many levels below the own unit records are readable one by one.
INSERT INTO levels (id, rank, name_vi, name_en, detail_depth) VALUES
  ('central', 10, 'Trung ương', 'Central', 2),
  ('province', 20, 'Tỉnh', 'Province', 2),
  ('district', 30, 'Huyện', 'District', 2),
  ('commune', 40, 'Xã', 'Commune', 2),
  ('branch', 50, 'Chi bộ', 'Branch', 2);
INSERT INTO unit_kinds (id, rank, name_vi, name_en) VALUES
  ('party_committee', 10, 'Cấp ủy', 'Party committee'),
  ('party_agency', 20, 'Cơ quan đảng', 'Party agency'),
  ('branch', 30, 'Chi bộ', 'Branch'),
  ('state_body', 40, 'Cơ quan nhà nước', 'State body'),
  ('front', 50, 'Mặt trận Tổ quốc', 'Fatherland Front'),
  ('mass_organisation', 60, 'Tổ chức chính trị - xã hội', 'Mass organisation'),
  ('public_unit', 70, 'Đơn vị sự nghiệp', 'Public unit'),
  ('other', 90, 'Khác', 'Other');
INSERT INTO document_types (id, rank, name_vi, name_en, system) VALUES
  ('NQ', 10, 'Nghị quyết', 'Resolution', 'both'),
  ('CT', 20, 'Chỉ thị', 'Directive', 'both'),
  ('KL', 30, 'Kết luận', 'Conclusion', 'party'),
  ('QĐ', 40, 'Quyết định', 'Decision', 'both'),
  ('QĐi', 50, 'Quy định', 'Regulation', 'party'),
  ('QC', 60, 'Quy chế', 'Working rules / Statute', 'both'),
  ('TT', 70, 'Thông tri', 'Circular (Party)', 'party'),
  ('HD', 80, 'Hướng dẫn', 'Guidance', 'both'),
  ('TB', 90, 'Thông báo', 'Notice', 'both'),
  ('TC', 100, 'Thông cáo', 'Communiqué', 'party'),
  ('BC', 110, 'Báo cáo', 'Report', 'both'),
  ('KH', 120, 'Kế hoạch', 'Plan', 'both'),
  ('QH', 130, 'Quy hoạch', 'Master plan (cadre planning)', 'party'),
  ('CTr', 140, 'Chương trình', 'Programme (incl. Chương trình hành động, action programme)', 'both'),
  ('ĐA', 150, 'Đề án', 'Scheme / Project proposal', 'both'),
  ('PA', 160, 'Phương án', 'Option plan', 'both'),
  ('DA', 170, 'Dự án', 'Project', 'both'),
  ('TTr', 180, 'Tờ trình', 'Submission', 'both'),
  ('CV', 190, 'Công văn', 'Official letter', 'both'),
  ('BB', 200, 'Biên bản', 'Minutes', 'both'),
  ('QTr', 210, 'Quy trình', 'Procedure', 'party'),
  ('GM', 220, 'Giấy mời', 'Invitation', 'both'),
  ('GGT', 230, 'Giấy giới thiệu', 'Letter of introduction', 'both'),
  ('NĐ', 240, 'Nghị định', 'Decree', 'state');
