"""The first paint in instructions of the processor, as valgrind counts them: on a busy machine as on a quiet one.

A start takes some 20 s so; valgrind has to be installed.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from bench.product import product
from bench.start import encrypted
from bench.terminal import BARE, Terminal, script

VALGRIND = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
COUNTED = re.compile(r"I\s+refs:\s+([\d,]+)")
LEAVE = """
import os
def leave_once_painted():
    from textual.app import App
    display = App._display
    def displayed(app, screen, renderable):
        display(app, screen, renderable)
        if renderable is not None and not app._batch_count:
            os._exit(0)
    App._display = displayed
"""
OURS = """
import assess_tui.commands.screens as screens
from assess_tui.cli import main
load = screens.load_screens
screens.load_screens = lambda: (load(), leave_once_painted())
main()
"""


def main() -> None:
    ours = product()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        encrypted(folder / "locked")
        bare = script(folder, "bare", f"{LEAVE}\nleave_once_painted()\n{BARE}")
        start = script(folder, "ours", f"{LEAVE}\n{OURS}")
        plain = ["--no-encryption", "--data", str(folder / "clinic")]
        left(Terminal([*start, *plain], ours.env, folder))  # so that the bytecode is there
        base = counted(bare, ours.env, folder)
        print(f"a bare app: {base / 1e6:.0f} million instructions")
        for words, options in (("home", plain), ("unlock", ["--data", str(folder / "locked")])):
            print(f"first paint, {words}: {counted([*start, *options], ours.env, folder) / base:.3f} x, budget 1.35 x")


def counted(command: list[str], env: dict[str, str], folder: Path) -> int:
    """Instructions of a program that leaves by itself."""
    log = folder / "counted.txt"
    left(Terminal([*VALGRIND, f"--log-file={log}", *command], env | {"PYTHONHASHSEED": "0"}, folder))
    found = COUNTED.search(log.read_text())
    if found is None:
        raise RuntimeError(log.read_text())
    return int(found[1].replace(",", ""))


def left(terminal: Terminal) -> None:
    """Read until the program has left."""
    while os.waitpid(terminal.pid, os.WNOHANG) == (0, 0):
        terminal.read(0.2)
    os.close(terminal.fd)


if __name__ == "__main__":
    main()
