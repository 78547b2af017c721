"""How much of a screen a change draws."""

from __future__ import annotations

import gc
from collections.abc import Iterable

from textual._compositor import ChopsUpdate, Compositor
from textual._styles_cache import StylesCache
from textual.geometry import Region
from textual.strip import Strip


class Paint(Compositor):
    """Asks the widgets in sight for the rows that changed.

    Textual's own takes one rectangle around all that changed, and asks every widget beside it, and those behind, for
    all of its rows.
    """

    def __init__(self) -> None:
        super().__init__()
        self._changed: set[Region] = set()

    def render_partial_update(self) -> ChopsUpdate | None:
        self._changed = self._dirty_regions.copy()
        try:
            return super().render_partial_update()
        finally:
            self._changed.clear()

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        screen = self.size.region
        missing = [piece.intersection(screen) for piece in self._changed or (crop or screen,)]
        for widget, (region, clip) in self.visible_widgets.items():
            shown = region.intersection(clip)
            if here := [piece.intersection(shown) for piece in missing if piece.overlaps(shown)]:
                rows = Region.from_union(here)
                seen = Region(shown.x, rows.y, shown.width, rows.height)
                yield region, seen, widget.render_lines(seen.translate(-region.offset))
                missing = [piece for piece in missing if not shown.contains_region(piece)]


def tidy() -> None:
    """Let go of what the screen before left: some 40 ms while the next is looked at, a second if 200 had gathered.

    Textual remembers the colours around a widget by the widget's own painted lines, and so up to 1,024 of them.
    """
    StylesCache.get_inner_outer.cache_clear()
    gc.collect()
