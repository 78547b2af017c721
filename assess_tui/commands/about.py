"""`assess-tui --version`: which program, which knowledge, and whom it is for."""

from __future__ import annotations

import argparse
import sys

from assess_tui import __version__
from assess_tui.intended_use import KNOWLEDGE, STATEMENT
from protocols import knowledge


def version(_: argparse.Namespace) -> int:
    """Print version, knowledge version and digest, and the intended use."""
    known = KNOWLEDGE.format(version=knowledge.version(), digest=knowledge.digest())
    sys.stdout.write(f"assess-tui {__version__}. {known}\n{' '.join(STATEMENT)}\n")
    return 0
