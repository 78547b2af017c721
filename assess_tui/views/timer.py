"""The clock of a test while it runs, as large as there is room for: what it counts, for which side, what ends it."""

from __future__ import annotations

from typing import Final, Protocol

from textual.content import Content

from assess_tui.entry.timer import Timer
from assess_tui.keyboard.words import sign_of
from assess_tui.text import clicked, line, lines, literal
from assess_tui.widgets.big import huge

WORDS: Final = {"in": "breathe in", "pause": "wait", "out": "breathe out", "wait": "wait"}


class Timed(Protocol):
    """What is typed and measured while the clock runs."""

    buffer: str

    @property
    def turn(self) -> str:
        """The side and the trial: "left · trial 2 of 3"."""

    @property
    def more(self) -> bool:
        """Whether a trial follows the open one."""


UP, DOWN = "▲ up", "▼ down"
KEYS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "up": (("step.timer", "ends it"), ("step.erase", "throws it away")),
    "down": (("step.timer", "stops it"),),
    "breath": (("step.timer", "stops it"),),
    "count": (
        ("step.timer", "one more"),
        ("step.less", "one less"),
        ("step.next", "keeps it"),
        ("step.erase", "from nothing"),
    ),
    "rest": (("step.timer", "starts at once"), ("step.erase", "no rest")),
    "kept": (("step.timer", "starts"), ("step.next", "enough"), ("step.undo", "takes it back")),
}
LAP: Final = (("step.timer", "keeps it"), *KEYS["up"][1:])
"""Of a hold that is not the last one of its test."""


def timer_face(timer: Timer, entry: Timed, now: float, width: int, height: int, *, bell: bool) -> Content:
    """Words and keys, on one line where there is room, and the figures below them."""
    waits = timer.phase in ("rest", "kept")
    head = line((says(timer, now), "bold"), ("   next: " if waits else "   ", "$quiet"), (entry.turn, "$accent bold"))
    keys = _keys(timer, entry, bell=bell)
    gap = width - head.cell_length - keys.cell_length
    words = [line(head, " " * gap, keys)] if gap > 1 else [head, keys.truncate(width)]
    style = "$quiet" if waits else "$accent"
    figures = huge(figures_of(timer, entry, now), width, height - len(words))
    return lines([*words, *(literal(row, style) for row in figures)])


def _keys(timer: Timer, entry: Timed, *, bell: bool) -> Content:
    named = timer.phase if timer.phase in KEYS else timer.kind
    keys = LAP if named == "up" and entry.more else KEYS[named]
    offered = (*keys, ("step.bell", f"bell {'on' if bell else 'off'}"))
    return Content("   ").join(_key(key, words) for key, words in offered)


def _key(name: str, words: str) -> Content:
    """On the step, and where a second rater measures, it is the same action."""
    shown = line((f"{sign_of(name)} ", "$accent bold"), (words, "$quiet"))
    return clicked(shown, f"screen.{name.partition('.')[2]}")


def figures_of(timer: Timer, entry: Timed, now: float) -> str:
    """What is shown large: the time, or the repetitions."""
    if timer.kind == "count" and timer.phase != "rest":
        return entry.buffer or "0"
    return timer.shown(now)


def says(timer: Timer, now: float) -> str:
    """What the clock counts, in a word or two a patient knows."""
    if timer.phase in ("rest", "kept"):
        return timer.phase
    if timer.kind == "count":
        left = f"{timer.shown(now)} left" if timer.length else "times"
        return (UP if timer.beat_up(now) else DOWN) if timer.test.timing.beats else left
    if timer.kind == "breath":
        return WORDS[timer.breath(now)[0].part]
    return "hold" if timer.kind == "up" else "stay like this"
