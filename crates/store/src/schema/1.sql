CREATE TABLE about (
  -- What the record is: its title, licence and attribution, where its maker states them.
  key TEXT PRIMARY KEY,  -- name of the fact
  value TEXT NOT NULL,   -- the fact
  digest BLOB NOT NULL   -- SHA-256 of both
) WITHOUT ROWID;

CREATE TABLE batches (
  -- What was written together: all of it is in the record, or nothing. Rows elsewhere say in `recorded` which batch
  -- brought them and in `superseded` which batch put others in their place; the record as it stood after batch N is
  -- the rows with recorded <= N and (superseded is null or superseded > N).
  id INTEGER PRIMARY KEY,      -- number, from 1, in the order of writing
  kind TEXT NOT NULL,          -- `add`, `import` or `correct`
  written TEXT NOT NULL,       -- when, UTC, ISO 8601
  program TEXT NOT NULL,       -- version of the program that wrote it
  documents INTEGER NOT NULL,  -- documents it brought
  reports INTEGER NOT NULL,    -- reports it brought
  occurrences INTEGER NOT NULL, -- occurrences it wrote, new ones and new versions of old ones
  digest BLOB NOT NULL         -- SHA-256 over the batch before, this row and its rows in batch_contents
);

CREATE TABLE batch_contents (
  -- The rows a batch brought, table by table, with their hash: `legation verify` computes it again.
  batch INTEGER NOT NULL REFERENCES batches(id), -- the batch
  table_name TEXT NOT NULL,    -- the table
  first INTEGER NOT NULL,      -- lowest id of the rows (for a table of parts: id of what they are parts of)
  last INTEGER NOT NULL,       -- highest id
  rows INTEGER NOT NULL,       -- number of rows
  digest BLOB NOT NULL,        -- SHA-256 of the rows in the order of their ids, `superseded` left out
  PRIMARY KEY (batch, table_name)
) WITHOUT ROWID;

CREATE TABLE quad_classes (
  -- Verbal or material, cooperation or conflict.
  id INTEGER PRIMARY KEY, -- small number
  name TEXT NOT NULL      -- as the PLOVER manual writes it
);

CREATE TABLE event_types (
  -- The sixteen types of PLOVER.
  id INTEGER PRIMARY KEY, -- small number, in the order of the manual
  name TEXT NOT NULL,     -- as PLOVER writes it
  quad_class INTEGER NOT NULL REFERENCES quad_classes(id) -- the class of the type
);

CREATE TABLE statuses (
  -- Whether an event happened.
  id INTEGER PRIMARY KEY, -- small number
  name TEXT NOT NULL      -- actual, historical, future, hypothetical, negated
);

CREATE TABLE modes (
  -- Lists of PLOVER modes that occur.
  id INTEGER PRIMARY KEY,   -- small number
  names TEXT NOT NULL UNIQUE -- the modes, joined by "; "
);

CREATE TABLE contexts (
  -- Lists of PLOVER contexts that occur.
  id INTEGER PRIMARY KEY,   -- small number
  names TEXT NOT NULL UNIQUE -- the contexts, joined by "; "
);

CREATE TABLE sectors (
  -- Lists of PLOVER sectors that occur, the primary one first.
  id INTEGER PRIMARY KEY,   -- small number
  names TEXT NOT NULL UNIQUE -- the sectors, joined by "; "
);

CREATE TABLE publishers (
  -- Newspapers, agencies and offices that published.
  id INTEGER PRIMARY KEY,  -- small number
  name TEXT NOT NULL UNIQUE -- as the source writes it
);

CREATE TABLE coders (
  -- What coded: version of the coder with the hash of its codebook, a data set that was imported, or a person.
  id INTEGER PRIMARY KEY,  -- small number
  name TEXT NOT NULL UNIQUE -- the name
);

CREATE TABLE rules (
  -- Rules of the codebook that fired.
  id INTEGER PRIMARY KEY,  -- small number
  name TEXT NOT NULL UNIQUE -- the rule's name
);

