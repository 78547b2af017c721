"""Opens the record and the knowledge behind the first paint; what goes wrong comes back as a title and a message."""

from __future__ import annotations

import gc
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from assess_tui.clock import Clock
from assess_tui.storage.folder import LIBRARY
from protocols.errors import LibraryError

if TYPE_CHECKING:
    from assess_tui.storage.keys import Created, Unlocked
    from assess_tui.storage.record import Record
    from protocols.model import Library


IDLE_MINUTES = 10
"""Without a key, unless the clinic set another number (`assess-tui keys idle`); then the record is locked or left."""

SELDOM = (5_000, 20, 20)
"""How many objects may gather before garbage is looked for. Python's own numbers have it looked for at every key."""


class Opened(NamedTuple):
    """What the instrument works on."""

    record: Record
    library: Library | None
    """None until it is asked for, where the clinic has nothing of its own that could be wrong with it."""


class Trouble(NamedTuple):
    """Why it cannot work, and what to do."""

    title: str
    message: str


class Refused(NamedTuple):
    """The passphrase was wrong, or came too soon; the next one is looked at in `wait_s` seconds."""

    message: str
    wait_s: int


def warm() -> None:
    """Load what opening needs while the passphrase is typed."""
    for module in ("assess_tui.storage.keys", "assess_tui.storage.record"):
        import_module(module)


def try_passphrase(folder: Path, typed: str, clock: Clock) -> Unlocked | Refused | Trouble:
    """The key this passphrase or recovery code gives."""
    from assess_tui.storage.errors import StorageError
    from assess_tui.storage.keys import RefusedError, unlock

    try:
        return unlock(folder, typed, clock.now())
    except RefusedError as error:
        return Refused(f"{error.title}: {error.why}.", error.wait_s)
    except StorageError as error:
        return Trouble(error.title, error.message)


def make_key(passphrase: str, name: str, clock: Clock) -> Created | Trouble:
    """A key for a new record; nothing is written yet."""
    from assess_tui.storage.errors import StorageError
    from assess_tui.storage.ids import uuid7
    from assess_tui.storage.keys import create

    try:
        return create(passphrase, name, clock.now(), uuid7)
    except StorageError as error:
        return Trouble(error.title, error.message)


def open_all(folder: Path, clock: Clock, *, demo: bool, key: bytes | None = None) -> Opened | Trouble:
    """Open `folder`'s record; a demo folder is filled with the sample clinic first."""
    from assess_tui.storage.errors import StorageError
    from assess_tui.storage.ids import uuid7
    from assess_tui.storage.record import open_record
    from protocols.library import load

    try:
        library = load(folder / LIBRARY) if demo or (folder / LIBRARY).exists() else None
        record = open_record(folder, clock.now, uuid7, key)
        if demo and library:
            from assess_tui.sample.build import build

            build(record, library, clock.now().date())
    except (StorageError, LibraryError) as error:
        return Trouble(error.title, error.message)
    settle()
    return Opened(record, library)


def settle() -> None:
    """What is loaded now stays: looking through it for garbage again and again would be felt between two keys."""
    gc.freeze()
    gc.set_threshold(*SELDOM)
    gc.enable()
