"""What a record must look like. Kept apart from the migrations, which load much more than reading a record needs."""

from __future__ import annotations

from collections.abc import Iterable

APPLICATION_ID = 0x41545549
"""Marks the file as ours ("ATUI"), so that another program's database is never taken for a record."""
MIGRATION_SET = "assess_tui"
STEPS = ("0001_record", "0002_course", "0003_audit", "0004_union", "0005_person", "0006_salt")
"""The names of all migrations, in order."""
AUDITED = (
    "library",
    "patient",
    "patient_detail",
    "visit",
    "measurement",
    "visit_event",
    "plan",
    "document",
    "paper",
    "device",
    "template",
    "patient_union",
    "erasure",
)
"""Tables whose every row has an entry in the audit."""
GUARDED = (*AUDITED, "audit")
"""Tables whose rows are only ever added."""
_KEYS = {"library": "digest", "paper": "document"}


def key_of(table: str) -> str:
    """The column that names a row of the table."""
    return _KEYS.get(table, "id")


def guards(tables: Iterable[str] = GUARDED) -> dict[str, str]:
    """Trigger name -> the statement that makes it: no row of a guarded table is changed or deleted."""
    return {
        f"{table}_no_{action.lower()}": (
            f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END"
        )
        for table in tables
        for action in ("UPDATE", "DELETE")
    }