CREATE TABLE reasons (
  -- Why a participant's words go back to others.
  id INTEGER PRIMARY KEY,  -- small number
  name TEXT NOT NULL UNIQUE -- the reason
);

CREATE TABLE codes (
  -- Codes of participants.
  id INTEGER PRIMARY KEY,   -- small number
  code TEXT NOT NULL UNIQUE -- ISO 3166 alpha-3 of a state, short name of an organisation
);

CREATE TABLE entities (
  -- States, organisations, groups and persons as the gazetteer knows them, or as the text names them.
  id INTEGER PRIMARY KEY,            -- small number
  name TEXT NOT NULL,                -- usual name; where unresolved, the words of the text
  code INTEGER REFERENCES codes(id), -- code of the state or organisation; null where unresolved
  wikidata TEXT                      -- Wikidata item
);
CREATE UNIQUE INDEX entities_once ON entities(name, ifnull(code, 0), ifnull(wikidata, ''));

CREATE TABLE speakers (
  -- Who says that something happened.
  id INTEGER PRIMARY KEY, -- small number
  name TEXT NOT NULL,     -- as the text names them
  code TEXT               -- code of their state or organisation
);
CREATE UNIQUE INDEX speakers_once ON speakers(name, ifnull(code, ''));

CREATE TABLE places (
  -- Where events happened.
  id INTEGER PRIMARY KEY,  -- small number
  name TEXT NOT NULL,      -- as the text or the gazetteer has it
  country TEXT,            -- ISO 3166 alpha-3 code of the state it lies in
  lat REAL,                -- latitude in degrees, WGS 84
  lon REAL,                -- longitude in degrees, WGS 84
  geonameid INTEGER,       -- GeoNames identifier
  precision TEXT NOT NULL, -- country, region or city
  region TEXT,             -- first-level region it lies in
  also TEXT                -- other names in use, former and contested ones, separated by "; "
);
CREATE UNIQUE INDEX places_once
  ON places(name, ifnull(country, ''), ifnull(geonameid, 0), ifnull(lat, 0), ifnull(lon, 0), precision, ifnull(region, ''),
    ifnull(also, ''));

CREATE TABLE addresses (
  -- Addresses documents were published at; several documents may share one.
  id INTEGER PRIMARY KEY, -- small number
  url TEXT NOT NULL       -- the address
);

CREATE TABLE origins (
  -- Files that documents were read from.
  id INTEGER PRIMARY KEY, -- small number
  path TEXT NOT NULL UNIQUE -- as it was named on the command line
);

CREATE TABLE documents (
  -- Articles, readouts, posts and, for imported events, stories.
  id INTEGER PRIMARY KEY,  -- number in this file
  key INTEGER NOT NULL UNIQUE, -- first 64 bits of the SHA-256 of id, text, title, publisher, date and address: what makes adding again a no-op
  document_id TEXT,        -- the id the input gives; null where it gives none
  hash BLOB,               -- SHA-256 of the text, 32 bytes; null for imported stories
  title TEXT,              -- headline
  publisher INTEGER REFERENCES publishers(id), -- who published it
  byline TEXT,             -- author line
  published INTEGER,       -- date of publication, YYYYMMDD
  address INTEGER REFERENCES addresses(id), -- where it was published
  language TEXT,           -- ISO 639-1 code
  origin INTEGER REFERENCES origins(id), -- file it was read from
  part TEXT,               -- which record or line of the file
  sentences INTEGER,       -- number of its sentences
  text TEXT,               -- the text, never changed; null where it may not be kept
  sketch BLOB,             -- the sixteen lowest 32-bit hashes of its five-word sequences, to find near-copies; null for short texts
  recorded INTEGER NOT NULL,  -- batch that brought it
  superseded INTEGER          -- batch that put another in its place
);

