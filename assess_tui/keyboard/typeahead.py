"""Keys in the order they were typed: each is finished with before the next one is looked at.

Textual hands a key to the focused widget, and its binding runs only when the key has come back up to the app. Keys that
arrive together (a slow moment, a line with delays, a scanner) would overtake it: "1 Enter 2 Enter" would be read as 12.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from textual import events
from textual.app import App, ScreenStackError
from textual.message_pump import MessagePump

PATIENCE_S = 1.0
"""A key that is not finished with by then keeps the others waiting no longer."""
ROUNDS = 2
"""A key goes up to the app, and so does what it leads to (Input.Submitted): all on the way is waited for twice."""

Typed = events.Key | events.Paste


class Typeahead:
    """The keys not yet looked at."""

    def __init__(self, app: App[Any], handle: Callable[[Typed], Awaitable[None]]) -> None:
        self._app = app
        self._handle = handle
        self._waiting: deque[Typed] = deque()
        self._work: asyncio.Task[None] | None = None

    def take(self, typed: Typed) -> None:
        """Handle this after everything typed before it."""
        self._waiting.append(typed)
        if not self.busy:
            self._work = asyncio.create_task(self._in_order())

    @property
    def busy(self) -> bool:
        """Whether a key is still being worked through."""
        return self._work is not None and not self._work.done()

    async def _in_order(self) -> None:
        while self._waiting:
            try:
                with suppress(TimeoutError, ScreenStackError):  # the second: the last screen has just gone
                    await self._handle(self._waiting.popleft())
                    await asyncio.wait_for(self._finished(), PATIENCE_S)
            except Exception as error:
                self._app._handle_exception(error)

    async def _finished(self) -> None:
        """Until nothing that the key led to is under way; a screen or field it led to is waited for, too."""
        rounds = ROUNDS
        while rounds:
            place = self._place()
            for node in place[-1].ancestors_with_self:
                await _all_handled(node)
            rounds = rounds - 1 if place == self._place() else ROUNDS

    def _place(self) -> tuple[Any, ...]:
        """The screen, and what has the keys there."""
        screen = self._app.screen
        return screen, screen.focused or screen


async def _all_handled(pump: MessagePump) -> None:
    """Until it has handled every message it holds now."""
    handled = asyncio.Event()
    if pump.post_message(events.Callback(handled.set)):  # `call_later` would have its parameters counted each time
        await handled.wait()
