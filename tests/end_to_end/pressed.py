"""The instrument in a terminal, pressed in bursts of which nothing is drawn, looked at, killed and started again."""

from __future__ import annotations

import datetime as dt
import os
import re
import signal
import sqlite3
import sys
import time
from collections import Counter
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from random import Random

from assess_tui.entry.intake_pages import ASKED_CELL
from assess_tui.places import barred
from assess_tui.settings import FILE
from assess_tui.storage.folder import RECORD
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import Record, open_record
from assess_tui.storage.verify import verify
from assess_tui.visit.definitions import definitions
from assess_tui.visit.session import VisitSession
from bench.screen import SeenTerminal
from bench.terminal import Terminal
from protocols.library import load
from protocols.visit import Cell, Told, told_row
from protocols.visits.cells import RATER
from tests.end_to_end.any_keys import ENTER, ESCAPE, F10, PAGE_DOWN, PLACES, STOP, F, Place, keys_of, some_key
from tests.end_to_end.done_shown import as_on_record, done_in, open_in, places_in
from tests.end_to_end.test_killed import ROOT, now
from tests.screens.begun import all_precautions

KNOWN = load()
BURST = 40
"""Keys after which the screen is gone to again: random keys lead away, and time is spent where they should be."""
SMALL, LARGE = (24, 80), (60, 120)
"""Windows: while keys are pressed; and painted anew to be looked at, with the whole list of tests."""
PATIENCE_S = 60.0
"""A key that is not finished with by then never will be."""
ADDED_TO = ("measurement", "visit_event", "plan", "document", "audit", "patient", "patient_detail", "visit")
DOSE = {"sets": 1, "reps": 10, "sec_per_rep": 6}
TAKEN_HOME = {
    "blocked": False, "minutes": Decimal(2), "stage": "none", "planned_stage": "none", "snacks": ["M12"],
    "exercises": [
        {"id": card, "dose": DOSE, "side": None, "because": ["GLU"], "minutes": Decimal(1)} for card in ("A03", "A04")
    ],
}  # fmt: skip