CREATE TABLE copies (
  -- Near-copies: two documents most of whose five-word sequences are the same (wire copy). They count as one source.
  id INTEGER PRIMARY KEY,     -- number in this file
  document INTEGER NOT NULL REFERENCES documents(id), -- one
  of_document INTEGER NOT NULL REFERENCES documents(id), -- the other
  similarity INTEGER NOT NULL, -- estimated share of the shorter one's sequences that both have, in thousandths
  recorded INTEGER NOT NULL   -- batch that found it
);

CREATE TABLE reports (
  -- Coded events, one for each place in a document that reports one; readable as view `event_reports`.
  id INTEGER PRIMARY KEY,  -- number in this file
  report_id INTEGER NOT NULL, -- stable identifier, shown as 16 hexadecimal digits: a hash of document and event
  document INTEGER REFERENCES documents(id), -- the document it stands in
  event_type INTEGER NOT NULL REFERENCES event_types(id), -- PLOVER event type
  mode INTEGER REFERENCES modes(id),       -- PLOVER modes; null where none fits
  context INTEGER REFERENCES contexts(id), -- PLOVER contexts; null where there are none
  about INTEGER REFERENCES event_types(id), -- type of the act that is promised, requested, threatened, rejected or alleged
  cameo_code TEXT NOT NULL, -- CAMEO code, two to four digits
  score REAL NOT NULL,     -- PLOVER score of type and mode, -10 (conflict) to 10 (cooperation)
  date INTEGER,            -- when it happened, YYYYMMDD; month or day 00 where the text does not tell it, null where it tells nothing
  date_implied INTEGER,    -- 1 where the text tells no time and news writing implies the day of publication or shortly before; date is null then
  date_earliest INTEGER,   -- first day the words allow, YYYYMMDD; of a range its beginning
  date_latest INTEGER,     -- last day the words allow; of a range its end
  date_start INTEGER,      -- first byte of the words that date it, in the document's text (UTF-8)
  date_end INTEGER,        -- one past their last byte
  place INTEGER REFERENCES places(id), -- where it happened
  place_start INTEGER,     -- first byte of the words that place it
  place_end INTEGER,       -- one past their last byte
  occasion_start INTEGER,  -- first byte of the words for the meeting at whose margins or in whose course it happened
  occasion_end INTEGER,    -- one past their last byte
  dead INTEGER,            -- people killed
  injured INTEGER,         -- people injured
  arrested INTEGER,        -- people arrested
  crowd INTEGER,           -- people gathered
  status INTEGER NOT NULL REFERENCES statuses(id), -- whether it happened
  speaker INTEGER REFERENCES speakers(id), -- who says so
  speaker_start INTEGER,   -- first byte of the words that attribute, in the document's text (UTF-8)
  speaker_end INTEGER,     -- one past their last byte
  confidence REAL NOT NULL, -- 0 to 1
  sentence INTEGER,        -- number of the sentence in the document, from 0
  sentence_start INTEGER,  -- first byte of the sentence in the document's text (UTF-8)
  sentence_end INTEGER,    -- one past its last byte
  trigger_start INTEGER,   -- first byte of the words that name the act
  trigger_end INTEGER,     -- one past their last byte
  ordinal INTEGER,         -- 3 in "the third meeting"
  words BLOB,              -- 32-bit hashes of the sentence's content words, to compare reports; null for imported events
  rule INTEGER REFERENCES rules(id), -- rule of the codebook that fired
  coder INTEGER NOT NULL REFERENCES coders(id), -- who coded it
  recorded INTEGER NOT NULL, -- batch that brought it
  superseded INTEGER         -- batch that put another in its place
);
CREATE INDEX reports_by_id ON reports(report_id);
CREATE INDEX reports_by_document ON reports(document);

CREATE TABLE report_participants (
  -- Actors and recipients of reports, in the order of the report; readable as view `event_participants`.
  report INTEGER NOT NULL REFERENCES reports(id), -- the report
  role INTEGER NOT NULL,     -- 0 actor, 1 recipient
  position INTEGER NOT NULL, -- place in the list, from 0
  entity INTEGER NOT NULL REFERENCES entities(id), -- who
  sector INTEGER REFERENCES sectors(id), -- sectors; null where there are none
  start INTEGER,             -- first byte of the words that name it, in the document's text (UTF-8)
  "end" INTEGER,             -- one past their last byte
  PRIMARY KEY (report, role, position)
) WITHOUT ROWID;

