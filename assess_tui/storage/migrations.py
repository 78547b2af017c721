"""How the record gets its shape: numbered steps. One that has been released is never edited; a new one is added.

Rows of the guarded tables are only ever added. `Table.transform()` drops triggers, so every step ends with `guard(db)`,
and `connect` asserts that the guards stand each time the record is opened.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import sqlcipher3

# sqlite_utils catches the exceptions of the driver it finds under this name; sqlcipher3's are not sqlite3's.
sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", sqlcipher3.dbapi2)

from sqlite_utils import Database, Migrations  # noqa: E402

from assess_tui.storage.audit import adopt  # noqa: E402
from assess_tui.storage.shape import AUDITED, GUARDED, MIGRATION_SET, STEPS, guards  # noqa: E402

if TYPE_CHECKING:
    from sqlite3 import Connection

migrations = Migrations(MIGRATION_SET)


def migrate(connection: Connection) -> None:
    """Bring the record to its latest shape; a step that fails is undone whole."""
    migrations.apply(Database(connection, execute_plugins=False))


def shape_after(steps: Sequence[str]) -> dict[str, str]:
    """What these steps make of an empty record: name -> the statement that makes it."""
    later = next((one for one in STEPS if one not in steps), None)
    db = Database(memory=True)
    migrations.apply(db, stop_before=later)
    return objects(db.conn)


def objects(db: Connection) -> dict[str, str]:
    """Every table, index, view and trigger of a record: kind and name -> the statement that makes it."""
    sql = "SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE '%sqlite%'"
    return dict(db.execute(sql).fetchall())


_TABLES = (
    # The exact definitions a visit was taken with: JSON, deflated.
    """CREATE TABLE library (
        digest TEXT PRIMARY KEY, version TEXT NOT NULL, body BLOB NOT NULL, at TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE patient (id TEXT PRIMARY KEY, site TEXT NOT NULL, at TEXT NOT NULL) STRICT""",
    """CREATE TABLE patient_detail (
        id TEXT PRIMARY KEY,
        patient TEXT NOT NULL REFERENCES patient(id),
        code TEXT NOT NULL CHECK (code <> ''),
        family_name TEXT NOT NULL,
        given_name TEXT NOT NULL,
        birth_date TEXT NOT NULL CHECK (birth_date IS date(birth_date)),
        sex TEXT NOT NULL CHECK (sex IN ('F', 'M', 'X')),
        at TEXT NOT NULL,
        supersedes TEXT REFERENCES patient_detail(id),
        why TEXT NOT NULL DEFAULT ''
    ) STRICT""",
    """CREATE TABLE visit (
        id TEXT PRIMARY KEY,
        patient TEXT NOT NULL REFERENCES patient(id),
        site TEXT NOT NULL,
        started TEXT NOT NULL,
        clinician TEXT NOT NULL,
        library TEXT NOT NULL REFERENCES library(digest)
    ) STRICT""",
    """CREATE TABLE measurement (
        id TEXT PRIMARY KEY,
        visit TEXT NOT NULL REFERENCES visit(id),
        test TEXT NOT NULL,
        side TEXT NOT NULL,
        field TEXT NOT NULL,
        value TEXT CHECK (value IS NULL OR json_valid(value)),
        unit TEXT NOT NULL DEFAULT '',
        absent TEXT CHECK (absent IN ('not_tested', 'pain', 'refused', 'contraindicated')),
        note TEXT NOT NULL DEFAULT '',
        at TEXT NOT NULL,
        clinician TEXT NOT NULL,
        supersedes TEXT REFERENCES measurement(id),
        why TEXT NOT NULL DEFAULT ''
    ) STRICT""",
    """CREATE TABLE visit_event (
        id TEXT PRIMARY KEY,
        visit TEXT NOT NULL REFERENCES visit(id),
        kind TEXT NOT NULL,
        detail TEXT NOT NULL DEFAULT '',
        at TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE plan (
        id TEXT PRIMARY KEY,
        visit TEXT NOT NULL REFERENCES visit(id),
        version INTEGER NOT NULL,
        body TEXT NOT NULL CHECK (json_valid(body)),
        clinician TEXT NOT NULL,
        at TEXT NOT NULL,
        UNIQUE (visit, version)
    ) STRICT""",
    """CREATE TABLE document (
        id TEXT PRIMARY KEY,
        visit TEXT NOT NULL REFERENCES visit(id),
        kind TEXT NOT NULL,
        options TEXT NOT NULL CHECK (json_valid(options)),
        sha256 TEXT NOT NULL,
        file_name TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE setting (
        key TEXT PRIMARY KEY, value TEXT NOT NULL CHECK (json_valid(value)), at TEXT NOT NULL
    ) STRICT""",
    # Derived from the tables above; may be emptied and filled again at any time. `keys` holds all keys of the patient,
    # each with a space before it, so that the other words of a search are looked up in the row itself.
    """CREATE TABLE patient_search (
        key TEXT NOT NULL, patient TEXT NOT NULL REFERENCES patient(id), keys TEXT NOT NULL, PRIMARY KEY (key, patient)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE visit_open (visit TEXT PRIMARY KEY REFERENCES visit(id)) STRICT""",
)

_INDEXES = (
    "CREATE INDEX patient_detail_patient ON patient_detail(patient)",
    "CREATE INDEX patient_detail_code ON patient_detail(code)",
    "CREATE INDEX patient_detail_birth_date ON patient_detail(birth_date)",
    "CREATE INDEX patient_detail_supersedes ON patient_detail(supersedes) WHERE supersedes IS NOT NULL",
    "CREATE INDEX patient_search_patient ON patient_search(patient)",
    "CREATE INDEX visit_patient ON visit(patient, started, id)",
    "CREATE INDEX visit_started ON visit(started, id)",
    "CREATE INDEX measurement_visit ON measurement(visit, id)",
    "CREATE INDEX measurement_supersedes ON measurement(supersedes) WHERE supersedes IS NOT NULL",
    "CREATE INDEX visit_event_visit ON visit_event(visit, kind, id)",
    "CREATE INDEX document_visit ON document(visit, id)",
)

_VIEWS = (
    """CREATE VIEW current_measurement AS
        SELECT * FROM measurement AS row
        WHERE (value IS NOT NULL OR absent IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM measurement AS later WHERE later.supersedes = row.id)""",
    """CREATE VIEW current_patient AS
        SELECT * FROM patient_detail AS row
        WHERE NOT EXISTS (SELECT 1 FROM patient_detail AS later WHERE later.supersedes = row.id)""",
)

_DERIVING = (
    """CREATE TRIGGER visit_opened AFTER INSERT ON visit
        BEGIN INSERT INTO visit_open VALUES (NEW.id); END""",
    """CREATE TRIGGER visit_finished AFTER INSERT ON visit_event WHEN NEW.kind = 'finished'
        BEGIN DELETE FROM visit_open WHERE visit = NEW.visit; END""",
)


def guard(db: Database) -> None:
    """Put every guard in place that is missing, on the tables there are by now."""
    tables, triggers = _named(db, "table"), _named(db, "trigger")
    for name, statement in guards(table for table in GUARDED if table in tables).items():
        if name not in triggers:
            db.execute(statement)


def _named(db: Database, kind: str) -> set[str]:
    return {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = ?", [kind])}


@migrations(name="0001_record")
def m0001_record(db: Database) -> None:
    """The first record."""
    for statement in (*_TABLES, *_INDEXES, *_VIEWS, *_DERIVING):
        db.execute(statement)
    guard(db)


_COURSE = (
    # What measures, as it was known at each moment; `device` is the id of its first row.
    """CREATE TABLE device (
        id TEXT PRIMARY KEY,
        device TEXT NOT NULL REFERENCES device(id),
        site TEXT NOT NULL,
        kind TEXT NOT NULL,
        name TEXT NOT NULL CHECK (name <> ''),
        checked TEXT CHECK (checked IS NULL OR checked IS date(checked)),
        in_use INTEGER NOT NULL CHECK (in_use IN (0, 1)),
        at TEXT NOT NULL,
        clinician TEXT NOT NULL,
        supersedes TEXT REFERENCES device(id)
    ) STRICT""",
    "CREATE INDEX device_supersedes ON device(supersedes) WHERE supersedes IS NOT NULL",
    """CREATE VIEW current_device AS
        SELECT * FROM device AS row
        WHERE NOT EXISTS (SELECT 1 FROM device AS later WHERE later.supersedes = row.id)""",
    "ALTER TABLE measurement ADD COLUMN device TEXT REFERENCES device(id)",
    # What a second rater read is a handful among a million rows.
    "CREATE INDEX measurement_second ON measurement(test, visit) WHERE field = 'second'",
    # Plans a clinic starts from, by name; no body takes the template out of use.
    """CREATE TABLE template (
        id TEXT PRIMARY KEY,
        template TEXT NOT NULL REFERENCES template(id),
        site TEXT NOT NULL,
        name TEXT NOT NULL CHECK (name <> ''),
        body TEXT CHECK (body IS NULL OR json_valid(body)),
        at TEXT NOT NULL,
        clinician TEXT NOT NULL,
        supersedes TEXT REFERENCES template(id)
    ) STRICT""",
    "CREATE INDEX template_supersedes ON template(supersedes) WHERE supersedes IS NOT NULL",
    """CREATE VIEW current_template AS
        SELECT * FROM template AS row
        WHERE NOT EXISTS (SELECT 1 FROM template AS later WHERE later.supersedes = row.id)""",
    # The very bytes that were handed over, so that last year's sheet prints the same.
    "CREATE TABLE paper (document TEXT PRIMARY KEY REFERENCES document(id), body BLOB NOT NULL) STRICT",
)


@migrations(name="0002_course")
def m0002_course(db: Database) -> None:
    """What a course of visits needs: devices, templates of plans, and the papers as they were handed over."""
    for statement in _COURSE:
        db.execute(statement)
    guard(db)


_AUDIT = (
    # Who did what and when. The hash of an entry covers the one before it; see `audit`.
    """CREATE TABLE audit (
        id TEXT PRIMARY KEY,
        site TEXT NOT NULL,
        number INTEGER NOT NULL CHECK (number > 0),
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        action TEXT NOT NULL CHECK (action <> ''),
        about TEXT NOT NULL,
        subject TEXT NOT NULL,
        digest TEXT NOT NULL,
        previous TEXT NOT NULL,
        hash TEXT NOT NULL,
        UNIQUE (site, number)
    ) STRICT""",
    "CREATE INDEX audit_subject ON audit(subject, about)",
)


@migrations(name="0003_audit")
def m0003_audit(db: Database) -> None:
    """The audit, with every row there was before it."""
    for statement in _AUDIT:
        db.execute(statement)
    present = _named(db, "table")
    for table in (one for one in AUDITED if one in present):
        adopt(db.conn, table)
    guard(db)


_UNION = (
    # Two copies of a record may both have kept a version 2: once they are one record, both are there.
    """CREATE TABLE plan_kept (
        id TEXT PRIMARY KEY,
        visit TEXT NOT NULL REFERENCES visit(id),
        version INTEGER NOT NULL,
        body TEXT NOT NULL CHECK (json_valid(body)),
        clinician TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT""",
    "INSERT INTO plan_kept SELECT id, visit, version, body, clinician, at FROM plan",
    "DROP TABLE plan",
    "ALTER TABLE plan_kept RENAME TO plan",
    "CREATE INDEX plan_visit ON plan(visit, version, id)",
)


@migrations(name="0004_union")
def m0004_union(db: Database) -> None:
    """A visit's plans no longer have to differ in their number."""
    for statement in _UNION:
        db.execute(statement)
    guard(db)


_PERSON = (
    # Which records of patients are of one person (`one` 1) or of two again (0): of each pair, the last row counts.
    """CREATE TABLE patient_union (
        id TEXT PRIMARY KEY,
        kept TEXT NOT NULL REFERENCES patient(id),
        other TEXT NOT NULL REFERENCES patient(id),
        one INTEGER NOT NULL CHECK (one IN (0, 1)),
        why TEXT NOT NULL CHECK (why <> ''),
        site TEXT NOT NULL,
        at TEXT NOT NULL,
        clinician TEXT NOT NULL,
        CHECK (kept <> other)
    ) STRICT""",
    # Derived from it: everybody with more than one record, each record with the one the person goes by.
    """CREATE TABLE person (
        patient TEXT PRIMARY KEY REFERENCES patient(id), head TEXT NOT NULL REFERENCES patient(id)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX person_head ON person(head)",
    # Who was erased: the keys of their rows by table, and nothing that stood in them.
    """CREATE TABLE erasure (
        id TEXT PRIMARY KEY,
        held TEXT NOT NULL CHECK (json_valid(held)),
        why TEXT NOT NULL CHECK (why <> ''),
        site TEXT NOT NULL,
        at TEXT NOT NULL,
        clinician TEXT NOT NULL
    ) STRICT""",
)


@migrations(name="0005_person")
def m0005_person(db: Database) -> None:
    """Two records of one person can be read as one; a patient can be erased."""
    for statement in _PERSON:
        db.execute(statement)
    guard(db)


@migrations(name="0006_salt")
def m0006_salt(db: Database) -> None:
    """Who a patient is has a random salt, so that the digest which outlives an erasure confirms no guess."""
    db.execute("ALTER TABLE patient_detail ADD COLUMN salt TEXT")
    guard(db)
