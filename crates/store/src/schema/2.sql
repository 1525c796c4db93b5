CREATE TABLE phrases (
  -- Words of reports whose document's text is not kept: what names the act, what names the occasion. No sentences.
  id INTEGER PRIMARY KEY,   -- small number
  name TEXT NOT NULL UNIQUE -- the words
);

CREATE TABLE report_details (
  -- What only some reports have. A report that is not here has none of it.
  report INTEGER PRIMARY KEY REFERENCES reports(id), -- the report
  party INTEGER,   -- the side that the speaker belongs to, whose claim the report then is: 0 actor, 1 recipient
  trigger_words INTEGER REFERENCES phrases(id), -- words that name the act, where the text is not kept
  occasion_words INTEGER REFERENCES phrases(id) -- words for the occasion, where the text is not kept
);

CREATE TABLE report_counts (
  -- The numbers of people that a report gives, one row each, with the bounds that its words set. `reports` has their sums.
  report INTEGER NOT NULL REFERENCES reports(id), -- the report
  position INTEGER NOT NULL, -- place in the order of the text, from 0
  what INTEGER NOT NULL,     -- what is counted: 0 dead, 1 injured, 2 arrested, 3 crowd
  number INTEGER,            -- the one number that is named; null for a range and for "dozens"
  low INTEGER,               -- the least it can be by its words; null where they do not say
  high INTEGER,              -- the most it can be by its words
  start INTEGER,             -- first byte of the words, in the document's text (UTF-8)
  "end" INTEGER,             -- one past their last byte
  PRIMARY KEY (report, position)
) WITHOUT ROWID;

CREATE TABLE silent (
  -- Documents that were read and told of no event, where an imported record gives only their number.
  id INTEGER PRIMARY KEY,     -- number in this file
  month INTEGER,              -- month of publication, YYYYMM; null where unknown
  documents INTEGER NOT NULL, -- their number
  key INTEGER NOT NULL UNIQUE, -- hash of the imported file's own statement: what makes importing again a no-op
  recorded INTEGER NOT NULL   -- batch that brought it
);

CREATE TABLE coverage (
  -- Documents, reports and sources by code, publisher and month: an index computed from the tables above, so that a zero in a
  -- series can be told from silence without reading every report.
  code INTEGER NOT NULL,      -- code of the state or organisation (codes.id) that reports are about; 0: all documents
  publisher INTEGER NOT NULL, -- publishers.id; 0 where unknown
  month INTEGER NOT NULL,     -- month of publication, YYYYMM; for events without a document that of the event; 0 where unknown
  documents INTEGER NOT NULL, -- documents with present reports about the code; with code 0 all that were read
  reports INTEGER NOT NULL,   -- present reports about the code, of every status
  sources INTEGER NOT NULL,   -- those of the documents that are not near-copies of each other
  PRIMARY KEY (code, publisher, month)
) WITHOUT ROWID;

CREATE TABLE near (
  -- Reports of coded texts by what they are looked for when others that may tell of the same are sought: an index computed from
  -- `reports`.
  key INTEGER NOT NULL,        -- code of a participant (codes.id); below 0 a hash of an unresolved name or of a town's
  event_type INTEGER NOT NULL, -- type
  day INTEGER NOT NULL,        -- day of the event, else of publication, YYYYMMDD
  report INTEGER NOT NULL REFERENCES reports(id), -- the report
  PRIMARY KEY (key, event_type, day, report)
) WITHOUT ROWID;

DROP VIEW events;
DROP VIEW event_reports;

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
    coalesce(CAST(substr(CAST(d.text AS BLOB), r.trigger_start + 1, r.trigger_end - r.trigger_start) AS TEXT), ph.name) AS trigger,
    d.title, pb.name AS publisher,
    CASE WHEN d.published IS NOT NULL THEN printf('%04d-%02d-%02d', d.published / 10000, d.published / 100 % 100, d.published % 100) END AS published,
    a.url, r.document, ru.name AS rule, co.name AS coder, r.recorded
  FROM reports r JOIN event_types t ON t.id = r.event_type JOIN quad_classes q ON q.id = t.quad_class
    JOIN statuses st ON st.id = r.status LEFT JOIN modes m ON m.id = r.mode LEFT JOIN contexts x ON x.id = r.context
    LEFT JOIN places pl ON pl.id = r.place LEFT JOIN speakers sp ON sp.id = r.speaker
    LEFT JOIN documents d ON d.id = r.document LEFT JOIN publishers pb ON pb.id = d.publisher
    LEFT JOIN addresses a ON a.id = d.address LEFT JOIN rules ru ON ru.id = r.rule
    LEFT JOIN report_details de ON de.report = r.id LEFT JOIN phrases ph ON ph.id = de.trigger_words JOIN coders co ON co.id = r.coder
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