class Pressed:
    """The instrument on a record of its own, pressed, looked at, killed and started again."""

    def __init__(self, folder: Path, chance: Random) -> None:
        self.folder, self.data, self.chance = folder, folder / "clinic", chance
        self.log = folder / "keys"
        self.log.touch()
        self.fell: Counter[str] = Counter()
        """Screen -> random keys that fell on it."""
        self.visits: list[str] = []
        self.kept: set[tuple[str]] = set()
        """Ids of the rows that were on record at any time."""
        self.of = self.patient = ""
        """What the newest visit is, and whose."""
        self.shown = self.starts = 0
        with self.record() as record:
            record.set_setting("intended_use", "seen")
        self.start()

    def record(self) -> closing[Record]:
        """As another window reads it."""
        return closing(open_record(self.data, lambda: dt.datetime.now(dt.UTC), uuid7))

    # -- the process -------------------------------------------------------------------------------------------------

    def start(self) -> None:
        (self.data / FILE).unlink(missing_ok=True)  # of settings, keys at random would leave no sign as it was
        command = [sys.executable, "-m", "tests.end_to_end.counted", str(self.log), "--data", str(self.data)]
        calm = {"TEXTUAL_FPS": "10", "PATH": ""}  # as over a slow line; no other program is started
        own = {**os.environ, **calm, "HOME": str(self.folder), "PYTHONPATH": str(ROOT)}
        self.terminal = SeenTerminal([*command, "--clock-speed", "60"], own, self.folder)
        self.terminal.shows("F2  new patient", "not encrypted")
        self.terminal.resize(*SMALL)
        self.at = "HomeScreen"
        self.lines = self.log.open()
        self.lines.seek(0, os.SEEK_END)
        self.half_said = ""  # a line that is being written is not read as a whole one
        self.starts += 1

    def again(self) -> None:
        """Killed as it stands, and started; the record is whole."""
        os.kill(self.terminal.pid, signal.SIGKILL)
        self.close()
        self.all_is_kept()
        self.start()

    def close(self) -> None:
        self.terminal.gone()
        self.lines.close()

    def send(self, *keys: bytes) -> list[str]:
        """Press these without drawing what is painted; the screens they fell on, once all are finished with."""
        os.write(self.terminal.fd, b"".join(keys))
        fell: list[str] = []
        until = time.monotonic() + PATIENCE_S
        while len(fell) < len(keys):
            while Terminal.read(self.terminal, 0.005):
                pass
            *said, self.half_said = (self.half_said + self.lines.read()).split("\n")
            for line in said:
                before, self.at = line.split()
                fell.append(before)
            ended = os.waitpid(self.terminal.pid, os.WNOHANG)
            assert ended == (0, 0), f"{fell[-1:]}: it ended by itself\n{bytes(self.terminal.painted[-2000:])!r}"
            assert time.monotonic() < until, f"{len(fell)} of {len(keys)} keys were looked at: {keys}"
        return fell

    # -- the way -----------------------------------------------------------------------------------------------------

    def home(self) -> None:
        """Esc closes one thing after the other, Enter what asks for it; what closes by neither is killed."""
        for key in (ESCAPE, ESCAPE, ESCAPE, ENTER, ESCAPE, STOP, ESCAPE, ENTER, ESCAPE, ESCAPE):
            if self.at == "HomeScreen":
                return
            self.send(key)
        if self.at != "HomeScreen":
            self.again()

    def go(self, name: str) -> None:
        """To a screen, from wherever the keys led; in a new visit where they closed the way to it."""
        place = PLACES[name]
        for key in (b"", ESCAPE, *place.keys[:1] * bool(place.of)):  # where the keys led not far
            if key and self.at != "HomeScreen":
                self.send(key)
            if self.at == place.screen:
                return
        for _ in range(2):
            self.home()
            if (self.data / FILE).exists():
                self.again()
            if place.of and self.of != place.of:
                self.begins(place.of)
            self.opens(place)
            if self.at == place.screen:
                return
            self.of = ""
        raise AssertionError(f"{name} is not to be reached, {self.at} is open")

    def opens(self, place: Place) -> None:
        """From home; a visit is the newest that is open, and stands first."""
        self.send(b"q", ESCAPE)
        if place.screen == "PatientScreen":
            self.send(*map(str.encode, self.patient))
        if place.of:
            self.send(ENTER)
        if self.at == "MessageDialog":
            self.send(ENTER)
        for key in place.keys:
            self.send(*([key] if key[:1] == b"\x1b" else (bytes([one]) for one in key)))

    def begins(self, of: str) -> None:
        """A patient with a visit at its tests, stored beside the instrument."""
        self.of, self.patient = of, f"q{len(self.visits):02d}"
        with self.record() as record, record.together():
            patient = record.add_patient(
                family_name=self.patient, given_name="Ana", birth_date=dt.date(1991, 5, 1), sex="F"
            )
            if of == "plan":
                first = record.open_visit(patient.id, "T", KNOWN, dt.datetime.now(dt.UTC) - dt.timedelta(28))
                record.save_plan(first.id, TAKEN_HOME, "T")
                record.event(first.id, "finished")
            visit = record.open_visit(patient.id, "T", KNOWN)
            told = [Told(Cell("@consent", field="consent"), True), Told(Cell("@intake", field="minutes"), Decimal(10)),
                    Told(ASKED_CELL, all_precautions(KNOWN)), Told(RATER, "K. Lee"),
                    *(Told(Cell("hip_ir_supine", side), Decimal(24)) for side in ("left", "right")),
                    *(Told(Cell("@flags", field=flag.id), "no") for flag in KNOWN.red_flags.flags)]  # fmt: skip
            for one in told:
                record.append(told_row(record.new_id(), visit, one, KNOWN, visit.started))
        self.visits.append(visit.id)

    def press(self, name: str, times: int) -> None:
        for begun in range(0, times, BURST):
            self.go(name)
            own = keys_of(*PLACES[name].groups)
            keys = [some_key(self.chance, own) for _ in range(min(BURST, times - begun))]
            self.fell.update(self.send(*keys))

    # -- what is shown, and what is on record --------------------------------------------------------------------------

    def looked_at(self) -> None:
        """A visit as the keys left it; and the one that stands first at home, taken up again."""
        if self.at != "HomeScreen":
            self.send(F[4])
        if self.at == "StepScreen":
            self.is_on_record()
        self.home()
        self.all_is_kept()
        with self.record() as record:
            none_open = not record.unfinished()
        if none_open:
            self.begins("visit")
        self.send(b"q", ESCAPE, ENTER)
        for key in (F[2], F[4]):
            if self.at == "MessageDialog":
                self.send(ENTER)
            self.send(key)
        if self.at == "MessageDialog":
            self.send(ENTER)
        self.is_on_record()

    def is_on_record(self) -> None:
        """What the open visit shows as done, painted anew, is what the record holds; intake or tests are in front."""
        tests = self.at == "StepScreen"
        with self.record() as record:
            visit = record.visit(self.opened())
            session = VisitSession(record, visit, definitions(record, visit, load), now, uuid7, "T")
            assert tests or barred(session, "tests"), self.at
            words, done = as_on_record(session)
        row = re.sub(f"[✓·] {'tests' if tests else 'intake'}", lambda found: "▸" + found[0][1:], words)
        self.repaint(LARGE)
        self.terminal.waits(
            lambda text: places_in(text) == row and (not tests or done_in(text) == done - {open_in(text)}),
            f"{row}, with {sorted(done)}",
        )
        self.shown += len(done)
        self.repaint(SMALL)

    def opened(self) -> str:
        """The visit that was opened last."""
        asked = "SELECT v.id FROM audit a JOIN visit v ON v.id = a.subject WHERE a.action = 'opened' ORDER BY a.id"
        with closing(sqlite3.connect(self.data / RECORD)) as record:
            return str(record.execute(f"{asked} DESC LIMIT 1").fetchone()[0])

    def repaint(self, size: tuple[int, int]) -> None:
        """In a window of another size, on an empty screen: nothing on it is older."""
        self.terminal.cells.reset()
        self.terminal.resize(*size)

    def all_is_kept(self) -> None:
        """Every row that was ever on record is there."""
        with closing(sqlite3.connect(self.data / RECORD)) as record:
            rows = {row for table in ADDED_TO for row in record.execute(f"SELECT id FROM {table}")}  # noqa: S608
        assert self.kept <= rows
        self.kept = rows

    def typed(self) -> None:
        """Two trials in a visit just begun: on record when the next one opens, and shown so from the next test."""
        self.begins("visit")
        self.home()
        self.send(b"q", ESCAPE, ENTER, F[4], b"g", b"i", b"n", b",", b" ", b"l", b"y", ENTER)
        trials = [self.chance.randrange(20, 40) for _ in range(2)]
        for trial in trials:
            self.send(*(sign.encode() for sign in str(trial)), ENTER)
        with self.record() as record:
            stored = [row.value for row in record.history(self.visits[-1]) if row.test == "hip_ir_supine"]
        assert stored[-2:] == trials, stored
        self.send(PAGE_DOWN, PAGE_DOWN)
        self.is_on_record()

    def left(self) -> None:
        """As a person leaves, from home; the terminal is clean, the record whole."""
        self.home()
        self.terminal.type(F10)
        assert (self.terminal.left_with(), self.terminal.unclean) == (0, [])
        self.all_is_kept()
        assert verify(self.data / RECORD).problems == ()
        assert list(self.data.glob("mishap-*")) == []
