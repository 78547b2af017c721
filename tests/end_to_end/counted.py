"""The instrument, which also says where each key fell and led: `python -m tests.end_to_end.counted FILE ARGUMENTS`."""

from __future__ import annotations

import os
import sys
from collections.abc import Awaitable, Callable
from typing import Any
from unittest.mock import patch

from textual.app import App

from assess_tui.cli import main
from assess_tui.keyboard.typeahead import Typeahead, Typed

LOG = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)


class Counted(Typeahead):
    """Writes "SCREEN SCREEN", before and after, once a key is finished with."""

    def __init__(self, app: App[Any], handle: Callable[[Typed], Awaitable[None]]) -> None:
        super().__init__(app, self._noted)
        self._hand_on = handle
        self._fell_on = ""

    async def _noted(self, typed: Typed) -> None:
        self._fell_on = self._here()
        await self._hand_on(typed)

    async def _finished(self) -> None:
        try:
            await super()._finished()
        finally:
            os.write(LOG, f"{self._fell_on} {self._here()}\n".encode())

    def _here(self) -> str:
        return type(self._app.screen).__name__ if self._app.screen_stack else "-"


if __name__ == "__main__":
    with patch("assess_tui.door.Typeahead", Counted):
        sys.exit(main(sys.argv[2:]))
