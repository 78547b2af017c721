"""Dark, light and high contrast in the instrument's own colours, and two in those of the terminal.

Colour is never alone: every state has a word.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from textual.theme import BUILTIN_THEMES, Theme

DARK = Theme(
    name="assess-dark",
    primary="#5fd3c4",
    secondary="#9fb4bc",
    accent="#5fd3c4",
    foreground="#dde6ea",
    background="#10181c",
    surface="#10181c",
    panel="#162228",
    success="#82d08c",
    warning="#e8b84f",
    error="#f08a7a",
    dark=True,
    variables={
        "quiet": "#8a9ca4",
        "marked": "#1d3036",
        "rule": "#26353c",
        "key": "#10181c",
        "key-background": "#5fd3c4",
        "input-cursor-background": "#5fd3c4",
        "input-selection-background": "#5fd3c4 30%",
    },
)

LIGHT = Theme(
    name="assess-light",
    primary="#0b7468",
    secondary="#4a5d66",
    accent="#0b7468",
    foreground="#16242b",
    background="#fbfaf6",
    surface="#fbfaf6",
    panel="#eef0ea",
    success="#1f6f35",
    warning="#855600",
    error="#b3271b",
    dark=False,
    variables={
        "quiet": "#56676f",
        "marked": "#dfeae5",
        "rule": "#d3d8d2",
        "key": "#fbfaf6",
        "key-background": "#0b7468",
        "input-cursor-background": "#0b7468",
        "input-selection-background": "#0b7468 25%",
    },
)

CONTRAST = Theme(
    name="assess-contrast",
    primary="#00ffff",
    secondary="#ffffff",
    accent="#00ffff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    success="#00ff66",
    warning="#ffdd00",
    error="#ffa0a0",
    dark=True,
    variables={
        "quiet": "#d0d0d0",
        "marked": "#003030",
        "rule": "#ffffff",
        "key": "#000000",
        "key-background": "#00ffff",
    },
)


def _terminal(name: str, *, accent: str, warning: str, error: str, **variables: str) -> Theme:
    """Textual's theme on the terminal's own background, with these in place of its colours and variables."""
    theme = BUILTIN_THEMES[name]
    told = {key.replace("_", "-"): colour for key, colour in variables.items()}
    kept = theme.variables | {"marked": "ansi_default", "rule": "ansi_bright_black"} | told
    return replace(theme, primary=accent, accent=accent, warning=warning, error=error, variables=kept)


ON_BLACK: Final = _terminal(
    "ansi-dark",
    accent="ansi_cyan",
    warning="ansi_yellow",
    error="ansi_bright_red",
    quiet="ansi_white",
    key="ansi_black",
    key_background="ansi_cyan",
    input_selection_background="ansi_cyan",
    input_selection_foreground="ansi_black",
)
"""Quiet text is white: bright black, which is meant for it, is the background itself in common palettes."""

ON_WHITE: Final = _terminal(
    "ansi-light",
    accent="ansi_blue",
    warning="ansi_magenta",
    error="ansi_red",
    quiet="ansi_bright_black",
    key="ansi_bright_white",
    key_background="ansi_blue",
    input_selection_background="ansi_blue",
    input_selection_foreground="ansi_bright_white",
)
"""A warning is magenta: yellow is hardly seen on white."""

THEMES = (DARK, LIGHT, CONTRAST)
TERMINAL_THEMES = (ON_BLACK, ON_WHITE)
CYCLE = tuple(theme.name for theme in (*THEMES, *TERMINAL_THEMES))
