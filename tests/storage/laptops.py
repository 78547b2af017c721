"""Records that are filled by hand, each with a clock and ids of its own: two laptops of one clinic."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

from assess_tui.commands.taking_in import store_export
from assess_tui.storage import export_file
from assess_tui.storage.exchange import Taken
from assess_tui.storage.ids import Ids
from assess_tui.storage.record import Record, open_record
from assess_tui.storage.rows import Scope
from protocols.case import Wanted
from protocols.library import load
from protocols.model import Library
from protocols.visit import Cell, Measurement, Value

MORNING = dt.datetime(2026, 11, 1, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))
FIRST_MS = 1_793_520_000_000
LIBRARY: Library = load()
VALUES: tuple[Value, ...] = (
    Decimal("-3"),
    Decimal("24.0"),
    Decimal("-0.50"),
    Decimal("1E+2"),
    Decimal("0.1000000000000000000001"),
)
CELLS = (
    Cell("pelvic_tilt", "left"),
    Cell("mtt_hip_ext", "right"),
    Cell("sls_eo", "left", "trial.1"),
    Cell("hip_ir_supine", "left", "pain"),
)
NAMES = ("Łoś", 'O"Brien', "=cmd()", "陳", "von \\ der {Tann}", "عائشة", "]},\n", "é" * 40)


class Laptop:
    """One record and what is done on it, each deed by a number."""

    def __init__(self, folder: Path, number: int) -> None:
        seconds = count(number * 1000)
        ids = Ids(lambda: FIRST_MS, random.Random(number).getrandbits)  # noqa: S311  # the same each time, nothing secret
        self.record: Record = open_record(folder, lambda: MORNING + dt.timedelta(seconds=next(seconds)), ids)

    def do(self, deed: int, which: int) -> None:
        """One of the things that are done on a laptop; nothing where there is nothing to do it to."""
        deeds: tuple[Callable[[int], object], ...] = (
            self.patient, self.visit, self.value, self.value, self.withdrawn, self.revised, self.event,
            self.plan, self.paper, self.device, self.template,
        )  # fmt: skip
        deeds[deed % len(deeds)](which)

    # -- deeds ---------------------------------------------------------------------------------------------------------

    def patient(self, which: int) -> object:
        name = NAMES[which % len(NAMES)]
        return self.record.add_patient(
            family_name=name,
            given_name=name[::-1],
            birth_date=dt.date(1950 + which % 60, 3, 4),
            sex="FMX"[which % 3],  # type: ignore[arg-type]  # one of these letters
        )

    def visit(self, which: int) -> object:
        patient = _pick(self._ids("patient"), which)
        return patient and self.record.open_visit(patient, NAMES[which % len(NAMES)], LIBRARY)

    def value(self, which: int) -> None:
        self._append(which, VALUES[which % len(VALUES)])

    def withdrawn(self, which: int) -> None:
        self._append(which, None)

    def _append(self, which: int, value: Value) -> None:
        visit = _pick(self._ids("visit"), which)
        if visit is None:
            return
        cell = CELLS[which % len(CELLS)]
        before = self.record.visit(visit).cells.get(cell)
        device = _pick([one.id for one in self.record.devices()], which)
        self.record.append(
            Measurement(
                id=self.record.new_id(),
                visit=visit,
                **cell._asdict(),
                value=value,
                note=NAMES[which % len(NAMES)] if which % 3 else "",
                at=self.record.now(),
                clinician="M. Vogel",
                supersedes=before.id if before else None,
                why="corrected" if before else "",
                device=device if value is not None else None,
            )
        )

    def revised(self, which: int) -> None:
        patient = _pick(self._ids("patient"), which)
        if patient is not None:
            details = self.record.patient(patient)
            told = {name: getattr(details, name) for name in details.__struct_fields__}
            self.record.revise_patient(type(details)(**told | {"family_name": NAMES[which % len(NAMES)]}), "misheard")

    def event(self, which: int) -> None:
        if visit := _pick(self._ids("visit"), which):
            self.record.event(visit, ("at", "finished")[which % 2], ("pelvic_tilt 1/9", "")[which % 2])

    def plan(self, which: int) -> None:
        if visit := _pick(self._ids("visit"), which):
            body: dict[str, Any] = {"blocked": False, "minutes": Decimal("9.50"), "stage": "none", "exercises": []}
            self.record.save_plan(visit, body, "M. Vogel")

    def paper(self, which: int) -> None:
        if visit := _pick(self._ids("visit"), which):
            self.record.add_document(visit, "handout", {"size": 14}, "a.pdf", bytes([which % 251]) * (which % 7))

    def device(self, which: int) -> None:
        known = _pick(self.record.devices(), which)
        if known is None or which % 2:
            self.record.register_device("inclinometer", f"Nr {which}", clinician="M. Vogel")
        else:
            renamed = type(known)(id=known.id, kind=known.kind, name=f"Nr {which}, new", in_use=False)
            self.record.revise_device(renamed, "M. Vogel")

    def template(self, which: int) -> None:
        self.record.save_template(f"Plan {which % 3}", [Wanted(card="A03")], "M. Vogel")

    def _ids(self, table: str) -> list[str]:
        return [str(row["id"]) for row in self.record.told(table, "clinic")]

    # -- files ---------------------------------------------------------------------------------------------------------

    def exported(self, scope: Scope = "clinic", of: str = "", *, papers: bool = True) -> bytes:
        return b"".join(export_file.parts(self.record, scope, of, papers=papers))

    def take_in(self, data: bytes) -> Taken:
        return store_export(self.record, export_file.read(data), lambda: LIBRARY)


def _pick(held: list[Any], which: int) -> Any:
    return held[which % len(held)] if held else None
