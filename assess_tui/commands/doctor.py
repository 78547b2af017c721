"""What the instrument stands on, in plain lines without patient data: to be read out when something is odd."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from assess_tui.commands.asked import Asked
from assess_tui.commands.context import data_folder, library, now
from assess_tui.commands.errors import BadInputError
from assess_tui.commands.passphrase import key_for
from assess_tui.commands.terminal import answers
from assess_tui.storage.errors import StorageError
from assess_tui.storage.folder import BACKUPS, RECORD, state

PACKAGES = ("assess-tui", "textual", "sqlcipher3", "sqlite-utils", "reportlab", "msgspec")
FEW_BYTES = 200_000_000
"""Below this much free space it is said: a year's record and its backups of a busy clinic. Our rule."""
SLOW_MS = 50
"""From here on a commit is felt as a wait."""


def doctor(options: Asked) -> int:
    """Print everything; what is wrong is said and ends nothing. With --keys only the keys that arrive."""
    if options.keys:
        from assess_tui.commands.screens import press

        return press(options)
    folder = data_folder(options)
    for title, lines in (
        ("terminal", _terminal()),
        ("versions", _versions()),
        ("knowledge", _knowledge(options)),
        ("data folder", _folder(folder)),
        ("record", _record(options, folder)),
    ):
        sys.stdout.write(f"{title}\n")
        sys.stdout.writelines(f"  {line}\n" for line in lines)
        sys.stdout.flush()
    return 0


def _terminal() -> Iterator[str]:
    name = os.environ.get("TERM_PROGRAM") or os.environ.get("TERM") or "unknown"
    yield f"name: {name}"
    if sys.stdout.isatty():
        size = shutil.get_terminal_size()
        yield f"size: {size.columns} columns, {size.lines} rows" + (
            "" if size >= (80, 24) else " (80 by 24 are needed)"
        )
    else:
        yield "size: not known, for this goes to no terminal"
    yield f"colours: {_colours()}"
    yield f"unicode: {_unicode()}"
    yield "fonts: a program cannot know them; these should be one arrow, a tick, four dots, two blocks: ▸ ✓ ⡇ ▀▄"
    yield from answers()
    yield "keys: assess-tui doctor --keys names each key that arrives, from a pedal too"


def _colours() -> str:
    if "NO_COLOR" in os.environ:
        return "none, for NO_COLOR is set"
    if os.environ.get("COLORTERM", "").lower() in {"truecolor", "24bit"}:
        return "16 million (COLORTERM)"
    term = os.environ.get("TERM", "")
    return "256 (TERM)" if "256" in term else "none (TERM is dumb)" if term == "dumb" else "16, as far as TERM says"


def _unicode() -> str:
    named = os.environ.get("LC_ALL") or os.environ.get("LC_CTYPE") or os.environ.get("LANG") or ""
    fits = "utf" in named.lower()
    return f"{'yes' if fits else 'not announced'} ({named or 'no LANG set'})"


def _versions() -> Iterator[str]:
    yield f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"
    for name in PACKAGES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"{name}: not installed as a package"
    from assess_tui.storage.disk import versions

    yield from (f"{name} {number}" for name, number in versions().items())


def _knowledge(options: Asked) -> Iterator[str]:
    from protocols.errors import LibraryError
    from protocols.knowledge import due_words

    try:
        known = library(options)
    except LibraryError as error:
        yield f"cannot be used: {' '.join(str(error).split())}"
        return
    yield f"version {known.version}, {known.digest}"
    yield f"reviewed {known.reviewed or 'at no day on record'}, next review {known.next_review or 'not set'}"
    if due := due_words(known.next_review, now().date()):
        yield due


def _folder(folder: Path) -> Iterator[str]:
    from assess_tui.storage.disk import latency, mode_words, network_kind

    yield f"path: {folder}"
    yield f"rights: {mode_words(folder)}"
    if not folder.exists():
        yield "it is made when the record is"
        return
    free = shutil.disk_usage(folder).free
    yield f"free space: {free / 1e9:.1f} GB" + (
        " (make room: the record and its backups grow)" if free < FEW_BYTES else ""
    )
    if kind := network_kind(folder):
        yield f"network drive ({kind}): locks cannot be relied on there; keep the record on this computer"
    try:
        middle, p95 = latency(folder)
    except (StorageError, OSError) as error:
        yield f"commit: cannot be timed: {' '.join(str(error).split())}"
    else:
        slow = " (a slow disk: each answer waits for it)" if p95 > SLOW_MS else ""
        yield f"commit: {middle:.1f} ms, 95 of 100 within {p95:.1f} ms{slow}"


def _record(options: Asked, folder: Path) -> Iterator[str]:
    from assess_tui.storage.backup import age_words
    from assess_tui.storage.disk import mode_words

    path, kind = folder / RECORD, state(folder)
    if kind == "none":
        yield "none yet"
        return
    yield f"file: {path.name}, rights {mode_words(path)}, {path.stat().st_size / 1e6:.1f} MB"
    yield "encrypted: yes" if kind == "encrypted" else "encrypted: no; assess-tui keys encrypt does it"
    yield from _shape(options, folder)
    yield age_words(folder, now().date())
    yield f"backups: {folder / BACKUPS}"


def _shape(options: Asked, folder: Path) -> Iterator[str]:
    """What only the open record tells; without its passphrase that is left out."""
    from assess_tui.storage.connect import applied_steps, open_as_is
    from assess_tui.storage.shape import STEPS

    try:
        key = key_for(options, folder, now)
        with closing(open_as_is(folder / RECORD, key)) as db:
            steps = applied_steps(db)
    except (StorageError, BadInputError) as error:
        yield f"shape: not looked at: {' '.join(str(error).split())}"
        return
    pending = len(STEPS) - len(steps)
    yield f"shape: {steps[-1] if steps else 'empty'}" + (f", {pending} to come when it is opened" if pending else "")
