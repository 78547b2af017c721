"""Text in a place of fixed size: a new text repaints the place and nothing else, the same text repaints nothing."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.reactive import Reactive
from textual.widgets import Static

from assess_tui.text import ROW


class Pointed(Static):
    """Text whose rows may be tapped, and look as other rows do: not like links."""

    auto_links = Reactive(False)

    async def on_click(self, event: events.Click) -> None:
        """Beside the words of a row is the row, as far as the place goes; beside a key is nothing."""
        if "@click" not in event.style.meta:
            left, y = self.content_region.x, event.screen_y
            cells = (self.screen.get_style_at(x, y).meta.get("@click", "") for x in range(left, event.screen_x))
            if row := next((does for does in cells if does.startswith(ROW)), ""):
                await self.app.run_action(row, self)


class Pane(Pointed):
    """A Static whose size the stylesheet fixes, so that a change needs no layout (which would repaint the screen)."""

    def show(self, content: Content | str) -> None:
        """Show this; styles count, not only letters."""
        said = content if isinstance(content, Content) else Content(content)
        shown = self.content
        if not (isinstance(shown, Content) and said.is_same(shown)):
            self.update(said, layout=False)
