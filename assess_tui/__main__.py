"""`python -m assess_tui` and the `assess-tui` command."""

from __future__ import annotations

import sys

from assess_tui.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
