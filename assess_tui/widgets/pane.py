"""Text in a place of fixed size: a new text repaints the place and nothing else, the same text repaints nothing."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import Reactive
from textual.widgets import Static


class Pointed(Static):
    """Text whose rows may be clicked, and look as other rows do: not like links."""

    auto_links = Reactive(False)


class Pane(Pointed):
    """A Static whose size the stylesheet fixes, so that a change needs no layout (which would repaint the screen)."""

    def show(self, content: Content | str) -> None:
        """Show this; styles count, not only letters."""
        said = content if isinstance(content, Content) else Content(content)
        shown = self.content
        if not (isinstance(shown, Content) and said.is_same(shown)):
            self.update(said, layout=False)
