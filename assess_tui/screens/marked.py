"""Rows of which one is marked: by the arrows, by the wheel, or by a tap."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from textual.message_pump import MessagePump
from textual.screen import Screen


class MarkedRows(MessagePump):
    """For a screen whose rows are drawn with `text.on_row`; Up, Down, the wheel and a tap are all `move`."""

    again: ClassVar[tuple[str, ...]] = ()
    """What a tap on the marked row is: the first key of these that is of use there. None does nothing."""

    @property
    def marked_row(self) -> int:
        """Counted as `on_row` counts."""
        raise NotImplementedError  # each screen has its own

    def move(self, by: int) -> None:
        """So many rows down, or up below 0; past the ends as the arrows go there."""
        raise NotImplementedError  # each screen has its own

    def action_down(self) -> None:
        self.move(1)

    def action_up(self) -> None:
        self.move(-1)

    def on_mouse_scroll_down(self) -> None:
        """The wheel, or two fingers. A value is never changed by it."""
        self.move(1)

    def on_mouse_scroll_up(self) -> None:
        self.move(-1)

    async def action_tap(self, row: int, name: str = "") -> None:
        """Mark this row; then, or where it is marked, the key of this id."""
        if row != self.marked_row:
            self.move(row - self.marked_row)
        elif not name:
            name = self._again()
        if name:
            await self.app.run_action(f"app.key('{name}')")

    def _again(self) -> str:
        offered = cast("Screen[Any]", self).check_action
        return next((name for name in self.again if offered(name.partition(".")[2], ())), "")
