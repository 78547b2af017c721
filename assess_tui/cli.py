"""The commands: the function that was asked for answers, and what its failures look like.

Nothing is imported until a command is chosen; no command but the screens imports Textual.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from assess_tui.commands.asked import Asked
from assess_tui.commands.errors import BAD_INPUT, BadInputError
from assess_tui.loading import load
from assess_tui.storage.errors import GivenFileError, NotFoundError, StorageError
from protocols.errors import LibraryError, LineError

FAILED = 1
LINE_BY_LINE = {
    "commands.screens:instrument": "commands.talking:instrument",
    "commands.screens:demo": "commands.talking:demo",
}
"""What opens the instrument on screens, and what opens it line by line."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status: 0 done, 2 bad input, 1 anything else."""
    options = _asked(sys.argv[1:] if arguments is None else arguments)
    talks = LINE_BY_LINE.get(options.answered_by, "") if options.plain else ""
    module, function = (talks or options.answered_by).split(":")
    if sys.stdout is None:  # closed by the caller
        return _say("standard output is closed; the answer has nowhere to go", FAILED)
    try:
        _speak_utf8()
        status: int = getattr(_loaded(module), function)(options)
        sys.stdout.flush()
        return status
    except (BadInputError, GivenFileError, NotFoundError, LibraryError, LineError) as error:
        return _say(error, BAD_INPUT)
    except StorageError as error:
        return _say(error, FAILED)
    except BrokenPipeError:  # the reader has had enough
        _drop_what_is_buffered()
        return FAILED
    except OSError as error:
        if error.filename is None:
            _drop_what_is_buffered()
        return _say(f"{error.filename or 'standard output'}: {error.strerror or type(error).__name__}", FAILED)
    except KeyboardInterrupt:
        return FAILED
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        return _say(_unexpected(error), FAILED)


def _asked(words: Sequence[str]) -> Asked:
    """What was asked for. Without a word nothing reads words: that takes longer than a first paint may."""
    if not words:
        return Asked()
    from assess_tui.commands.command_line import asked

    return asked(words)


def _loaded(module: str) -> ModuleType:
    """Load a command. msgspec looks for typing_extensions, as large as itself, and takes typing where it is missing."""
    return load(f"assess_tui.{module}", without="typing_extensions")


def _say(error: Exception | str, status: int) -> int:
    if sys.stderr is not None:
        sys.stderr.write(f"assess-tui: {' '.join(str(error).split())}\n")
    return status


def _unexpected(error: Exception) -> str:
    """Kind and place alone: the text of an unforeseen error could hold patient data."""
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    place = f"{Path(at.tb_frame.f_code.co_filename).name}:{at.tb_lineno}" if at else "an unknown place"
    return f"stopped by {type(error).__name__} at {place}; nothing half-done was stored; python -X dev shows more"


def _drop_what_is_buffered() -> None:
    """What could not be written would fail once more at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        getattr(stream, "reconfigure", lambda **_: None)(encoding="utf-8", errors="replace")