CREATE TABLE report_antecedents (
  -- What a participant's words go back to, where they are a pronoun, a surname or a description ("he").
  report INTEGER NOT NULL REFERENCES reports(id), -- the report
  role INTEGER NOT NULL,     -- 0 actor, 1 recipient
  position INTEGER NOT NULL, -- place in the list, from 0
  start INTEGER NOT NULL,    -- first byte of the antecedent's words, in the document's text (UTF-8)
  "end" INTEGER NOT NULL,    -- one past their last byte
  reason INTEGER NOT NULL REFERENCES reasons(id), -- why it is this antecedent
  PRIMARY KEY (report, role, position)
) WITHOUT ROWID;

CREATE TABLE occurrences (
  -- Happenings: reports of the same event merged; readable as view `events`. A change of the merging writes a new row
  -- and supersedes the old one.
  id INTEGER PRIMARY KEY,  -- number in this file
  first INTEGER NOT NULL REFERENCES reports(id), -- its first report in order of publication, which gives it its identifier
  best INTEGER NOT NULL REFERENCES reports(id),  -- the report that tells most, which gives it participants, type, mode and status
  date INTEGER,            -- most precise date of its reports, YYYYMMDD with 00 for what is unknown
  place INTEGER REFERENCES places(id), -- most precise place of its reports
  first_published INTEGER, -- first publication, YYYYMMDD
  last_published INTEGER,  -- last publication, YYYYMMDD
  reports INTEGER NOT NULL, -- number of reports
  sources INTEGER NOT NULL, -- number of documents that are not near-copies of each other
  publishers INTEGER NOT NULL, -- number of different publishers that are named
  recorded INTEGER NOT NULL, -- batch that brought it
  superseded INTEGER         -- batch that put another in its place
);

CREATE TABLE members (
  -- Which reports make up an occurrence, and why; readable as view `merges`.
  occurrence INTEGER NOT NULL REFERENCES occurrences(id), -- the occurrence
  report INTEGER NOT NULL REFERENCES reports(id), -- the report
  like_report INTEGER REFERENCES reports(id), -- the report it was found to be the same as; null for the first
  grounds TEXT,              -- why: what agreed
  PRIMARY KEY (occurrence, report)
) WITHOUT ROWID;
CREATE INDEX members_by_report ON members(report);

CREATE TABLE corrections (
  -- What persons decided. Nothing is taken away: an undone correction stays, with the one that undid it.
  id INTEGER PRIMARY KEY,  -- number in this file
  action TEXT NOT NULL,    -- merge, split, recode, reject or undo
  fields TEXT,             -- for recode: the new values, a JSON object
  undoes INTEGER REFERENCES corrections(id), -- for undo: which one
  reason TEXT NOT NULL,    -- why
  person TEXT NOT NULL,    -- who
  recorded INTEGER NOT NULL, -- batch that brought it
  superseded INTEGER         -- batch that undid it
);

CREATE TABLE correction_targets (
  -- The reports a correction speaks of, by their stable identifiers, so that it holds when a document is coded anew.
  correction INTEGER NOT NULL REFERENCES corrections(id), -- the correction
  part INTEGER NOT NULL,      -- merge, recode and reject: 0; split: 0 what is taken out, 1 what it is taken from
  report_id INTEGER NOT NULL, -- stable identifier of the report
  PRIMARY KEY (correction, part, report_id)
) WITHOUT ROWID;
CREATE INDEX corrections_of_report ON correction_targets(report_id);

CREATE TABLE diagnostics (
  -- What was odd about a document.
  id INTEGER PRIMARY KEY,  -- number in this file
  document INTEGER REFERENCES documents(id), -- the document; null where none could be read
  start INTEGER,           -- first byte it is about, in the document's text (UTF-8)
  "end" INTEGER,           -- one past its last byte
  message TEXT NOT NULL,   -- what was found
  recorded INTEGER NOT NULL -- batch that brought it
);

