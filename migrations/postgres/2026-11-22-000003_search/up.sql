-- The folded text of a content; empty: not folded yet (`db/refold.rs` does).
ALTER TABLE document_contents ADD COLUMN search_text TEXT COLLATE "C" NOT NULL DEFAULT '';
-- Contents that are not folded yet.
CREATE INDEX document_contents_unfolded ON document_contents (document_id) WHERE search_text = '';
-- Tasks are found by their description and product too, from now on: these are folded anew.
UPDATE tasks SET search_text = '' WHERE description IS NOT NULL OR expected_product IS NOT NULL;
-- Tasks that are not folded yet.
CREATE INDEX tasks_unfolded ON tasks (id) WHERE search_text = '';
-- Folded words an abbreviation stands for, both ways. One that is also a syllable (TU: tư, từ) counts in a
-- text only behind another abbreviation, as in 02-NQ/TU.
CREATE TABLE search_synonyms (
  short TEXT COLLATE "C" NOT NULL,
  long TEXT COLLATE "C" NOT NULL,
  is_syllable BOOLEAN NOT NULL,
  PRIMARY KEY (short, long)
);
INSERT INTO search_synonyms (short, long, is_syllable) VALUES
  ('nq', 'nghi quyet', FALSE),
  ('ct', 'chi thi', FALSE),
  ('ctr', 'chuong trinh', FALSE),
  ('kl', 'ket luan', FALSE),
  ('qd', 'quyet dinh', FALSE),
  ('qdi', 'quy dinh', FALSE),
  ('qc', 'quy che', FALSE),
  ('tt', 'thong tri', FALSE),
  ('tt', 'thong tu', FALSE),
  ('tt', 'thi tran', FALSE),
  ('hd', 'huong dan', FALSE),
  ('tb', 'thong bao', FALSE),
  ('tc', 'thong cao', FALSE),
  ('bc', 'bao cao', FALSE),
  ('kh', 'ke hoach', FALSE),
  ('qh', 'quy hoach', FALSE),
  ('da', 'de an', TRUE),
  ('da', 'du an', TRUE),
  ('pa', 'phuong an', TRUE),
  ('ttr', 'to trinh', FALSE),
  ('cv', 'cong van', FALSE),
  ('bb', 'bien ban', FALSE),
  ('qtr', 'quy trinh', FALSE),
  ('gm', 'giay moi', FALSE),
  ('ggt', 'giay gioi thieu', FALSE),
  ('nd', 'nghi dinh', FALSE),
  ('tw', 'trung uong', FALSE),
  ('tu', 'tinh uy', TRUE),
  ('tu', 'thanh uy', TRUE),
  ('hu', 'huyen uy', FALSE),
  ('du', 'dang uy', TRUE),
  ('bch', 'ban chap hanh', FALSE),
  ('bcd', 'ban chi dao', FALSE),
  ('btv', 'ban thuong vu', FALSE),
  ('btc', 'ban to chuc', FALSE),
  ('btg', 'ban tuyen giao', FALSE),
  ('bdv', 'ban dan van', FALSE),
  ('uvtv', 'uy vien thuong vu', FALSE),
  ('cb', 'chi bo', FALSE),
  ('db', 'dang bo', FALSE),
  ('dh', 'dai hoi', FALSE),
  ('xdd', 'xay dung dang', FALSE),
  ('ubkt', 'uy ban kiem tra', FALSE),
  ('ubnd', 'uy ban nhan dan', FALSE),
  ('hdnd', 'hoi dong nhan dan', FALSE),
  ('mttq', 'mat tran to quoc', FALSE),
  ('ccb', 'cuu chien binh', FALSE),
  ('lhpn', 'lien hiep phu nu', FALSE),
  ('hnd', 'hoi nong dan', FALSE),
  ('ntm', 'nong thon moi', FALSE),
  ('gtnt', 'giao thong nong thon', FALSE),
  ('mtqg', 'muc tieu quoc gia', FALSE),
  ('dtts', 'dan toc thieu so', FALSE),
  ('ktxh', 'kinh te xa hoi', FALSE),
  ('anqp', 'an ninh quoc phong', FALSE),
  ('qpan', 'quoc phong an ninh', FALSE),
  ('antt', 'an ninh trat tu', FALSE),
  ('tccnn', 'tai co cau nganh nong nghiep', FALSE),
  ('cds', 'chuyen doi so', FALSE),
  ('cchc', 'cai cach hanh chinh', FALSE);
