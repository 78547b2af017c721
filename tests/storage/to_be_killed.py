"""A process that takes visits until it is killed: `python -m tests.storage.to_be_killed`.

Reads lines "DEED FOLDER OF": of a visit, of the patient to erase, of the backup to restore. For each it forks a child
that says "pid N" and then "tick N" for every answer that is on disk, and says "over" once the child is gone. Forked,
for starting Python hundreds of times takes minutes.
"""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from decimal import Decimal
from itertools import count
from pathlib import Path

import assess_tui.storage.migrations  # loaded once, not in every child
import assess_tui.storage.restore  # noqa: F401
from assess_tui.cli import main as main_of_commands
from assess_tui.storage.backup import back_up
from assess_tui.storage.erasing import Reason, erase
from assess_tui.storage.ids import Ids, uuid7
from assess_tui.storage.record import open_record
from assess_tui.visit.session import VisitSession
from protocols.library import load
from protocols.visit import Cell

LIBRARY = load()


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def say(words: str) -> None:
    """At once and whole: less than a pipe takes in one piece."""
    os.write(1, f"{words}\n".encode())


def answers(folder: Path, visit: str) -> None:
    """A visit that never ends, in a record that is brought up to date first: answers, the stand test, where, plans."""
    new_id = Ids(lambda: int(now().timestamp() * 1000), lambda bits: int.from_bytes(os.urandom(16)) >> 128 - bits)
    record = open_record(folder, now, new_id)
    session = VisitSession(record, record.visit(visit), LIBRARY, now, new_id, "M. Vogel")
    for number in count(len(record.history(visit))):
        session.put(Cell("hip_ir_supine", "left", f"trial.{number}"), Decimal(number))
        say(f"tick {number}")
        if number % 7 == 0:
            session.put(Cell("@stand", field=f"minute.{1 + number % 10}"), {"hr": Decimal(60 + number % 90)})
            session.event("at", "hip_ir_supine")
        if number % 31 == 0:
            session.save_plan(session.assessment().plan)


def backups(folder: Path, visit: str) -> None:
    """The same, with one backup after the other behind it."""

    def forever() -> None:
        for number in count():
            back_up(folder, None, dt.datetime(2026, 11, 1) + dt.timedelta(minutes=number))  # noqa: DTZ001  a name

    threading.Thread(target=forever, daemon=True).start()
    answers(folder, visit)


def erasing(folder: Path, patient: str) -> None:
    """One patient leaves the record; what is left of the time nothing is done."""
    erase(folder, None, patient, Reason("asked for it", "M. Vogel"), now, uuid7)
    say("tick 1")
    signal.pause()


def restoring(folder: Path, backup: str) -> None:
    """A backup takes the record's place; what is left of the time nothing is done."""
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        if main_of_commands(["--data", str(folder), "restore", "--replace", backup]) == 0:
            say("tick 1")
    signal.pause()


DEEDS: dict[str, Callable[[Path, str], None]] = {
    "answers": answers, "backups": backups, "erasing": erasing, "restoring": restoring,
}  # fmt: skip


def main() -> None:
    for line in sys.stdin:
        deed, folder, visit = line.split()
        child = os.fork()
        if child == 0:
            say(f"pid {os.getpid()}")
            DEEDS[deed](Path(folder), visit)
        os.waitpid(child, 0)
        say("over")


if __name__ == "__main__":
    main()