CREATE TABLE ties (
  -- Who was tied to whom by present occurrences: an index for dyads and panels, computed from the tables above and
  -- computed anew when occurrences change. One row for each actor and recipient; for an act of all actors, one for each
  -- ordered pair.
  a INTEGER NOT NULL,          -- code of the actor (codes.id); 0 where there is none
  b INTEGER NOT NULL,          -- code of the recipient; 0 where there is none
  date INTEGER NOT NULL,       -- YYYYMMDD as in occurrences; 0 where unknown
  occurrence INTEGER NOT NULL, -- the occurrence
  around INTEGER NOT NULL,     -- its date; where news has none, its first publication, before which it was; 0 where unknown
  event_type INTEGER NOT NULL, -- its type
  status INTEGER NOT NULL,     -- its status
  mutual INTEGER NOT NULL,     -- 1 for an act of all actors
  score REAL NOT NULL,         -- its score
  told INTEGER NOT NULL,       -- 1 where the report that tells most names both; 0 where only another one does
  PRIMARY KEY (a, b, date, occurrence)
) WITHOUT ROWID;
CREATE INDEX ties_of_occurrence ON ties(occurrence);

CREATE TABLE sources (
  -- Documents that are near-copies of others, with the source they count as; computed from `copies`. A document that is
  -- not here is a source of its own.
  document INTEGER PRIMARY KEY REFERENCES documents(id), -- the document
  source INTEGER NOT NULL -- key of the source: the lowest documents.key among the copies
);
CREATE INDEX documents_of_source ON sources(source);

CREATE TABLE shingles (
  -- The eight lowest hashes of each sketch: an index to find near-copies, computed from documents.sketch.
  hash INTEGER NOT NULL,     -- hash of a five-word sequence
  document INTEGER NOT NULL REFERENCES documents(id), -- document it stands in
  PRIMARY KEY (hash, document)
) WITHOUT ROWID;

CREATE INDEX documents_by_hash ON documents(hash) WHERE hash IS NOT NULL;

CREATE VIEW searchable AS
  -- What the full-text index is over: documents with a headline or a text.
  SELECT id, title, text FROM documents WHERE title IS NOT NULL OR text IS NOT NULL;

CREATE VIRTUAL TABLE documents_search USING fts5(
  title, text, content='searchable', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
);

CREATE VIEW articles AS
  -- Documents in readable form, without their text.
  SELECT d.id AS document, coalesce(d.document_id, lower(hex(d.hash))) AS document_id, d.title, p.name AS publisher,
    d.byline, CASE WHEN d.published IS NOT NULL THEN printf('%04d-%02d-%02d', d.published / 10000, d.published / 100 % 100, d.published % 100) END AS published,
    a.url, d.language, d.sentences, lower(hex(d.hash)) AS hash,
    (SELECT count(*) FROM reports r WHERE r.document = d.id AND r.superseded IS NULL) AS reports, d.recorded
  FROM documents d LEFT JOIN publishers p ON p.id = d.publisher LEFT JOIN addresses a ON a.id = d.address
  WHERE d.superseded IS NULL;

CREATE VIEW event_participants AS
  -- Actors and recipients of reports in readable form.
  SELECT rp.report, CASE rp.role WHEN 0 THEN 'actor' ELSE 'recipient' END AS role, rp.position, e.name, c.code,
    s.names AS sectors, e.wikidata,
    CAST(substr(CAST(d.text AS BLOB), rp.start + 1, rp."end" - rp.start) AS TEXT) AS words
  FROM report_participants rp JOIN entities e ON e.id = rp.entity LEFT JOIN codes c ON c.id = e.code
    LEFT JOIN sectors s ON s.id = rp.sector JOIN reports r ON r.id = rp.report LEFT JOIN documents d ON d.id = r.document;

