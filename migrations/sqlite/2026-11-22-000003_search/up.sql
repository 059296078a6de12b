-- The folded text of a content; empty: not folded yet (`db/refold.rs` does).
ALTER TABLE document_contents ADD COLUMN search_text TEXT NOT NULL DEFAULT '';
-- Contents that are not folded yet.
CREATE INDEX document_contents_unfolded ON document_contents (document_id) WHERE search_text = '';
-- Tasks are found by their description and product too, from now on: these are folded anew.
UPDATE tasks SET search_text = '' WHERE description IS NOT NULL OR expected_product IS NOT NULL;
-- Tasks that are not folded yet.
CREATE INDEX tasks_unfolded ON tasks (id) WHERE search_text = '';
-- Folded words an abbreviation stands for, both ways. One that is also a syllable (TU: tư, từ) counts in a
-- text only behind another abbreviation, as in 02-NQ/TU.
CREATE TABLE search_synonyms (
  short TEXT NOT NULL,
  long TEXT NOT NULL,
  is_syllable INTEGER NOT NULL,
  PRIMARY KEY (short, long)
) STRICT;
INSERT INTO search_synonyms (short, long, is_syllable) VALUES
  ('nq', 'nghi quyet', 0),
  ('ct', 'chi thi', 0),
  ('ctr', 'chuong trinh', 0),
  ('kl', 'ket luan', 0),
  ('qd', 'quyet dinh', 0),
  ('qdi', 'quy dinh', 0),
  ('qc', 'quy che', 0),
  ('tt', 'thong tri', 0),
  ('tt', 'thong tu', 0),
  ('tt', 'thi tran', 0),
  ('hd', 'huong dan', 0),
  ('tb', 'thong bao', 0),
  ('tc', 'thong cao', 0),
  ('bc', 'bao cao', 0),
  ('kh', 'ke hoach', 0),
  ('qh', 'quy hoach', 0),
  ('da', 'de an', 1),
  ('da', 'du an', 1),
  ('pa', 'phuong an', 1),
  ('ttr', 'to trinh', 0),
  ('cv', 'cong van', 0),
  ('bb', 'bien ban', 0),
  ('qtr', 'quy trinh', 0),
  ('gm', 'giay moi', 0),
  ('ggt', 'giay gioi thieu', 0),
  ('nd', 'nghi dinh', 0),
  ('tw', 'trung uong', 0),
  ('tu', 'tinh uy', 1),
  ('tu', 'thanh uy', 1),
  ('hu', 'huyen uy', 0),
  ('du', 'dang uy', 1),
  ('bch', 'ban chap hanh', 0),
  ('bcd', 'ban chi dao', 0),
  ('btv', 'ban thuong vu', 0),
  ('btc', 'ban to chuc', 0),
  ('btg', 'ban tuyen giao', 0),
  ('bdv', 'ban dan van', 0),
  ('uvtv', 'uy vien thuong vu', 0),
  ('cb', 'chi bo', 0),
  ('db', 'dang bo', 0),
  ('dh', 'dai hoi', 0),
  ('xdd', 'xay dung dang', 0),
  ('ubkt', 'uy ban kiem tra', 0),
  ('ubnd', 'uy ban nhan dan', 0),
  ('hdnd', 'hoi dong nhan dan', 0),
  ('mttq', 'mat tran to quoc', 0),
  ('ccb', 'cuu chien binh', 0),
  ('lhpn', 'lien hiep phu nu', 0),
  ('hnd', 'hoi nong dan', 0),
  ('ntm', 'nong thon moi', 0),
  ('gtnt', 'giao thong nong thon', 0),
  ('mtqg', 'muc tieu quoc gia', 0),
  ('dtts', 'dan toc thieu so', 0),
  ('ktxh', 'kinh te xa hoi', 0),
  ('anqp', 'an ninh quoc phong', 0),
  ('qpan', 'quoc phong an ninh', 0),
  ('antt', 'an ninh trat tu', 0),
  ('tccnn', 'tai co cau nganh nong nghiep', 0),
  ('cds', 'chuyen doi so', 0),
  ('cchc', 'cai cach hanh chinh', 0);
-- The index: an entry for each text, its words under the entry's number. Triggers keep it, so that no
-- write can forget it. It has a key of its own because VACUUM may renumber the rows of other tables.
CREATE TABLE search_entries (
  n INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  UNIQUE (source, id)
) STRICT;
-- Folded texts hold letters, digits and blanks: 'ascii' splits at the blanks and nowhere else.
CREATE VIRTUAL TABLE search_words USING fts5 (words, content='', contentless_delete=1, tokenize='ascii');
CREATE TRIGGER documents_found_new AFTER INSERT ON documents BEGIN
  INSERT INTO search_entries (source, id) VALUES ('document', new.id);
  INSERT INTO search_words (rowid, words) VALUES ((SELECT n FROM search_entries WHERE source = 'document' AND id = new.id), new.search_text);
