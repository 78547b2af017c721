"""`assess-tui --version`: which program, which knowledge, and whom it is for."""

from __future__ import annotations

import sys

from assess_tui import __version__
from assess_tui.commands.asked import Asked
from assess_tui.commands.context import now
from assess_tui.intended_use import STATEMENT
from protocols import knowledge


def version(_: Asked) -> int:
    """Print version, knowledge with its digest and its review, and the intended use."""
    known = knowledge.words(knowledge.edition(), knowledge.digest(), now().date())
    sys.stdout.write(f"assess-tui {__version__}. {known}\n{' '.join(STATEMENT)}\n")
    return 0
