"""First paint and memory against a bare Textual app in the same rounds. Budgets: 1.35 and 1.3 (design, section 6)."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench.terminal import BARE, Terminal, say, script

ROUNDS = 9


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare = script(folder, "bare", BARE)
        ours = [sys.executable, "-m", "assess_tui", "--data", str(folder / "clinic")]
        figures: dict[str, list[float]] = {"ours": [], "bare": [], "ours_mb": [], "bare_mb": []}
        for number in range(ROUNDS + 1):
            for which, command, marker in (("ours", ours, b"whole-body"), ("bare", bare, b"painted")):
                terminal = Terminal(command)
                took = terminal.until(marker)
                terminal.settle(0.6)
                if number:  # the first round warms the disk
                    figures[which].append(took)
                    figures[f"{which}_mb"].append(terminal.memory_mb())
                terminal.close()
        say("first paint", figures["ours"], figures["bare"], 1.35)
        say("memory, record open", figures["ours_mb"], figures["bare_mb"], 1.3, "MB")


if __name__ == "__main__":
    main()
