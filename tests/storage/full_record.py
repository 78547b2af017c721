"""A record with a row in every table that is audited, and hands that change its file behind its back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from assess_tui.session import VisitSession
from assess_tui.storage.ids import Ids
from assess_tui.storage.record import Record
from protocols.case import Wanted
from protocols.model import Library
from protocols.visit import Cell, Visit


def session_of(record: Record, visit: Visit, library: Library, new_id: Ids) -> VisitSession:
    return VisitSession(record, visit, library, record.now, new_id, "M. Vogel")


def entries(folder: Path) -> list[dict[str, object]]:
    with sqlite3.connect(folder / "clinic.db") as raw:
        raw.row_factory = sqlite3.Row
        return [dict(row) for row in raw.execute("SELECT * FROM audit ORDER BY site, number")]


def everything(record: Record, visit: Visit, library: Library, new_id: Ids) -> None:
    """A row in every table that is audited."""
    session = session_of(record, visit, library, new_id)
    session.put(Cell("hip_ir_supine", "left"), Decimal("32.50"))
    session.put(Cell("hip_ir_supine", "left"), Decimal(33), note='schräg \u2028 \x7f " \\ 陳')
    session.withdraw(Cell("hip_ir_supine", "left"), "wrong side")
    session.save_plan(session.assessment().plan)
    record.add_document(visit.id, "handout", {"size": 14}, "a.pdf", b"%PDF\x00\xff")
    device = record.register_device("goniometer", "long arm", clinician="M. Vogel")
    record.revise_device(device.__class__(id=device.id, kind=device.kind, name="short arm"), "M. Vogel")
    template = record.save_template("hips", [Wanted(card="A03")], "M. Vogel")
    record.drop_template(template.id, "M. Vogel")
    session.finish()


def tamper(path: Path, statements: Iterable[str]) -> None:
    """Change the file as somebody would who knows SQL: off with the guards, the change, on with the guards again."""
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA ignore_check_constraints = ON")
        guards = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            raw.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            raw.execute(statement)
        for _, sql in guards:
            raw.execute(sql)
    raw.close()
