"""Which product is measured, and how it is started.

The installed one where this Python has it (an editable install is the checkout), else the checkout. It starts in a
folder without Python, for the current folder would come before what is installed; its bytecode may be kept, as for
everybody who installs the product.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
WHERE = (
    "import json; from protocols import knowledge, library; files = knowledge.named_bytes(knowledge.DATA);"
    " print(json.dumps([str(knowledge.DATA.parents[1]), library._compiled(files) is not None]))"
)
UNWANTED = (
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONPATH",
    "PYTHONTRACEMALLOC",
    "PYTHONDEVMODE",
    "NO_COLOR",
    "ASSESS_TUI_DATA",
)


class Product(NamedTuple):
    """A product ready to be started."""

    start: list[str]
    """Its command, without arguments."""
    env: dict[str, str]
    """The environment it and its baselines start in."""
    folder: Path
    """A working folder that holds no Python."""


def product() -> Product:
    """Find it, and print which one it is."""
    env = {name: value for name, value in os.environ.items() if name not in UNWANTED}
    folder = Path(tempfile.gettempdir())
    try:
        place, compiled = _where(env, folder)
    except subprocess.CalledProcessError:
        env["PYTHONPATH"] = str(ROOT)
        place, compiled = _where(env, folder)
    knowledge = "compiled" if compiled else "NOT compiled, or older than its files: `pip install -e .` compiles it"
    print(f"measured: {place}, knowledge {knowledge}")
    return Product([sys.executable, "-m", "assess_tui"], env, folder)


def _where(env: dict[str, str], folder: Path) -> tuple[str, bool]:
    """The folder the packages lie in, and whether the compiled knowledge there is in use."""
    found = subprocess.run([sys.executable, "-c", WHERE], env=env, cwd=folder, capture_output=True, check=True)
    place, compiled = json.loads(found.stdout)
    return place, compiled
