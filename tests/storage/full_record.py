"""A record with a row in every table that is audited, and hands that change its file behind its back."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from assess_tui.storage.ids import Ids
from assess_tui.storage.record import Record
from assess_tui.visit.session import VisitSession
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
    parted_again(record, visit, new_id)
    session.finish()


def parted_again(record: Record, visit: Visit, new_id: Ids) -> None:
    """Taken for one person with somebody, and no more; and somebody else was erased on another laptop."""
    born = dt.date(1992, 3, 4)
    other = record.add_patient(family_name="Ruiz", given_name="Ana", birth_date=born, sex="F")
    for one in (True, False):
        record.say_one(visit.patient.id, other.id, one=one, why="one birth date", who="M. Vogel")
    held = f'{{"patient":["{new_id()}"]}}'
    made = {"id": new_id(), "site": "there", "at": record.now().isoformat(), "clinician": "K. Nowak"}
    record._add("erasure", held=held, why="asked for it", **made)


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