CREATE VIEW event_reports AS
  -- Present reports in readable form, each with the sentence that says so.
  SELECT r.id AS report, printf('%016x', r.report_id) AS report_id,
    CASE WHEN r.date % 10000 = 0 THEN printf('%04d', r.date / 10000)
         WHEN r.date % 100 = 0 THEN printf('%04d-%02d', r.date / 10000, r.date / 100 % 100)
         WHEN r.date IS NOT NULL THEN printf('%04d-%02d-%02d', r.date / 10000, r.date / 100 % 100, r.date % 100) END AS date,
    t.name AS event_type, m.names AS event_mode, x.names AS contexts, r.cameo_code, q.name AS quad_class, r.score,
    (SELECT group_concat(name, '; ') FROM (SELECT e.name FROM report_participants rp JOIN entities e ON e.id = rp.entity WHERE rp.report = r.id AND rp.role = 0 ORDER BY rp.position)) AS actors,
    (SELECT group_concat(code, '; ') FROM (SELECT coalesce(c.code, '?') AS code FROM report_participants rp JOIN entities e ON e.id = rp.entity LEFT JOIN codes c ON c.id = e.code WHERE rp.report = r.id AND rp.role = 0 ORDER BY rp.position)) AS actor_codes,
    (SELECT group_concat(name, '; ') FROM (SELECT e.name FROM report_participants rp JOIN entities e ON e.id = rp.entity WHERE rp.report = r.id AND rp.role = 1 ORDER BY rp.position)) AS recipients,
    (SELECT group_concat(code, '; ') FROM (SELECT coalesce(c.code, '?') AS code FROM report_participants rp JOIN entities e ON e.id = rp.entity LEFT JOIN codes c ON c.id = e.code WHERE rp.report = r.id AND rp.role = 1 ORDER BY rp.position)) AS recipient_codes,
    pl.name AS place, pl.country, st.name AS status, r.dead, r.injured, r.arrested, r.crowd, sp.name AS speaker, r.confidence,
    CAST(substr(CAST(d.text AS BLOB), r.sentence_start + 1, r.sentence_end - r.sentence_start) AS TEXT) AS sentence,
    CAST(substr(CAST(d.text AS BLOB), r.trigger_start + 1, r.trigger_end - r.trigger_start) AS TEXT) AS trigger,
    d.title, pb.name AS publisher,
    CASE WHEN d.published IS NOT NULL THEN printf('%04d-%02d-%02d', d.published / 10000, d.published / 100 % 100, d.published % 100) END AS published,
    a.url, r.document, ru.name AS rule, co.name AS coder, r.recorded
  FROM reports r JOIN event_types t ON t.id = r.event_type JOIN quad_classes q ON q.id = t.quad_class
    JOIN statuses st ON st.id = r.status LEFT JOIN modes m ON m.id = r.mode LEFT JOIN contexts x ON x.id = r.context
    LEFT JOIN places pl ON pl.id = r.place LEFT JOIN speakers sp ON sp.id = r.speaker
    LEFT JOIN documents d ON d.id = r.document LEFT JOIN publishers pb ON pb.id = d.publisher
    LEFT JOIN addresses a ON a.id = d.address LEFT JOIN rules ru ON ru.id = r.rule JOIN coders co ON co.id = r.coder
  WHERE r.superseded IS NULL;

