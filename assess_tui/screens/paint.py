"""How much of a screen a change draws."""

from __future__ import annotations

from collections.abc import Iterable

from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip


class Paint(Compositor):
    """Asks the widgets for the rows that are painted; Textual's own asks for all rows of every widget beside them."""

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        painted = self.size.region if crop is None else crop
        for widget, (region, clip) in self.visible_widgets.items():
            seen = clip.intersection(Region(clip.x, painted.y, clip.width, painted.height))
            shown = region.intersection(seen)
            if shown.overlaps(painted):
                yield region, seen, widget.render_lines(shown.translate(-region.offset))
