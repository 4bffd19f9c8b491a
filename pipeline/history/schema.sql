-- The ledger. A change of it is a new block «-- version N» at the end: what is above it is never edited.

-- version 1
-- Everything that changes the ledger is an event; rows carry the event with which they came.
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,                  -- local time, ISO 8601 to the second
    kind TEXT NOT NULL CHECK (kind IN ('run', 'close', 'reopen', 'accept')),
    reason TEXT NOT NULL DEFAULT ''
) STRICT;

-- A file with the content that it had.
CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    event INTEGER NOT NULL REFERENCES event,
    file TEXT NOT NULL,                -- relative to the input folder
    sha256 TEXT NOT NULL,
    UNIQUE (file, sha256)
) STRICT;

-- What forms state, where it is other than they stated before; value NULL: they no longer state a figure.
CREATE TABLE statement (
    id INTEGER PRIMARY KEY,
    event INTEGER NOT NULL REFERENCES event,
    year INTEGER NOT NULL,
    unit TEXT NOT NULL,
    indicator TEXT NOT NULL,
    month INTEGER NOT NULL,
    measure TEXT NOT NULL CHECK (measure IN ('planned', 'actual')),
    value REAL,
    source INTEGER REFERENCES source,
    sheet TEXT NOT NULL DEFAULT '',
    cell TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX statement_of_figure ON statement (year, unit, indicator, month, measure, id);

-- The plan's workbook as it stood.
CREATE TABLE plan (
    sha256 TEXT PRIMARY KEY,
    event INTEGER NOT NULL REFERENCES event,
    year INTEGER NOT NULL,
    file TEXT NOT NULL,
    content BLOB NOT NULL
) STRICT;

-- A closed month with all that its report is made from; the months before it since the previous closing too.
CREATE TABLE closing (
    event INTEGER PRIMARY KEY REFERENCES event,
    year INTEGER NOT NULL,
    month INTEGER NOT NULL,
    plan TEXT NOT NULL REFERENCES plan,
    snapshot BLOB NOT NULL,            -- JSON, zlib
    reopened INTEGER REFERENCES event
) STRICT;

-- Accepted corrections of closed months; void once the month is opened again.
CREATE TABLE correction (
    id INTEGER PRIMARY KEY,
    event INTEGER NOT NULL REFERENCES event,
    year INTEGER NOT NULL,
    unit TEXT NOT NULL,
    indicator TEXT NOT NULL,
    month INTEGER NOT NULL,
    measure TEXT NOT NULL CHECK (measure IN ('planned', 'actual')),
    old REAL,
    new REAL,
    file TEXT NOT NULL,
    sheet TEXT NOT NULL,
    cell TEXT NOT NULL,
    void INTEGER REFERENCES event
) STRICT;

-- When a unit's month was first seen complete, and whether it was seen incomplete after the day due.
CREATE TABLE handed_in (
    year INTEGER NOT NULL,
    month INTEGER NOT NULL,
    unit TEXT NOT NULL,
    complete TEXT,
    overdue TEXT,
    PRIMARY KEY (year, month, unit)
) STRICT;

-- Reports, where one is other than the last of its period.
CREATE TABLE report (
    id INTEGER PRIMARY KEY,
    event INTEGER NOT NULL REFERENCES event,
    period TEXT NOT NULL,
    path TEXT NOT NULL,                -- its folder and file name
    sha256 TEXT NOT NULL,
    plan TEXT NOT NULL REFERENCES plan,
    basis INTEGER NOT NULL             -- the last event of which its figures know
) STRICT;

-- version 2
-- A mark of what each unit's forms stated last: who states the same need not be compared figure by figure. Either empty
-- or complete.
CREATE TABLE stated (
    year INTEGER NOT NULL,
    unit TEXT NOT NULL,
    mark TEXT NOT NULL,
    PRIMARY KEY (year, unit)
) STRICT;

-- version 3
-- All that a form newly stated in a run. What was stated before this version stays in `statement`, a row a figure.
CREATE TABLE said (
    id INTEGER PRIMARY KEY,
    event INTEGER NOT NULL REFERENCES event,
    year INTEGER NOT NULL,
    unit TEXT NOT NULL,
    source INTEGER REFERENCES source,
    places BLOB NOT NULL,              -- columns: indicator, month, measure, sheet, cell; JSON, zlib
    figures BLOB NOT NULL              -- one for each place, null: no longer stated; JSON, zlib
) STRICT;
CREATE INDEX said_of_unit ON said (year, unit);