CREATE VIEW events AS
  -- Present occurrences in readable form: the columns of the report that tells most, with what all reports together say.
  SELECT o.id AS occurrence, (SELECT printf('%016x', f.report_id) FROM reports f WHERE f.id = o.first) AS occurrence_id,
    CASE WHEN o.date % 10000 = 0 THEN printf('%04d', o.date / 10000)
         WHEN o.date % 100 = 0 THEN printf('%04d-%02d', o.date / 10000, o.date / 100 % 100)
         WHEN o.date IS NOT NULL THEN printf('%04d-%02d-%02d', o.date / 10000, o.date / 100 % 100, o.date % 100) END AS date,
    r.event_type, r.event_mode, r.contexts, r.cameo_code, r.quad_class, r.score, r.actors, r.actor_codes, r.recipients,
    r.recipient_codes, pl.name AS place, pl.country, r.status, r.dead, r.injured, r.arrested, r.crowd, r.confidence,
    r.sentence, o.reports, o.sources, o.publishers,
    CASE WHEN o.first_published IS NOT NULL THEN printf('%04d-%02d-%02d', o.first_published / 10000, o.first_published / 100 % 100, o.first_published % 100) END AS first_published,
    CASE WHEN o.last_published IS NOT NULL THEN printf('%04d-%02d-%02d', o.last_published / 10000, o.last_published / 100 % 100, o.last_published % 100) END AS last_published,
    r.title, r.publisher, r.url, o.recorded
  FROM occurrences o JOIN event_reports r ON r.report = o.best LEFT JOIN places pl ON pl.id = o.place
  WHERE o.superseded IS NULL;

CREATE VIEW dyads AS
  -- Present occurrences by actor and recipient; an act of all actors stands here once for each direction.
  SELECT a.code AS actor, b.code AS recipient, t.date AS yyyymmdd, t.around, e.name AS event_type, q.name AS quad_class,
    s.name AS status, t.mutual, t.score, t.occurrence
  FROM ties t JOIN codes a ON a.id = t.a JOIN codes b ON b.id = t.b JOIN event_types e ON e.id = t.event_type
    JOIN quad_classes q ON q.id = e.quad_class JOIN statuses s ON s.id = t.status
  WHERE t.told = 1;

CREATE VIEW merges AS
  -- Why the reports of present occurrences were taken for the same happening.
  SELECT m.occurrence, printf('%016x', r.report_id) AS report_id,
    (SELECT printf('%016x', l.report_id) FROM reports l WHERE l.id = m.like_report) AS like_report, m.grounds
  FROM members m JOIN occurrences o ON o.id = m.occurrence JOIN reports r ON r.id = m.report
  WHERE o.superseded IS NULL AND o.reports > 1;

CREATE TRIGGER batches_stay BEFORE UPDATE ON batches BEGIN SELECT RAISE(ABORT, 'a record is never overwritten'); END;
CREATE TRIGGER batches_remain BEFORE DELETE ON batches BEGIN SELECT RAISE(ABORT, 'a record is never overwritten'); END;
CREATE TRIGGER documents_stay BEFORE UPDATE ON documents WHEN OLD.superseded IS NOT NULL OR NEW.superseded IS NULL BEGIN SELECT RAISE(ABORT, 'a record is never overwritten'); END;
CREATE TRIGGER documents_remain BEFORE DELETE ON documents BEGIN SELECT RAISE(ABORT, 'a record is never overwritten'); END;
CREATE TRIGGER reports_stay BEFORE UPDATE ON reports WHEN OLD.superseded IS NOT NULL OR NEW.superseded IS NULL BEGIN SELECT RAISE(ABORT, 'a record is never overwritten'); END;
CREATE TRIGGER reports_remain BEFORE DELETE ON reports BEGIN SELECT RAISE(ABORT, 'a record is never overwritten'); END;
CREATE TRIGGER occurrences_stay BEFORE UPDATE ON occurrences WHEN OLD.superseded IS NOT NULL OR NEW.superseded IS NULL BEGIN SELECT RAISE(ABORT, 'a record is never overwritten'); END;
CREATE TRIGGER occurrences_remain BEFORE DELETE ON occurrences BEGIN SELECT RAISE(ABORT, 'a record is never overwritten'); END;
CREATE TRIGGER corrections_stay BEFORE UPDATE ON corrections WHEN OLD.superseded IS NOT NULL OR NEW.superseded IS NULL BEGIN SELECT RAISE(ABORT, 'a record is never overwritten'); END;
CREATE TRIGGER corrections_remain BEFORE DELETE ON corrections BEGIN SELECT RAISE(ABORT, 'a record is never overwritten'); END;
