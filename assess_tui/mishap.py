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


def write_report(folder: Path, error: BaseException, now: datetime, knowledge: str) -> Path:
    """A file (0600) with the kind of the error and the lines of code it passed; no message and no values."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"assess-tui, knowledge {knowledge}, {now.isoformat(timespec='seconds')}", type(error).__qualname__]
    lines += [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    path = folder / f"mishap-{now:%Y%m%d-%H%M%S}.txt"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write("\n".join(lines) + "\n")
    return path