END;
CREATE TRIGGER documents_found_changed AFTER UPDATE OF search_text ON documents WHEN new.search_text <> old.search_text BEGIN
  UPDATE search_words SET words = new.search_text WHERE rowid = (SELECT n FROM search_entries WHERE source = 'document' AND id = new.id);
END;
CREATE TRIGGER documents_found_gone AFTER DELETE ON documents BEGIN
  DELETE FROM search_words WHERE rowid = (SELECT n FROM search_entries WHERE source = 'document' AND id = old.id);
  DELETE FROM search_entries WHERE source = 'document' AND id = old.id;
END;
INSERT INTO search_entries (source, id) SELECT 'document', id FROM documents;
INSERT INTO search_words (rowid, words)
  SELECT e.n, t.search_text FROM documents t JOIN search_entries e ON e.source = 'document' AND e.id = t.id;
CREATE TRIGGER document_contents_found_new AFTER INSERT ON document_contents BEGIN
  INSERT INTO search_entries (source, id) VALUES ('content', new.document_id);
  INSERT INTO search_words (rowid, words) VALUES ((SELECT n FROM search_entries WHERE source = 'content' AND id = new.document_id), new.search_text);
END;
CREATE TRIGGER document_contents_found_changed AFTER UPDATE OF search_text ON document_contents WHEN new.search_text <> old.search_text BEGIN
  UPDATE search_words SET words = new.search_text WHERE rowid = (SELECT n FROM search_entries WHERE source = 'content' AND id = new.document_id);
END;
CREATE TRIGGER document_contents_found_gone AFTER DELETE ON document_contents BEGIN
  DELETE FROM search_words WHERE rowid = (SELECT n FROM search_entries WHERE source = 'content' AND id = old.document_id);
  DELETE FROM search_entries WHERE source = 'content' AND id = old.document_id;
END;
INSERT INTO search_entries (source, id) SELECT 'content', document_id FROM document_contents;
INSERT INTO search_words (rowid, words)
  SELECT e.n, t.search_text FROM document_contents t JOIN search_entries e ON e.source = 'content' AND e.id = t.document_id;
CREATE TRIGGER tasks_found_new AFTER INSERT ON tasks BEGIN
  INSERT INTO search_entries (source, id) VALUES ('task', new.id);
  INSERT INTO search_words (rowid, words) VALUES ((SELECT n FROM search_entries WHERE source = 'task' AND id = new.id), new.search_text);
END;
CREATE TRIGGER tasks_found_changed AFTER UPDATE OF search_text ON tasks WHEN new.search_text <> old.search_text BEGIN
  UPDATE search_words SET words = new.search_text WHERE rowid = (SELECT n FROM search_entries WHERE source = 'task' AND id = new.id);
END;
CREATE TRIGGER tasks_found_gone AFTER DELETE ON tasks BEGIN
  DELETE FROM search_words WHERE rowid = (SELECT n FROM search_entries WHERE source = 'task' AND id = old.id);
  DELETE FROM search_entries WHERE source = 'task' AND id = old.id;
END;
INSERT INTO search_entries (source, id) SELECT 'task', id FROM tasks;
INSERT INTO search_words (rowid, words)
  SELECT e.n, t.search_text FROM tasks t JOIN search_entries e ON e.source = 'task' AND e.id = t.id;
CREATE TRIGGER org_units_found_new AFTER INSERT ON org_units BEGIN
  INSERT INTO search_entries (source, id) VALUES ('org_unit', new.id);
  INSERT INTO search_words (rowid, words) VALUES ((SELECT n FROM search_entries WHERE source = 'org_unit' AND id = new.id), new.search_text);
END;
CREATE TRIGGER org_units_found_changed AFTER UPDATE OF search_text ON org_units WHEN new.search_text <> old.search_text BEGIN
  UPDATE search_words SET words = new.search_text WHERE rowid = (SELECT n FROM search_entries WHERE source = 'org_unit' AND id = new.id);
END;
CREATE TRIGGER org_units_found_gone AFTER DELETE ON org_units BEGIN
  DELETE FROM search_words WHERE rowid = (SELECT n FROM search_entries WHERE source = 'org_unit' AND id = old.id);
  DELETE FROM search_entries WHERE source = 'org_unit' AND id = old.id;
END;
INSERT INTO search_entries (source, id) SELECT 'org_unit', id FROM org_units;
INSERT INTO search_words (rowid, words)
  SELECT e.n, t.search_text FROM org_units t JOIN search_entries e ON e.source = 'org_unit' AND e.id = t.id;
