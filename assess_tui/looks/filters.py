"""How the instrument looks at this computer: colours or none, drawn signs or ASCII, things that move or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.filter import LineFilter, NoColor

if TYPE_CHECKING:
    from assess_tui.settings import Looks


def ascii_wanted(looks: Looks) -> bool:
    """By choice, or because the terminal can show nothing else."""
    from assess_tui.looks.glyphs import draws_all, terminal_encoding

    return looks.borders == "ascii" or not draws_all(terminal_encoding())


def filters(looks: Looks, *, no_color: bool) -> list[LineFilter]:
    """What every line goes through on its way to the terminal.

    Textual turns colours into greys where NO_COLOR is set; here none are left, and a state is told by its word, by
    bold and by reverse.
    """
    found: list[LineFilter] = [NoColor()] if no_color else []
    if ascii_wanted(looks):
        from assess_tui.looks.glyphs import AsciiGlyphs, terminal_encoding

        found.append(AsciiGlyphs(terminal_encoding()))
    return found
