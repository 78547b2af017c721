"""The instrument's own colours: dark, light and high contrast. Colour is never alone: every state has a word."""

from __future__ import annotations

from textual.theme import Theme

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
        "body-near": "#d3dde2",
        "body-far": "#8298a1",
        "prop": "#3b5560",
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
        "body-near": "#2b3f4a",
        "body-far": "#93a5ad",
        "prop": "#b9b39f",
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
        "body-near": "#ffffff",
        "body-far": "#a0a0a0",
        "prop": "#707070",
        "key": "#000000",
        "key-background": "#00ffff",
    },
)

THEMES = (DARK, LIGHT, CONTRAST)
CYCLE = ("assess-dark", "assess-light", "assess-contrast", "ansi-dark", "ansi-light")
TERMINAL_EXTRAS = {
    "quiet": "ansi_bright_black",
    "marked": "ansi_default",
    "rule": "ansi_bright_black",
    "body-near": "ansi_white",
    "body-far": "ansi_bright_black",
    "prop": "ansi_blue",
    "key": "ansi_black",
    "key-background": "ansi_cyan",
}
