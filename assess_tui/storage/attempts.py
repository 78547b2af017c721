"""Wrong answers are counted in a file, so that starting anew does not shorten the wait.

The wait answers someone at the keyboard. Who carries the files away is only held up by Argon2id and the passphrase.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec

from assess_tui.storage.errors import StorageError
from assess_tui.storage.folder import ATTEMPTS
from assess_tui.storage.private_file import write_whole

WAITS_S = (0, 0, 0, 1, 2, 5, 10, 20, 40, 60)
"""Seconds to wait after so many wrong answers, one after the other; later ones wait as long as the last."""


class Attempts(msgspec.Struct, frozen=True, omit_defaults=True):
    """Wrong answers since the last right one, and when the last of them was given."""

    wrong: int = 0
    last: dt.datetime | None = None


def wait_s(folder: Path, now: dt.datetime) -> int:
    """Whole seconds until the next answer is looked at; 0 where it may be given now."""
    so_far = _read(folder)
    if so_far.last is None:
        return 0
    wait = WAITS_S[min(max(so_far.wrong, 0), len(WAITS_S) - 1)]
    gone = (now - so_far.last).total_seconds()
    # A clock set back must not shut anyone out for longer than the wait itself.
    return wait if gone < 0 else max(0, round(wait - gone + 0.49))


def count_wrong(folder: Path, now: dt.datetime) -> int:
    """Keep that a wrong answer was given; gives the seconds to wait now."""
    so_far = _read(folder)
    write_whole(folder / ATTEMPTS, msgspec.json.encode(Attempts(min(so_far.wrong, 1000) + 1, now)))
    return wait_s(folder, now)


def forget(folder: Path) -> None:
    """The right answer was given."""
    try:
        (folder / ATTEMPTS).unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(
            "The count of wrong answers could not be removed",
            f"{folder / ATTEMPTS}: {error.strerror}; allow writing there",
        ) from error


def _read(folder: Path) -> Attempts:
    """A file that cannot be read counts as none: it only ever holds a person up for a minute."""
    try:
        so_far = msgspec.json.decode((folder / ATTEMPTS).read_bytes(), type=Attempts)
    except (OSError, msgspec.MsgspecError, ValueError):
        return Attempts()
    return so_far if so_far.last is None or so_far.last.tzinfo is not None else Attempts()
