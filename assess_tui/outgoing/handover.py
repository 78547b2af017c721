"""A finished file given to the system's own viewer or printer; what went wrong comes back in a sentence."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

OPENERS = ("xdg-open", "open")
PRINTERS = ("lp", "lpr")
PATIENCE_S = 20
"""How long a viewer or printer may take to answer before it is given up."""


def hand_over(path: Path, programs: tuple[str, ...]) -> str:
    """Run the first of these programs that is there on the file; "" when it took it, else why not."""
    program = next((found for name in programs if (found := shutil.which(name))), None)
    if program is None:
        return f"This computer has none of: {', '.join(programs)}. The file is {path}"
    name = Path(program).name
    try:
        # A program of the system and a file of our own; nothing typed reaches the command.
        result = subprocess.run([program, str(path)], capture_output=True, check=False, timeout=PATIENCE_S)  # noqa: S603  see above
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{name} did not answer ({type(error).__name__}). The file is {path}"
    if result.returncode:
        reason = result.stderr.decode(errors="replace").strip().splitlines()
        return f"{name} failed: {reason[0] if reason else result.returncode}. The file is {path}"
    return ""
