"""Plain mode from the first line to the last."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from assess_tui.clock import Clock, SystemClock
from assess_tui.mishap import tell
from assess_tui.opening import IDLE_MINUTES, Opened, Trouble, open_all
from assess_tui.plain.door import Key, opened
from assess_tui.plain.talk import LeaveError, Talk
from assess_tui.settings import read
from protocols.errors import LibraryError

if TYPE_CHECKING:
    from assess_tui.plain.house import House

KEPT: Final = "Left. Everything is kept; an open visit is taken up next time."
SAMPLE: Final = "A sample clinic of invented patients, made in a moment; it is gone when you leave."
CLOSED: Final = "Left. The record stays closed; nothing was kept."
GONE: Final = "Left. The sample clinic is gone."
HEAD: Final = "assess-tui, plain mode. ? says at every question what can be typed; q leaves."
FAILED: Final = 1


def run(
    folder: Path,
    heard: TextIO,
    told: TextIO,
    *,
    clock: Clock | None = None,
    new_id: Callable[[], str] | None = None,
    demo: bool = False,
    ask_for_key: bool = False,
    passphrase: str = "",
    ascii_only: bool = False,
) -> int:
    """Talk on two text streams until the therapist leaves or the input ends; returns the exit status.

    Without `new_id`, ids are UUIDv7 of the machine's clock.
    """
    talk, time = Talk(heard, told, ascii_only=ascii_only), clock or SystemClock()
    talk.say(HEAD, SAMPLE if demo else "")
    left = CLOSED
    try:
        key = Key(None) if demo else opened(talk, folder, time, passphrase, ask_for_key=ask_for_key)
        if isinstance(key, Trouble):
            return _failed(talk, key)
        found = open_all(folder, time, demo=demo, key=key.key)
        if isinstance(found, Trouble):
            return _failed(talk, found)
        left = GONE if demo else KEPT
        _talk(talk, folder, time, found, new_id, key.who, demo=demo)
    except LibraryError as error:
        return _failed(talk, Trouble(error.title, error.message))
    except LeaveError:
        talk.say(left)
    except KeyboardInterrupt:
        talk.end_line()
        talk.say(left)
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        return _mishap(talk, tell(folder, error, time.now(), "not told", demo=demo))
    return 0


def _talk(
    talk: Talk, folder: Path, clock: Clock, found: Opened, new_id: Callable[[], str] | None, who: str, *, demo: bool
) -> None:
    """The record is open: from the patients to a visit and back, until the therapist leaves."""
    from assess_tui.plain.house import House
    from assess_tui.plain.keeping import Keeping
    from assess_tui.storage.ids import uuid7
    from protocols.library import load

    record = found.record
    with closing(record):
        library = found.library or load()
        keeping = Keeping(record, folder, clock, who, demo=demo)
        if record.key is not None:
            talk.idle_s = 60.0 * float(record.setting("lock_minutes", IDLE_MINUTES))
        keeping.note("opened the record")
        held = read(folder)
        talk.heed(held.settings.looks)
        talk.say(*map(str, held.troubles))
        try:
            _live(House(talk, record, library, clock, folder, keeping, {}, new_id or uuid7, held.settings, demo=demo))
        finally:
            talk.say(keeping.close())


def _live(house: House) -> None:
    """Raises LeaveError in the end."""
    from assess_tui.plain.home import Home
    from assess_tui.plain.patient import Patient

    home = Home(house)
    home.welcome()
    while True:
        kind, identity = home.patients()
        house.keeping.back_up_if_due()  # not before: nobody waits for it, and it takes modules of its own
        while identity:
            visit = Patient(home.house, identity).choose() if kind == "patient" else identity
            kind, identity = home.visit(visit) if visit else ("", "")


def _failed(talk: Talk, trouble: Trouble) -> int:
    talk.say(f"{trouble.title}: {trouble.message}")
    return FAILED


def _mishap(talk: Talk, said: str) -> int:
    """The kind and the place alone: values would be patient data."""
    talk.end_line()
    talk.say(*said.splitlines())
    return FAILED
