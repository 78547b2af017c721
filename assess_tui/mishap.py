"""What is said and kept when something unexpected happens: where in the code, never what was typed."""

from __future__ import annotations

import os
import traceback
from datetime import datetime
from pathlib import Path

SAID = (
    "assess-tui had to close. Every value that had its tick is stored; start it again and take the visit up."
    " What happened stands in {path}; it holds no patient data."
)
SAMPLE = "assess-tui had to close, and the sample clinic is gone with it. What happened, without patient data:"


def tell(folder: Path, error: BaseException, now: datetime, knowledge: str, *, demo: bool) -> str:
    """What is said. The report is kept in the folder, but for the sample clinic's, which is deleted: it is said too."""
    if demo:
        return "\n".join([SAMPLE, *_lines(error, now, knowledge)])
    try:
        return SAID.format(path=write_report(folder, error, now, knowledge))
    except OSError:
        return SAID.format(path="no file, for the folder cannot be written")


def _lines(error: BaseException, now: datetime, knowledge: str) -> list[str]:
    """The kind of the error and the lines of code it passed; no message and no values."""
    frames = traceback.extract_tb(error.__traceback__)
    head = [f"assess-tui, knowledge {knowledge}, {now.isoformat(timespec='seconds')}", type(error).__qualname__]
    return head + [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]


def write_report(folder: Path, error: BaseException, now: datetime, knowledge: str) -> Path:
    """The report in a file (0600)."""
    path = folder / f"mishap-{now:%Y%m%d-%H%M%S}.txt"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write("\n".join(_lines(error, now, knowledge)) + "\n")
    return path
