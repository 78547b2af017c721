"""One visit, its stand test without a screen, and a clock that is turned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from assess_tui.entry.stand.flow import StandEntry
from assess_tui.entry.stand.row import Did
from assess_tui.storage.record import Record, open_record
from assess_tui.visit.session import VisitSession
from protocols.library import load
from protocols.model import Library
from protocols.stand.run import StandRun
from protocols.visit import Cell

LIBRARY = load()
FLAGS = [flag.id for flag in LIBRARY.red_flags.flags]
NORMAL = "72 114 70 1"
FAST = "104 112 74 6"


class Bench:
    """One visit, its entry, and a clock that is turned."""

    def __init__(self, folder: Path, library: Library = LIBRARY) -> None:
        self.elapsed = 0.0
        numbers = count(1)
        self.record: Record = open_record(folder, self.now, lambda: f"{next(numbers):032x}")
        patient = self.record.add_patient(family_name="Ruiz", given_name="Ana", birth_date=dt.date(1991, 5, 1), sex="F")
        self._new_id: Callable[[], str] = lambda: f"{next(numbers):032x}"
        visit = self.record.open_visit(patient.id, "T", library)
        self.session = VisitSession(self.record, visit, library, self.now, self._new_id, "T")
        for flag in FLAGS:
            self.session.put(Cell("@flags", field=flag), "no")
        self.runs: dict[str, StandRun] = {}
        self.entry = self.begin()

    def seconds(self) -> float:
        return self.elapsed

    def now(self) -> dt.datetime:
        return dt.datetime(2026, 11, 2, 9, 30, tzinfo=dt.UTC) + dt.timedelta(seconds=self.elapsed)

    def begin(self) -> StandEntry:
        return StandEntry(self.session, self.runs, self)

    def restart(self) -> None:
        """The instrument was closed and opened again: the run is gone, the record is not."""
        self.runs = {}
        self.entry = self.begin()

    def held(self, field: str) -> Any:
        return self.session.visit.value(Cell("@stand", field=field))

    @property
    def part(self) -> str:
        return self.entry.part.id

    # -- keys ----------------------------------------------------------------------------------------------------

    def enter(self, times: int = 1) -> Did:
        return [self.entry.part.accept() for _ in range(times)][-1]

    def type(self, text: str) -> Did:
        did = Did()
        for digit in text.replace(" ", ""):
            did = self.entry.part.type(digit)
        return did

    def wait(self, seconds: float) -> Did:
        """Time passes second by second, as the screen looks at it; gives the last thing said."""
        said = Did()
        for _ in range(int(seconds)):
            self.elapsed += 1
            did = self.entry.look()
            said = did if did.say or did.bell else said
        return said

    def read(self, text: str) -> None:
        """One reading, each value with Enter where its digits leave it open."""
        for value in text.split():
            if value == "n":
                self.entry.part.missing()
                continue
            key = _open_key(self.entry)
            self.type(value)
            if _open_key(self.entry) == key and _typed(self.entry):
                self.enter()

    # -- ways ----------------------------------------------------------------------------------------------------

    def to_rest(self) -> None:
        self.enter(9)
        assert self.part == "rest"

    def to_lying(self) -> None:
        self.to_rest()
        self.wait(600)
        self.enter()

    def to_standing(self) -> None:
        self.to_lying()
        self.read("72 114 70")
        self.read("70 112 70")
        self.enter(2)
        assert self.part == "standing"

    def every_minute(self) -> None:
        """Full readings every minute, where the fewest that count are due."""
        if self.entry.live.run.due == (1, 3, 5, 10):
            self.entry.live.minutes()

    def stand(self, minutes: int, reading: str = NORMAL) -> None:
        self.every_minute()
        for _ in range(minutes):
            self.wait(60)
            self.read(reading)


def _row(entry: StandEntry) -> Any:
    return entry.live.row if entry.standing else entry.part.row


def _open_key(entry: StandEntry) -> tuple[Any, ...]:
    row = _row(entry)
    return () if row is None else (row.cell, row.index)


def _typed(entry: StandEntry) -> str:
    row = _row(entry)
    return "" if row is None else row.digits.text