-- The index: one or more entries for each text, with its words and its pairs of neighbours. Triggers keep
-- it, so that no write can forget it.
CREATE TABLE search_entries (
  n BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  words TSVECTOR NOT NULL
);
-- The entries of a text.
CREATE INDEX search_entries_by_text ON search_entries (source, id);
-- What holds a word.
CREATE INDEX search_entries_of_documents ON search_entries USING gin (words) WHERE source IN ('document', 'content');
CREATE INDEX search_entries_of_tasks ON search_entries USING gin (words) WHERE source = 'task';
CREATE INDEX search_entries_of_units ON search_entries USING gin (words) WHERE source = 'org_unit';
-- Words and pairs of neighbours, as many words to an entry as asked for. Pairs instead of positions,
-- because positions end at 16383. A word is cut to 64 characters, and 1000 of them with their pairs stay
-- below the megabyte that a tsvector may hold whatever they are.
CREATE FUNCTION search_parts(folded TEXT, most INTEGER) RETURNS SETOF TSVECTOR LANGUAGE sql IMMUTABLE AS $$
  SELECT array_to_tsvector(array_agg(DISTINCT token)) FROM (
    SELECT left(word, 64) AS word, left(lead(word) OVER (ORDER BY at), 64) AS next, (at - 1) / most AS part
    FROM unnest(string_to_array(folded, ' ')) WITH ORDINALITY AS split (word, at) WHERE word <> ''
  ) AS words, LATERAL (VALUES (word), (word || ' ' || next)) AS tokens (token)
  WHERE token IS NOT NULL GROUP BY part
$$;
-- Arguments: the source, and how many words an entry holds.
CREATE FUNCTION search_keep() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
  key TEXT;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    IF TG_TABLE_NAME = 'document_contents' THEN key := old.document_id; ELSE key := old.id; END IF;
    DELETE FROM search_entries WHERE source = TG_ARGV[0] AND id = key;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    IF TG_TABLE_NAME = 'document_contents' THEN key := new.document_id; ELSE key := new.id; END IF;
    INSERT INTO search_entries (source, id, words)
      SELECT TG_ARGV[0], key, parts FROM search_parts(new.search_text, TG_ARGV[1]::INTEGER) AS parts;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER documents_found_new AFTER INSERT OR DELETE ON documents
  FOR EACH ROW EXECUTE FUNCTION search_keep('document', 1000000);
CREATE TRIGGER documents_found_changed AFTER UPDATE OF search_text ON documents
  FOR EACH ROW WHEN (new.search_text <> old.search_text) EXECUTE FUNCTION search_keep('document', 1000000);
INSERT INTO search_entries (source, id, words)
  SELECT 'document', id, parts FROM documents, LATERAL search_parts(search_text, 1000000) AS parts;
CREATE TRIGGER document_contents_found_new AFTER INSERT OR DELETE ON document_contents
  FOR EACH ROW EXECUTE FUNCTION search_keep('content', 1000);
CREATE TRIGGER document_contents_found_changed AFTER UPDATE OF search_text ON document_contents
  FOR EACH ROW WHEN (new.search_text <> old.search_text) EXECUTE FUNCTION search_keep('content', 1000);
INSERT INTO search_entries (source, id, words)
  SELECT 'content', document_id, parts FROM document_contents, LATERAL search_parts(search_text, 1000) AS parts;
CREATE TRIGGER tasks_found_new AFTER INSERT OR DELETE ON tasks
  FOR EACH ROW EXECUTE FUNCTION search_keep('task', 1000000);
CREATE TRIGGER tasks_found_changed AFTER UPDATE OF search_text ON tasks
  FOR EACH ROW WHEN (new.search_text <> old.search_text) EXECUTE FUNCTION search_keep('task', 1000000);
INSERT INTO search_entries (source, id, words)
  SELECT 'task', id, parts FROM tasks, LATERAL search_parts(search_text, 1000000) AS parts;
CREATE TRIGGER org_units_found_new AFTER INSERT OR DELETE ON org_units
  FOR EACH ROW EXECUTE FUNCTION search_keep('org_unit', 1000000);
CREATE TRIGGER org_units_found_changed AFTER UPDATE OF search_text ON org_units
  FOR EACH ROW WHEN (new.search_text <> old.search_text) EXECUTE FUNCTION search_keep('org_unit', 1000000);
INSERT INTO search_entries (source, id, words)
  SELECT 'org_unit', id, parts FROM org_units, LATERAL search_parts(search_text, 1000000) AS parts;
