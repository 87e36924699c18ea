-- What a person chose about the journal itself. One row.
CREATE TABLE choices (
  one       INTEGER PRIMARY KEY CHECK (one = 1),
  is_on     INTEGER NOT NULL,
  code_name TEXT NOT NULL,
  check_in  TEXT NOT NULL
) STRICT;
INSERT INTO choices VALUES (1, 0, '', 'never');

-- One session that was practised.
CREATE TABLE entries (
  id        TEXT PRIMARY KEY, -- the session's
  began     INTEGER NOT NULL, -- milliseconds since 1970
  zone      INTEGER NOT NULL, -- minutes east of UTC, where it was practised
  code_name TEXT NOT NULL,
  script    TEXT NOT NULL,
  title     TEXT NOT NULL,
  language  TEXT NOT NULL,
  kind      TEXT NOT NULL,
  planned   INTEGER NOT NULL, -- milliseconds
  practised INTEGER NOT NULL, -- milliseconds that were really played
  pauses    INTEGER NOT NULL,
  ended     TEXT NOT NULL,    -- 'finished', 'by choice' or ''
  anchor    TEXT NOT NULL,
  pattern   TEXT NOT NULL,
  pace      REAL NOT NULL,    -- breaths a minute, 0 where none was led
  left_out  TEXT NOT NULL,    -- 'chest, sole.left'
  note      TEXT NOT NULL
) STRICT;
CREATE INDEX entries_began ON entries (began, id);

-- What a person noted of themselves, before or after.
CREATE TABLE check_ins (
  entry    TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
  moment   TEXT NOT NULL CHECK (moment IN ('before', 'after')),
  comfort  INTEGER,
  tension  INTEGER,
  distress INTEGER,
  body     TEXT NOT NULL, -- 'palm.left: warm, heavy; sole: numb'
  feelings TEXT NOT NULL, -- 'calm, tired'
  note     TEXT NOT NULL,
  PRIMARY KEY (entry, moment)
) STRICT, WITHOUT ROWID;
